"""What becomes of an element from one edition to the next: split, joined, replaced, withdrawn, brought back.

Elements the previous edition had leave a row in the lineage, with the reason in plain words. Elements that only this
draft knows leave none: nobody has read them yet. Blocks keep their identity wherever they go.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.utils.translation import gettext as _

from andock.kernel.pagecache.versions import public_transaction
from andock.kernel.text import without_control_characters

from ..choices import LineageKind
from ..field_lock import Conflict, Submitted, settle
from ..models import Edition, ElementVersion, Lineage
from ..publication import circle
from ..queries import earlier_version, edition_document, previous_edition
from .locking import CannotChange, leave_trace, locked_for_editing, version_in
from .structure import Structure, new_version

if TYPE_CHECKING:
    from andock.accounts.models import User

END_KINDS = (LineageKind.SPLIT, LineageKind.JOINED, LineageKind.REPLACED, LineageKind.WITHDRAWN)
"""Rows that say why an element no longer stands as it was."""


def origins(edition: Edition, element_id: uuid.UUID) -> list[uuid.UUID]:
    """The elements of the previous edition an element of this one comes from; itself where it stood there."""
    before = previous_edition(edition)
    rows = Lineage.objects.filter(edition=edition, target=element_id, source__isnull=False)
    found = [row.source_id for row in rows if row.source_id]
    if before and before.versions.filter(element=element_id).exists():
        found.append(element_id)
    return list(dict.fromkeys(found))


def is_new(edition: Edition, element_id: uuid.UUID) -> bool:
    """Whether only this draft knows the element, so that taking it out needs no reason."""
    return not origins(edition, element_id)


@public_transaction()
def split_element(
    *, actor: User, edition: Edition, element_id: uuid.UUID, blocks: Collection[str], title: str, reason: str
) -> ElementVersion:
    """Give some of an element's blocks to a new element right after it; returns the new one.

    Raises ``Denied`` or ``CannotChange``.
    """
    edition = locked_for_editing(edition, actor)
    version = version_in(edition, element_id)
    going = [block for block in version.blocks if block["id"] in blocks]
    if not going or len(going) == len(version.blocks):
        raise CannotChange(_("Choose at least one paragraph for the new element and leave at least one behind."))
    sources = _demand_reason(edition, element_id, reason)
    structure = Structure(edition)
    part = new_version(
        edition, title=title, type=version.type, obligation=version.obligation, blocks=going,
        without_technology=version.without_technology, verified=version.verified, sources=version.sources,
        note=version.note,
    )  # fmt: skip
    part.terms.set(version.terms.all())
    version = structure.versions[element_id]
    version.blocks = [block for block in version.blocks if block not in going]
    version.save(update_fields=["blocks"])
    structure.add(part, parent=version.parent_id, after=element_id)
    structure.save()
    _explain(edition, LineageKind.SPLIT, sources, (element_id, part.element_id), reason)
    leave_trace(
        actor=actor, action="element_split", edition=edition, reason=reason, element=str(element_id),
        part=str(part.element_id),
    )  # fmt: skip
    return part


@public_transaction()
def join_elements(
    *, actor: User, edition: Edition, element_id: uuid.UUID, others: Collection[uuid.UUID], reason: str
) -> ElementVersion:
    """Take other elements into this one: their blocks, terms, sources, parameters and what stands below them.

    Raises ``Denied`` or ``CannotChange``.
    """
    edition = locked_for_editing(edition, actor)
    version_in(edition, element_id)
    structure = Structure(edition)
    target = structure.versions[element_id]
    parts = [structure.versions[other] for other in structure.arrangement.order() if other in others]
    if len(parts) != len(set(others)) or not parts or element_id in others:
        raise CannotChange(_("Choose one or more other elements that stand in this draft."))
    if structure.arrangement.parent_of(element_id) in others or _is_below(structure, element_id, others):
        raise CannotChange(
            _("An element cannot take in one it stands below. Move it out first, or join the other way.")
        )
    sources = [origin for part in (target, *parts) for origin in origins(edition, part.element_id)]
    if set(sources) - {element_id}:
        _demand_words(reason)
    for part in parts:
        _absorb(structure, target, part)
    target.save()
    structure.save()
    if set(sources) - {element_id}:
        _explain(edition, LineageKind.JOINED, dict.fromkeys(sources), (element_id,), reason)
    _forget_plain_continuation(edition, element_id)
    leave_trace(
        actor=actor, action="element_joined", edition=edition, reason=reason, element=str(element_id),
        parts=len(parts),
    )  # fmt: skip
    return target


def _is_below(structure: Structure, element_id: uuid.UUID, others: Iterable[uuid.UUID]) -> bool:
    return any(element_id in set(structure.arrangement.order(other)) for other in others)


def _absorb(structure: Structure, target: ElementVersion, part: ElementVersion) -> None:
    target.blocks = [*target.blocks, *part.blocks]
    target.sources = _united(target.sources, part.sources, "url")
    target.parameters = _united(target.parameters, part.parameters, "key")
    target.terms.add(*part.terms.all())
    for child in structure.arrangement.children_of(part.element_id):
        structure.arrangement.put(child, target.element_id)
    Lineage.objects.filter(edition=target.edition_id, target=part.element_id).delete()
    structure.take_out(part.element_id)


def _united(mine: list[dict], theirs: list[dict], key: str) -> list[dict]:
    known = {entry[key] for entry in mine}
    return [*mine, *(entry for entry in theirs if entry[key] not in known)]


@public_transaction()
def replace_element(
    *,
    actor: User,
    edition: Edition,
    element_id: uuid.UUID,
    title: str,
    reason: str,
    relation: str = "",
    keep_text: bool = True,
) -> ElementVersion:
    """Put a new element in the place of one that ends; returns the new one. Raises ``Denied`` or ``CannotChange``."""
    edition = locked_for_editing(edition, actor)
    version = version_in(edition, element_id)
    sources = _demand_reason(edition, element_id, reason)
    if not sources:
        raise CannotChange(_("Only this draft has this element. Simply change its title and text."))
    structure = Structure(edition)
    texts = {"blocks": version.blocks, "parameters": version.parameters, "sources": version.sources}
    new = new_version(
        edition, title=title, label=version.label, type=version.type, obligation=version.obligation,
        without_technology=version.without_technology, **(texts if keep_text else {}),
    )  # fmt: skip
    new.terms.set(version.terms.all())
    structure.add(new, parent=version.parent_id, after=element_id)
    for child in structure.arrangement.children_of(element_id):
        structure.arrangement.put(child, new.element_id)
    structure.take_out(element_id)
    structure.save()
    Lineage.objects.filter(edition=edition, target=element_id).delete()
    _explain(edition, LineageKind.REPLACED, sources, (new.element_id,), reason, relation)
    leave_trace(
        actor=actor, action="element_replaced", edition=edition, reason=reason, element=str(element_id),
        new=str(new.element_id),
    )  # fmt: skip
    return new


@public_transaction()
def withdraw_element(*, actor: User, edition: Edition, element_id: uuid.UUID, reason: str) -> None:
    """Take an element out, what stands below moves up one level. Raises ``Denied`` or ``CannotChange``.

    An element that is already missing without explanation gets its reason this way too.
    """
    edition = locked_for_editing(edition, actor)
    sources = _demand_reason(edition, element_id, reason)
    structure = Structure(edition)
    if element_id in structure:
        structure.take_out(element_id)
        structure.save()
    elif not sources:
        version_in(edition, element_id)
    Lineage.objects.filter(edition=edition, target=element_id).delete()
    for source in sources:
        _explain_end(edition, source, reason)
    leave_trace(actor=actor, action="element_withdrawn", edition=edition, reason=reason, element=str(element_id))


def _explain_end(edition: Edition, source: uuid.UUID, reason: str) -> None:
    """Say that a source ends here; where it goes on in other elements, the reason joins theirs."""
    onward = Lineage.objects.filter(edition=edition, source=source, target__isnull=False).exclude(target=source)
    for row in onward:
        row.reason = f"{row.reason}\n{reason}".strip()
    Lineage.objects.bulk_update(onward, ["reason"])
    if not onward and not edition.versions.filter(element=source).exists():
        Lineage.objects.filter(edition=edition, source=source).delete()
        Lineage.objects.create(edition=edition, kind=LineageKind.WITHDRAWN, source_id=source, reason=reason)


@public_transaction()
def reinstate_element(*, actor: User, edition: Edition, element_id: uuid.UUID, reason: str = "") -> ElementVersion:
    """Bring an element back under its old identity, as it last read, at the end of its old parent.

    One that only this draft had taken out is as if nothing had happened. Raises ``Denied`` or ``CannotChange``.
    """
    edition = locked_for_editing(edition, actor)
    old = earlier_version(edition, element_id)
    structure = Structure(edition)
    if old is None or element_id in structure:
        raise CannotChange(_("This element already stands in the draft, or no earlier edition had it."))
    taken = {block["id"] for version in structure.versions.values() for block in version.blocks}
    version = ElementVersion.objects.create(
        element_id=element_id, edition=edition, position=len(structure.versions), label=old.label, title=old.title,
        type=old.type, obligation=old.obligation, without_technology=old.without_technology, note=old.note,
        parameters=old.parameters, sources=old.sources, verified=old.verified,
        blocks=[block for block in old.blocks if block["id"] not in taken],
    )  # fmt: skip
    version.terms.set(old.terms.all())
    structure.add(version, parent=old.parent_id if old.parent_id and old.parent_id in structure else None)
    structure.save()
    _record_return(edition, element_id, old, reason)
    leave_trace(actor=actor, action="element_reinstated", edition=edition, reason=reason, element=str(element_id))
    return version


def _record_return(edition: Edition, element_id: uuid.UUID, old: ElementVersion, reason: str) -> None:
    before = previous_edition(edition)
    if before is None or old.edition_id != before.pk:
        Lineage.objects.create(edition=edition, kind=LineageKind.REINSTATED, target_id=element_id, reason=reason)
        return
    ends = Lineage.objects.filter(edition=edition, source=element_id, kind__in=END_KINDS)
    went_into = list(ends.exclude(target=None).values_list("target", flat=True))
    if split := ends.filter(kind=LineageKind.SPLIT).first():
        _explain(edition, LineageKind.SPLIT, (element_id,), (element_id,), split.reason)
    ends.exclude(kind=LineageKind.SPLIT).delete()
    for target in went_into:
        _forget_plain_continuation(edition, target)


def _forget_plain_continuation(edition: Edition, element_id: uuid.UUID) -> None:
    """Drop "joined from itself alone" and "split into itself alone": that is plain continuation."""
    rows = Lineage.objects.filter(edition=edition, kind__in=(LineageKind.SPLIT, LineageKind.JOINED))
    if not rows.filter(Q(source=element_id) | Q(target=element_id)).exclude(source=F("target")).exists():
        rows.filter(source=element_id, target=element_id).delete()


@public_transaction()
def give_reasons(*, actor: User, edition: Edition, fields: Mapping[str, Submitted]) -> dict[str, Conflict]:
    """Rewrite the reasons of the lineage, by ``reason_<row>``; returns those somebody else changed too.

    Raises ``Denied`` or ``CannotChange``.
    """
    edition = locked_for_editing(edition, actor)
    rows = {f"reason_{row.pk}": row for row in Lineage.objects.filter(edition=edition)}
    changes, conflicts = settle({name: row.reason for name, row in rows.items()}, fields)
    for name, reason in changes.items():
        rows[name].reason = without_control_characters(reason.replace("\r\n", "\n")).strip()
    Lineage.objects.bulk_update([rows[name] for name in changes], ["reason"])
    if changes:
        leave_trace(actor=actor, action="reasons_given", edition=edition, rows=len(changes))
    return conflicts


# --- lineage --------------------------------------------------------------------------------------------------------
def _demand_reason(edition: Edition, element_id: uuid.UUID, reason: str) -> list[uuid.UUID]:
    """Where the element comes from; a reason is due when readers know any of it."""
    sources = origins(edition, element_id)
    if sources:
        _demand_words(reason)
    return sources


def _demand_words(reason: str) -> None:
    if not reason.strip():
        raise CannotChange(
            _("Readers know this element from the edition before. Tell them in a sentence why it changes.")
        )


def _explain(  # noqa: PLR0917  a sentence: this kind, from these, to those, because
    edition: Edition,
    kind: LineageKind,
    sources: Iterable[uuid.UUID],
    targets: Iterable[uuid.UUID],
    reason: str,
    relation: str = "",
) -> None:
    """One row from every source to every target, in place of what was said about these sources before.

    A split that goes on dividing keeps its first reason. Raises ``CannotChange`` where elements would become each other.
    """
    rows = Lineage.objects.filter(edition=edition, source__in=(sources := list(sources)))
    rows.filter(kind__in=(LineageKind.CONTINUED, LineageKind.WITHDRAWN)).delete()
    known = set(rows.filter(kind=kind).values_list("source", "target"))
    Lineage.objects.bulk_create(
        Lineage(edition=edition, kind=kind, source_id=source, target_id=target, relation=relation, reason=reason)
        for source in sources
        for target in targets
        if (source, target) not in known
    )
    if sentence := circle(edition_document(edition).edition):
        raise CannotChange(sentence)
