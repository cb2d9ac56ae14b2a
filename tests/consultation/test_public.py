"""What everybody reads and writes in a consultation."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from andock.consultation.models import Anchor, Subject
from andock.notifications.models import Message
from andock.participation.models import Contribution, Phase
from andock.participation.services import answering
from andock.strategy.choices import EditionState
from andock.strategy.models import Edition
from tests.accounts.cast import Cast
from tests.factories.strategy import block, element, identity

from .scenes import G2, consulted, edition, local_draft, moved, path, spoken

pytestmark = pytest.mark.django_db
TEXT_QUERIES, ELEMENT_QUERIES = 10, 11
REFERS = "Bezieht sich auf den Wortlaut vom"


def page_of(address: str, client: Client | None = None, status: int = 200) -> str:
    answer = (client or Client()).get(address)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", answer.content.decode())


def form_of(address: str, client: Client) -> dict[str, str]:
    page = client.get(address).content.decode()
    return dict(re.findall(r'<input type="hidden" name="(key|seen)" value="([^"]*)"', page))


def typed(address: str, client: Client, **values: str):
    person = {"pseudonym": "Ada", "email": "ada@example.org", "website": "", "work": ""}
    return client.post(address, form_of(address, client) | person | values)


@pytest.fixture
def where(cast: Cast) -> Phase:
    return consulted(cast.agency, edition=edition())


def test_subject_is_exactly_one_text(cast: Cast) -> None:
    where = consulted(cast.agency)
    with pytest.raises(IntegrityError), transaction.atomic():
        Subject.objects.create(phase=where)
    version = local_draft(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Subject.objects.create(phase=where, version=version, edition=version.edition)


def test_text_shows_contents_counts_and_ways_to_the_forms(where: Phase) -> None:
    spoken(where)
    spoken(where, "Und auch gedruckt.")

    page = page_of(path(where))

    assert f'href="#s-{identity("g1")}"' in page
    assert "2 Beiträge" in page
    assert f'href="{path(where, "g1", "b1")}"' in page
    assert f'href="{path(where, "g1")}#block-{identity("b1")}"' in page


def test_comment_of_a_stranger_keeps_element_block_and_wording(where: Phase) -> None:
    answer = typed(path(where, "g1", "b1"), Client(), text="Auch <b>gedruckt</b>?")

    assert answer.status_code == 302
    one = Contribution.objects.select_related("anchor").get()
    assert (one.kind, one.state, one.about) == ("comment", "unconfirmed", "1 Offen")
    assert one.element_id == UUID(identity("g1"))
    assert one.address == f"{path(where, 'g1')}#beitrag-{one.pk}"
    assert (one.anchor.edition.ordinal, one.anchor.block) == (2, UUID(identity("b1")))
    assert (one.anchor.block_kind, one.anchor.wording) == ("paragraph", "Offene Daten für alle.")
    assert Message.objects.count() == 1
    assert "gedruckt" not in page_of(path(where, "g1"))


def test_same_form_sent_twice_is_one_contribution_with_one_anchor(where: Phase) -> None:
    client, address = Client(), path(where, "g1", "b1")
    values = form_of(address, client) | {"pseudonym": "Ada", "email": "ada@example.org", "text": "Ja."}
    client.post(address, values)
    client.post(address, values)
    assert Anchor.objects.count() == Contribution.objects.count() == 1


def test_other_wording_begins_with_the_present_one_and_must_differ(where: Phase) -> None:
    address = f"{path(where, 'g1', 'b1')}?art=wortlaut"
    assert re.search(r"<textarea[^>]*>\s*Offene Daten für alle.</textarea>", page_of(address))

    same = typed(address, Client(), text="Offene Daten  für alle.")
    assert same.status_code == 422
    assert "Das ist der jetzige Wortlaut." in same.content.decode()

    assert typed(address, Client(), text="Offene Daten für jeden.").status_code == 302
    assert Contribution.objects.get().kind == "wording"


def test_other_wording_is_shown_word_by_word_and_escaped(where: Phase) -> None:
    spoken(where, "Offene Daten für <i>jeden</i>.", kind="wording")

    page = page_of(path(where, "g1"))

    assert re.search(r"<del>.*?alle.*?</del>", page)
    assert "&lt;i&gt;jeden&lt;/i&gt;" in page
    assert "<i>jeden" not in page


def test_paragraph_changed_while_somebody_writes_is_shown_before_it_counts(where: Phase) -> None:
    client, address = Client(), path(where, "g1", "b1")
    values = form_of(address, client) | {"pseudonym": "Ada", "email": "ada@example.org", "text": "Zu lang."}
    edition(2, "consultation", element("g1", block("b1", "Offene Daten."), label="1", title="Offen"), G2)

    answer = client.post(address, values)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "wurde geändert, während Sie geschrieben haben" in page
    assert "Zu lang." in page
    assert not Contribution.objects.exists()
    again = dict(re.findall(r'<input type="hidden" name="(key|seen)" value="([^"]*)"', page))
    assert client.post(address, values | again).status_code == 302
    assert Anchor.objects.get().wording == "Offene Daten."


def test_contribution_stays_with_its_wording_when_the_text_moves_on(where: Phase) -> None:
    spoken(where, "Sehr gut.")
    spoken(where, "Täglich?", at=("g1", "b2"))
    assert "wurde seitdem geändert" not in page_of(path(where, "g1"))

    edition(2, "consultation", element("g1", block("b1", "Alles offen."), label="1", title="Offen"), G2)

    page = page_of(path(where, "g1"))
    assert page.count(REFERS) == 2
    assert "Der Absatz wurde seitdem geändert." in page
    assert "Offene Daten für alle." in page
    assert "Der Absatz steht nicht mehr im Text." in page
    assert "Jeden Tag neu." in page


def test_element_that_is_gone_keeps_its_contributions(where: Phase) -> None:
    spoken(where, "Sehr gut.")
    edition(2, "consultation", G2)

    assert f'href="{path(where, "g1")}"' in page_of(path(where))
    page = page_of(path(where, "g1"))
    assert "Diese Stelle steht nicht mehr im Text." in page
    assert "Sehr gut." in page
    assert Client().get(path(where, "g1", "b1")).status_code == 404


def test_edition_taken_back_to_draft_is_not_shown_and_contributions_stay(where: Phase) -> None:
    spoken(where, "Sehr gut.")
    Edition.objects.update(state=EditionState.DRAFT)

    assert "Jeden Tag neu." not in page_of(path(where))
    page = page_of(path(where, "g1"))
    assert "Sehr gut." in page
    assert "Jeden Tag neu." not in page
    assert Client().get(path(where, "g1", "b1")).status_code == 404


@pytest.mark.parametrize("state", ["drafting", "submitted"])
def test_local_draft_is_read_only_while_it_is_in_participation(cast: Cast, state: str) -> None:
    version = local_draft(cast)
    where = consulted(cast.olpe, version=version)
    spoken(where, "Sehr gut.")
    assert "Jeden Tag neu." in page_of(path(where))
    version.state = state
    version.save()

    assert "Jeden Tag neu." not in page_of(path(where))
    page = page_of(path(where, "g1"))
    assert "Sehr gut." in page
    assert "Jeden Tag neu." not in page
    assert Client().get(path(where, "g1", "b1")).status_code == 404
    assert Client().get(path(where, "g2")).status_code == 404


def test_local_draft_of_an_unpublished_process_is_nobodys_business(cast: Cast) -> None:
    where = consulted(cast.olpe, version=local_draft(cast), publication="draft")
    assert Client().get(path(where)).status_code == 404
    assert Client().get(path(where, "g1")).status_code == 404
    assert Client().get(path(where, "g1", "b1")).status_code == 404


def test_undecided_passage_of_a_local_draft_is_not_part_of_its_text(cast: Cast) -> None:
    where = consulted(cast.olpe, version=local_draft(cast))
    assert "Einfach zu lesen." not in page_of(path(where))


def test_local_contribution_belongs_to_the_version(cast: Cast) -> None:
    version = local_draft(cast)
    where = consulted(cast.olpe, version=version)
    assert typed(path(where, "g1", "b1"), Client(), text="Gut.").status_code == 302
    anchor = Anchor.objects.get()
    assert (anchor.version, anchor.edition) == (version, None)
    assert anchor.element_id == anchor.identity == UUID(identity("g1"))
    moved(cast.olpe_releaser, version, "drafting")
    assert Client().get(path(where, "g1", "b1")).status_code == 404


@pytest.mark.parametrize(("days", "words"), [(-60, "endete am"), (3, "beginnt am")])
def test_form_outside_the_phase_names_the_day(cast: Cast, days: int, words: str) -> None:
    where = consulted(cast.agency, edition=edition(), days=days)
    address = path(where, "g1", "b1")
    assert words in page_of(address, status=403)
    late = Client().post(address, {"text": "Noch etwas."})
    assert late.status_code in {403, 422}
    assert not Contribution.objects.exists()
    assert words in page_of(path(where))
    assert f'href="{address}"' not in page_of(path(where))


def test_late_form_comes_back_with_what_was_typed(cast: Cast) -> None:
    where = consulted(cast.agency, edition=edition())
    client, address = Client(), path(where, "g1", "b1")
    values = form_of(address, client) | {"pseudonym": "Ada", "email": "ada@example.org", "text": "Eine Minute zu spät."}
    Phase.objects.update(ends_at=timezone.now())
    answer = client.post(address, values)
    assert answer.status_code == 403
    assert "Eine Minute zu spät." in answer.content.decode()
    assert "endete am" in answer.content.decode()


def test_answer_leads_to_the_changed_passage_and_the_passage_counts(cast: Cast, where: Phase) -> None:
    one = spoken(where, "Offene Daten für jeden.", kind="wording")
    answering.answer(
        actor=cast.coordinator, process=where.process, office=cast.agency, contribution_ids=[one.pk], stance="adopted",
        reason="Das ist klarer.", now=timezone.now(), element_id=UUID(identity("g1")), edition=one.anchor.edition,
    )  # fmt: skip

    page = page_of(path(where, "g1"))
    assert "Das ist klarer." in page
    assert re.search(rf'href="/strategie/stelle/{identity("g1")}/">Die geänderte Stelle', page)
    element_page = page_of(f"/strategie/stelle/{identity('g1')}/")
    assert "1 Beitrag" in element_page
    assert "Das ist klarer." in element_page


def test_page_of_the_process_leads_to_the_text(where: Phase) -> None:
    spoken(where)
    page = page_of(f"/beteiligung/{where.process.slug}/")
    assert f'href="{path(where)}"' in page
    assert "1 Beitrag bisher" in page


def test_process_without_a_chosen_text_says_so(cast: Cast) -> None:
    where = consulted(cast.agency)
    assert "noch kein Text gewählt" in page_of(path(where))
    assert Client().get(path(where, "g1", "b1")).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_pages_take_the_same_queries_for_one_and_three(
    where: Phase, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _one in range(number):
        spoken(where)
        spoken(where, "Offen für jeden.", kind="wording")
    client = Client()
    for address in (path(where), path(where, "g1")):
        client.get(address)

    with django_assert_num_queries(TEXT_QUERIES):
        client.get(path(where))
    with django_assert_num_queries(ELEMENT_QUERIES):
        client.get(path(where, "g1"))
