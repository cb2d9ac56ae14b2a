"""A browser at the desk, without one."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from andock.local_strategies.desk_sheet import seen
from andock.local_strategies.models import Version
from andock.local_strategies.services.wording import wording_fields
from andock.strategy.field_lock import fingerprint
from tests.factories.strategy import identity
from tests.local_strategies.scenes import row

DESK = "/en/verwaltung/olpe/strategie/"


def sheet(version: Version, **choices: Any) -> dict[str, Any]:
    """The desk as a browser sends it: every line, some changed: ``g2="declined"``, ``g2__reason="…"``."""
    data: dict[str, Any] = {}
    for found in version.decisions.all():
        for name, value in seen(found).items():
            data[f"{found.element_id}-{name}"] = value or ""
    for key, value in choices.items():
        name, _double, part = key.partition("__")
        data[f"{identity(name)}-{part or 'state'}"] = value
    return data


def element_page(version: Version, name: str, **fields: Any) -> dict[str, Any]:
    """The page of an element as a browser sends it."""
    data: dict[str, Any] = {}
    for field, value in wording_fields(row(version, name)).items():
        data[field], data[f"base_{field}"] = value, fingerprint(value)
    if not data["reason_public"]:
        del data["reason_public"]
    for key, value in fields.items():
        prefix, double, block = key.partition("__")
        data[f"{prefix}:{identity(block)}" if double else key] = value
    return data


def element_url(name: str) -> str:
    return f"{DESK}stelle/{identity(name)}/"


def told(answer: HttpResponse) -> str:
    """The page as people read it, in one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def post(client: Client, path: str, data: dict[str, Any], **more: Any) -> HttpResponse:
    return client.post(DESK + path, data, follow=True, **more)
