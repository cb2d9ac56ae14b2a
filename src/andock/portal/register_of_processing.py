"""The register of processing activities (Art. 30 GDPR) as a table to go on with: controller and safeguards are the operator's to add."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from defusedcsv import csv
from django.utils.translation import gettext as _
from docx.shared import Pt

from andock.design.word import as_bytes, clean, new_document
from andock.kernel.processing import COLUMNS, register

if TYPE_CHECKING:
    from andock.kernel.processing import Processing


def heads() -> dict[str, str]:
    return {
        "activity": _("Processing activity"), "purpose": _("Purpose"), "people": _("People concerned"),
        "data": _("Kinds of data"), "recipients": _("Recipients"), "retention": _("Deleted"),
    }  # fmt: skip


def as_csv() -> bytes:
    target = io.StringIO()
    table = csv.writer(target, delimiter=";", lineterminator="\n")
    table.writerow([_("Module"), *(heads()[name] for name in COLUMNS)])
    table.writerows([module, *_cells(one)] for module, one in register())
    return ("\ufeff" + target.getvalue()).encode()


def as_docx(organisation: str) -> bytes:
    """One heading for each activity; below it what the register asks for."""
    document = new_document(title=_("Register of processing activities"), author=organisation)
    document.add_paragraph(clean(_("Register of processing activities")), style="Title")
    document.add_paragraph(clean(f"{organisation} · {_('Art. 30 GDPR')}"))
    document.add_paragraph(
        _(
            "Made from what the software does. Please add controller, data protection officer, legal basis and safeguards."
        )
    )
    for _module, one in register():
        document.add_heading(clean(str(one.activity)), level=1)
        for head, value in zip(list(heads().values())[1:], _cells(one)[1:], strict=True):
            line = document.add_paragraph()
            line.paragraph_format.space_after = Pt(2)
            line.add_run(clean(f"{head}: ")).bold = True
            line.add_run(clean(value))
    return as_bytes(document)


def _cells(one: Processing) -> list[str]:
    return [str(getattr(one, name)) for name in COLUMNS]
