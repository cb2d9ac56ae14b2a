"""A version as a file: JSON with its provenance, PDF to print and archive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.http import HttpResponse

from andock.kernel.downloads import kept_file

from ..exchange import dump
from ..pdf import version_pdf as drawn_version
from .reading import of_town, public_version

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andock.organisations.models import Organisation

    from ..models import Version


@of_town
def version_json(request: HttpRequest, organisation: Organisation, number: int) -> HttpResponse:
    """The version as ``andock-local-strategy/1``."""
    version = public_version(organisation, number)
    text = json.dumps(dump(version), ensure_ascii=False, indent=2) + "\n"
    return _as_file(request, HttpResponse(text, content_type="application/json; charset=utf-8"), version, "json")


@of_town
def version_pdf(request: HttpRequest, organisation: Organisation, number: int) -> HttpResponse:
    """The version as tagged PDF."""
    version = public_version(organisation, number)
    return _as_file(request, HttpResponse(drawn_version(version), content_type="application/pdf"), version, "pdf")


def _as_file(request: HttpRequest, response: HttpResponse, version: Version, extension: str) -> HttpResponse:
    return kept_file(request, response, f"{version.strategy.organisation.slug}-strategie-{version.number}.{extension}")
