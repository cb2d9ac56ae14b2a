"""Is an uploaded file a PDF that may be kept and handed out as it is?"""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_BYTES = 20 * 1024 * 1024
PATIENCE = 30
HEAD = 1024
"""A reader looks for the mark among so many first bytes."""

REASONS = {
    "encrypted": _("This PDF is locked with a password or against changes. Save it again without protection."),
    "empty": _("This PDF has no page. Please choose another."),
    "active": _("This PDF contains scripts, attached files or a form that sends data. Print it as PDF once more and take that file."),
    "broken": _("This PDF is damaged and cannot be opened. Please scan or save it once more."),
}  # fmt: skip


def check_pdf(file: UploadedFile) -> None:
    """Raise ``ValidationError`` unless the content is a readable PDF of at most 20 MB without anything active in it.

    The file itself is left as it is: writing it anew would break an electronic signature.
    """
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(_("The file is larger than %s. Scan it in black and white or with fewer dots per inch.") % filesizeformat(MOST_BYTES))  # fmt: skip
    file.seek(0)
    content = file.read()
    file.seek(0)
    if b"%PDF-" not in content[:HEAD]:
        raise ValidationError(
            _("This is not a PDF, whatever its name says. Save or print the document as PDF and choose that file.")
        )
    found = _scanned(content)
    if found != "fine":
        raise ValidationError(REASONS.get(found, REASONS["broken"]))


def _scanned(content: bytes) -> str:
    """The verdict of the process that looks inside; one that dies over it has seen something broken."""
    command = [sys.executable, "-m", "andock.kernel.pdf_scan"]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return "broken"
    return done.stdout.decode("ascii", "replace") if done.returncode == 0 else "broken"
