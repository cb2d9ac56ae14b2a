"""How contributions come in, are confirmed, shown, taken back; and how people are counted."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from andock.kernel.pagecache.models import Version
from andock.kernel.permissions import Denied
from andock.notifications.models import Message
from andock.participation import queries
from andock.participation.choices import ContributionState
from andock.participation.models import Contribution, Involvement, Participant
from andock.participation.services import contributing, people
from andock.participation.services.people import Introduction, TooMany
from tests.accounts.cast import Cast
from tests.factories.participation import NOW, participant, phase, process, said

pytestmark = pytest.mark.django_db
ADA = Introduction(email="Ada+Ufer@Example.org", pseudonym="Ada", age_band="30_44")


def send(where, person: Introduction = ADA, *, text: str = "Mehr Bänke.", now=NOW, key=None, **more) -> Contribution:
    return contributing.submit(
        person=person, phase=where, kind="idea", text=text, address="/beteiligung/x/ideen/{pk}/", now=now,
        request_key=key or uuid4(), **more,
    )  # fmt: skip


def test_contribution_of_stranger_counts_only_when_the_mailbox_is_confirmed(cast: Cast) -> None:
    made = process(cast.olpe)

    sent = send(phase(made))

    assert sent.state == ContributionState.UNCONFIRMED
    assert sent.address == f"/beteiligung/x/ideen/{sent.pk}/"
    assert queries.people_in(made) == 0
    mail = Message.objects.get()
    assert mail.to == "Ada+Ufer@Example.org"
    assert "Mehr Bänke" not in mail.text, "a stranger may have typed the address: their words do not go there"

    confirmed = contributing.confirm(contribution=sent, now=NOW)

    assert confirmed.state == ContributionState.PUBLIC
    assert queries.people_in(made) == 1
    assert Involvement.objects.get().age_band == "30_44"
    assert contributing.confirm(contribution=sent, now=NOW + timedelta(hours=1)).published_at == NOW


def test_one_address_with_tags_and_capitals_is_one_person(cast: Cast) -> None:
    made = process(cast.olpe)
    for address in ("ada@example.org", "ADA@example.org", "ada+eins@example.org"):
        one = send(phase(made), Introduction(email=address, pseudonym="Ada"), text=address)
        contributing.confirm(contribution=one, now=NOW)

    assert Participant.objects.count() == 1
    assert queries.people_in(made) == 1
    assert queries.public_contributions(made).count() == 3


def test_stranger_who_types_a_confirmed_address_changes_nothing_of_that_person(cast: Cast) -> None:
    ada = participant("Ada")
    made = process(cast.olpe)
    said(made, by=ada)

    send(phase(made), Introduction(email="ada@example.org", pseudonym="Böse", age_band="65_over"), text="Unsinn")

    ada.refresh_from_db()
    assert ada.pseudonym == "Ada"
    assert Involvement.objects.get().age_band == ""
    assert queries.public_contributions(made).count() == 1


def test_same_form_sent_twice_is_one_contribution(cast: Cast) -> None:
    made, key = process(cast.olpe), uuid4()

    first, second = send(phase(made), key=key), send(phase(made), key=key)

    assert first.pk == second.pk
    assert Message.objects.count() == 1


def test_form_that_comes_again_with_the_right_address_is_not_lost(cast: Cast) -> None:
    key, where = uuid4(), phase(process(cast.olpe))
    for address in ("ada@exmaple.org", "ada@example.org"):
        send(where, Introduction(email=address, pseudonym="Ada"), key=key)

    assert list(Message.objects.order_by("pk").values_list("to", flat=True)) == ["ada@exmaple.org", "ada@example.org"]


def test_account_has_the_name_it_gives_and_not_one_a_stranger_typed(cast: Cast) -> None:
    account = cast.olpe_editor
    send(phase(process(cast.olpe)), Introduction(email=f"{account.email}", pseudonym="Ich bin dumm"))

    found = people.participant_for(user=account, pseudonym="Eva", language="de", now=NOW)

    assert (found.pseudonym, found.email, found.user) == ("Eva", account.email, account)
    assert Participant.objects.count() == 1
    again = people.participant_for(user=account, pseudonym="Anders", language="de", now=NOW)
    assert again.pseudonym == "Eva", "a name is changed on the own page"


def test_pages_say_at_once_how_many_took_part_though_nothing_is_shown_yet(cast: Cast) -> None:
    made = process(cast.olpe, holds_back=True)
    scope = Version.objects.filter(scope=f"process:{made.slug}")
    stamps = []

    said(made, by=participant("Ada"))
    stamps.append(scope.get().stamp)
    sent = send(phase(made), Introduction(email="bea@example.org", pseudonym="Bea"))
    contributing.confirm(contribution=sent, now=NOW)
    stamps.append(scope.get().stamp)

    assert queries.people_in(made) == 2
    assert len(set(stamps)) == 2


def test_late_contribution_is_refused_with_the_day(cast: Cast) -> None:
    made = process(cast.olpe)
    end = phase(made).ends_at

    with pytest.raises(Denied, match=r"1\. Juni 2026"):
        send(phase(made), now=end)
    with pytest.raises(Denied, match=r"4\. Mai 2026"):
        send(phase(made), now=NOW - timedelta(seconds=1))

    assert send(phase(made), now=end - timedelta(seconds=1)).pk
    assert Contribution.objects.count() == 1


def test_contribution_sent_in_time_is_confirmed_until_a_day_later(cast: Cast) -> None:
    made = process(cast.olpe)
    end = phase(made).ends_at
    sent = send(phase(made), now=end - timedelta(minutes=1))

    assert contributing.confirm(contribution=sent, now=end + timedelta(hours=20)).is_public

    late = send(phase(made), text="Noch eins", now=end - timedelta(minutes=1))
    with pytest.raises(Denied):
        contributing.confirm(contribution=late, now=end + timedelta(hours=30))


def test_draft_takes_nothing(cast: Cast) -> None:
    made = process(cast.olpe, publication="draft")

    with pytest.raises(Denied, match="noch nicht veröffentlicht"):
        send(phase(made))


@pytest.mark.parametrize(("holds_back", "is_doubtful"), [(True, False), (False, True)])
def test_contribution_waits_for_a_moderator(cast: Cast, holds_back: bool, is_doubtful: bool) -> None:
    made = process(cast.olpe, holds_back=holds_back)

    found = said(made, is_doubtful=is_doubtful)

    assert found.state == ContributionState.HELD
    assert list(queries.queue_of(cast.olpe)) == [found]
    assert not queries.public_contributions(made).exists()


def test_region_wide_contribution_is_answered_by_the_municipality_it_is_meant_for(cast: Cast) -> None:
    made = process(cast.olpe, is_region_wide=True)

    assert said(made, municipality=cast.soest).office == cast.soest
    assert said(made, "Und hier").office == cast.olpe
    local = process(cast.olpe, is_region_wide=False)
    assert said(local, municipality=cast.soest).office == cast.olpe


def test_withdrawn_contribution_loses_its_words_and_stays_a_place(cast: Cast) -> None:
    ada = participant("Ada")
    found = said(process(cast.olpe), by=ada)

    contributing.withdraw(participant=ada, contribution=found)

    found.refresh_from_db()
    assert (found.state, found.text, found.title) == ("withdrawn", "", "")
    with pytest.raises(Denied):
        contributing.withdraw(participant=ada, contribution=found)
    with pytest.raises(Denied):
        contributing.withdraw(participant=participant("Bea"), contribution=said(process(cast.olpe)))


def test_person_sends_thirty_a_day_and_address_gets_twenty_mails(cast: Cast) -> None:
    made, ada = process(cast.olpe), participant("Ada")
    for number in range(30):
        said(made, f"Nummer {number}", by=ada)
    with pytest.raises(TooMany):
        said(made, "Eins zu viel", by=ada)

    for number in range(20):
        send(phase(made), Introduction(email="b@example.org", pseudonym="B"), text=f"Nummer {number}")
    Message.objects.update(created_at=NOW)
    with pytest.raises(TooMany):
        send(phase(made), Introduction(email="b@example.org", pseudonym="B"), text="Eins zu viel")


def test_paper_contribution_is_public_marked_and_counted_even_after_the_phase(cast: Cast) -> None:
    made = process(cast.olpe)

    found = contributing.enter_paper(
        actor=cast.olpe_editor, phase=phase(made), kind="idea", text="Auf Papier", address="/x/{pk}/",
        now=phase(made).ends_at + timedelta(days=1),
    )  # fmt: skip

    assert found.is_public
    assert found.is_on_paper
    assert queries.people_in(made) == 1
    with pytest.raises(Denied):
        contributing.enter_paper(
            actor=cast.soest_releaser, phase=phase(made), kind="idea", text="x", address="/", now=NOW
        )
