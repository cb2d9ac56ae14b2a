"""Scenes for the editing tests: an edition in force, a draft that follows it, who writes it."""

from __future__ import annotations

import uuid

from andock.accounts.models import User
from andock.strategy.field_lock import Submitted, fingerprint
from andock.strategy.models import Edition, ElementVersion, Framework
from andock.strategy.queries import previous_edition
from andock.strategy.services.drafts import begin_draft
from andock.strategy.services.editing import BlockStep, Saved, Submission, edit_element, element_fields
from andock.strategy.services.editions import import_edition
from tests.factories.strategy import block, document, element, identity


def uid(name: str) -> uuid.UUID:
    return uuid.UUID(identity(name))


def in_force(framework: Framework) -> Edition:
    """Goals g1 and g2, below g2 the measures m1 and m2; g1 has two paragraphs."""
    import_edition(
        document=document(
            element("g1", block("b1", "Offene Daten."), block("b2", "Für alle."), label="1", terms=("topics/klima",)),
            element("g2", label="2"),
            element("m1", label="M01", parent=identity("g2"), type="measure"),
            element("m2", label="M02", parent=identity("g2"), type="measure"),
            state="in_force",
        ),
        actor=None,
    )
    return Edition.objects.get(framework=framework, ordinal=1)


def draft(framework: Framework, editor: User) -> Edition:
    in_force(framework)
    return begin_draft(actor=editor, framework=framework)


def version(edition: Edition, name: str) -> ElementVersion:
    return edition.versions.get(element=uid(name))


def order(edition: Edition) -> list[str]:
    """The titles in reading order, each level of nesting shown by a dot."""
    depth: dict[object, int] = {None: -1}
    lines = []
    for found in edition.versions.order_by("position"):
        depth[found.element_id] = depth[found.parent_id] + 1
        lines.append("." * depth[found.element_id] + found.title)
    return lines


def typed(found: ElementVersion, **changes: object) -> dict[str, Submitted]:
    """A whole page as a browser sends it: every field with the value it was loaded with, some changed."""
    loaded = element_fields(found)
    values = loaded | {name.replace("__", ":"): value for name, value in changes.items()}
    return {name: Submitted(value, fingerprint(loaded.get(name))) for name, value in values.items()}


def save(  # noqa: PLR0917
    editor: User, edition: Edition, name: str, fields: dict[str, Submitted], step: BlockStep | None = None,
    deleted: frozenset[str] = frozenset(),
) -> Saved:  # fmt: skip
    submission = Submission(fields, deleted=deleted, step=step)
    return edit_element(actor=editor, edition=edition, element_id=uid(name), submission=submission)


def lineage(edition: Edition) -> set[tuple[str, str, str]]:
    """The lineage as (kind, source, target), by title."""
    names = {
        found.element_id: found.title
        for one in (previous_edition(edition), edition)
        if one
        for found in one.versions.all()
    }
    return {(row.kind, names.get(row.source_id, "–"), names.get(row.target_id, "–")) for row in edition.lineage.all()}


def text_of(edition: Edition, name: str) -> list[tuple[str, str]]:
    return [(found["id"], found["text"]) for found in version(edition, name).blocks]
