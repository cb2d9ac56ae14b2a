"""Who there is, inside and outside the region."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Substr
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from andock.kernel.dates import PartialDate, parse_date

from ..choices import MunicipalityKind, OrganisationKind, SuccessionKind
from ..validators import validate_ags, validate_ars, validate_district_key


class Organisation(models.Model):
    """Any body that takes part, is related, or is only named. ``slug`` is its address for ever."""

    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    official_name = models.CharField(_("official name"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    inside_region = models.BooleanField(_("inside the region"), default=True)
    district = models.ForeignKey(
        "District", verbose_name=_("district"), on_delete=models.PROTECT, null=True, blank=True, related_name="members"
    )
    website = models.URLField(_("website"), blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def official_key(self) -> str:
        """AGS of a municipality or district, empty for others."""
        return next((getattr(self, part).ags for part in ("municipality", "as_district") if hasattr(self, part)), "")

    @property
    def key(self) -> str:
        """How files name it: the official key, else the slug."""
        return self.official_key or self.slug


class Region(models.Model):
    """The region this installation serves. ``texts`` and ``labels`` are its own words, by language."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, primary_key=True)
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("federal state"), max_length=80, blank=True)
    texts = models.JSONField(default=dict, blank=True)
    labels = models.JSONField(default=dict, blank=True)
    sources = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return self.organisation.name

    def text(self, key: str) -> Any:
        """One of the region's own texts in the reader's language; German where it has no other."""
        value = self.texts.get(key, "")
        return in_language(value) if isinstance(value, dict) else value

    def label(self, key: str) -> str:
        """The region's own word for a thing; empty where it has none."""
        return in_language(self.labels).get(key, "") if self.labels else ""


def in_language(values: dict[str, Any]) -> Any:
    """The value for the reader's language; German where there is no other."""
    return values.get(get_language()) or values.get("de", "")


class District(models.Model):
    """A district (Kreis), known by the five digits its municipalities' keys begin with."""

    # The plain name "district" is taken: it is the district an organisation lies in.
    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, primary_key=True, related_name="as_district"
    )
    ags = models.CharField(_("official key"), max_length=5, unique=True, validators=[validate_district_key])

    class Meta:
        ordering = ("ags",)

    def __str__(self) -> str:
        return self.organisation.name


class Municipality(models.Model):
    """A town or municipality with its official keys, population and place on the map."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, primary_key=True)
    ags = models.CharField(_("AGS"), max_length=8, unique=True, validators=[validate_ags])
    ars = models.CharField(_("ARS"), max_length=12, unique=True, validators=[validate_ars])
    kind = models.CharField(_("kind"), max_length=20, choices=MunicipalityKind.choices)
    population = models.PositiveIntegerField(_("population"))
    population_on = models.DateField(_("population as of"))
    population_source = models.CharField(_("source of population"), max_length=500, blank=True)
    area_km2 = models.DecimalField(_("area in km²"), max_digits=8, decimal_places=2)
    latitude = models.FloatField(_("latitude"), validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(_("longitude"), validators=[MinValueValidator(-180), MaxValueValidator(180)])
    postal_codes = models.CharField(_("postcodes"), max_length=400, blank=True)
    tile_column = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_code = models.CharField(max_length=3, blank=True)
    tile_label = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name_plural = "municipalities"
        constraints = [
            models.CheckConstraint(condition=Q(population__gt=0), name="municipality_population_positive"),
            models.CheckConstraint(condition=Q(area_km2__gt=0), name="municipality_area_positive"),
            models.CheckConstraint(condition=Q(ags__regex=r"^\d{8}$"), name="municipality_ags_digits"),
            models.CheckConstraint(condition=Q(ars__regex=r"^\d{12}$"), name="municipality_ars_digits"),
            models.CheckConstraint(
                condition=Q(ars__startswith=Substr(F("ags"), 1, 5)) & Q(ars__endswith=Substr(F("ags"), 6, 3)),
                name="municipality_keys_nested",
            ),
            models.UniqueConstraint(fields=["tile_column", "tile_row"], name="municipality_tile_free"),
        ]

    def __str__(self) -> str:
        return self.organisation.name


class Profile(models.Model):
    """What an organisation says about itself and keeps itself. Holds no personal data."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, primary_key=True)
    text = models.TextField(_("about us"), blank=True)
    crest = models.ImageField(_("crest or logo"), upload_to="crests/", blank=True)
    links = models.JSONField(_("links"), default=list, blank=True)
    terms: models.ManyToManyField = models.ManyToManyField(
        "Term", verbose_name=_("topics"), blank=True, related_name="+"
    )
    contact_office = models.CharField(_("contact office"), max_length=200, blank=True)
    contact_email = models.EmailField(_("office mailbox"), blank=True)
    contact_phone = models.CharField(_("office telephone"), max_length=40, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return str(self.organisation)


class FormerSlug(models.Model):
    """An address that was once used; it leads to the organisation for ever."""

    slug = models.SlugField(max_length=80, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


class Succession(models.Model):
    """One organisation follows another: a merger, a split, a new key, a new name. A dated act."""

    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="predecessions")
    kind = models.CharField(_("kind"), max_length=20, choices=SuccessionKind.choices)
    date_text = models.CharField(_("date"), max_length=40)
    effective_on = models.DateField(editable=False, db_index=True)
    """The last day that ``date_text`` can mean: from then on the predecessor certainly is no more."""
    source = models.CharField(_("source"), max_length=500, blank=True)

    class Meta:
        ordering = ("effective_on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"

    @property
    def date(self) -> PartialDate:
        return parse_date(self.date_text)
