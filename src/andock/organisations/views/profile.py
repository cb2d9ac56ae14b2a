"""The page on which an organisation edits what it says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from .. import queries, rules
from ..forms import ProfileForm, version_of
from ..services.profile import ChangedMeanwhile, update_profile

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from ..models import Profile


def edit_profile(request: HttpRequest, slug: str) -> HttpResponse:
    """Text, crest, links and office of one's own organisation."""
    organisation = queries.organisations().filter(slug=slug).first()
    if organisation is None:
        raise Http404
    rules.may_edit_profile(request.user, organisation).demand()
    profile = queries.profile_of(organisation)
    form = ProfileForm(request.POST if request.method == "POST" else None, request.FILES or None, profile=profile)
    context = {"organisation": organisation, "profile": profile, "form": form}
    if form.is_valid():
        try:
            update_profile(actor=request.user, organisation=organisation, **form.cleaned_data)
        except ChangedMeanwhile as conflict:
            return _conflict(request, context, form, conflict.profile, str(conflict))
        messages.success(request, _("Saved. The page of %s shows it now.") % organisation)
        return redirect("organisations:edit_profile", organisation.slug)
    return render(request, "organisations/edit_profile.html", context, status=400 if form.errors else 200)


def _conflict(request: HttpRequest, context: dict, form: ProfileForm, present: Profile, sentence: str) -> HttpResponse:
    """The form as typed, beside what stands there now; saving again replaces that knowingly."""
    form.data = {**request.POST.dict(), "seen": version_of(present)}
    form.add_error(None, sentence)
    return render(request, "organisations/edit_profile.html", {**context, "present": present}, status=409)
