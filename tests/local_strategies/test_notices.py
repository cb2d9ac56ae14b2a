"""Who is told of a new edition and of what was put off, and how often."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from andock.docking.items import ADOPT, DEFER, END, Resolution
from andock.kernel.jobs import find
from andock.kernel.jobs.queue import jobs
from andock.local_strategies import notices, queries
from andock.local_strategies.services import deferrals, drafts, runs
from andock.notifications.models import Message
from andock.organisations.choices import Role
from andock.strategy.models import DockingPeriod, Edition, Framework
from tests.factories.accounts import member, organisation, person
from tests.factories.strategy import identity
from tests.strategy.test_editing_pages import signed_in

from .scenes import choose, docked, in_force, row, second_edition

if TYPE_CHECKING:
    from andock.accounts.models import User
    from andock.local_strategies.models import Version
    from andock.organisations.models import Organisation

DAY = timezone.localdate() + timedelta(days=3)
START = reverse("accounts:start")
RUN = reverse("local_strategies:run", args=["olpe"])


def told() -> list[str]:
    return sorted(Message.objects.filter(key__startswith="local-").values_list("to", flat=True))


def new_edition(framework: Framework) -> Edition:
    """In force, and the jobs it has queued are run."""
    edition = second_edition(framework)
    find("local_strategies.new_edition").func(edition_id=edition.pk)
    return edition


# --- a new edition ---------------------------------------------------------------------------------------------------
def test_an_edition_that_supersedes_another_queues_the_notice(edition: Edition, framework: Framework) -> None:
    waiting = jobs().filter(task_path__endswith=".new_edition")
    assert not waiting.exists(), "the first edition here is nothing to take over"

    found = second_edition(framework)

    assert [job.args_kwargs["kwargs"] for job in waiting] == [{"edition_id": found.pk}]


def test_editors_and_releasers_of_every_docked_organisation_are_told_once(
    framework: Framework, edition: Edition, editor: User, releaser: User
) -> None:
    soest = organisation("soest")
    docked(soest, framework)
    member(person("sara"), soest, Role.MUNICIPAL_RELEASER)
    member(person("leo"), soest, Role.READER)
    stranger = organisation("siegen")
    member(person("sina"), stranger, Role.MUNICIPAL_RELEASER)

    found = new_edition(framework)
    notices.tell_of_edition(found.pk)

    assert told() == ["edda@example.org", "rolf@example.org", "sara@example.org"]
    message = Message.objects.get(to="sara@example.org")
    assert "2. Auflage" in message.subject
    assert "/verwaltung/soest/strategie/neue-auflage/" in message.text


def test_who_has_ended_is_not_told(framework: Framework, edition: Edition, editor: User) -> None:
    DockingPeriod.objects.update(
        until_text="2021-01-01", until_earliest=date(2021, 1, 1), until_latest=date(2021, 1, 1)
    )

    new_edition(framework)

    assert told() == []


def test_an_edition_that_was_superseded_meanwhile_is_no_news(
    framework: Framework, edition: Edition, editor: User
) -> None:
    second_edition(framework)
    notices.tell_of_edition(edition.pk)

    assert told() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("emptied_afterwards")
def test_two_workers_at_once_tell_once(framework: Framework, edition: Edition, editor: User, releaser: User) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("the test's SQLite database lives in one process's memory and has one writer")
    found = second_edition(framework)

    def work() -> None:
        notices.tell_of_edition(found.pk)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told() == ["edda@example.org", "rolf@example.org"]


def test_start_page_and_way_in_show_the_new_edition(
    framework: Framework, draft: Version, editor: User, releaser: User
) -> None:
    in_force(releaser, draft)
    desk = signed_in(editor)
    assert "2. Auflage" not in desk.get(START).content.decode()

    new_edition(framework)

    assert "2. Auflage ist in Kraft, jetzt übernehmen" in " ".join(desk.get(START).content.decode().split())
    page = desk.get(RUN).content.decode()
    assert "Sie sind eine Auflage zurück" in page
    assert "Von der Region zurückgezogen: 1" in page


def test_start_page_asks_the_same_number_of_times_for_one_and_for_three_due(
    draft: Version, releaser: User, django_assert_num_queries
) -> None:
    choose(releaser, draft, "deferred", "g2", reason="Später.", until=DAY)
    panel = __import__("andock.local_strategies.run_panels", fromlist=["notice_for"]).notice_for
    with django_assert_num_queries(5):
        panel(draft.strategy.organisation)
    choose(releaser, draft, "deferred", "g1", "m1", reason="Später.", until=DAY)
    with django_assert_num_queries(5):
        panel(draft.strategy.organisation)


# --- what was put off ------------------------------------------------------------------------------------------------
def test_put_off_elements_of_a_draft_open_on_their_day_and_the_office_is_told_once(
    draft: Version, editor: User, releaser: User
) -> None:
    choose(editor, draft, "deferred", "g1", "g2", reason="Erst der Haushalt.", until=DAY)
    assert deferrals.reopen_due(today=DAY - timedelta(days=1)) == 0
    assert (row(draft, "g1").state, told()) == ("deferred", [])

    assert deferrals.reopen_due(today=DAY) == 1
    assert deferrals.reopen_due(today=DAY) == 0

    found = row(draft, "g1")
    assert (found.state, found.shown, found.until, found.reason) == (
        "undecided",
        "undecided",
        None,
        "Erst der Haushalt.",
    )
    assert told() == ["edda@example.org", "rolf@example.org"]
    assert "- 1 g1" in Message.objects.filter(key__startswith="local-").first().text


def test_each_day_has_its_own_message(draft: Version, editor: User) -> None:
    choose(editor, draft, "deferred", "g1", reason="Später.", until=DAY)
    choose(editor, draft, "deferred", "g2", reason="Noch später.", until=DAY + timedelta(days=1))

    deferrals.reopen_due(today=DAY + timedelta(days=1))

    assert Message.objects.filter(key__startswith="local-").count() == 2


def test_what_is_in_force_stays_and_a_run_asks_again(
    draft: Version, releaser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(releaser, draft, "deferred", "g2", reason="Später.", until=DAY)
    version = in_force(releaser, draft)
    before = version.content_hash

    assert deferrals.reopen_due(today=DAY) == 1
    assert deferrals.reopen_due(today=DAY) == 1, "it stays due until somebody decides"

    version.refresh_from_db()
    assert (row(version, "g2").state, version.content_hash) == ("deferred", before)
    assert len(told()) == 2
    monkeypatch.setattr(timezone, "localdate", lambda *_: DAY)
    assert [due.name for due in queries.due_deferrals(version, DAY)] == ["2 g2"]
    run = runs.start_run(actor=releaser, strategy=version.strategy, target=version.edition)
    assert [(item.kind, item.element) for item in queries.run_value(run).items] == [("new", identity("g2"))]


def test_a_wording_put_off_in_a_run_is_due_on_its_day_and_asked_again(
    draft: Version, releaser: User, framework: Framework
) -> None:
    version = in_force(releaser, draft)
    target = second_edition(framework)
    run = runs.start_run(actor=releaser, strategy=version.strategy, target=target)
    key = f"{identity('g1')}/block:{identity('b1')}"
    for answer in (
        Resolution(key, DEFER, reason="Der Ausschuss tagt erst im Mai.", until=DAY.isoformat()),
        Resolution(identity("g3"), ADOPT), Resolution(identity("m1"), END),
    ):  # fmt: skip
        runs.answer_item(actor=releaser, run=run, resolution=answer)
    second = runs.finish_run(actor=releaser, run=run)

    assert queries.due_deferrals(second, DAY - timedelta(days=1)) == []
    (due,) = queries.due_deferrals(second, DAY)
    assert (due.name, due.field, due.reason) == ("1 g1", f"block:{identity('b1')}", "Der Ausschuss tagt erst im Mai.")
    assert deferrals.reopen_due(today=DAY) == 1
    again = runs.start_run(actor=releaser, strategy=version.strategy, target=target)
    assert [item.key for item in queries.run_value(again).items] == [key]


def test_an_open_run_asks_by_itself_and_nothing_is_written_under_it(draft: Version, releaser: User) -> None:
    choose(releaser, draft, "deferred", "g2", reason="Später.", until=DAY)
    runs.start_run(actor=releaser, strategy=draft.strategy, target=draft.edition)

    deferrals.reopen_due(today=DAY)

    assert row(draft, "g2").state == "deferred"
    assert len(told()) == 2


def test_the_daily_job_is_registered(db: None) -> None:
    assert find("local_strategies.reopen_deferred").func() is None


def test_a_next_draft_begins_with_what_is_due(draft: Version, releaser: User) -> None:
    choose(releaser, draft, "deferred", "g2", reason="Später.", until=DAY)
    version = in_force(releaser, draft)
    deferrals.reopen_due(today=DAY)
    following = drafts.begin_draft(actor=releaser, strategy=version.strategy)

    deferrals.reopen_due(today=DAY)

    assert row(following, "g2").state == "undecided"


def test_nobody_docked_nothing_sent(framework: Framework, edition: Edition, olpe: Organisation) -> None:
    new_edition(framework)

    assert told() == []
