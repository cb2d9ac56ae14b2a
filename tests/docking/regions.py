"""A region that publishes editions at random, the same ones for the same seed."""

from dataclasses import dataclass, field, replace
from random import Random

from andock.docking.local import OwnElement
from andock.docking.values import Block, Edition, Element, Lineage, Parameter

WORDS = ("Netz", "Licht", "Daten", "Rad", "Wald", "Schule", "Markt", "Fluss")
TERMS = ("SDG 9", "SDG 11", "SDG 13")


def changed_text(rng: Random, text: str, word: str) -> str:
    """The text with one word replaced, added or taken out, or written anew."""
    words = text.split()
    place = rng.randrange(len(words) + 1)
    new = [word, *words] if rng.random() < 0.2 else [*words[:place], word, *words[place + rng.randrange(2) :]]
    return word if rng.random() < 0.1 else " ".join(new[:12])


@dataclass
class Region:
    """What the editorial office works on; ``publish`` makes an edition of it."""

    elements: dict[str, Element] = field(default_factory=dict)
    editions: list[Edition] = field(default_factory=list)
    rows: list[Lineage] = field(default_factory=list)
    gone: dict[str, Element] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    count: int = 0
    is_still: bool = False
    """Whether blocks stay in their elements unless lineage says so."""

    @property
    def steps(self) -> dict[int, tuple[Lineage, ...]]:
        return {edition.ordinal: edition.lineage for edition in self.editions}

    @property
    def newest(self) -> Edition:
        return self.editions[-1]

    def publish(self) -> Edition:
        number = len(self.editions) + 1
        made = Edition(number, f"{number}. Auflage", "Rahmen", tuple(self._in_order()), tuple(self.rows))
        self.editions.append(made)
        self.rows, self.touched = [], set()
        return made

    def _in_order(self, parent: str | None = None):
        for element in [one for one in self.elements.values() if one.parent == parent]:
            yield element
            yield from self._in_order(element.id)

    def name(self, letter: str) -> str:
        self.count += 1
        return f"{letter}{self.count}"

    def text(self, rng: Random) -> str:
        return " ".join(rng.choices(WORDS, k=rng.randint(2, 5))) + "."

    def block(self, rng: Random) -> Block:
        return Block(self.name("b"), rng.choice(("paragraph", "paragraph", "list")), self.text(rng))

    # --- what editors do ---------------------------------------------------------------------------------------------
    def edit(self, rng: Random) -> None:
        """One change of any kind; nothing where it does not fit."""
        rng.choice((
            self.reword, self.reword, self.reword, self.describe, self.describe, self.add, self.add_block,
            self.drop_block, self.move_block, self.move, self.renumber, self.split, self.join, self.replace,
            self.withdraw, self.reinstate,
        ))(rng)  # fmt: skip

    def reword(self, rng: Random) -> None:
        if found := self._any(rng, with_blocks=True):
            place = rng.randrange(len(found.blocks))
            block = found.blocks[place]
            new = replace(block, text=changed_text(rng, block.text, rng.choice(WORDS)))
            self._put(replace(found, blocks=(*found.blocks[:place], new, *found.blocks[place + 1 :])))

    def describe(self, rng: Random) -> None:
        """Another title, set, choice or slot."""
        if found := self._any(rng):
            slot = Parameter(
                rng.choice(("year", "office")),
                "Zieljahr",
                rng.choice(("year", "percent")),
                value=rng.choice(("", "2030")),
            )
            slots = {one.key: one for one in found.parameters} | {slot.key: slot}
            if rng.random() < 0.3:
                slots.pop(slot.key)
            self._put(rng.choice((
                replace(found, title=changed_text(rng, found.title, rng.choice(WORDS))),
                replace(found, terms=tuple(sorted(rng.sample(TERMS, rng.randrange(4))))),
                replace(found, without_technology=not found.without_technology),
                replace(found, parameters=tuple(slots.values())),
            )))  # fmt: skip

    def add(self, rng: Random) -> Element:
        name = self.name("e")
        parent = rng.choice((None, *self.elements))
        made = Element(
            name, parent, "goal", str(self.count), f"Titel {rng.choice(WORDS)}", rng.choice(("core", "recommended")),
            parameters=(Parameter("year", "Zieljahr", "year"),) if rng.random() < 0.5 else (),
            blocks=tuple(self.block(rng) for _ in range(rng.randint(1, 3))),
        )  # fmt: skip
        self._put(made)
        self.touched.add(name)
        return made

    def add_block(self, rng: Random) -> None:
        if found := self._any(rng):
            blocks = list(found.blocks)
            blocks.insert(rng.randint(0, len(blocks)), self.block(rng))
            self._put(replace(found, blocks=tuple(blocks)))

    def drop_block(self, rng: Random) -> None:
        if found := self._any(rng, with_blocks=True):
            place = rng.randrange(len(found.blocks))
            self._put(replace(found, blocks=(*found.blocks[:place], *found.blocks[place + 1 :])))

    def move_block(self, rng: Random) -> None:
        found, other = self._any(rng, with_blocks=True), self._any(rng)
        if found and other and found is not other and not self.is_still:
            block = rng.choice(found.blocks)
            self._put(replace(found, blocks=tuple(one for one in found.blocks if one is not block)))
            self._put(replace(other, blocks=(block, *other.blocks)))

    def move(self, rng: Random) -> None:
        if found := self._any(rng):
            below = {one.id for one in self._in_order(found.id)} | {found.id}
            self._put(replace(found, parent=rng.choice([None, *(name for name in self.elements if name not in below)])))

    def renumber(self, rng: Random) -> None:
        for found in list(self.elements.values()):
            self._put(replace(found, label=str(rng.randrange(100)), verified=not found.verified))

    def split(self, rng: Random) -> None:
        """Into itself and another, or into two others; blocks go with either."""
        if not (found := self._settled(rng)):
            return
        second = replace(self.add(rng), parent=found.parent)
        stays = rng.random() < 0.5
        first = found if stays else replace(self.add(rng), parent=found.parent)
        cut = rng.randint(0, len(found.blocks))
        self._put(replace(first, blocks=found.blocks[:cut]))
        self._put(replace(second, blocks=(*found.blocks[cut:], *second.blocks)))
        self.rows += [Lineage("split", found.id, one, reason="Geteilt.") for one in (first.id, second.id)]
        self.touched |= {found.id, first.id}
        if not stays:
            self._end(found)

    def join(self, rng: Random) -> None:
        """Two into a third, or one into the other."""
        one, other = self._settled(rng), self._settled(rng)
        if not one or not other or one is other:
            return
        into = other if rng.random() < 0.5 else replace(self.add(rng), blocks=other.blocks)
        self._put(replace(into, blocks=(*into.blocks, *one.blocks)))
        self.rows += [Lineage("joined", source.id, into.id, reason="Vereint.") for source in (one, other)]
        self.touched |= {one.id, other.id}
        self._end(one)
        if into is not other:
            self._end(other)

    def replace(self, rng: Random) -> None:
        if found := self._settled(rng):
            new = self.add(rng)
            self._put(replace(new, blocks=(*found.blocks[:1], *new.blocks)))
            self.rows.append(Lineage("replaced", found.id, new.id, reason="Ersetzt."))
            self._end(found)

    def withdraw(self, rng: Random) -> None:
        if found := self._settled(rng):
            self.rows.append(Lineage("withdrawn", found.id, None, reason="Erledigt."))
            self._end(found)

    def reinstate(self, rng: Random) -> None:
        back = [name for name in self.gone if name not in self.touched]
        if back:
            found = self.gone.pop(rng.choice(back))
            known = {block.id for element in self.elements.values() for block in element.blocks}
            blocks = tuple(block for block in found.blocks if block.id not in known)
            self._put(replace(found, parent=None, blocks=blocks))
            self.rows.append(Lineage("reinstated", None, found.id, reason="Wieder da."))
            self.touched.add(found.id)

    def promote(self, own: OwnElement) -> None:
        """Take up an own element of a municipality as it is."""
        if own.element.id not in self.elements | self.gone:
            self._put(replace(own.element, parent=None, label="neu"))
            self.rows.append(Lineage("promoted", None, own.element.id))
            self.touched.add(own.element.id)

    def _any(self, rng: Random, *, with_blocks: bool = False) -> Element | None:
        found = [one for one in self.elements.values() if one.blocks or not with_blocks]
        return rng.choice(found) if found else None

    def _settled(self, rng: Random) -> Element | None:
        """An element of the last edition that nothing has become of in this one."""
        before = {element.id for element in self.newest.elements} if self.editions else set()
        found = [one for name, one in self.elements.items() if name in before and name not in self.touched]
        return rng.choice(found) if found else None

    def _end(self, element: Element) -> None:
        self.touched.add(element.id)
        self.gone[element.id] = self.elements.pop(element.id)
        for child in list(self.elements.values()):
            if child.parent == element.id:
                self._put(replace(child, parent=element.parent))

    def _put(self, element: Element) -> None:
        self.elements[element.id] = element
