"""What came by letter about a text."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from andock.audit.models import Entry
from andock.consultation.models import Anchor
from andock.participation.models import Contribution, Involvement, Phase
from tests.accounts.cast import Cast
from tests.architecture.test_authorisation import client_of
from tests.factories.strategy import block, element, identity

from .scenes import consulted, edition, local_draft, path, spoken
from .test_desk import desk, page_of

pytestmark = pytest.mark.django_db
WORDING = "?art=wortlaut"


@pytest.fixture
def where(cast: Cast) -> Phase:
    return consulted(cast.agency, edition=edition())


def paper(where: Phase) -> str:
    return desk(where, identity("g1"), identity("b1"), "papier")


def typed(client: Client, address: str, **more: str) -> dict[str, str]:
    """The form as it comes, filled in."""
    page = client.get(address).content.decode()
    return {"seen": re.search(r'name="seen" value="([^"]+)"', page)[1]} | more


def test_comment_on_paper_stands_beside_its_paragraph_at_once(cast: Cast, where: Phase) -> None:
    client, stranger = client_of(cast, "coordinator"), Client()
    assert "Mehr davon, bitte." not in stranger.get(path(where, "g1")).content.decode()

    answer = client.post(paper(where), typed(client, paper(where), text="Mehr davon, bitte."))

    assert answer["Location"] == desk(where, identity("g1"), identity("b1"))
    made, anchor = Contribution.objects.get(), Anchor.objects.get()
    assert (made.kind, made.text, made.is_on_paper, made.participant) == ("comment", "Mehr davon, bitte.", True, None)
    assert (str(made.element_id), anchor.wording) == (identity("g1"), "Offene Daten für alle.")
    assert made.address == f"{path(where, 'g1')}#beitrag-{made.pk}"
    page = stranger.get(path(where, "g1")).content.decode()
    assert "Mehr davon, bitte." in page
    assert "auf Papier" in page
    assert Involvement.objects.filter(phase=where, is_on_paper=True).count() == 1
    assert Entry.objects.get(action="consultation.paper_entered").data["kind"] == "comment"
    assert f"Beitrag {made.pk}" in client.get(answer["Location"]).content.decode()


def test_other_wording_on_paper_begins_with_the_present_one(cast: Cast, where: Phase) -> None:
    client, address = client_of(cast, "coordinator"), paper(where) + WORDING
    assert ">\nOffene Daten für alle.</textarea>" in client.get(address).content.decode()
    same = client.post(address, typed(client, address, text="Offene Daten für alle."))
    assert same.status_code == 400

    assert client.post(address, typed(client, address, text="Offene Daten für jede.")).status_code == 302

    assert Contribution.objects.get().kind == "wording"
    page = re.sub(r"\s+", " ", Client().get(path(where, "g1")).content.decode())
    assert re.search(r"<ins[^>]*>.*?jede<.*?</ins>", page)


def test_nothing_typed_is_refused_and_words_stay_where_the_text_was_changed_meanwhile(cast: Cast, where: Phase) -> None:
    client = client_of(cast, "coordinator")
    values = typed(client, paper(where), text="Mehr davon, bitte.")
    assert "Bitte tippen Sie ab" in client.post(paper(where), {**values, "text": " "}).content.decode()
    edition(2, "consultation", element("g1", block("b1", "Daten, offen für alle."), label="1", title="Offen"))

    answer = client.post(paper(where), values)

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Mehr davon, bitte." in page
    assert "Daten, offen für alle." in page
    assert not Contribution.objects.exists()
    again = {"text": "Mehr davon, bitte.", "seen": re.search(r'name="seen" value="([^"]+)"', page)[1]}
    assert client.post(paper(where), again).status_code == 302


def test_letter_comes_after_the_end_but_not_before_the_beginning(cast: Cast, where: Phase) -> None:
    client, now = client_of(cast, "coordinator"), timezone.now()
    values = typed(client, paper(where), text="Spät, aber doch.")
    Phase.objects.filter(pk=where.pk).update(starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=2))
    for address in (paper(where), desk(where, "papier")):
        assert client.get(address).status_code == 403
    assert client.post(paper(where), values).status_code == 403
    assert "papier/" not in client.get(desk(where, identity("g1"), identity("b1"))).content.decode()

    Phase.objects.filter(pk=where.pk).update(starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1))

    assert client.post(paper(where), values).status_code == 302
    assert Contribution.objects.count() == 1


def test_pile_leads_to_every_paragraph_also_where_nobody_spoke(cast: Cast, where: Phase) -> None:
    spoken(where)
    overview = page_of(cast, "coordinator", desk(where).removesuffix("text/"))
    assert f'href="{desk(where, "papier")}"' in overview

    page = page_of(cast, "coordinator", desk(where, "papier"))

    ways = re.findall(r'href="(/verwaltung/[^"]+/text/[^"]+/[^"]+/papier/)"', page)
    assert ways == [
        desk(where, identity(one), identity(two), "papier") for one, two in (("g1", "b1"), ("g1", "b2"), ("g2", "b3"))
    ]


def test_paper_about_a_local_strategy_belongs_to_the_local_version(cast: Cast) -> None:
    version = local_draft(cast)
    where = consulted(cast.olpe, version=version)
    client = client_of(cast, "olpe_editor")

    client.post(paper(where), typed(client, paper(where), text="Gut so."))

    assert (Anchor.objects.get().version, Contribution.objects.get().office) == (version, cast.olpe)


def test_paragraph_or_text_that_is_not_there_has_no_form(cast: Cast, where: Phase) -> None:
    client, other = client_of(cast, "coordinator"), consulted(cast.agency)
    assert client.get(desk(where, identity("g1"), identity("b3"), "papier")).status_code == 404
    assert client.get(desk(other, "papier")).status_code == 404
    assert client.get(paper(other)).status_code == 404
