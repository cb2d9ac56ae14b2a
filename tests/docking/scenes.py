"""Small editions for tests of the engine."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from andock.docking.items import Item, Resolution, Run
from andock.docking.local import ADOPTED, Addition, Override, Strategy, begin, decided
from andock.docking.reconcile import reconcile
from andock.docking.resolve import resolve
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


def town(first: Edition, *changes: Override | Addition, state: str = ADOPTED, reason: str = "") -> Strategy:
    """A municipality that has decided everything in the same way and changed something in the first element."""
    begun = begin(first.ordinal, first.elements)
    decisions = [decided(one, state, reason=reason) for one in begun.decisions]
    overrides = tuple(change for change in changes if isinstance(change, Override))
    additions = tuple(change for change in changes if isinstance(change, Addition))
    decisions[0] = replace(decisions[0], overrides=overrides, additions=additions)
    return replace(begun, decisions=tuple(decisions))


def ours(name: str, text: str) -> Override:
    """A block in local words."""
    return Override(f"block:{name}", block(name, text))


def added(text: str, after: str = "", name: str = "ours") -> Addition:
    return Addition(block(name, text), after)


def run_to(strategy: Strategy, *later: Edition, **attached: tuple[str, ...]) -> Run:
    """The run to the last of the editions."""
    return reconcile(strategy, later[-1], {edition.ordinal: edition.lineage for edition in later}, attached)


def kinds_in(run: Run) -> dict[str, str]:
    return {item.key: item.kind for item in run.items}


def the(run: Run, key: str) -> Item:
    return next(item for item in run.items if item.key == key)


def answers(**given: str | Resolution) -> dict[str, Resolution]:
    """Answers by item: ``a`` is the element, ``a__b`` its block b, ``a__title`` its title."""
    found = {}
    for name, answer in given.items():
        element, _, part = name.partition("__")
        key = f"{element}/{part if part in {'title', 'terms', 'parent', 'without_technology'} else f'block:{part}'}"
        key = key if part else element
        found[key] = (
            replace(answer, item=key) if isinstance(answer, Resolution) else Resolution(key, answer, reason="Darum.")
        )
    return found


def texts(strategy: Strategy, place: int = 0) -> list[str]:
    """The blocks of one printed passage."""
    return [part.text for part in resolve(strategy).passages[place].element.blocks]
