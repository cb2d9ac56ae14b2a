"""What a draft edition would mean: counted over versions in force, for the agency alone, and nothing is changed."""

from __future__ import annotations

import pytest

from andock.accounts.models import User
from andock.docking.values import Lineage
from andock.local_strategies.models import Run, Version
from andock.local_strategies.outlook import outlook
from andock.strategy.models import Edition, Framework
from andock.strategy.services.editions import import_edition
from tests.factories.strategy import block, document, element, identity
from tests.strategy.test_editing_pages import signed_in

from .scenes import in_force, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def ahead(framework: Framework, edition: Edition) -> Edition:
    """A second edition in the making: g1 rewritten, g2 divided, m1 withdrawn."""
    elements = (
        element("g1", block("b1", "Offene Daten, jeden Tag neu."), block("b2", "Für alle."), label="1", obligation="core"),
        element("g2", label="2"), element("g4", label="3"),
    )  # fmt: skip
    lineage = (
        Lineage("withdrawn", identity("m1"), None, reason="Erledigt."),
        Lineage("split", identity("g2"), identity("g4"), reason="Zwei Aufgaben."),
    )
    import_edition(document=document(*elements, ordinal=2, state="draft", lineage=lineage), actor=None)
    return Edition.objects.select_related("framework").get(ordinal=2)


def test_counts_and_names_come_from_versions_in_force(draft: Version, releaser: User, ahead: Edition) -> None:
    assert outlook(ahead).towns == 0

    write(releaser, draft, "g1", block__b1="Offene Daten in Olpe.")
    in_force(releaser, draft)
    found = {one.element: one for one in outlook(ahead).asking}

    assert found[identity("g1")].states == (("Adapted", 1),)
    assert found[identity("g1")].questions == (("Both have changed it", 1),)
    assert found[identity("g1")].conflicts == (draft.strategy.organisation.name,)
    assert found[identity("g4")].questions == (("Split by the region", 1),)
    assert found[identity("m1")].is_gone
    assert not Run.objects.exists()


@pytest.mark.usefixtures("solutions")
def test_what_hangs_on_a_withdrawn_element_counts_as_in_use(draft: Version, releaser: User, ahead: Edition) -> None:
    in_force(releaser, draft)
    found = {one.element: one for one in outlook(ahead).asking}

    assert found[identity("m1")].questions == (("Withdrawn, in use here", 1),)


def test_agency_finds_it_on_the_draft(draft: Version, releaser: User, coordinator: User, ahead: Edition) -> None:
    in_force(releaser, draft)
    client = signed_in(coordinator)

    page = client.get("/en/strategie/bearbeiten/2/").content.decode()
    assert "/en/strategie/bearbeiten/2/ausblick/" in page
    assert "Split by the region" in client.get("/en/strategie/bearbeiten/2/ausblick/").content.decode()
    assert signed_in(releaser).get("/en/strategie/bearbeiten/2/ausblick/").status_code == 403
