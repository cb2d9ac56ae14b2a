"""Questions, points of the programme and documents of an event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from andock.kernel.pagecache.versions import public_transaction
from andock.strategy.field_lock import Conflict, settle

from .. import rules
from ..models import Document, Event, ProgrammeItem, Question, Registration
from .desk import Unfit, leave_trace, locked

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.files.uploadedfile import UploadedFile

    from andock.accounts.models import User
    from andock.strategy.field_lock import Submitted

Row = dict[str, Any]


def questions_of(event: Event) -> list[Row]:
    """The organiser's questions as plain rows."""
    return [
        {
            "id": str(one.pk), "kind": one.kind, "label": one.label, "help": one.help, "options": list(one.options),
            "is_required": one.is_required,
        }
        for one in event.questions.all()
    ]  # fmt: skip


def programme_of(event: Event) -> list[Row]:
    """The points of the programme as plain rows."""
    return [
        {
            "id": str(one.pk), "at": f"{one.at:%H:%M}" if one.at else "", "title": one.title, "speakers": one.speakers,
            "text": one.text,
        }
        for one in event.programme.all()
    ]  # fmt: skip


@public_transaction()
def edit_questions(*, actor: User, event: Event, rows: Submitted, now: datetime) -> Conflict | None:
    """Replace the questions; a row with an id stays the same question. Returns the conflict where somebody was faster.

    Raises ``Denied`` or ``Unfit``.
    """
    return _edit(_QUESTIONS, actor=actor, event=event, rows=rows, now=now)


@public_transaction()
def edit_programme(*, actor: User, event: Event, rows: Submitted, now: datetime) -> Conflict | None:
    """Replace the programme. Returns the conflict where somebody was faster. Raises ``Denied`` or ``Unfit``."""
    return _edit(_PROGRAMME, actor=actor, event=event, rows=rows, now=now)


def _edit(part: _Part, *, actor: User, event: Event, rows: Submitted, now: datetime) -> Conflict | None:
    event = locked(event)
    rules.may_edit_event(actor, event).demand()
    changes, conflicts = settle({part.name: part.read(event)}, {part.name: rows})
    if changes:
        saved = getattr(event, part.name)
        there = {str(row.pk): row for row in saved.all()}
        kept = [part.put(there.get(row["id"]), event, place, row).pk for place, row in enumerate(changes[part.name])]
        saved.exclude(pk__in=kept).delete()
        event.changed_at = now
        event.save(update_fields=["changed_at"])
        leave_trace(actor, "written", event, section=part.name)
    return conflicts.get(part.name)


def _put_question(found: Question | None, event: Event, place: int, row: Row) -> Question:
    if found and found.kind != row["kind"] and _is_answered(found):
        raise Unfit(
            [("", _("Somebody has answered “%s” already, so its kind stays. Delete it and add another.") % found.label)]
        )
    question = found or Question(event=event)
    question.position, question.kind, question.label, question.help = place, row["kind"], row["label"], row["help"]
    question.options, question.is_required = row["options"], row["is_required"]
    question.save()
    return question


def _is_answered(question: Question) -> bool:
    return Registration.objects.filter(event=question.event_id, answers__has_key=question.field).exists()


def _put_item(found: ProgrammeItem | None, event: Event, place: int, row: Row) -> ProgrammeItem:
    item = found or ProgrammeItem(event=event)
    item.position, item.title, item.speakers, item.text = place, row["title"], row["speakers"], row["text"]
    item.at = time.fromisoformat(row["at"]) if row["at"] else None
    item.save()
    return item


@dataclass(frozen=True, slots=True)
class _Part:
    """A list of rows that is locked as one field."""

    name: str
    read: Callable[[Event], list[Row]]
    put: Callable[[Any, Event, int, Row], Any]


_QUESTIONS = _Part("questions", questions_of, _put_question)
_PROGRAMME = _Part("programme", programme_of, _put_item)


@public_transaction()
def add_document(
    *, actor: User, event: Event, kind: str, title: str, file: UploadedFile | None = None, url: str = ""
) -> Document:
    """Add a PDF, already looked into by the form, or a link. Raises ``Denied`` or ``Unfit``."""
    event = locked(event)
    rules.may_edit_event(actor, event).demand()
    if bool(file) == bool(url):
        raise Unfit([("file", _("Choose a PDF or give a link, one of both."))])
    document = Document.objects.create(event=event, kind=kind, title=title, file=file or "", url=url)
    leave_trace(actor, "written", event, section="documents")
    return document


@public_transaction()
def remove_document(*, actor: User, event: Event, document_id: int) -> None:
    """Take a document away, with its file; nothing happens where it is gone already. Raises ``Denied``."""
    event = locked(event)
    rules.may_edit_event(actor, event).demand()
    document = event.documents.filter(pk=document_id).first()
    if document is None:
        return
    forget_file(document)
    document.delete()
    leave_trace(actor, "written", event, section="documents")


def forget_file(document: Document) -> None:
    """Delete the file once the transaction holds."""
    if name := document.file.name:
        storage = document.file.storage
        transaction.on_commit(lambda: storage.delete(name))
