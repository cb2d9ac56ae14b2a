"""The one Wagtail group: what agency editors may do with pages, images and documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

if TYPE_CHECKING:
    from andock.accounts.models import User

GROUP = "Redaktion"
PAGE_RIGHTS = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")
FILE_RIGHTS = ("add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document")


def keep_in_step(user: User, allowed: bool) -> None:
    """Make the user's membership in the group follow the role; writes only where it differs."""
    inside = user.groups.filter(name=GROUP).exists()
    if allowed and not inside:
        user.groups.add(editors_group())
    elif inside and not allowed:
        user.groups.remove(editors_group())


@transaction.atomic
def editors_group() -> Group:
    """The group with its rights; made when first needed."""
    group, made = Group.objects.get_or_create(name=GROUP)
    if made:
        group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
        group.permissions.add(
            Permission.objects.get(content_type__app_label="simple_translation", codename="submit_translation")
        )
        _grant_pages(group)
        _grant_files(group)
    return group


def _grant_pages(group: Group) -> None:
    root = Page.get_first_root_node()
    for right in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS):
        GroupPagePermission.objects.create(group=group, page=root, permission=right)


def _grant_files(group: Group) -> None:
    root = Collection.get_first_root_node()
    apps = ("wagtailimages", "wagtaildocs")
    for right in Permission.objects.filter(content_type__app_label__in=apps, codename__in=FILE_RIGHTS):
        GroupCollectionPermission.objects.create(group=group, collection=root, permission=right)
