"""What becomes of a guide: begun, changed, published, archived, deleted; its files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from andock.kernel.pagecache.versions import public_transaction
from andock.strategy.field_lock import settle

from .. import guide_sheet, queries, rules
from ..addresses import short_name
from ..choices import Publication
from ..models import Guide, GuideFile
from .desk import Unfit, content_of, leave_trace, locked
from .documents import forget_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from andock.accounts.models import User
    from andock.organisations.models import Organisation
    from andock.strategy.field_lock import Conflict, Submitted


@public_transaction()
def begin(*, actor: User, organisation: Organisation, title: str) -> Guide:
    """A draft that says as little as its title. Raises ``Denied``."""
    rules.may_keep_guides(actor, organisation).demand()
    slug = short_name(title, queries.taken_guide_slugs(), "leitfaden")
    guide = Guide.objects.create(organisation=organisation, title=title, slug=slug)
    leave_trace(actor, "written", guide)
    return guide


@public_transaction()
def edit(*, actor: User, guide: Guide, fields: Mapping[str, Submitted], now: datetime) -> dict[str, Conflict]:
    """Change a guide; returns the fields somebody else changed at the same time. Raises ``Denied`` or ``Unfit``."""
    guide = locked(guide)
    rules.may_edit_guide(actor, guide).demand()
    saved = guide_sheet.read(guide)
    changes, conflicts = settle(saved, fields)
    if changes:
        before = content_of(guide)
        guide_sheet.put(guide, saved | changes)
        guide.changed_at = now
        guide.save()
        if not changes.keys() <= set(guide_sheet.COLUMNS):
            guide_sheet.put_rows(guide, saved | changes)
        leave_trace(actor, "written", guide, before=before, fields=" ".join(sorted(changes)))
    return conflicts


@public_transaction()
def publish(*, actor: User, guide: Guide, now: datetime) -> Guide:
    """Show a guide to everybody. Raises ``Denied`` or ``Unfit``."""
    guide = locked(guide)
    rules.may_publish_guide(actor, guide).demand()
    guide.published_at = guide.published_at or now
    return _put(guide, Publication.PUBLISHED, actor, "published", now)


@public_transaction()
def archive(*, actor: User, guide: Guide, now: datetime) -> Guide:
    """Take it out of the lists; its address stays. Raises ``Denied`` or ``Unfit``."""
    guide = locked(guide)
    rules.may_archive_guide(actor, guide).demand()
    return _put(guide, Publication.ARCHIVED, actor, "archived", now)


@public_transaction()
def delete(*, actor: User, guide: Guide) -> None:
    """Delete a draft for good, with its files. Raises ``Denied`` or ``Unfit``."""
    guide = locked(guide)
    rules.may_delete_guide(actor, guide).demand()
    for file in guide.files.all():
        forget_file(file.file)
    leave_trace(actor, "deleted", guide)
    guide.delete()


@public_transaction()
def add_file(*, actor: User, guide: Guide, **values: Any) -> GuideFile:
    """Add a PDF, already looked into by the form, or a link. Raises ``Denied`` or ``Unfit``."""
    guide = locked(guide)
    rules.may_edit_guide(actor, guide).demand()
    if bool(values.get("file")) == bool(values.get("url")):
        raise Unfit([("file", _("Choose a PDF or give a link, one of both."))])
    file = GuideFile.objects.create(guide=guide, **values | {"file": values.get("file") or ""})
    leave_trace(actor, "written", guide, section="files")
    return file


@public_transaction()
def remove_file(*, actor: User, guide: Guide, document_id: int) -> None:
    """Take a file away; nothing happens where it is gone already. Raises ``Denied`` or ``Unfit``."""
    guide = locked(guide)
    rules.may_edit_guide(actor, guide).demand()
    file = guide.files.filter(pk=document_id).first()
    if file is None:
        return
    forget_file(file.file)
    file.delete()
    leave_trace(actor, "written", guide, section="files")


def _put(guide: Guide, publication: Publication, actor: User, act: str, now: datetime) -> Guide:
    guide.publication, guide.changed_at = publication, now
    guide.save()
    leave_trace(actor, act, guide)
    return guide
