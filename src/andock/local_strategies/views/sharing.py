"""Showing the draft to a mayor or a committee by a link that ends."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from andock.kernel.permissions import Denied
from andock.organisations.queries import organisations, profile_of
from andock.strategy.views.reading import is_foreign

from .. import rules
from ..council_paper import council_paper
from ..desk_forms import DateInput
from ..models import ShareLink
from ..printed import reading
from ..services import sharing
from ..services.storing import CannotChange
from .drafts import draft_page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from ..models import Version

USUAL = timedelta(days=30)


class LinkForm(forms.Form):
    """For whom, and until when."""

    label = forms.CharField(
        label=gettext_lazy("For whom?"), max_length=120,
        help_text=gettext_lazy("For example: mayor, main committee. It stands in your list only."),
    )  # fmt: skip
    until = forms.DateField(
        label=gettext_lazy("Valid until"), widget=DateInput,
        help_text=gettext_lazy("At most 90 days from today. The link ends in the evening of that day."),
        error_messages={"invalid": gettext_lazy("This is not a day in the calendar. Write it as 2024-03-31.")},
    )  # fmt: skip

    def expires_at(self) -> datetime:
        """The last moment of the day, but never after the longest time allowed."""
        end = timezone.make_aware(datetime.combine(self.cleaned_data["until"], time.max))
        last_day = timezone.localdate() + sharing.LONGEST
        return timezone.now() + sharing.LONGEST if self.cleaned_data["until"] == last_day else end


# --- staff -----------------------------------------------------------------------------------------------------------
@draft_page(rules.may_share_version)
def links(request: HttpRequest, version: Version) -> HttpResponse:
    """Every link to the draft; a new one. Its address is shown in this answer and never again."""
    start = {"until": timezone.localdate() + USUAL}
    form = LinkForm(request.POST if request.method == "POST" else None, initial=start)
    address = _shared(request, form, version) if form.is_valid() else ""
    organisation = version.strategy.organisation
    context = {
        "organisation": organisation,
        "version": version,
        "form": LinkForm(initial=start) if address else form,
        "address": address,
        "links": version.links.select_related("created_by"),
        "now": timezone.now(),
    }
    return render(request, "local_strategies/links.html", context, status=400 if form.errors else 200)


def _shared(request: HttpRequest, form: LinkForm, version: Version) -> str:
    """The address of a new link; a refusal lands on the form."""
    try:
        _link, token = sharing.share(
            actor=request.user, version=version, label=form.cleaned_data["label"], expires_at=form.expires_at()
        )
    except (CannotChange, Denied) as refusal:
        form.add_error(None, str(refusal))
        return ""
    path = reverse("local_strategies:shared", args=[version.strategy.organisation.slug, token])
    return settings.ANDOCK_BASE_URL + path


@require_POST
def revoke(request: HttpRequest, slug: str, share_id: UUID) -> HttpResponse:
    """End a link now."""
    organisation = get_object_or_404(organisations(), slug=slug)
    found = ShareLink.objects.select_related("version__strategy__organisation")
    link = get_object_or_404(found, pk=share_id, version__strategy__organisation=organisation.pk)
    sharing.revoke(actor=request.user, link=link)
    messages.success(request, _("The link for “%s” has ended. Whoever opens it reads that.") % link.label)
    return redirect("local_strategies:links", slug)


# --- readers ---------------------------------------------------------------------------------------------------------
@require_safe
def shared(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """The draft for whoever has the link: paper and text, kept by nobody and found by no search engine."""
    organisation = organisations().filter(slug=slug).first()
    if organisation is None:
        raise Http404
    link = sharing.open_link(token, timezone.now())
    if link is None or link.version.strategy.organisation_id != organisation.pk:
        return _private(render(request, "local_strategies/link_ended.html", {"organisation": organisation}, status=404))
    version = link.version
    context: dict[str, Any] = {
        "organisation": organisation,
        "version": version,
        "link": link,
        "paper": council_paper(version),
        "crest": profile_of(organisation).crest,
        "reading": reading(version, all_reasons=True),
        "foreign": is_foreign(),
    }
    return _private(render(request, "local_strategies/shared.html", context))


def _private(response: HttpResponse) -> HttpResponse:
    """The address is the key: it is kept nowhere, listed nowhere and told to no other site."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
