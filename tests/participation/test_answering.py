"""Official answers: to many at once, one at a time for each, told once; handed over with a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from andock.kernel.pagecache.models import Version
from andock.kernel.permissions import Denied
from andock.notifications.models import Message
from andock.participation import queries
from andock.participation.changes import change_at
from andock.participation.models import Answered, Response
from andock.participation.services import answering, contributing, forgetting, moderating, telling
from andock.strategy.models import Edition, Element, Framework
from andock.strategy.services.editions import import_edition
from tests.accounts.cast import Cast
from tests.factories.participation import NOW, held, participant, process, said
from tests.factories.strategy import block, document, element, identity

pytestmark = pytest.mark.django_db


def answer(cast: Cast, made, *contributions, **values) -> Response:
    values = {
        "actor": cast.olpe_editor, "office": cast.olpe, "stance": "partly", "reason": "Zwei Bänke kommen.", "now": NOW,
    } | values  # fmt: skip
    return answering.answer(process=made, contribution_ids=[one.pk for one in contributions], **values)


def test_many_contributions_get_one_answer_and_their_author_one_mail(cast: Cast) -> None:
    made, ada = process(cast.olpe), participant("Ada")
    mine = [said(made, f"Idee {number}", by=ada) for number in range(3)]
    other = said(made, "Andere", by=participant("Bea"))

    answer(cast, made, *mine, other)
    telling.tell_authors(now=NOW)
    telling.tell_authors(now=NOW)

    assert Answered.objects.filter(told_at=NOW).count() == 4
    assert sorted(Message.objects.values_list("to", flat=True)) == ["ada@example.org", "bea@example.org"]
    mail = Message.objects.get(to="ada@example.org").text
    assert mail.count("Zwei Bänke kommen.") == 3
    assert not queries.unanswered(made).exists()


def test_later_answer_takes_the_place_of_the_earlier_and_is_told_again(cast: Cast) -> None:
    made, ada = process(cast.olpe), participant("Ada")
    found = said(made, by=ada)
    answer(cast, made, found)
    telling.tell_authors(now=NOW)

    answer(cast, made, found, stance="adopted", reason="Doch alle.")
    telling.tell_authors(now=NOW + timedelta(hours=1))

    found.refresh_from_db()
    assert found.answered.response.stance == "adopted"
    assert Message.objects.filter(to="ada@example.org").count() == 2


def test_what_is_not_public_or_not_ours_gets_no_answer(cast: Cast) -> None:
    made = process(cast.olpe)
    with pytest.raises(Denied):
        answer(cast, made, held(made))
    with pytest.raises(Denied):
        answer(cast, made, said(made), actor=cast.soest_releaser)
    with pytest.raises(Denied):
        answer(cast, made, said(made), actor=cast.olpe_moderator)
    with pytest.raises(answering.Unfit):
        answer(cast, made, said(process(cast.soest)))
    assert not Response.objects.exists()


def test_municipality_answers_what_is_meant_for_it_in_a_process_of_the_region(cast: Cast) -> None:
    made = process(cast.agency, is_region_wide=True)
    meant = said(made, municipality=cast.olpe)

    assert answer(cast, made, meant).office == cast.olpe
    with pytest.raises(Denied):
        answer(cast, made, said(made, "Für alle"))


def test_answer_leads_to_the_changed_passage_and_the_passage_back(cast: Cast) -> None:
    Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=cast.agency)
    import_edition(document=document(element("g7", block("b1"), label="2.3"), state="consultation"), actor=None)
    edition = Edition.objects.get()
    made = process(cast.olpe)
    found = said(made, element_id=identity("g7"))

    change = change_at(f"https://andock.example/strategie/auflagen/{edition.ordinal}/2.3/")
    answer(cast, made, found, stance="adopted", **change.columns())

    [response] = queries.changes_of(identity("g7"))
    assert (response.edition, response.number) == (edition, 1)
    assert queries.counts_by_element() == {response.element_id: 1}
    assert change_at(f"/strategie/stelle/{identity('g7')}/") == change


@pytest.mark.parametrize("deed", ["hidden", "taken back", "erased"])
def test_passage_says_at_once_when_an_idea_that_changed_it_is_not_read_any_more(cast: Cast, deed: str) -> None:
    framework = Framework.objects.create(owner=cast.agency, title="Rahmen")
    passage, made, ada = Element.objects.create(framework=framework), process(cast.olpe), participant("Ada")
    found = said(made, by=ada)
    answer(cast, made, found, stance="adopted", element_id=passage.pk)
    before = Version.objects.get(scope="contributions").stamp

    match deed:
        case "hidden":
            moderating.decide(
                actor=cast.olpe_moderator, contribution=found, verdict="hidden", reason="hate", text="", now=NOW
            )
        case "taken back":
            contributing.withdraw(participant=ada, contribution=found)
        case "erased":
            forgetting.erase(participant=ada, keeps_words=False)

    assert queries.changes_of(passage.pk).get().number == 0
    assert Version.objects.get(scope="contributions").stamp != before


@pytest.mark.parametrize("address", ["", "https://example.org/", "/strategie/stelle/x/", "/strategie/auflagen/9/9.9/"])
def test_address_that_is_no_passage_is_refused_with_a_sentence(cast: Cast, address: str) -> None:
    with pytest.raises(answering.Unfit, match="keine Stelle der Strategie"):
        change_at(address)


def test_contributions_are_handed_over_with_a_day(cast: Cast) -> None:
    made = process(cast.olpe)
    found = said(made)

    number = answering.assign(
        actor=cast.olpe_releaser, process=made, office=cast.olpe, contribution_ids=[found.pk], assignee=cast.olpe_editor,
        due_on=NOW.date(),
    )  # fmt: skip

    found.refresh_from_db()
    assert (number, found.assignee, found.due_on) == (1, cast.olpe_editor, NOW.date())
    with pytest.raises(Denied):
        answering.assign(
            actor=cast.soest_releaser, process=made, office=cast.soest, contribution_ids=[found.pk], assignee=None,
            due_on=None,
        )  # fmt: skip


def test_municipality_reads_and_answers_only_what_is_meant_for_it_at_its_own_desk(cast: Cast) -> None:
    made = process(cast.agency, is_region_wide=True, starts=timezone.now() - timedelta(days=1))
    now = timezone.now()
    meant, other = said(made, "Für Olpe.", municipality=cast.olpe, now=now), said(made, "Für alle.", now=now)
    olpe, soest = Client(), Client()
    olpe.force_login(cast.olpe_editor)
    soest.force_login(cast.soest_releaser)
    desk = f"/verwaltung/olpe/beteiligung/verfahren/{made.slug}/beitraege/"

    assert made.title in olpe.get("/verwaltung/olpe/beteiligung/").content.decode()
    page = olpe.get(desk).content.decode()
    assert "Für Olpe." in page
    assert "Für alle." not in page
    assert soest.get(desk.replace("olpe", "soest")).status_code == 404
    assert olpe.get(desk.removesuffix("beitraege/")).status_code == 404, "the process is not theirs"

    fields = {"act": "answer", "stance": "adopted", "reason": "Machen wir."}
    assert olpe.post(desk, fields | {"chosen": other.pk}).status_code == 400
    assert olpe.post(desk, fields | {"chosen": meant.pk}).status_code == 302
    assert Response.objects.get().office == cast.olpe
