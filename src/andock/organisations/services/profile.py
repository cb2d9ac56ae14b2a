"""Writing what an organisation says about itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from andock.audit.services import record
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.search.services import renew

from .. import queries, rules
from ..models import Organisation, Profile

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.base import ContentFile

    from andock.accounts.models import User

    from ..models import Term

FIELDS = ("text", "links", "contact_office", "contact_email", "contact_phone")


class ChangedMeanwhile(Exception):
    """Somebody else saved in between; ``profile`` is what stands there now."""

    def __init__(self, profile: Profile) -> None:
        super().__init__(_("Somebody else has changed the profile meanwhile. Compare both texts, then save again."))
        self.profile = profile


@public_transaction()
def update_profile(
    *, actor: User, organisation: Organisation, seen: str, text: str, links: list[dict[str, str]], contact_office: str,
    contact_email: str, contact_phone: str, terms: Iterable[str] = (), crest: ContentFile | None = None, remove_crest: bool = False,
) -> Profile:  # fmt: skip
    """Replace the profile. ``terms`` are keys such as ``topics/klima``; ``seen`` is the time of the state the actor saw (ISO 8601), empty for none.

    Raises ``Denied``, or ``ChangedMeanwhile`` so that nobody's text is lost.
    """
    rules.may_edit_profile(actor, organisation).demand()
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    profile = Profile.objects.filter(pk=organisation.pk).first() or Profile(organisation=organisation)
    if seen != (profile.changed_at.isoformat() if profile.changed_at else ""):
        raise ChangedMeanwhile(profile)
    before = _content(profile)
    profile.text, profile.links = text, links
    profile.contact_office, profile.contact_email, profile.contact_phone = contact_office, contact_email, contact_phone
    _put_crest(profile, crest, remove=remove_crest)
    wanted = [term for key, term in queries.term_keys().items() if key in set(terms)]
    if _content(profile, wanted) == before:
        return profile
    profile.save()
    profile.terms.set(wanted)
    record(
        actor=actor, action="organisations.profile_changed", thing=profile, organisation=organisation,
        before=before, after=_content(profile),
    )  # fmt: skip
    bump("organisations")
    renew("organisations", str(organisation.pk))
    return profile


def _put_crest(profile: Profile, crest: ContentFile | None, *, remove: bool) -> None:
    """Set or take away the picture; its old file goes once the transaction holds."""
    if not crest and not remove:
        return
    old, storage = profile.crest.name, profile.crest.storage
    profile.crest = ""
    if crest:
        profile.crest.save(f"{profile.organisation.slug}.png", crest, save=False)
    if old:
        transaction.on_commit(lambda: storage.delete(old))


def _content(profile: Profile, terms: Iterable[Term] | None = None) -> dict[str, object]:
    carried = sorted(term.key for term in (profile.terms.all() if terms is None else terms))
    return {name: getattr(profile, name) for name in FIELDS} | {"crest": profile.crest.name or "", "terms": carried}
