"""As little as somebody could store."""

from __future__ import annotations

from django.db import models

SEATS = 10_000


class Gate(models.Model):
    """How many seats are left."""

    left = models.PositiveIntegerField(default=SEATS)

    def __str__(self) -> str:
        return str(self.left)


class Passage(models.Model):
    """Somebody who got through."""

    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)

    def __str__(self) -> str:
        return self.name
