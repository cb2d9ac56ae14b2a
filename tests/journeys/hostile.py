"""Hostile words in every text of every table, and a walk through the whole site as everybody (``server.gather``).

Written past services and forms, straight into the rows: what matters is that no page trusts what a table holds. Rows are
changed as they are; whatever the database itself refuses is none that could ever stand there.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections import Counter, deque
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urldefrag, urlsplit
from uuid import uuid4
from xml.etree import ElementTree as ET

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import override

ELEMENT, ATTRIBUTE = "hostile-element", "hostile-attribute"
SHORT = f'"><{ELEMENT}>'
LONG = f"{SHORT}</script><script>hit()</script>' {ATTRIBUTE}=1 onfocus=hit() {{{{7*7}}}} =1+1"
ADDRESS = f"https://example.org/{SHORT}"
EACH = 2
"""So many pages of one kind are opened by each person."""
WORDS = {"text", "title", "label", "help", "name", "summary", "reason", "unit", "value", "answer"}
"""Keys under which JSON holds what people wrote."""
MACHINE = {
    "accounts.Invitation.token_hash", "accounts.User.email", "accounts.User.password", "audit.Entry.action",
    "events.ConsentText.hash", "kernel.Version.scope", "pagecache.Version.scope",
}  # fmt: skip
ENDS = (
    "_hash", "_key", "_text", "hash", "slug", "language", "ags", "ars", "code", "email", "email_key", "key", "scope",
    "digest", "reversed", "name_sort", "mark", "module", "lead", "as_of", "elsewhere", "places", "topics",
)  # fmt: skip
"""Names of fields that hold what machines made or read: keys, hashes, dates in EDTF, codes; no words of anybody."""


NOT_INVENTED = {"local_strategies.Answer"}
"""Rows the engine writes and reads: an invented one is none it could have written."""


# --- writing ----------------------------------------------------------------------------------------------------------
def tables() -> Iterator[type[models.Model]]:
    yield from (model for model in apps.get_models() if model.__module__.startswith("andock.") and model._meta.managed)


def fields() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every field that holds words of people."""
    for model in tables():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField) and not is_of_machines(field):
                yield model, field


def is_of_machines(field: models.Field) -> bool:
    is_key = field.primary_key or bool(field.choices) or isinstance(field, models.SlugField | models.EmailField)
    return is_key or str(field) in MACHINE or field.name.endswith(ENDS)


def invent() -> None:
    """One row for every table that has none, as the database takes it: what it points to is whatever comes first."""
    for model in tables():
        if not model._base_manager.exists() and model._meta.label not in NOT_INVENTED:
            with contextlib.suppress(DatabaseError, LookupError), transaction.atomic():
                model._base_manager.bulk_create([model(**dict(_invented(model)) | _given(model))])
    # Its text and its time stand there together or not at all.
    apps.get_model("participation.Decision")._base_manager.update(objection="x", objected_at=timezone.now())


def _given(model: type[models.Model]) -> dict[str, Any]:
    """What the first best value does not fit: two different organisations, a later day, a state without more."""
    from andock.organisations.models import Organisation

    now = timezone.now()
    one, other = Organisation.objects.order_by("pk")[:2]
    return {
        "cms.SiteImage": {"description": "x"},
        "colleagues.Enquiry": {"asking": one, "owner": other},
        "organisations.Succession": {"predecessor": one, "successor": other, "date_text": "2020"},
        "register.Declaration": {"state": "withdrawn", "period": None},
        "register.PersonalInvitation": {"created_at": now, "expires_at": now + timedelta(days=30)},
    }.get(model._meta.label, {})


def _invented(model: type[models.Model]) -> Iterator[tuple[str, Any]]:
    now = timezone.now()
    kinds = (
        (models.DateTimeField, now), (models.DateField, now.date()), (models.BooleanField, False),
        (models.IntegerField, 1), (models.FloatField, 1.0), (models.URLField, "https://example.org/"),
        (models.UUIDField, uuid4()), (models.EmailField, "x@example.org"), (models.CharField, "x"), (models.TextField, "x"), (models.JSONField, {}),
    )  # fmt: skip
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            first = field.related_model._base_manager.first()
            if first is None and not field.null:
                raise LookupError(field)
            yield field.name, first
        elif field.choices:
            yield field.name, field.get_default() or field.choices[0][0]
        elif not (field.has_default() or field.null or field.primary_key):
            yield field.name, next((value for kind, value in kinds if isinstance(field, kind)), None)


def poison() -> dict[str, list[str]]:
    """Write; returns the fields that were written, refused by the database, and had no row."""
    told: dict[str, list[str]] = {"written": [], "refused": [], "empty": []}
    for model, field in fields():
        told[_written(model, field)].append(str(field))
    return told


def _written(model: type[models.Model], field: models.Field) -> str:
    written = 0
    for row in model._base_manager.all():
        value = _hostile(field, getattr(row, field.attname), row.pk)
        try:
            with transaction.atomic():
                written += model._base_manager.filter(pk=row.pk).update(**{field.name: value})
        except DatabaseError:
            continue
    return "written" if written else "refused" if model._base_manager.exists() else "empty"


def _hostile(field: models.Field, value: Any, pk: object) -> Any:
    if isinstance(field, models.JSONField):
        return _in_json(value)
    words = ADDRESS if isinstance(field, models.URLField) else LONG
    words = f"{pk}{words}" if field.unique else words
    most = field.max_length or len(words)
    return words if len(words) <= most else SHORT[:most]


def _in_json(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _in_json(one, str(name)) for name, one in value.items()}
    if isinstance(value, list):
        return [_in_json(one, key) for one in value]
    return LONG if isinstance(value, str) and key in WORDS else value


# --- walking ----------------------------------------------------------------------------------------------------------
class Reader(HTMLParser):
    """What a browser would find: links to follow, and whether a hostile word became more than a word."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.hits: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _value in attrs}
        if tag == ELEMENT or ATTRIBUTE in names or any(name.startswith("on") for name in names):
            self.hits.append(f"<{tag} {sorted(names)}>")
        self.links += [value for name, value in attrs if name in {"href", "src", "action"} and value]

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script" and data.startswith("hit()"):
            self.hits.append("script")


def walk(person: str) -> dict[str, Any]:
    """Open pages of every kind as one person; returns which kinds were opened and what went wrong where."""
    client = Client(raise_request_exception=False)
    if person:
        from andock.accounts.models import User

        client.force_login(User.objects.get(email=person))
    waiting, seen, kinds = deque(["/", "/en/", "/verwaltung/", "/demo/post/", "/sitemap.xml"]), set(), Counter[str]()
    wrong: list[str] = []
    while waiting:
        path = waiting.popleft()
        if path in seen or not _is_wanted(path, kinds):
            continue
        seen.add(path)
        answer = client.get(path, HTTP_HOST="localhost")
        if answer.status_code >= 500:
            wrong.append(f"{path}: {answer.status_code}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        links, hits = _read(answer.get("Content-Type", ""), body)
        wrong += [f"{path}: {hit}" for hit in hits]
        waiting += [*([answer["Location"]] if "Location" in answer else []), *(_path(link, path) for link in links)]
    return {"kinds": sorted(kinds), "wrong": wrong}


def _is_wanted(path: str, kinds: Counter[str]) -> bool:
    """Pages of this site that ask for nothing to be done, some of each kind."""
    if not path.startswith("/") or path.startswith(("/static/", "/redaktion/", "/konto/abmelden")):
        return False
    plain = urlsplit(path).path.removeprefix("/en").removeprefix("/de-simple") or "/"
    try:
        with override("de"):
            kind = resolve(plain).view_name
    except Resolver404:
        return False
    kinds[kind] += 1
    return kinds[kind] <= EACH


def _read(content_type: str, body: bytes) -> tuple[list[str], list[str]]:
    if content_type.startswith("text/html"):
        reader = Reader()
        reader.feed(body.decode())
        return reader.links, reader.hits
    if content_type.split(";", maxsplit=1)[0].endswith(("/xml", "+xml")):
        found = ET.fromstring(body)  # noqa: S314  our own answer
        return [], [str(one.tag) for one in found.iter() if ELEMENT in str(one.tag)]
    if "json" in content_type:
        json.loads(body)
    if content_type.startswith("text/csv"):
        lines = body.decode().splitlines()
        return [], [line for line in lines if line.startswith(("=", "+", "@", ";="))]
    return [], []


def _path(link: str, here: str) -> str:
    found = urlsplit(urldefrag(link).url)
    if found.netloc not in {"", "localhost"} and not found.netloc.startswith("127.0.0.1"):
        return ""
    path = f"{found.path}?{found.query}" if found.query else found.path
    return path if path.startswith("/") else here.split("?", maxsplit=1)[0] + path if path.startswith("?") else ""


def main() -> None:
    """Poison and walk; the report goes to the file that is named."""
    from andock.kernel.immutability import remove_all
    from tests.journeys import crowd
    from tests.journeys.people import AGENCY, MODERATOR, READER, RELEASER, VISITOR

    crowd.gather()
    remove_all()
    invent()
    told: dict[str, Any] = {"fields": poison()}
    told |= {person or "visitor": walk(person) for person in (VISITOR, AGENCY, RELEASER, MODERATOR, READER)}
    with open(os.environ["HOSTILE_REPORT"], "w", encoding="utf-8") as report:  # noqa: PTH123
        json.dump(told, report)
    sys.stdout.flush()
