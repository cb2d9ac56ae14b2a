"""A version as a file: JSON with its provenance, PDF to print and archive."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

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
    """Name the file, and answer 304 to whoever has it already."""
    name = f"{version.strategy.organisation.slug}-strategie-{version.number}.{extension}"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest())
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
