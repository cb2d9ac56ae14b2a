"""Reads of organisations, for the other modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, Max, OuterRef, Q, Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from andock.kernel.text import slugify

from .choices import SuccessionKind
from .models import Boundary, District, FormerSlug, Municipality, Organisation, Profile, Region, Succession, Term

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet


def the_region() -> Region | None:
    """The region of this installation, or None before it is loaded."""
    return Region.objects.select_related("organisation", "agency").first()


def organisations() -> QuerySet[Organisation]:
    return Organisation.objects.select_related("district__organisation", "municipality")


def register() -> QuerySet[Organisation]:
    """All organisations by name, with the addresses they once had and who followed them."""
    return Organisation.objects.prefetch_related("former_slugs", "successions__successor")


def gone_on(day: date) -> QuerySet[Succession, int]:
    """The ids of the organisations that others follow on ``day``."""
    return Succession.objects.filter(effective_on__lte=day).values_list("predecessor", flat=True)


def followed() -> QuerySet[Organisation]:
    """The organisations that others follow, now or later."""
    return Organisation.objects.filter(successions__isnull=False).distinct()


def profile_of(organisation: Organisation) -> Profile:
    """What the organisation says about itself; empty and unsaved where it says nothing yet."""
    if Organisation.profile.is_cached(organisation):  # read with it
        return getattr(organisation, "profile", None) or Profile(organisation=organisation)
    return Profile.objects.filter(pk=organisation.pk).first() or Profile(organisation=organisation)


def organisation_keys() -> dict[str, Organisation]:
    """The organisations by slug, present or former; municipalities and districts by their official key too."""
    keys: dict[str, Organisation] = {}
    for organisation in Organisation.objects.select_related("municipality", "as_district"):
        keys[organisation.slug] = keys[organisation.key] = organisation
    for former in FormerSlug.objects.select_related("organisation__municipality", "organisation__as_district"):
        keys.setdefault(former.slug, former.organisation)
    return keys


def municipalities() -> QuerySet[Municipality]:
    """All municipalities by name, with organisation and district."""
    return Municipality.objects.select_related("organisation__district__organisation").order_by("organisation__name")


def municipalities_on(day: date) -> QuerySet[Municipality]:
    """The municipalities there are on ``day``: without those followed by others, and without later ones."""
    to_come = Succession.objects.filter(effective_on__gt=day).exclude(kind=SuccessionKind.ABSORBED).values("successor")
    return municipalities().exclude(organisation__in=gone_on(day)).exclude(organisation__in=to_come)


def successions_of(organisation: Organisation) -> list[Succession]:
    """What became of the organisation and what it came from, oldest first."""
    return list(
        Succession.objects.filter(Q(predecessor=organisation) | Q(successor=organisation)).select_related(
            "predecessor", "successor"
        )
    )


def lifetimes() -> dict[int, tuple[date | None, date | None]]:
    """From when until when organisations exist, by id, of those whose beginning or end is recorded."""
    lives: dict[int, tuple[date | None, date | None]] = {}
    for act in Succession.objects.order_by("effective_on"):
        begun, _gone = lives.get(act.predecessor_id, (None, None))
        lives[act.predecessor_id] = (begun, act.effective_on)
        if act.kind != SuccessionKind.ABSORBED:
            _begun, gone = lives.get(act.successor_id, (None, None))
            lives[act.successor_id] = (act.effective_on, gone)
    return lives


def boundaries() -> QuerySet[Boundary]:
    """The imported borders with their municipalities."""
    return Boundary.objects.select_related("municipality__organisation")


def with_borders(towns: QuerySet[Municipality]) -> QuerySet[Municipality]:
    """Each with its imported border, where there is one, in the same query."""
    return towns.select_related("organisation", "boundary")


def districts() -> QuerySet[District]:
    """All districts by name, with the number and population of their municipalities."""
    return (
        District.objects.select_related("organisation")
        .annotate(
            municipalities=Count("members__municipality"),
            population=Sum("members__municipality__population"),
        )
        .order_by("organisation__name")
    )


def region_figures() -> dict[str, object]:
    """Number, population and its date of today's municipalities."""
    return municipalities_on(localdate()).aggregate(
        municipalities=Count("pk"),
        population=Sum("population"),
        population_on=Max("population_on"),
        area=Sum("area_km2"),
    )


def organisation_by_address(slug: str) -> Organisation | None:
    """The organisation with this address, also with one it once had; with what it says about itself.

    ``has_successions`` says whether asking for them is worth it.
    """
    acts = Succession.objects.filter(Q(predecessor=OuterRef("pk")) | Q(successor=OuterRef("pk")))
    described = organisations().select_related("profile").annotate(has_successions=Exists(acts))
    found = described.filter(slug=slug).first()
    if found is None and (former := FormerSlug.objects.filter(slug=slug).first()):
        found = described.get(pk=former.organisation_id)
    return found


def organisations_carrying(terms: Iterable[Term]) -> QuerySet[Organisation]:
    """The organisations that say they work on any of the terms, by name."""
    return Organisation.objects.filter(profile__terms__in=list(terms)).distinct()


def term_keys() -> dict[str, Term]:
    """The terms as files write them, such as ``topics/klima``."""
    return {term.key: term for term in Term.objects.all()}


def named_organisation(key: str) -> Organisation:
    """The organisation with this slug or official key.

    Raises ``ValidationError`` with a sentence for people where there is none.
    """
    found = (
        organisation_by_address(key)
        or organisations().filter(Q(municipality__ags=key) | Q(as_district__ags=key)).first()
    )
    if found is None:
        raise ValidationError(_("There is no organisation “%s”. Name it by its slug or official key.") % key)
    return found


def municipalities_called(text: str) -> QuerySet[Municipality]:
    """Municipalities with this name (or its beginning, umlauts either way) or postcode."""
    text = text.strip()
    if text.isdigit():
        return municipalities().filter(Q(postal_codes__contains=text) | Q(ags=text))
    found = Q(organisation__name__icontains=text)
    if slug := slugify(text).strip("-"):
        found |= Q(organisation__slug__contains=slug)
    return municipalities().filter(found)


def terms(vocabulary: str | None = None) -> QuerySet[Term]:
    """The region's terms in their order."""
    return Term.objects.filter(vocabulary=vocabulary) if vocabulary else Term.objects.all()
