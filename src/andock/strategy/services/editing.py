"""Writing one element of a draft: fields and blocks, each locked by itself."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from andock.kernel.pagecache.versions import public_transaction
from andock.kernel.text import normalise, without_control_characters
from andock.organisations.queries import terms

from ..choices import BlockKind
from ..field_lock import Conflict, Submitted, fingerprint, settle
from ..models import Edition, ElementVersion
from .locking import CannotChange, leave_trace, locked_for_editing, version_in

if TYPE_CHECKING:
    from andock.accounts.models import User

PLAIN = (
    "title", "label", "type", "obligation", "without_technology", "parameters", "sources", "verified", "note",
)  # fmt: skip
TERMS = "terms:"
BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class BlockStep:
    """What shall happen to a block once the text is saved: up, down, split, or add (``kind`` says what)."""

    name: str
    block: str = ""
    kind: str = BlockKind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class Submission:
    """What came from the page. Fields and blocks are named as ``element_fields`` names them."""

    fields: Mapping[str, Submitted]
    deleted: frozenset[str] = frozenset()
    step: BlockStep | None = None


@dataclass(slots=True)
class Saved:
    """What became of a submission. ``block`` is the one the author works on next."""

    version: ElementVersion
    written: list[str]
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    block: str = ""


def element_fields(version: ElementVersion) -> dict[str, Any]:
    """Every value of an element that is locked by itself: ``title``, ``terms:topics``, ``block:<id>:text``, …"""
    values = {name: getattr(version, name) for name in PLAIN}
    chosen: dict[str, list[str]] = {}
    for term in version.terms.all():
        chosen.setdefault(term.vocabulary, []).append(term.slug)
    for vocabulary in sorted({term.vocabulary for term in terms()}):
        values[f"{TERMS}{vocabulary}"] = sorted(chosen.get(vocabulary, []))
    for block in version.blocks:
        values[f"block:{block['id']}:kind"] = block["kind"]
        values[f"block:{block['id']}:text"] = block["text"]
    return values


@public_transaction()
def edit_element(*, actor: User, edition: Edition, element_id: uuid.UUID, submission: Submission) -> Saved:
    """Save what the author changed, then take the step asked for unless something is in dispute.

    What somebody else changed meanwhile stays; where both changed the same field theirs stays saved and comes back
    as a conflict. Raises ``Denied`` or ``CannotChange``.
    """
    edition = locked_for_editing(edition, actor)
    version = version_in(edition, element_id)
    before = element_fields(version)
    changes, conflicts = settle(before, submission.fields)
    deleted = _deletable(submission, before, conflicts)
    saved = Saved(version, sorted(changes) + [f"block:{block}" for block in sorted(deleted)], conflicts)
    _write_plain(version, changes)
    _write_terms(version, changes)
    _write_blocks(version, changes, deleted)
    if submission.step and not conflicts:
        saved.block = _take_step(version, submission.step)
        saved.written.append(submission.step.name)
    if saved.written:
        version.save()
        leave_trace(
            actor=actor, action="element_edited", edition=edition, before=before, after=element_fields(version),
            element=str(element_id), fields=len(saved.written),
        )  # fmt: skip
    return saved


def _deletable(submission: Submission, before: Mapping[str, Any], conflicts: dict[str, Conflict]) -> set[str]:
    """The blocks to delete; one that somebody else has rewritten meanwhile becomes a conflict instead."""
    deleted = set()
    for block in submission.deleted:
        name = f"block:{block}:text"
        mine = submission.fields.get(name)
        if name not in before or mine is None:
            conflicts.pop(name, None)
            continue
        if name not in conflicts and mine.base != fingerprint(before[name]):
            conflicts[name] = Conflict(mine.value, before[name])
        if name not in conflicts:
            deleted.add(block)
    return deleted


def _write_plain(version: ElementVersion, changes: Mapping[str, Any]) -> None:
    for name in PLAIN:
        if name in changes:
            setattr(version, name, _clean(changes[name]))


def _write_terms(version: ElementVersion, changes: Mapping[str, Any]) -> None:
    chosen = {name.removeprefix(TERMS): set(value) for name, value in changes.items() if name.startswith(TERMS)}
    if not chosen:
        return
    kept = {term for term in version.terms.all() if term.vocabulary not in chosen}
    added = {term for term in terms() if term.slug in chosen.get(term.vocabulary, ())}
    version.terms.set(kept | added)


def _write_blocks(version: ElementVersion, changes: Mapping[str, Any], deleted: Iterable[str]) -> None:
    blocks = [block for block in version.blocks if block["id"] not in set(deleted)]
    places = {block["id"]: place for place, block in enumerate(blocks)}
    for name, value in changes.items():
        if not name.startswith("block:"):
            continue
        _prefix, identity, part = name.split(":")
        if identity in deleted:
            continue
        if identity not in places:
            places[identity] = len(blocks)
            blocks.append({"id": _free_identity(version, identity), "kind": BlockKind.PARAGRAPH.value, "text": ""})
        place = places[identity]
        blocks[place] = blocks[place] | {part: _clean(value)}
    version.blocks = blocks


def _free_identity(version: ElementVersion, identity: str) -> str:
    """The block's own identity when it comes back, a new one where it now stands in another element."""
    others = ElementVersion.objects.filter(edition=version.edition_id).exclude(pk=version.pk)
    taken = {block["id"] for blocks in others.values_list("blocks", flat=True) for block in blocks}
    return str(uuid.uuid4()) if identity in taken else identity


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return normalise(without_control_characters(value.replace("\r\n", "\n")))
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value


# --- steps with blocks ----------------------------------------------------------------------------------------------
def _take_step(version: ElementVersion, step: BlockStep) -> str:
    """Take it and return the block to return to."""
    if step.name == "add":
        return _add(version, step.kind)
    place = next((place for place, block in enumerate(version.blocks) if block["id"] == step.block), None)
    if place is None:
        raise CannotChange(_("Somebody has deleted this paragraph meanwhile. Your other changes were not saved yet."))
    if step.name == "split":
        return _split(version, place)
    return _swap(version, place, place + {"up": -1, "down": 1}[step.name])


def _add(version: ElementVersion, kind: str) -> str:
    block = {"id": str(uuid.uuid4()), "kind": kind, "text": ""}
    version.blocks = [*version.blocks, block]
    return block["id"]


def _swap(version: ElementVersion, place: int, other: int) -> str:
    blocks = list(version.blocks)
    if not 0 <= other < len(blocks):
        raise CannotChange(_("This paragraph already stands at the end of its element."))
    blocks[place], blocks[other] = blocks[other], blocks[place]
    version.blocks = blocks
    return str(blocks[other]["id"])


def _split(version: ElementVersion, place: int) -> str:
    """Divide a block at its blank lines: the first part keeps its identity, each further one gets a new one."""
    block = version.blocks[place]
    first, *others = [part for part in BLANK_LINE.split(block["text"]) if part.strip()] or [""]
    if not others:
        raise CannotChange(_("There is no blank line to split at. Put one where the new paragraph shall begin."))
    parts = [block | {"text": first}, *(block | {"id": str(uuid.uuid4()), "text": part} for part in others)]
    version.blocks = [*version.blocks[:place], *parts, *version.blocks[place + 1 :]]
    return str(parts[1]["id"])
