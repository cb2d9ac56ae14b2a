"""What a draft edition would mean for everybody who follows the framework."""

from dataclasses import replace

from andock.docking.local import DECLINED
from andock.docking.preview import preview
from andock.docking.values import Lineage
from tests.docking.scenes import block, edition, element, ours, town

A, B = element("a", block("b1", "Eins.")), element("b", block("b2", "Zwei."))
FIRST = edition(A, B)
DRAFT = edition(
    replace(A, blocks=(block("b1", "Neu."),)), element("n"), ordinal=2, lineage=(Lineage("withdrawn", "b", None),)
)


def test_preview_counts_who_holds_what_and_who_would_have_to_answer() -> None:
    towns = [
        ("Olpe", town(FIRST, ours("b1", "Unser."))), ("Soest", town(FIRST)), ("Menden", town(FIRST, state=DECLINED)),
    ]  # fmt: skip
    found = preview(iter(towns), DRAFT, {2: DRAFT.lineage})

    assert found["a"].states == {"adapted": 1, "adopted": 1, "declined": 1}
    assert found["a"].kinds == {"conflict": 1, "upstream_only": 1, "declined_changed": 1}
    assert found["a"].conflicts == {"Olpe"}
    assert (found["b"].kinds, found["b"].conflicts) == ({"withdrawn_clean": 2}, set())
    assert (found["n"].states, found["n"].kinds) == ({}, {"new": 3})


def test_preview_counts_local_words_that_would_lose_their_element() -> None:
    found = preview([("Olpe", town(edition(B, A), ours("b2", "Unser.")))], DRAFT, {2: DRAFT.lineage})

    assert found["b"].conflicts == {"Olpe"}


def test_preview_counts_what_is_attached_as_in_use() -> None:
    found = preview([("Olpe", town(FIRST))], DRAFT, {2: DRAFT.lineage}, {"b": ["Maßnahme"]})

    assert found["b"].kinds == {"withdrawn_in_use": 1}


def test_preview_of_nobody_is_empty() -> None:
    assert preview([], DRAFT, {2: DRAFT.lineage}) == {}
