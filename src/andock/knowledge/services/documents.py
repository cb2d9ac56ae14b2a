"""Files and links of a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from andock.kernel.pagecache.versions import public_transaction

from .. import rules
from ..models import SolutionDocument
from .desk import Unfit, leave_trace, locked

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.db.models.fields.files import FieldFile

    from andock.accounts.models import User

    from ..models import Solution


@public_transaction()
def add(
    *, actor: User, solution: Solution, kind: str, title: str, file: UploadedFile | None = None, url: str = ""
) -> SolutionDocument:
    """Add a PDF, already looked into by the form, or a link. Raises ``Denied`` or ``Unfit``."""
    solution = locked(solution)
    rules.may_edit_solution(actor, solution).demand()
    if bool(file) == bool(url):
        raise Unfit([("file", _("Choose a PDF or give a link, one of both."))])
    document = SolutionDocument.objects.create(solution=solution, kind=kind, title=title, file=file or "", url=url)
    leave_trace(actor, "written", solution, section="documents")
    return document


@public_transaction()
def remove(*, actor: User, solution: Solution, document_id: int) -> None:
    """Take a document away, with its file; nothing happens where it is gone already. Raises ``Denied`` or ``Unfit``."""
    solution = locked(solution)
    rules.may_edit_solution(actor, solution).demand()
    document = solution.documents.filter(pk=document_id).first()
    if document is None:
        return
    forget_file(document.file)
    document.delete()
    leave_trace(actor, "written", solution, section="documents")


def forget_file(file: FieldFile) -> None:
    """Delete it once the transaction holds."""
    if name := file.name:
        storage = file.storage
        transaction.on_commit(lambda: storage.delete(name))
