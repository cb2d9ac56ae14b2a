"""Personal data go on request and when their time is over; people stay counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from andock.kernel.permissions import Denied
from andock.notifications.models import Message
from andock.participation import queries
from andock.participation.figures import Figure, suppressed
from andock.participation.models import Contribution, Departure, Involvement, Participant
from andock.participation.own_data import own_data
from andock.participation.services import contributing, forgetting, moderating
from tests.accounts.cast import Cast
from tests.factories.participation import NOW, participant, phase, process, said

from .test_contributing import send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("keeps_words", "text"), [(True, "Mehr Bänke, bitte."), (False, "")])
def test_erased_person_is_no_row_and_stays_counted(cast: Cast, keeps_words: bool, text: str) -> None:
    made, ada = process(cast.olpe), participant("Ada")
    found = said(made, by=ada)
    moderating.decide(actor=cast.olpe_moderator, contribution=found, verdict="hidden", reason="hate", text="", now=NOW)
    moderating.decide(actor=cast.olpe_moderator, contribution=found, verdict="shown", now=NOW)

    forgetting.erase(participant=ada, keeps_words=keeps_words)

    found.refresh_from_db()
    assert (found.participant, found.text) == (None, text)
    assert not Participant.objects.exists()
    assert queries.people_in(made) == 1
    assert "ada@example.org" not in "".join(Message.objects.values_list("to", flat=True))


@pytest.mark.parametrize("keeps_words", [True, False])
def test_what_somebody_objected_is_theirs_and_goes_with_them(cast: Cast, keeps_words: bool) -> None:
    ada, decided = participant("Ada"), {"actor": cast.olpe_moderator, "verdict": "hidden", "reason": "hate", "now": NOW}
    found = said(process(cast.olpe), by=ada)
    decision = moderating.decide(contribution=found, text="", **decided)
    moderating.object_to(participant=ada, decision=decision, text="Ich heiße Ada Öz.", now=NOW)
    [exported] = own_data(ada)["contributions"][0]["decisions"]
    assert (exported["verdict"], exported["objection"]) == ("hidden", "Ich heiße Ada Öz.")

    forgetting.erase(participant=ada, keeps_words=keeps_words)

    decision.refresh_from_db()
    assert decision.objection == contributing.FORGOTTEN
    assert decision.objected_at == NOW, "that there was one stays in the log"
    assert not queries.queue_of(cast.olpe).exists(), "and nobody waits for an answer"


def test_what_was_never_confirmed_goes_after_a_week(cast: Cast) -> None:
    made = process(cast.olpe)
    send(phase(made))
    said(made, "Bleibt", by=participant("Bea"))
    day_7, day_8 = NOW + timedelta(days=6, hours=23), NOW + timedelta(days=7, hours=1)

    assert forgetting.due(day_7)["unconfirmed contributions"] == 0
    forgetting.forget_due(now=day_7)
    assert Contribution.objects.count() == 2

    told = forgetting.due(day_8)
    assert forgetting.forget_due(now=day_8) == told
    assert [one.text for one in Contribution.objects.all()] == ["Bleibt"]
    assert [one.pseudonym for one in Participant.objects.all()] == ["Bea"]
    assert not any(forgetting.forget_due(now=day_8).values()), "repeated, it does nothing"


def test_place_on_the_network_is_kept_for_a_day(cast: Cast) -> None:
    sent = send(phase(process(cast.olpe)), origin_hash="abc")

    forgetting.forget_due(now=NOW + timedelta(days=1, minutes=1))

    sent.refresh_from_db()
    assert sent.origin_hash == ""


def test_person_who_does_nothing_for_two_years_is_forgotten_with_their_name(cast: Cast) -> None:
    made, ada = process(cast.olpe), participant("Ada", active_on=NOW.date())
    said(made, by=ada)

    forgetting.forget_due(now=NOW + timedelta(days=729))
    assert Participant.objects.exists()
    forgetting.forget_due(now=NOW + timedelta(days=732))

    assert not Participant.objects.exists()
    assert queries.public_contributions(made).get().text == "Mehr Bänke, bitte."


def test_whoever_still_does_something_is_not_forgotten(cast: Cast) -> None:
    made, ada = process(cast.olpe, lasts=timedelta(days=900)), participant("Ada", active_on=NOW.date())

    said(made, by=ada, now=NOW + timedelta(days=700))
    forgetting.forget_due(now=NOW + timedelta(days=800))

    assert Participant.objects.filter(pk=ada.pk).exists()


def test_erased_person_of_two_phases_stays_one_person(cast: Cast) -> None:
    made, ada = process(cast.olpe, "ideas", "text", "questions"), participant("Ada")
    for kind in ("ideas", "text"):
        said(made, by=ada, in_phase=phase(made, kind))
    said(made, by=participant("Bea"))

    forgetting.erase(participant=ada, keeps_words=True, now=NOW + timedelta(days=30))

    assert Involvement.objects.filter(participant=None).count() == 2
    assert queries.people_in(made) == 2


def test_whoever_goes_while_a_phase_runs_stays_counted_and_never_counts_twice(cast: Cast) -> None:
    made, ada = process(cast.olpe, "ideas", "text"), participant("Ada")
    said(made, by=ada, in_phase=phase(made, "ideas"))

    forgetting.erase(participant=ada, keeps_words=True, now=NOW)

    assert queries.people_in(made) == 1
    with pytest.raises(Denied, match="nicht noch einmal"):
        said(made, by=participant("Ada"), in_phase=phase(made, "ideas"))
    said(made, by=participant("Bea"), in_phase=phase(made, "ideas"))
    assert queries.people_in(made) == 2


def test_what_is_kept_of_an_address_is_no_address_and_goes_with_the_phase(cast: Cast) -> None:
    made, ada = process(cast.olpe), participant("Ada")
    said(made, by=ada)
    forgetting.erase(participant=ada, keeps_words=True, now=NOW)

    kept = Departure.objects.get()
    forgetting.forget_due(now=kept.phase.ends_at + timedelta(hours=23))
    assert Departure.objects.exists(), "what was sent in time can be confirmed for a day still"
    forgetting.forget_due(now=kept.phase.ends_at + timedelta(hours=25))

    assert "ada" not in kept.digest
    assert len(kept.digest) == 64
    assert not Departure.objects.exists()


def test_former_key_still_tells_who_departed(cast: Cast, settings) -> None:
    made, ada = process(cast.olpe), participant("Ada")
    said(made, by=ada)
    forgetting.erase(participant=ada, keeps_words=True, now=NOW)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "x" * 50

    with pytest.raises(Denied):
        said(made, by=participant("Ada"))


def test_own_data_hold_everything_and_nothing_of_others(cast: Cast) -> None:
    made, ada = process(cast.olpe, title="Grün am Fluss"), participant("Ada")
    said(made, "Von mir", by=ada)
    said(made, "Von Bea", by=participant("Bea"))
    Involvement.objects.filter(participant=ada).update(age_band="30_44")

    data = own_data(ada)

    assert data["email"] == "ada@example.org"
    assert data["took_part_in"][0]["age_band"] == "30_44"
    assert [one["text"] for one in data["contributions"]] == ["Von mir"]


@pytest.mark.parametrize(
    ("groups", "shown"),
    [
        ({"a": 9, "b": 7}, [("a", 9), ("b", 7)]),
        ({"a": 9, "b": 7, "c": 3}, [("a", 9), ("b", None), ("c", None)]),
        ({"a": 9, "b": 4, "c": 3}, [("a", 9), ("b", None), ("c", None)]),
        ({"a": 9, "b": 7, "c": 2, "d": 1}, [("a", 9), ("b", None), ("c", None), ("d", None)]),
        ({"a": 9, "b": 0, "c": 0}, [("a", 9), ("b", None), ("c", None)]),
        ({"a": 3, "b": 1}, [("a", None), ("b", None)]),
        ({"a": 3}, [("a", None)]),
        ({}, []),
    ],
)
def test_small_groups_are_not_said_nor_reckoned_from_the_sum(groups: dict, shown: list) -> None:
    assert suppressed(groups.items()) == [Figure(*one) for one in shown]
