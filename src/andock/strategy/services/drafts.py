"""A draft's life: begun, described, opened for consultation, put in force, deleted."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from andock.kernel.pagecache.versions import public_transaction

from ..choices import EditionState
from ..exchange import EditionDocument, InvalidDocument
from ..field_lock import Conflict, Submitted, settle
from ..models import Edition, Element, Framework, Signatory
from ..queries import edition_document, public_editions, signatories_on
from ..rules import may_edit_edition, may_edit_framework, may_import_edition, may_publish_edition
from .editions import CannotPublish, import_edition, put_in_force, write_edition
from .locking import CannotChange, leave_trace, locked, locked_for_editing

if TYPE_CHECKING:
    from andock.accounts.models import User

DESCRIPTION = ("label", "title", "kind", "date_text", "note")
"""What can be changed about an edition as a whole."""


@public_transaction()
def begin_draft(*, actor: User, framework: Framework) -> Edition:
    """A new draft with the next number: elements and text of the last public edition, identities included.

    Empty where there is no edition yet. Raises ``Denied``.
    """
    framework = Framework.objects.select_for_update(of=("self",)).select_related("owner").get(pk=framework.pk)
    may_edit_framework(actor, framework).demand()
    last = public_editions().filter(framework=framework).first()
    ordinal = (framework.editions.aggregate(last=Max("ordinal"))["last"] or 0) + 1
    draft = _copy(last, ordinal) if last else _empty(framework, ordinal)
    leave_trace(actor=actor, action="draft_begun", edition=draft, ordinal=ordinal)
    return draft


def _copy(last: Edition, ordinal: int) -> Edition:
    document = edition_document(last)
    edition = replace(document.edition, ordinal=ordinal, label=_next_label(last, ordinal), lineage=())
    return write_edition(
        last.framework,
        replace(document, edition=edition, state=EditionState.DRAFT, date="", note="", signatories=()),
    )


def _next_label(last: Edition, ordinal: int) -> str:
    """The label "4. Auflage" becomes "5. Auflage"; where the label does not count, the number alone must do."""
    label, found = re.subn(rf"\b{last.ordinal}\b", str(ordinal), last.label)
    return label if found == 1 else _("Edition %(number)d") % {"number": ordinal}


def _empty(framework: Framework, ordinal: int) -> Edition:
    label = _("Edition %(number)d") % {"number": ordinal}
    return Edition.objects.create(framework=framework, ordinal=ordinal, label=label, title=framework.title)


@public_transaction()
def describe_edition(*, actor: User, edition: Edition, fields: dict[str, Submitted]) -> dict[str, Conflict]:
    """Change label, title, kind, date and note; returns the fields somebody else changed at the same time.

    Raises ``Denied`` or ``CannotChange``.
    """
    edition = locked_for_editing(edition, actor)
    before = describe(edition)
    changes, conflicts = settle(before, {name: fields[name] for name in DESCRIPTION if name in fields})
    if changes:
        Edition.objects.filter(pk=edition.pk).update(**changes)
        leave_trace(
            actor=actor, action="edition_described", edition=edition, before=before, after=before | changes,
            fields=" ".join(changes),
        )  # fmt: skip
    return conflicts


def describe(edition: Edition) -> dict[str, Any]:
    """The fields of ``DESCRIPTION`` as they are."""
    return {name: getattr(edition, name) for name in DESCRIPTION}


@public_transaction()
def open_consultation(*, actor: User, edition: Edition) -> Edition:
    """Show a draft to everyone as a text under consultation. Raises ``Denied`` or ``CannotChange``."""
    edition = locked(edition)
    may_publish_edition(actor, edition).demand()
    if not edition.versions.exists():
        raise CannotChange(_("The draft has no elements yet, so there is nothing to consult on. Write it first."))
    return _enter(edition, EditionState.CONSULTATION, actor, "consultation_opened")


@public_transaction()
def back_to_draft(*, actor: User, edition: Edition) -> Edition:
    """Take a text under consultation back from the public. Raises ``Denied``."""
    edition = locked_for_editing(edition, actor)
    return _enter(edition, EditionState.DRAFT, actor, "back_to_draft")


def _enter(edition: Edition, state: EditionState, actor: User, action: str) -> Edition:
    edition.state = state
    edition.was_shown = edition.was_shown or edition.is_public
    edition.save(update_fields=["state", "was_shown"])
    leave_trace(actor=actor, action=action, edition=edition, concerns_readers=True)
    return edition


@public_transaction()
def publish(*, actor: User, edition: Edition, day: date) -> Edition:
    """Put the edition in force: freezes who takes part on ``day``, supersedes the edition before.

    An edition without a date gets ``day``. Raises ``Denied`` or ``CannotPublish`` with every obstacle.
    """
    Framework.objects.select_for_update(of=("self",)).get(pk=edition.framework_id)
    edition = locked(edition)
    may_publish_edition(actor, edition).demand()
    if not edition.date_text:
        Edition.objects.filter(pk=edition.pk).update(date_text=day.isoformat())
        edition.date_text = day.isoformat()
    _freeze_signatories(edition, day)
    if reasons := [*neighbours_in_the_way(edition), *date_in_the_way(edition, day)]:
        raise CannotPublish(reasons)
    put_in_force(edition)
    edition.refresh_from_db(fields=["state", "content_hash"])
    leave_trace(actor=actor, action="edition_published", edition=edition, after=edition.content_hash)
    return edition


def neighbours_in_the_way(edition: Edition) -> list[str]:
    """Why the other editions do not let this one come into force yet."""
    others = Edition.objects.filter(framework=edition.framework_id)
    later = others.filter(ordinal__gt=edition.ordinal, state=EditionState.IN_FORCE).first()
    earlier = others.filter(ordinal__lt=edition.ordinal, state=EditionState.CONSULTATION)
    reasons = [
        _("%s is still in consultation. Put it in force first, or take it back to draft.") % other.label
        for other in earlier
    ]
    if later:
        reasons.append(_("%s is already in force and comes later. Begin a new draft from it.") % later.label)
    return reasons


def date_in_the_way(edition: Edition, day: date) -> list[str]:
    """An edition in force applies now, so it cannot bear a date that is certainly still to come."""
    if not edition.date or edition.date.possibly_by(day):
        return []
    return [
        _("The edition is dated %s, which is still to come. Publish it then, or change the date.") % str(edition.date)
    ]


def _freeze_signatories(edition: Edition, day: date) -> None:
    edition.signatories.all().delete()
    Signatory.objects.bulk_create(
        Signatory(
            edition=edition, position=position, role=period.role,
            name=period.docking.organisation.name, organisation=period.docking.organisation,
            organisation_key=period.docking.organisation.key,
        )
        for position, period in enumerate(signatories_on(day, edition.framework))
    )  # fmt: skip


@public_transaction()
def delete_draft(*, actor: User, edition: Edition) -> None:
    """Delete a draft for good, with the identities that stand in no other edition.

    Raises ``Denied``, or ``CannotChange`` where the public reads it or once could.
    """
    edition = locked(edition)
    may_edit_edition(actor, edition).demand()
    if reason := why_kept(edition):
        raise CannotChange(reason)
    leave_trace(actor=actor, action="draft_deleted", edition=edition, ordinal=edition.ordinal)
    edition.delete()
    forget_unused_elements(edition.framework)


def why_kept(edition: Edition) -> str:
    """Why a draft cannot be deleted, and what to do instead; empty where it can."""
    if not edition.was_shown:
        return ""
    return (
        _(
            "%s could be read by everyone, and people may have cited it, so it is not deleted. Go on writing it as a draft, or put another text in its place by importing a file."
        )
        % edition.label
    )


def forget_unused_elements(framework: Framework) -> None:
    """Drop identities that no edition ever used; those of public editions, and what people have spoken about, stay for ever."""
    unused = Element.objects.filter(
        framework=framework, versions=None, led_to=None, came_from=None, child_versions=None
    )  # fmt: skip
    for element in unused:
        with suppress(ProtectedError), transaction.atomic():
            element.delete()


@public_transaction()
def import_draft(*, actor: User, framework: Framework, document: EditionDocument, replacing: bool) -> Edition:
    """Write an edition from the exchange format as a draft, whatever state it names.

    Only with ``replacing`` it takes the place of a draft with the same number. Raises ``Denied``, ``CannotChange``,
    ``DifferentContent`` or ``InvalidDocument``; nothing is written then.
    """
    framework = Framework.objects.select_for_update(of=("self",)).select_related("owner").get(pk=framework.pk)
    may_import_edition(actor, framework).demand()
    existing = framework.editions.filter(ordinal=document.edition.ordinal).first()
    if existing and not existing.is_frozen and not replacing:
        raise CannotChange(
            _("There is already a draft with this number: %s. Tick “Replace” to put the file in its place.")
            % existing.label
        )
    if existing and existing.state == EditionState.CONSULTATION:
        raise CannotChange(_("%s is in consultation. Take it back to draft before you replace it.") % existing.label)
    _refuse_unknown_elements(document)
    outcome = import_edition(document=replace(document, state=EditionState.DRAFT), actor=actor)
    edition = framework.editions.select_related("framework__owner").get(ordinal=document.edition.ordinal)
    if not edition.is_frozen:
        leave_trace(actor=actor, action="edition_imported", edition=edition, ordinal=edition.ordinal, outcome=outcome)
    return edition


def _refuse_unknown_elements(document: EditionDocument) -> None:
    """Lineage may only speak of elements of this file or of editions that are already here."""
    named = {end for row in document.edition.lineage for end in (row.source, row.target) if end}
    named -= {element.id for element in document.edition.elements}
    known = {str(pk) for pk in Element.objects.filter(pk__in=named).values_list("pk", flat=True)}
    problems = [
        (f"lineage[{index}].{name}", _("No edition here has this element. Import the edition before first."))
        for index, row in enumerate(document.edition.lineage)
        for name in ("source", "target")
        if getattr(row, name) in named - known
    ]
    if problems:
        raise InvalidDocument(problems)
