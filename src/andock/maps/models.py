"""Places by name, and drawn plans. Coordinates are WGS 84 in degrees."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NamedPlace(models.Model):
    """An entry of the gazetteer. ``words`` are name and kind as they are searched in, see ``naming.searched``."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    words = models.CharField(max_length=260, editable=False)
    attribution = models.CharField(_("attribution"), max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)) & ~Q(latitude=0, longitude=0),
                name="named_place_on_earth",
            )
        ]

    def __str__(self) -> str:
        return self.name


class StreetPlan(models.Model):
    """A plan that is drawn instead of photographed or tiled: ``features`` as in RFC 7946, each with ``kind`` and ``name``."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    attribution = models.CharField(_("attribution"), max_length=300)
    features = models.JSONField(_("features"))

    def __str__(self) -> str:
        return self.name
