"""Red and green."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection

from andock.kernel.findings import Finding
from andock.kernel.jobs import enqueue, queue
from andock.kernel.jobs.checks import no_dead_letters, worker_lives
from andock.kernel.modules import checks
from andock.notifications.checks import mail_server
from andock.operation.checks import database, files, redis
from andock.operation.checks import settings as setting_checks
from andock.operation.management.commands.doctor import examine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


def colours(check: Callable) -> list[bool]:
    return [finding.is_good for finding in check()]


def as_on_a_real_site(settings: SettingsWrapper, folder: Path) -> None:
    settings.ALLOWED_HOSTS = ["region.example"]
    settings.ANDOCK_BASE_URL = "https://region.example"
    settings.ANDOCK_DATA = folder
    settings.STATIC_ROOT = folder
    (folder / "staticfiles.json").touch()


def test_every_offered_check_can_be_asked_and_says_how_to_mend() -> None:
    findings = list(examine())

    assert len(findings) >= len(list(checks())) - 3
    assert all(finding.mend or finding.is_good for finding in findings)
    assert not [finding.mend for finding in findings if "could not be examined" in str(finding.mend)]


def test_site_that_is_in_order_is_green(settings: SettingsWrapper, tmp_path: Path) -> None:
    as_on_a_real_site(settings, tmp_path)

    assert colours(setting_checks.demo_mode) == [True]
    assert colours(setting_checks.debug) == [True]
    assert colours(setting_checks.addresses) == [True, True, True]
    assert colours(files.data_folder) == [True, True]
    assert colours(files.static_files) == [True]
    assert colours(database.migrated) == [True]
    assert colours(database.frozen_rows) == [True]


@pytest.mark.parametrize(
    ("name", "value", "check"),
    [
        ("ANDOCK_DEMO", True, setting_checks.demo_mode),
        ("DEBUG", True, setting_checks.debug),
        ("SECRET_KEY", "django-insecure-" + "abcdefgh" * 8, setting_checks.secret_key),
        ("SECRET_KEY", "a" * 60, setting_checks.secret_key),
        ("ANDOCK_BASE_URL", "http://region.example", setting_checks.addresses),
        ("ANDOCK_BASE_URL", "https://other.example", setting_checks.addresses),
        ("ALLOWED_HOSTS", ["localhost"], setting_checks.addresses),
        ("ALLOWED_HOSTS", ["*"], setting_checks.addresses),
        ("STATIC_ROOT", "/nowhere", files.static_files),
    ],
)
def test_wrong_setting_is_red(
    settings: SettingsWrapper, tmp_path: Path, name: str, value: object, check: Callable
) -> None:
    as_on_a_real_site(settings, tmp_path)
    settings.SECRET_KEY = "0123456789" * 6
    assert False not in colours(check)

    setattr(settings, name, value)

    assert False in colours(check)


def test_key_that_others_can_read_is_red(settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.ANDOCK_DATA = tmp_path
    (tmp_path / "secret-key").touch(mode=0o600)
    assert colours(files.key_file) == [True]

    (tmp_path / "secret-key").chmod(0o640)

    assert colours(files.key_file) == [False]


def test_guard_that_was_lost_is_named() -> None:
    on_table = " ON strategy_edition" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER frozen_strategy_edition_delete{on_table}")

    (finding,) = database.frozen_rows()

    assert not finding.is_good
    assert "frozen_strategy_edition_delete" in str(finding.mend)


def test_migration_that_is_due_is_red() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'notifications'")

    assert colours(database.migrated) == [False]


def test_worker_is_red_until_one_beats() -> None:
    assert colours(worker_lives) == [False]

    queue.beat("worker")

    assert colours(worker_lives) == [True]


def test_dead_letter_is_red() -> None:
    enqueue("notifications.deliver", message_id=1)
    row = queue.claim("worker")
    assert colours(no_dead_letters) == [True]

    queue.fail(row, ValueError(), queue.Policy(attempts=1))

    assert colours(no_dead_letters) == [False]


def test_mail_server_that_is_away_is_red(settings: SettingsWrapper) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    assert colours(mail_server) == [False]


@contextmanager
def one_answer(answer: bytes) -> Iterator[int]:
    """A server that gives one answer; yields its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)

        def serve() -> None:
            talk, _ = server.accept()
            with talk:
                talk.recv(64)
                talk.sendall(answer)

        thread = Thread(target=serve)
        thread.start()
        yield server.getsockname()[1]
        thread.join()


@pytest.mark.parametrize(
    ("answer", "is_open"), [(b"+PONG\r\n", True), (b"-NOAUTH Authentication required.\r\n", False)]
)
def test_redis_is_asked_without_a_password(answer: bytes, is_open: bool) -> None:
    with one_answer(answer) as port:
        assert redis.answers_without_password("127.0.0.1", port) is is_open


def test_redis_open_on_a_public_address_is_red(settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, redis_url="redis://127.0.0.1:6379/0")
    monkeypatch.setattr(redis, "own_addresses", lambda: {"203.0.113.7"})
    monkeypatch.setattr(redis, "answers_without_password", lambda host, _port: host == "203.0.113.7")

    assert colours(redis.closed_to_strangers) == [False]


def test_check_that_breaks_is_red_and_the_others_are_still_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> list[Finding]:
        raise RuntimeError("no idea")

    monkeypatch.setattr(
        "andock.operation.management.commands.doctor.checks",
        lambda: [("a.broken", broken), ("a.good", lambda: [Finding("fine", is_good=True)])],
    )

    assert [(finding.title, finding.is_good) for finding in examine()] == [("broken", False), ("fine", True)]


def test_doctor_ends_with_one_while_anything_is_red(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        call_command("doctor", no_color=True)

    assert end.value.code == 1
    assert "→" in capsys.readouterr().out


def test_demo_mode_is_an_error_at_deployment(settings: SettingsWrapper) -> None:
    settings.ANDOCK_DEMO = True
    found = {message.id for message in run_checks(include_deployment_checks=True)}
    settings.ANDOCK_DEMO = False

    assert "andock.E001" in found
    assert "andock.E001" not in {message.id for message in run_checks(include_deployment_checks=True)}


def test_before_the_first_migrate_one_line_speaks_for_all_tables(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANDOCK_", "DJANGO_"))}
    environment = kept | {"ANDOCK_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "andock", "doctor"]

    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stdout.count("andock migrate") == 1
    assert "no such table" not in done.stdout
