"""Checking: reported, shown, hidden with a reason, objected to; and who is told."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from andock.audit.models import Entry
from andock.kernel.permissions import Denied
from andock.notifications.models import Message
from andock.participation import queries
from andock.participation.log import log_csv
from andock.participation.models import Decision
from andock.participation.services import moderating, telling
from tests.accounts.cast import Cast
from tests.architecture.test_authorisation import client_of
from tests.factories.participation import NOW, held, participant, process, said

pytestmark = pytest.mark.django_db


def hide(cast: Cast, contribution, **values):
    values = {
        "actor": cast.olpe_moderator,
        "verdict": "hidden",
        "reason": "insult",
        "text": "Bitte sachlich.",
        "now": NOW,
    } | values
    return moderating.decide(contribution=contribution, **values)


def test_held_contribution_is_released_and_its_author_told(cast: Cast) -> None:
    found = held(process(cast.olpe), by=participant("Ada"))

    moderating.decide(actor=cast.olpe_moderator, contribution=found, verdict="shown", now=NOW)

    found.refresh_from_db()
    assert found.is_public
    assert not queries.queue_of(cast.olpe).exists()
    assert "alle können ihn jetzt lesen" in Message.objects.get(to="ada@example.org").text
    assert Entry.objects.get(action="participation.shown").actor == cast.olpe_moderator


def test_hidden_contribution_tells_its_author_the_reason_and_how_to_object(cast: Cast) -> None:
    found = said(process(cast.olpe), by=participant("Ada"))

    hide(cast, found)

    found.refresh_from_db()
    assert found.state == "hidden"
    mail = Message.objects.get(to="ada@example.org").text
    assert "beleidigt oder bedroht" in mail
    assert "Bitte sachlich." in mail
    assert "/beteiligung/ich/" in mail


def test_objection_comes_back_into_the_queue_once(cast: Cast) -> None:
    ada = participant("Ada")
    found = said(process(cast.olpe), by=ada)
    decision = hide(cast, found)
    assert not queries.queue_of(cast.olpe).exists()

    moderating.object_to(participant=ada, decision=decision, text="Das war keine Beleidigung.", now=NOW)

    assert [one.is_objected for one in queries.queue_of(cast.olpe)] == [True]
    page = client_of(cast, "olpe_moderator").get("/verwaltung/olpe/beteiligung/pruefen/").content.decode()
    assert f"entschieden von {cast.olpe_moderator}: Der Beitrag beleidigt" in page, "so that somebody else decides now"
    with pytest.raises(Denied, match="schon widersprochen"):
        moderating.object_to(participant=ada, decision=decision, text="Noch einmal.", now=NOW)
    hide(cast, found)
    assert not queries.queue_of(cast.olpe).exists()
    assert Decision.objects.filter(settled_at=NOW).count() == 1
    assert Message.objects.filter(to="ada@example.org").count() == 2, "the answer to an objection is told, too"


def test_stranger_does_not_object(cast: Cast) -> None:
    decision = hide(cast, said(process(cast.olpe), by=participant("Ada")))

    with pytest.raises(Denied):
        moderating.object_to(participant=participant("Bea"), decision=decision, text="Doch.", now=NOW)


def test_report_from_one_place_counts_once_and_is_settled_by_a_decision(cast: Cast) -> None:
    found = said(process(cast.olpe))
    for origin in ("a", "a", "b"):
        moderating.report(contribution=found, reason="hate", text="", origin_hash=origin, now=NOW)

    [waiting] = queries.queue_of(cast.olpe)
    assert len(waiting.open_reports) == 2
    moderating.decide(actor=cast.olpe_moderator, contribution=found, verdict="shown", now=NOW)
    assert not queries.queue_of(cast.olpe).exists()


def test_what_is_not_public_is_not_reported(cast: Cast) -> None:
    with pytest.raises(Denied):
        moderating.report(contribution=held(process(cast.olpe)), reason="hate", text="", origin_hash="", now=NOW)


def test_decision_to_hide_needs_a_reason_of_the_list(cast: Cast) -> None:
    found = said(process(cast.olpe))

    with pytest.raises(IntegrityError), transaction.atomic():
        hide(cast, found, reason="")


def test_moderators_get_one_mail_for_all_that_is_new(cast: Cast) -> None:
    made = process(cast.olpe)
    held(made)
    moderating.report(contribution=said(made), reason="hate", text="", origin_hash="", now=NOW)

    telling.tell_moderators(now=NOW)
    telling.tell_moderators(now=NOW)

    to = sorted(Message.objects.values_list("to", flat=True))
    assert to == sorted(one.email for one in (cast.olpe_moderator, cast.olpe_editor, cast.olpe_releaser))
    assert "2 Beiträge" in Message.objects.first().subject


def test_log_holds_every_decision_and_no_formula(cast: Cast) -> None:
    hide(cast, said(process(cast.olpe)), text="=HYPERLINK(1)")

    log = log_csv(queries.log_of(cast.olpe))

    assert log.count("\r\n") == 2
    assert "insult" in log
    assert ";=HYPERLINK" not in log


def test_contribution_of_erased_person_is_decided_without_a_mail(cast: Cast) -> None:
    ada = participant("Ada")
    found = said(process(cast.olpe), by=ada)
    ada.delete()

    hide(cast, found)

    assert not Message.objects.exists()
