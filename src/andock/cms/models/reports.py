"""What people tell us when a page kept them out."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BarrierReport(models.Model):
    """A barrier somebody met. ``sender`` is a keyed hash of the day and the network address, only for the limit."""

    text = models.TextField(_("What kept you from using the page?"), max_length=4000)
    page = models.CharField(_("On which page?"), max_length=500, blank=True)
    email = models.EmailField(_("Your e-mail address"), max_length=254, blank=True)
    sender = models.CharField(max_length=64, blank=True, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d} {self.page}"
