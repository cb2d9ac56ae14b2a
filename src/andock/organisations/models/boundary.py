"""Borders of the municipalities, third-party data that an operator imports."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Boundary(models.Model):
    """The border of a municipality as a GeoJSON geometry in WGS 84, with the words its licence asks for."""

    municipality = models.OneToOneField("Municipality", on_delete=models.CASCADE, primary_key=True)
    geometry = models.JSONField(_("geometry"))
    attribution = models.CharField(_("attribution"), max_length=300)
    imported_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "boundaries"

    def __str__(self) -> str:
        return str(self.municipality)
