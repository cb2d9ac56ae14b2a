"""What those who keep a process do with its text."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from andock.audit.models import Entry
from andock.consultation.models import Subject
from andock.consultation.services import choosing
from andock.kernel.permissions import Denied
from andock.local_strategies.models import Version
from andock.local_strategies.services.drafts import delete_draft
from andock.local_strategies.services.storing import CannotChange
from andock.participation.models import Phase, Process
from andock.participation.services import answering
from andock.strategy.services.drafts import forget_unused_elements
from tests.accounts.cast import Cast
from tests.architecture.test_authorisation import client_of
from tests.factories.strategy import identity

from .scenes import G2, consulted, edition, framework, local_draft, moved, spoken

pytestmark = pytest.mark.django_db


def desk(where: Phase, *rest: str) -> str:
    process = where.process
    return "/".join(
        ["/verwaltung", process.organisation.slug, "beteiligung/verfahren", process.slug, "text", *rest, ""]
    )


def page_of(cast: Cast, who: str, address: str) -> str:
    answer = client_of(cast, who).get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_agency_chooses_one_of_its_drafts(cast: Cast) -> None:
    found, where = edition(), consulted(cast.agency)
    client = client_of(cast, "coordinator")
    assert "2. Auflage" in client.get(desk(where)).content.decode()

    answer = client.post(desk(where), {"text": f"e{found.pk}"})

    assert answer.status_code == 302
    assert Subject.objects.get().edition == found
    assert Entry.objects.filter(action="consultation.text_chosen").count() == 1
    assert "2. Auflage" in client.get(answer["Location"]).content.decode()


def test_municipality_is_offered_only_its_own_local_strategy(cast: Cast) -> None:
    edition()
    version, where = local_draft(cast), consulted(cast.olpe)
    page = page_of(cast, "olpe_editor", desk(where))
    assert f'value="v{version.pk}"' in page
    assert 'value="e' not in page
    assert client_of(cast, "olpe_editor").post(desk(where), {"text": f"v{version.pk}"}).status_code == 302
    assert Subject.objects.get().version == version


def test_text_of_others_is_refused_even_past_the_form(cast: Cast) -> None:
    version, found = local_draft(cast), edition()
    with pytest.raises(Denied):
        choosing.choose_edition(actor=cast.olpe_releaser, phase=consulted(cast.olpe), edition=found)
    with pytest.raises(Denied):
        choosing.choose_version(actor=cast.soest_releaser, phase=consulted(cast.soest), version=version)
    with pytest.raises(Denied):
        choosing.choose_version(actor=cast.coordinator, phase=consulted(cast.agency), version=version)
    assert not Subject.objects.exists()


def test_text_stays_once_somebody_has_said_something(cast: Cast) -> None:
    found = edition()
    where = consulted(cast.agency, edition=found)
    spoken(where)
    page = page_of(cast, "coordinator", desk(where))
    assert "deshalb bleibt er der Text dieses Verfahrens" in page
    assert client_of(cast, "coordinator").post(desk(where), {"text": f"e{found.pk}"}).status_code == 400


def test_desk_says_that_a_local_draft_is_not_open_yet(cast: Cast) -> None:
    version = local_draft(cast, "drafting")
    where = consulted(cast.olpe, version=version)
    address = desk(where).removesuffix("text/")
    assert "nicht für alle lesbar" in page_of(cast, "olpe_editor", address)
    moved(cast.olpe_releaser, version, "participation")
    assert "nicht für alle lesbar" not in page_of(cast, "olpe_editor", address)


def test_attention_counts_by_block_and_leads_to_what_was_said(cast: Cast) -> None:
    where = consulted(cast.agency, edition=edition())
    one = spoken(where, "Sehr gut.")
    spoken(where, "Offene Daten für jeden.", kind="wording")
    spoken(where, "Täglich?", at=("g1", "b2"), is_doubtful=True)
    answering.answer(
        actor=cast.coordinator, process=where.process, office=cast.agency, contribution_ids=[one.pk], stance="not",
        reason="Danke.", now=timezone.now(),
    )  # fmt: skip

    page = page_of(cast, "coordinator", desk(where, "aufmerksamkeit"))

    rows = re.findall(r'<tr><th scope="row">.*?</tr>', page)
    numbers = [re.findall(r'<td class="num">(\d+)</td>', row) for row in rows]
    assert numbers == [["2", "1", "0", "1"], ["1", "0", "1", "0"]]
    assert "Offene Daten für alle." in rows[0]
    address = desk(where, identity("g1"), identity("b2"))
    assert address in rows[1]
    page = page_of(cast, "coordinator", address)
    assert "Täglich?" in page
    assert re.search(r'<span class="chip">[^<]+</span>', page)


def test_way_from_a_block_to_answering_names_its_contributions_only(cast: Cast) -> None:
    where = consulted(cast.agency, edition=edition())
    one, other = spoken(where, "Sehr gut."), spoken(where, "Täglich?", at=("g1", "b2"))
    page = page_of(cast, "coordinator", desk(where, identity("g1"), identity("b1")))
    address = re.search(r'href="([^"]*\?nummern=[^"]*)"', page)
    assert address
    listed = page_of(cast, "coordinator", address[1])
    assert f'id="c{one.pk}"' in listed
    assert f'id="c{other.pk}"' not in listed


def test_deleted_local_draft_takes_the_choice_along_but_not_what_people_said(cast: Cast) -> None:
    version = local_draft(cast)
    where = consulted(cast.olpe, version=version)
    spoken(where)
    with pytest.raises(CannotChange):
        delete_draft(actor=cast.olpe_releaser, version=version)
    assert Version.objects.filter(pk=version.pk).exists()

    where.contributions.all().delete()
    delete_draft(actor=cast.olpe_releaser, version=version)
    assert not Subject.objects.exists()


def test_element_people_spoke_about_keeps_its_identity(cast: Cast) -> None:
    where = consulted(cast.agency, edition=edition())
    one = spoken(where)
    edition(2, "consultation", G2)
    forget_unused_elements(framework())
    one.refresh_from_db()
    assert str(one.element_id) == identity("g1")


def test_process_without_a_text_to_comment_on_has_no_such_pages(cast: Cast) -> None:
    where = consulted(cast.agency)
    where.process.phases.update(kind="information")
    client = client_of(cast, "coordinator")
    for rest in ((), ("aufmerksamkeit",)):
        assert client.get(desk(where, *rest)).status_code == 404


def test_edition_replaced_by_a_file_keeps_what_people_were_asked_and_said(cast: Cast) -> None:
    found = edition()
    where = consulted(cast.agency, edition=found)
    one = spoken(where)

    assert edition(2, "consultation", G2).pk == found.pk

    assert Subject.objects.get().edition == found
    one.refresh_from_db()
    assert one.anchor.edition == found


def test_process_about_a_text_is_published_once_a_text_is_chosen(cast: Cast) -> None:
    found, where = edition(), consulted(cast.agency, publication="draft")
    client = client_of(cast, "coordinator")
    way = desk(where).replace("text/", "veroeffentlichen/")

    page = re.sub(r"\s+", " ", client.get(way).content.decode())
    assert f"„{where.title}“ fragt nach einem Text, und es ist noch keiner gewählt." in page
    assert f'href="{desk(where)}"' in page, "and says where to choose it"
    client.post(way)
    assert not Process.objects.get().is_public

    client.post(desk(where), {"text": f"e{found.pk}"})
    client.post(way)
    assert Process.objects.get().is_public


@pytest.mark.parametrize("state", ["drafting", "participation"])
def test_before_publishing_the_desk_says_that_nobody_can_read_the_text(cast: Cast, state: str) -> None:
    version, where = local_draft(cast, state), consulted(cast.olpe, publication="draft")
    client = client_of(cast, "olpe_releaser")
    client.post(desk(where), {"text": f"v{version.pk}"})
    way = desk(where).replace("text/", "veroeffentlichen/")

    before = client.get(way).content.decode()
    client.post(way)

    assert ("Noch kann niemand teilnehmen" in before) == (state == "drafting")
    assert ('href="/verwaltung/olpe/strategie/stand/"' in before) == (state == "drafting"), "and where it is opened"
    assert Process.objects.get().is_public, "it may be published ahead of time"


def test_whoever_has_no_draft_is_led_to_where_one_begins(cast: Cast) -> None:
    framework()

    assert 'href="/verwaltung/olpe/strategie/"' in page_of(cast, "olpe_editor", desk(consulted(cast.olpe)))
    assert 'href="/strategie/bearbeiten/"' in page_of(cast, "coordinator", desk(consulted(cast.agency)))
