"""What the members of a group write on its board."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.organisations.choices import EDITING_ROLES

from .. import queries, rules
from ..models import Group, Post
from .enquiries import Unfit

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from andock.accounts.models import User
    from andock.knowledge.models import Solution
    from andock.organisations.models import Organisation

PER_DAY = 100
"""So many posts a group takes in a day: more is rather a machine than people."""


@transaction.atomic
def write(
    *, actor: User, group: Group, organisation: Organisation, text: str, link: str, solution: Solution | None,
    answers_to: int | None, key: UUID, now: datetime,
) -> Post:  # fmt: skip
    """A post or an answer to one. The same form does so once. Raises ``Denied`` or ``Unfit``."""
    key = uuid5(key, f"{actor.pk} {group.pk} {answers_to} {text} {link} {solution and solution.pk}")
    if found := queries.post_with(key):
        return found
    rules.may_post(actor, group, organisation).demand()
    if queries.posts_on(now, group) >= PER_DAY:
        raise Unfit(_("Very much was written here today. Please go on tomorrow; copy your text to be safe."))
    answered = _answered(group, answers_to) if answers_to else None
    values = {
        "group": group, "organisation": organisation, "author": actor, "text": text, "link": link, "solution": solution,
        "role": queries.role_of(actor, organisation, EDITING_ROLES), "answers_to": answered, "written_at": now,
    }  # fmt: skip
    post, is_new = Post.objects.get_or_create(key=key, defaults=values)
    if is_new:
        record(actor=actor, action="colleagues.post_written", thing=post, organisation=organisation, after=text)
    return post


@transaction.atomic
def delete(*, actor: User, post: Post, now: datetime) -> None:
    """Take back what one has written. Raises ``Denied``."""
    post = (
        Post.objects.select_for_update(of=("self",), no_key=True).select_related("group__organisation").get(pk=post.pk)
    )
    rules.may_delete_post(actor, post).demand()
    post.text, post.link, post.solution, post.deleted_at = "", "", None, now
    post.save()
    record(actor=actor, action="colleagues.post_deleted", thing=post, organisation=post.organisation)


def _answered(group: Group, post_id: int) -> Post:
    """The post an answer belongs to: one of this board that is no answer itself and still there."""
    found = queries.post_in(group, post_id)
    if found is None or found.answers_to_id or found.deleted_at:
        raise Unfit(_("What you answer to is gone. Send your text as a post of its own."))
    return found
