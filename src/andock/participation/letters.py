"""Letters with a code each: as tagged PDF to print (DIN 5008, form B), or as a table for letters of the office's own."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from defusedcsv import csv
from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from andock.design.drawing import drawn
from andock.knowledge.cells import marked

from .addresses import absolute
from .codes import shown
from .rules import place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from .addressees import Addressee
    from .models import Process

TEMPLATE = Path(__file__).parent / "typst" / "letters.typ"


def letters_pdf(process: Process, codes: Sequence[str], addressees: Sequence[Addressee], now: datetime) -> bytes:
    """One page for each code, in the language of the site; without addresses the window stays empty."""
    recipients: Iterable[list[str]] = [one.lines() for one in addressees] or [[] for _code in codes]
    letters = [{"recipient": lines, "code": shown(code)} for lines, code in zip(recipients, codes, strict=True)]
    with translation.override(settings.LANGUAGE_CODE):
        return drawn(TEMPLATE, _content(process, now) | {"letters": letters})


def codes_csv(codes: Sequence[str], addressees: Sequence[Addressee]) -> bytes:
    """For a mail merge; with the mark by which office programs know UTF-8."""
    target = io.StringIO()
    table = csv.writer(target, delimiter=";", lineterminator="\n")
    table.writerow(["number", "code", *(["name", "street", "postcode", "town"] if addressees else [])])
    for number, code in enumerate(codes, start=1):
        one = addressees[number - 1] if addressees else None
        own = [marked(cell) for cell in (one.name, one.street, one.postcode, one.town)] if one else []
        table.writerow([number, shown(code), *own])
    return target.getvalue().encode("utf-8-sig")


def _content(process: Process, now: datetime) -> dict[str, Any]:
    office = process.organisation.official_name or process.organisation.name
    names = {"office": office, "process": process.title, "place": place_of(process)}
    local = timezone.localtime(now)
    return {
        "sender": office, "date": date_format(local.date(), "DATE_FORMAT"),
        "subject": _("Your code for “%(process)s”") % names,
        "paragraphs": [
            _("Good day,"),
            _("%(office)s asks people who live here (%(place)s) about “%(process)s”.") % names + f" {process.summary}".rstrip(),
            _("With this code you take part. It is good for one person, once; we do not keep who got which code."),
        ],
        "code_title": _("Your code"),
        "steps_title": _("This is how"),
        "steps": [
            _("Open this page:"), _("Choose what you want to do there, and type the code where you are asked for it."),
            _("We send you a mail. Press the button behind its link: then it counts."),
        ],
        "address": absolute("participation:process", process.slug),
        "phases_title": _("When"),
        "phases": [
            _("%(phase)s: from %(start)s to %(end)s")
            % {"phase": phase.title, "start": _moment(phase.starts_at), "end": _moment(phase.ends_at)}
            for phase in process.phases.all()
        ],
        "closing": [*_questions(process), _("Kind regards"), office],
        "foot": _("Printed on %s") % date_format(local, "DATETIME_FORMAT"), "site": settings.ANDOCK_BASE_URL,
    }  # fmt: skip


def _questions(process: Process) -> list[str]:
    if not process.contact_email:
        return []
    return [_("If you would rather take part on paper, or have a question, please write to us: %s") % process.contact_email]  # fmt: skip


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
