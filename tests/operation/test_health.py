"""The probes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from andock.kernel.jobs import enqueue
from andock.operation import health

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries, SettingsWrapper


def test_live_without_a_database(client: Client) -> None:
    answer = client.get("/healthz")  # the test has no access to the database

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_probe_under_a_foreign_name_and_without_tls_is_answered(client: Client, settings: SettingsWrapper) -> None:
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz", headers={"host": "10.0.0.7:8000"}).status_code == 200


@pytest.mark.django_db
def test_ready_when_database_tables_and_queue_are(client: Client) -> None:
    enqueue("notifications.deliver", message_id=1)

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "database": "ok", "migrations": "ok", "queue": "ok"}
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_ready_as_text_for_those_who_ask_for_text(client: Client) -> None:
    answer = client.get("/readyz", headers={"accept": "text/plain"})

    assert answer.content == b"status: ok\ndatabase: ok\nmigrations: ok\nqueue: ok\n"
    assert answer["Vary"] == "Accept"


@pytest.mark.django_db
def test_not_ready_when_a_job_has_waited_for_long(client: Client) -> None:
    enqueue("notifications.deliver", message_id=1)
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=16))

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["queue"]) == (503, "unavailable")


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_due(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_migrated", False)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'notifications'")

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["migrations"]) == (503, "unavailable")


def test_not_ready_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def refuse() -> None:
        raise OperationalError("password of anna@olpe.example")

    monkeypatch.setattr(health.connection, "ensure_connection", refuse)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable", "database": "unavailable"})


@pytest.mark.django_db
def test_ready_costs_little_once_the_tables_are_known(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/readyz")

    with django_assert_max_num_queries(1):
        client.get("/readyz")
