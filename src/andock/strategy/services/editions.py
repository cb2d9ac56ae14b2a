"""Writing editions: import, publish."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from andock.audit.queries import entries_about
from andock.kernel.modules import announce
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.organisations.queries import organisation_keys, terms

from ..choices import EditionState
from ..documents import renew_framework
from ..exchange import EditionDocument, InvalidDocument, content_hash, dump
from ..models import Edition, Element, ElementVersion, Framework, Lineage, Signatory
from ..publication import circle, obstacles
from ..queries import edition_document, previous_edition

if TYPE_CHECKING:
    from andock.accounts.models import User


class DifferentContent(Exception):
    """An edition of this number exists, reads differently and may not be replaced; the message says why."""


class CannotPublish(Exception):
    """What blocks publication, as sentences."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@public_transaction()
def import_edition(*, document: EditionDocument, actor: User | None) -> str:
    """Write an edition from the exchange format, state included.

    Returns ``created``, ``changed`` (a draft or a text in consultation was replaced) or ``unchanged``.
    Raises ``DifferentContent`` where an edition in force would change, or without an actor (a region's files) one that
    people have edited; ``InvalidDocument`` where it names a framework, term or organisation that is unknown here or its lineage is a circle;
    ``CannotPublish``.
    """
    framework = _framework(document)
    document = _with_known_organisations(document)
    if sentence := circle(document.edition):
        raise InvalidDocument([("lineage", sentence)])
    existing = Edition.objects.select_for_update().filter(framework=framework, ordinal=document.edition.ordinal).first()
    if existing and content_hash(edition_document(existing)) == content_hash(document):
        return "unchanged"
    if existing and existing.is_frozen:
        raise DifferentContent(
            _("%(edition)s is %(state)s and stays as it is; the file reads differently.")
            % {"edition": existing.label, "state": existing.get_state_display()}
        )
    if existing and actor is None and entries_about(existing).exists():
        raise DifferentContent(
            _("%s was edited on the site and stays as it is; the file reads differently.") % existing.label
        )
    edition = write_edition(framework, document, into=existing and _emptied(existing))
    _enter_state(edition, document.state)
    if document.state != EditionState.DRAFT or (existing and existing.is_public):
        bump("strategy")
        renew_framework(framework)
    return "changed" if existing else "created"


def _framework(document: EditionDocument) -> Framework:
    found = Framework.objects.filter(slug=document.framework).first()
    if found is None:
        raise InvalidDocument([("framework", _("There is no framework “%s” here.") % document.framework)])
    return found


def _with_known_organisations(document: EditionDocument) -> EditionDocument:
    """The document with municipalities and districts named by their official key, as ``edition_document`` does.

    Others keep the slug the file gives: it is what they were called then.
    """
    keys = organisation_keys()
    unknown = [
        entry.organisation for entry in document.signatories if entry.organisation and entry.organisation not in keys
    ]
    if unknown:
        raise InvalidDocument([("signatories", _("There is no organisation “%s” here.") % name) for name in unknown])
    signatories = (
        replace(entry, organisation=keys[entry.organisation].official_key or entry.organisation)
        if entry.organisation
        else entry
        for entry in document.signatories
    )
    return replace(document, signatories=tuple(signatories))


def _emptied(edition: Edition) -> Edition:
    """An open edition without its text. The row stays: what people said about it hangs on it."""
    for part in (edition.versions, edition.lineage, edition.signatories):
        part.all().delete()
    return Edition.objects.get(pk=edition.pk)


def write_edition(framework: Framework, document: EditionDocument, *, into: Edition | None = None) -> Edition:
    """Write a document as a draft, whatever its state says; ``into`` an empty edition or a new one."""
    values = document.edition
    edition = into or Edition(framework=framework, ordinal=values.ordinal)
    edition.label, edition.title, edition.kind = values.label, values.title, document.kind
    edition.state, edition.date_text, edition.note = EditionState.DRAFT, document.date, document.note
    edition.demonstration = document.demonstration
    edition.sources = [{"title": source.title, "url": source.url} for source in document.sources]
    edition.save()
    write_elements(edition, document)
    _write_signatories(edition, document)
    return edition


def write_elements(edition: Edition, document: EditionDocument) -> None:
    """Write all elements and lineage of a document into a draft that has none."""
    plain = dump(document)
    Element.objects.bulk_create(
        [Element(id=entry["id"], framework=edition.framework) for entry in plain["elements"]], ignore_conflicts=True
    )
    versions = ElementVersion.objects.bulk_create(
        ElementVersion(
            edition=edition,
            position=position,
            element_id=entry["id"],
            parent_id=entry["parent"],
            **{name: entry[name] for name in VERSION_FIELDS},
        )
        for position, entry in enumerate(plain["elements"])
    )
    _write_terms(versions, plain["elements"])
    Lineage.objects.bulk_create(
        Lineage(
            edition=edition,
            kind=row["kind"],
            source_id=row["source"],
            target_id=row["target"],
            relation=row["relation"],
            reason=row["reason"],
        )
        for row in plain["lineage"]
    )


VERSION_FIELDS = (
    "label", "title", "type", "obligation", "without_technology", "parameters", "blocks", "sources", "verified", "note",
)  # fmt: skip


def _write_terms(versions: list[ElementVersion], entries: list[dict]) -> None:
    ids = {term.key: term.pk for term in terms()}
    unknown = sorted({key for entry in entries for key in entry["terms"]} - set(ids))
    if unknown:
        raise InvalidDocument([("terms", _("This term is unknown here: %s.") % key) for key in unknown])
    through = ElementVersion.terms.through
    through.objects.bulk_create(
        through(elementversion_id=version.pk, term_id=ids[key])
        for version, entry in zip(versions, entries, strict=True)
        for key in entry["terms"]
    )


def _write_signatories(edition: Edition, document: EditionDocument) -> None:
    keys = organisation_keys()
    Signatory.objects.bulk_create(
        Signatory(
            edition=edition,
            position=position,
            name=entry.name,
            role=entry.role,
            organisation_id=keys[entry.organisation].pk if entry.organisation else None,
            organisation_key=entry.organisation,
        )
        for position, entry in enumerate(document.signatories)
    )


def _enter_state(edition: Edition, state: str) -> None:
    if state == EditionState.IN_FORCE:
        put_in_force(edition)
    elif state == EditionState.SUPERSEDED:
        _freeze(edition, EditionState.SUPERSEDED)
    elif state == EditionState.CONSULTATION:
        Edition.objects.filter(pk=edition.pk).update(state=state, was_shown=True)


def put_in_force(edition: Edition) -> None:
    """Freeze the edition and supersede the one before, inside the caller's transaction. Raises ``CannotPublish``."""
    in_force = Edition.objects.filter(framework=edition.framework, state=EditionState.IN_FORCE)
    if later := in_force.filter(ordinal__gt=edition.ordinal).first():
        raise CannotPublish([_("%s is already in force and comes later. Begin a new draft from it.") % later.label])
    superseded = in_force.update(state=EditionState.SUPERSEDED)
    _freeze(edition, EditionState.IN_FORCE)
    if superseded:  # not so where a region's files bring the first edition that is in force here
        announce("strategy.edition_in_force", edition_id=edition.pk)


def _freeze(edition: Edition, state: EditionState) -> None:
    document = edition_document(edition)
    before = previous_edition(edition)
    reasons = obstacles(edition_document(before).edition if before else None, document.edition)
    if reasons:
        raise CannotPublish(reasons)
    Edition.objects.filter(pk=edition.pk).update(state=state, was_shown=True, content_hash=content_hash(document))
    bump("strategy")
