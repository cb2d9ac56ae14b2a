"""The board of a group: its members' people read and write, nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from andock.kernel.permissions import Denied
from andock.organisations.views.desks import desk_of

from .. import queries, rules
from ..forms.group import PostForm
from ..services import board as service
from ..services.enquiries import Unfit
from ..words import words
from .frame import show
from .group_desk import group_or_404, way_to_groups

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andock.organisations.models import Organisation

    from ..models import Group, Post

PAGE_SIZE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@desk_of(rules.may_see_groups_desk)
def board(request: HttpRequest, organisation: Organisation, group: str) -> HttpResponse:
    """What was written, the latest first, and a form for more."""
    found = group_or_404(group)
    rules.may_read_board(request.user, found, organisation).demand()
    if request.method == "POST":
        rules.may_post(request.user, found, organisation).demand()
    form = PostForm(
        request.POST if request.method == "POST" else None, initial={"answers_to": request.GET.get("antwort")}
    )
    if form.is_valid() and _written(request, organisation, found, form):
        messages.success(request, _("It stands on the board now."))
        return redirect("colleagues:board", organisation.slug, found.slug)
    return _page(request, organisation, found, form)


def _written(request: HttpRequest, organisation: Organisation, group: Group, form: PostForm) -> bool:
    """Whether it was taken; where not, the reason is in the form."""
    try:
        service.write(
            actor=request.user, group=group, organisation=organisation, now=timezone.now(), **form.cleaned_data
        )
    except (Unfit, Denied) as refused:
        form.add_error(None, str(refused))
        form.data = {**request.POST.dict(), "answers_to": ""}
        return False
    return True


def _page(request: HttpRequest, organisation: Organisation, group: Group, form: PostForm) -> HttpResponse:
    page = Paginator(queries.posts_of(group), PAGE_SIZE).get_page(request.GET.get("seite"))
    for post in page:
        for one in (post, *post.answers.all()):
            one.may_be_deleted = bool(rules.may_delete_post(request.user, one))
    context = {
        "organisation": organisation, "group": group, "page": page, "form": form, "words": words(),
        "answered": _answered(group, form), "may_post": rules.may_post(request.user, group, organisation),
        "may_keep": rules.may_keep_group(request.user, group), "may_leave": rules.may_found_group(request.user, organisation),
    }  # fmt: skip
    return show(
        request, "board", context, way_to_groups(organisation), here=group.title, status=400 if form.errors else None
    )


def _answered(group: Group, form: PostForm) -> Post | None:
    """The post that is being answered."""
    try:
        wanted = form.fields["answers_to"].clean(form["answers_to"].value())
    except ValidationError:
        return None
    return queries.post_in(group, wanted) if wanted else None


@require_POST
@desk_of(rules.may_see_groups_desk)
def delete(request: HttpRequest, organisation: Organisation, group: str, post_id: int) -> HttpResponse:
    """Take back what one has written."""
    found = group_or_404(group)
    rules.may_read_board(request.user, found, organisation).demand()
    post = queries.post_in(found, post_id)
    if post is None:
        raise Http404
    try:
        service.delete(actor=request.user, post=post, now=timezone.now())
    except Denied as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("The post is deleted."))
    return redirect(reverse("colleagues:board", args=[organisation.slug, found.slug]))
