from __future__ import annotations

from django.db import models


class Version(models.Model):
    """When a scope of public content last changed, as a random stamp; a scope without a row never did.

    A stamp instead of a counter: after a restored backup a counter could come back to a number that
    pages in memory were kept under, a stamp does not.
    """

    scope = models.CharField(max_length=120, primary_key=True)
    stamp = models.BigIntegerField()

    def __str__(self) -> str:
        return self.scope
