"""A consultation on a local strategy ends at the changed passage of the version that came of it, and leads back."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from andock.consultation.queries import about_local
from andock.local_strategies.models import OwnPart, Version
from andock.participation import queries
from andock.participation.addresses import link_to_mine
from andock.participation.changes import Change, change_at
from andock.participation.models import Contribution, Phase, Response
from andock.participation.services import answering
from tests.accounts.cast import Cast
from tests.architecture.test_authorisation import client_of
from tests.factories.strategy import identity
from tests.local_strategies.scenes import in_force

from .scenes import consulted, edition, local_draft, path, spoken

pytestmark = pytest.mark.django_db
G1, OWN = UUID(identity("g1")), UUID(identity("own"))


@pytest.fixture
def draft(cast: Cast) -> Version:
    """Olpe's, in participation, with a part of its own."""
    version = local_draft(cast)
    row = version.decisions.get(element=G1)
    content = row.base | {
        "id": str(OWN), "label": "W", "title": "Wald", "blocks": [{"id": identity("o1"), "kind": "paragraph", "text": "Der Wald bleibt."}],
    }  # fmt: skip
    OwnPart.objects.create(version=version, identity=OWN, position=99, content=content)
    return version


@pytest.fixture
def where(cast: Cast, draft: Version) -> Phase:
    return consulted(cast.olpe, version=draft)


def answer(cast: Cast, *said: Contribution, change: Change, **values: object) -> Response:
    values = {"actor": cast.olpe_editor, "office": cast.olpe, "stance": "adopted", "reason": "Steht jetzt da."} | values
    return answering.answer(
        process=said[0].process,
        contribution_ids=[one.pk for one in said],
        now=timezone.now(),
        **change.columns(),
        **values,
    )


def decided(cast: Cast, draft: Version) -> Version:
    return in_force(cast.olpe_releaser, Version.objects.get(pk=draft.pk))


def shown(address: str, client: Client | None = None) -> str:
    response = (client or Client()).get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


# --- which passage an address names -----------------------------------------------------------------------------------
def test_passage_of_the_own_draft_is_named_by_its_page_at_the_desk(cast: Cast, draft: Version) -> None:
    assert change_at(f"https://x/verwaltung/olpe/strategie/stelle/{G1}/", cast.olpe) == Change(G1, version=draft)
    assert change_at(f"/verwaltung/olpe/strategie/eigene/{OWN}/", cast.olpe) == Change(version=draft, own_passage=OWN)


def test_passage_is_named_by_its_page_in_the_consultation(cast: Cast, draft: Version, where: Phase) -> None:
    assert change_at(path(where, "g1"), cast.olpe) == Change(G1, version=draft)
    assert change_at(f"/en{path(where, 'own')}", cast.olpe) == Change(version=draft, own_passage=OWN)


def test_passage_of_an_edition_is_named_by_its_page_in_the_consultation(cast: Cast) -> None:
    found = edition()

    assert change_at(path(consulted(cast.agency, edition=found), "g2"), cast.agency) == Change(
        UUID(identity("g2")), found
    )


@pytest.mark.parametrize("page", ["/kommunen/olpe/strategie/", "/kommunen/olpe/strategie/fassungen/1/"])
def test_passage_of_a_version_in_force_is_named_by_its_place_on_the_page(cast: Cast, draft: Version, page: str) -> None:
    version = decided(cast, draft)

    assert change_at(f"https://x{page}#s-{G1}", cast.olpe) == Change(G1, version=version)
    assert change_at(f"{page}#s-{OWN}", cast.olpe) == Change(version=version, own_passage=OWN)
    for wrong in (page, f"{page}#s-{UUID(int=7)}", f"{page}#beschluss"):
        with pytest.raises(answering.Unfit, match="keine Stelle"):
            change_at(wrong, cast.olpe)


def test_draft_of_another_municipality_is_named_by_no_address(cast: Cast, draft: Version) -> None:
    for address in (f"/verwaltung/olpe/strategie/stelle/{G1}/", "/kommunen/olpe/strategie/fassungen/1/"):
        with pytest.raises(answering.Unfit, match="keine Stelle"):
            change_at(f"{address}#s-{G1}", cast.soest)


def test_no_municipality_says_that_it_changed_anothers_strategy(cast: Cast, draft: Version) -> None:
    version = decided(cast, draft)
    said = spoken(consulted(cast.olpe, version=version, slug="danach"))
    change = change_at(f"/kommunen/olpe/strategie/#s-{G1}", cast.agency)

    with pytest.raises(answering.Unfit, match="die Agentur nicht ändern kann"):
        answer(cast, said, change=change, office=cast.agency)
    assert not Response.objects.exists()


def test_idea_is_linked_with_passages_of_the_framework_alone(cast: Cast, draft: Version) -> None:
    decided(cast, draft)
    with pytest.raises(answering.Unfit):
        change_at(f"/kommunen/olpe/strategie/#s-{G1}")


# --- the whole way ----------------------------------------------------------------------------------------------------
def test_editor_answers_with_the_passages_address_and_everybody_gets_there_and_back(
    cast: Cast, draft: Version, where: Phase
) -> None:
    first, second = spoken(where), spoken(where, "Nein.")
    own = spoken(where, "Mehr Wald.", at=("own", "o1"))
    desk = f"/verwaltung/olpe/beteiligung/verfahren/{where.process.slug}/beitraege/"
    fields = {"act": "answer", "stance": "adopted", "reason": "Steht jetzt da."}
    editor = client_of(cast, "olpe_editor")
    assert editor.post(desk, fields | {"chosen": first.pk, "change": path(where, "g1")}).status_code == 302
    own_page = f"/verwaltung/olpe/strategie/eigene/{OWN}/"
    assert editor.post(desk, fields | {"chosen": own.pk, "change": own_page}).status_code == 302
    person = first.participant
    assert person

    # While it is a draft nothing leads into it, and the regional passage says nothing of it.
    later = "steht hier, sobald die neue Fassung in Kraft ist"
    assert later in shown(f"/beteiligung/{where.process.slug}/ergebnis/")
    assert "Fassung 1" not in shown(f"/beteiligung/{where.process.slug}/ergebnis/")
    assert not queries.changes_of(G1).exists()

    decided(cast, draft)
    there = f"/kommunen/olpe/strategie/fassungen/1/#s-{G1}"
    for page in (
        path(where, "g1"),
        f"/beteiligung/{where.process.slug}/ergebnis/",
        urlsplit(link_to_mine(person)).path,
    ):
        text = shown(page)
        assert f'href="{there}"' in text
        assert "Die geänderte Stelle (Olpe, Fassung 1)" in text
        assert later not in text
    local = shown("/kommunen/olpe/strategie/")
    assert "Von 2 Beiträgen aus der Bürgerschaft hat 1 diese Stelle verändert" in local
    assert "1 Beitrag aus der Bürgerschaft hat diese Stelle verändert" in local
    assert f'href="/beteiligung/{where.process.slug}/ergebnis/"' in local
    assert f'id="s-{OWN}"' in local
    regional = shown(f"/strategie/stelle/{G1}/")
    assert "1 Beitrag hat sie in Olpe verändert" in regional
    assert f'href="{there}"' in regional
    assert second.pk


def test_what_is_hidden_or_withdrawn_counts_nowhere(cast: Cast, draft: Version, where: Phase) -> None:
    said = [spoken(where, f"Nummer {number}") for number in range(3)]
    answer(cast, said[0], said[1], change=Change(G1, version=draft))
    version = decided(cast, draft)
    assert _numbers(version) == (3, 2)

    Contribution.objects.filter(pk=said[0].pk).update(state="hidden")
    Contribution.objects.filter(pk=said[2].pk).update(state="withdrawn", text="", title="")

    assert _numbers(version) == (1, 1)


def _numbers(version: Version) -> tuple[int, int]:
    about = about_local(version)[G1]
    return len(about.said), len(about.changed)


def test_table_names_the_own_passage_and_where_it_stands(cast: Cast, draft: Version, where: Phase) -> None:
    said = spoken(where, at=("own", "o1"))
    answer(cast, said, change=Change(version=draft, own_passage=OWN))
    data = f"/beteiligung/{where.process.slug}/beitraege.json"
    assert Client().get(data).json()["contributions"][0]["changed_text"] == ""

    decided(cast, draft)

    row = Client().get(data).json()["contributions"][0]
    assert (row["changed_element"], row["changed_text"]) == (str(OWN), f"{draft.title} (1)")
    page = client_of(cast, "olpe_editor").get(
        f"/verwaltung/olpe/beteiligung/verfahren/{where.process.slug}/tabelle/abwaegung.docx"
    )
    assert page.status_code == 200


@pytest.mark.parametrize("page", ["/kommunen/olpe/strategie/", "/strategie/stelle/{0}/", "ergebnis", "element"])
def test_pages_take_as_many_queries_for_three_answers_as_for_one(
    cast: Cast, draft: Version, where: Phase, page: str, django_assert_max_num_queries
) -> None:
    address = {"ergebnis": f"/beteiligung/{where.process.slug}/ergebnis/", "element": path(where, "g1")}.get(
        page, page.format(G1)
    )
    answer(cast, spoken(where), change=Change(G1, version=draft))
    said = [spoken(where) for _each in range(2)]
    decided(cast, draft)
    counts = []
    for more in (None, *said):
        if more:
            answer(cast, more, change=Change(G1, version=draft))
        with django_assert_max_num_queries(40) as asked:
            assert Client().get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[-1]
