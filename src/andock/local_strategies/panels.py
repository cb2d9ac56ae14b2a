"""What local strategies offer on pages of other modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from andock.kernel.pagecache.pages import page_shows

from . import queries

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    from andock.organisations.models import Organisation


def strategy_of_municipality(request: HttpRequest, organisation: Organisation) -> SafeString | str:
    """The version in force, on the page of its municipality."""
    page_shows(request, f"local:{organisation.slug}")
    version = queries.public_versions(organisation).first()
    context = {"organisation": organisation, "version": version}
    return render_to_string("local_strategies/panel_municipality.html", context, request) if version else ""
