"""Small editions for tests of the engine."""

from typing import Any

from hypothesis import strategies as st

from andock.docking.values import Block, Edition, Element, Lineage


def block(name: str, text: str = "Ein Satz.", kind: str = "paragraph") -> Block:
    return Block(name, kind, text)


def element(name: str, *blocks: Block, **fields: Any) -> Element:
    values = {"parent": None, "type": "goal", "label": name, "title": f"Stelle {name}"} | fields
    return Element(id=name, blocks=blocks or (block(f"{name}-b"),), **values)


def edition(*elements: Element, ordinal: int = 1, lineage: tuple[Lineage, ...] = ()) -> Edition:
    return Edition(ordinal, f"{ordinal}. Auflage", "Rahmenstrategie", elements, lineage)


def plain(names: str) -> Edition:
    """An edition of elements without parents, one per letter."""
    return edition(*(element(name) for name in names))


BLOCKS = st.lists(
    st.builds(block, st.sampled_from("pqrstuvw"), st.sampled_from(["Ein Satz.", "Zwei Sätze. Hier.", ""])), max_size=4
)


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    """Any edition: a few of eight elements in any order and any tree, blocks anywhere but once."""
    names = draw(st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8))
    free = {name: draw(st.sampled_from(["Ein Satz.", "Zwei Sätze. Hier.", ""])) for name in "pqrstuvw"}
    elements: list[Element] = []
    for name in names:
        parent = draw(st.sampled_from([None, *(found.id for found in elements)]))
        taken = draw(st.lists(st.sampled_from(sorted(free)), unique=True, max_size=2)) if free else []
        blocks = tuple(block(identity, free.pop(identity)) for identity in taken)
        fields = {"label": draw(st.sampled_from(["1", "2"])), "title": draw(st.sampled_from(["Titel", "Anderer"]))}
        elements.append(Element(id=name, parent=parent, type="goal", blocks=blocks, **fields))
    return edition(*elements)


ROWS = st.lists(
    st.builds(
        Lineage,
        st.sampled_from(["continued", "moved", "split", "joined", "replaced", "withdrawn", "reinstated"]),
        st.sampled_from([None, *"abcd"]),
        st.sampled_from([None, *"efgh"]),
        reason=st.sampled_from(["", "Darum.", "Deshalb."]),
    ),
    max_size=5,
).map(tuple)
