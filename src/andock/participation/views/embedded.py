"""A process in a frame on the town's own website: what it is, what runs, and the way in. Nothing about people, no cookie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from andock.kernel.pagecache.pages import page_ends_at, public_page
from andock.strategy.views.reading import is_foreign

from .. import queries
from ..addresses import absolute
from ..lines import next_change, process_line

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@public_page(scopes=("process:{slug}", "organisations"))
def embedded(request: HttpRequest, slug: str) -> HttpResponse:
    """Any site may frame this one page: it has no form and shows everybody the same. A draft is not there."""
    found, now = queries.process_at(slug), timezone.now()
    if found is None or not found.is_public:
        raise Http404
    page_ends_at(request, next_change([found], now))
    context = {
        "process": found, "line": process_line(found, now), "foreign": is_foreign(),
        "address": absolute("participation:process", slug),
    }  # fmt: skip
    return HttpResponse(render_to_string("participation/embedded.html", context))
