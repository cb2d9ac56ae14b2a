"""The agency's editors write issues, look at them, and send them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.messages import get_messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from andock.following.queries import readers
from andock.following.things import newsletter_name
from andock.kernel.permissions import Denied
from andock.organisations.queries import organisations
from andock.organisations.region import region_of

from .. import queries, rules, services
from ..forms import IssueForm, SectionFormSet

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andock.organisations.models import Organisation

    from ..models import Issue

ACTS = {"stop": services.stop, "resume": services.resume}


def desk_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the people who keep the newsletter: ``view(request, organisation, …)``."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @never_cache
    @wraps(view)
    def page(request: HttpRequest, slug: str, **given: Any) -> HttpResponse:
        organisation = get_object_or_404(organisations(), slug=slug)
        rules.may_keep_newsletter(request.user, organisation).demand()
        return view(request, organisation, **given)

    return page


def issue_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page about one issue: ``view(request, issue)``."""

    @desk_page
    @wraps(view)
    def page(request: HttpRequest, organisation: Organisation, issue_id: int) -> HttpResponse:
        issue = queries.own_issue(organisation, issue_id)
        if issue is None:
            raise Http404
        return view(request, issue)

    return page


def show(
    request: HttpRequest, template: str, organisation: Organisation, *here: str, status: int = 200, **context: Any
) -> HttpResponse:
    """Render a page of the desk with its crumbs and what there is to tell."""
    name = newsletter_name(region_of(request))
    crumbs = [
        {"label": _("Administration"), "url": reverse("accounts:start")},
        {"label": name, "url": reverse("newsletter:desk", args=[organisation.slug])},
        *({"label": label, "url": ""} for label in here),
    ]
    context |= {
        "organisation": organisation, "name": name, "crumbs": crumbs, "messages": get_messages(request),
    }  # fmt: skip
    return render(request, f"newsletter/desk/{template}.html", context, status=status)


def to(issue: Issue, page: str) -> HttpResponse:
    return redirect(f"newsletter:{page}", issue.organisation.slug, issue.pk)


@desk_page
def desk(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """All issues, and how many people have ordered the newsletter."""
    issues = queries.desk_issues(organisation)
    return show(request, "desk", organisation, issues=issues, readers=readers(timezone.now()).count())


@desk_page
def begin(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = IssueForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = services.begin(actor=request.user, organisation=organisation, now=timezone.now(), **form.cleaned_data)
        return to(made, "edit")
    return show(request, "begin", organisation, _("New issue"), status=422 if form.errors else 200, form=form)


@issue_page
def edit(request: HttpRequest, issue: Issue) -> HttpResponse:
    """Subject and sections on one screen; what has been sent leads to how far it is."""
    verdict = rules.may_edit_issue(request.user, issue)
    if not verdict:
        messages.warning(request, str(verdict.reason))
        return to(issue, "dispatch")
    given = request.POST if request.method == "POST" else None
    form, sections = IssueForm(given, initial={"subject": issue.subject}), _sections(given, issue)
    if given is not None and form.is_valid() and sections.is_valid():
        written = [one.cleaned_data for one in sections if one.cleaned_data.get("text")]
        services.edit(actor=request.user, issue=issue, sections=written, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved. Look at the preview before you send it."))
        return to(issue, "preview" if "preview" in request.POST else "edit")
    wrong = given is not None
    return show(
        request, "edit", issue.organisation, issue.subject, status=422 if wrong else 200, issue=issue, form=form,
        sections=sections, wrong=wrong,
    )  # fmt: skip


def _sections(given: Any, issue: Issue) -> Any:
    return SectionFormSet(given, initial=issue.sections, prefix="abschnitt")


@issue_page
def preview(request: HttpRequest, issue: Issue) -> HttpResponse:
    """The issue as a page; and as a mail to oneself."""
    if request.method == "POST":
        services.send_test(actor=request.user, issue=issue, now=timezone.now())
        messages.success(request, _("The test mail is on its way to %s.") % request.user.email)
        return to(issue, "preview")
    return show(request, "preview", issue.organisation, _("Preview"), issue=issue, email=request.user.email)


@issue_page
def dispatch(request: HttpRequest, issue: Issue) -> HttpResponse:
    """Ask once more before it is sent; then how far it is, to be stopped and resumed."""
    if request.method == "POST":
        return _act(request, issue)
    left = issue.recipients - issue.written
    context = {"issue": issue, "left": left, "readers": readers(timezone.now()).count()}
    context["verdict"] = rules.may_send_issue(request.user, issue)
    return show(request, "dispatch", issue.organisation, _("Sending"), **context)


def _act(request: HttpRequest, issue: Issue) -> HttpResponse:
    try:
        if request.POST.get("act") in ACTS:
            ACTS[request.POST["act"]](actor=request.user, issue=issue)
        else:
            _send(request, issue)
    except Denied as refusal:
        messages.warning(request, str(refusal))
    return to(issue, "dispatch")


def _send(request: HttpRequest, issue: Issue) -> None:
    sent = services.send(actor=request.user, issue=issue, now=timezone.now())
    words = ngettext("The issue goes to %d person.", "The issue goes to %d people.", sent.recipients)
    messages.success(request, words % sent.recipients)


@issue_page
def delete(request: HttpRequest, issue: Issue) -> HttpResponse:
    """Ask once more, then delete the draft."""
    verdict = rules.may_edit_issue(request.user, issue)
    if not verdict:
        messages.warning(request, str(verdict.reason))
        return to(issue, "dispatch")
    if request.method == "POST":
        services.delete(actor=request.user, issue=issue)
        messages.success(request, _("The draft is deleted."))
        return redirect("newsletter:desk", issue.organisation.slug)
    return show(request, "delete", issue.organisation, _("Delete the draft"), issue=issue)
