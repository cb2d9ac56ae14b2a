"""Contributions of a file come into a process: all of them, or none with what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from andock.organisations.region_folder import Problem, Refused

from .. import rules
from ..exchange import MAX_BYTES, read_file
from ..forms.exchange import ReadInForm
from ..services.reading_in import read_in
from .desk_frame import process_page, show, to

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from ..models import Process


@require_http_methods(["GET", "HEAD", "POST"])
@process_page
def read(request: HttpRequest, process: Process) -> HttpResponse:
    rules.may_bring_in(request.user, process).demand()
    form = ReadInForm(request.POST if request.method == "POST" else None, request.FILES or None)
    problems: list[Problem] = []
    if form.is_valid():
        file, now = form.cleaned_data["file"], timezone.now()
        try:
            found = read_file(str(file.name), text_of(file), process, now)
            number = read_in(actor=request.user, process=process, name=str(file.name), found=found, now=now)
        except Refused as refused:
            problems = refused.problems
        else:
            told = ngettext("%d contribution was read in.", "%d contributions were read in.", number) % number
            messages.success(request, f"{told} {_('What was here already stayed as it is.')}")
            return to(process, "contributions")
    context = {"process": process, "form": form, "problems": problems}
    return show(request, "read_in", context, here=_("Read in"), status=400 if form.errors or problems else None)


def text_of(file: UploadedFile) -> str:
    """What stands in an uploaded file. Raises ``Refused``."""
    if (file.size or 0) > MAX_BYTES:
        raise Refused([Problem(str(file.name), 0, "", _("The file is larger than 5 MB."))])
    try:
        return file.read().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Refused([Problem(str(file.name), 0, "", _("The file is not UTF-8. Save it as UTF-8 text."))]) from error
