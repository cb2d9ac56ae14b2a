"""A solution from a ``publiccode.yml`` (publiccodeYmlVersion 0.x): only what a card has a place for.

Nothing in the file is trusted: no YAML tags, no anchors that could swell, bounded depth and size, and texts come
without control characters and cut to what fits.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from andock.kernel.text import normalise, one_line, without_control_characters

from .choices import SolutionKind, SolutionState
from .models.solution import WEB

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_BYTES = 200_000
MAX_DEPTH = 20
MAX_TEXT = 20_000
STATES = {
    "concept": SolutionState.IDEA, "development": SolutionState.IMPLEMENTING, "beta": SolutionState.PILOT,
    "stable": SolutionState.OPERATION, "obsolete": SolutionState.STOPPED,
}  # fmt: skip
LANGUAGES = ("de", "de-DE", "en", "en-GB", "en-US")


class NotPublicCode(ValueError):
    """Why this is no publiccode.yml that we can read, in a sentence."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the file says, by the columns of a card."""

    title: str
    kind: str = SolutionKind.SOFTWARE
    columns: dict[str, Any] = field(default_factory=dict)


def card_of(text: str) -> Found:
    """Read the text of a publiccode.yml. Raises ``NotPublicCode``."""
    content = _parsed(text)
    if not isinstance(content, dict) or "publiccodeYmlVersion" not in content:
        raise NotPublicCode(_("This is no publiccode.yml: it has no line “publiccodeYmlVersion”."))
    said = _description(content)
    title = _line(content.get("name"), 200) or _line(said.get("localisedName"), 200)
    if not title:
        raise NotPublicCode(_("The file does not say how the software is called. It needs a line “name”."))
    columns = {
        "benefit": _line(said.get("shortDescription"), 400),
        "text": _texts(said.get("longDescription"), _listed(_("Features"), said.get("features"))),
        "state": STATES.get(_line(content.get("developmentStatus"), 20), ""),
        "version": _line(content.get("softwareVersion"), 40),
        "licence": _line(_mapping(content.get("legal")).get("license"), 120),
        "repository_url": _address(content.get("url"), "url"),
        "website": _address(content.get("landingURL"), "landingURL"),
        "keywords": _keywords(content.get("categories")),
        "target_group": _listed("", _mapping(content.get("intendedAudience")).get("scope")),
        "prerequisites": _prerequisites(content),
        "standards": _listed(pgettext("publiccode", "Formats"), _types(content)),
    }
    return Found(title=title, columns={name: value for name, value in columns.items() if value})


def _parsed(text: str) -> Any:
    try:
        _refuse_swelling(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506  a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = _("line %d") % (mark.line + 1) if mark else ""
        told = _("This is no YAML (%(where)s: %(problem)s).")
        raise NotPublicCode(
            told % {"where": where, "problem": one_line(str(getattr(error, "problem", "")))[:120]}
        ) from error
    except (RecursionError, ValueError, OverflowError) as error:
        if isinstance(error, NotPublicCode):
            raise
        raise NotPublicCode(_("This file holds something no publiccode.yml holds. Please check it.")) from error


def _refuse_swelling(text: str) -> None:
    """Anchors make a small file large, and nesting a deep one; a publiccode.yml needs neither."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise NotPublicCode(
                _("The file uses anchors (& or *), which a publiccode.yml does not need. Write the values out.")
            )
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise NotPublicCode(_("The file is nested deeper than a publiccode.yml is."))


class _Loader(yaml.SafeLoader):
    """YAML without surprises: dates and versions stay text."""


_Loader.yaml_implicit_resolvers = {}


def _description(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """What it says in German, else in English, else in the first language there is."""
    given = _mapping(content.get("description"))
    found = next((given[language] for language in LANGUAGES if language in given), None)
    return _mapping(found if found is not None else next(iter(given.values()), None))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _line(value: Any, most: int) -> str:
    return one_line(value)[:most].strip() if isinstance(value, str) else ""


def _text(value: Any) -> str:
    return normalise(without_control_characters(value))[:MAX_TEXT] if isinstance(value, str) else ""


def _texts(*parts: Any) -> str:
    return "\n\n".join(part for part in map(_text, parts) if part)[:MAX_TEXT]


def _words(value: Any) -> list[str]:
    return [word for word in (_line(one, 200) for one in value) if word] if isinstance(value, list) else []


def _listed(title: str, value: Any) -> str:
    """A list as lines, under a title."""
    words = _words(value)[:100]
    if not words:
        return ""
    return "\n".join([f"{title}:", *(f"- {word}" for word in words)]) if title else ", ".join(words)


def _keywords(value: Any) -> str:
    found = ""
    for word in _words(value):
        longer = f"{found}, {word}" if found else word
        if len(longer) > 300:  # noqa: PLR2004  what the column holds
            break
        found = longer.replace(";", ",")
    return found


def _address(value: Any, name: str) -> str:
    """An address for a browser. Raises ``NotPublicCode`` for any other."""
    found = _line(value, 500)
    if not found:
        return ""
    try:
        WEB(found)
    except ValidationError as error:
        told = _("“%(name)s” is no web address: %(value)s. It begins with https:// or http://.")
        raise NotPublicCode(told % {"name": name, "value": found[:80]}) from error
    return found


def _prerequisites(content: Mapping[str, Any]) -> str:
    """What the software depends on, and on which platforms it runs."""
    needs = [
        " ".join(filter(None, (_line(one.get("name"), 100), _line(one.get("versionMin"), 40))))
        for kind in _mapping(content.get("dependsOn")).values() if isinstance(kind, list)
        for one in kind if isinstance(one, dict)
    ]  # fmt: skip
    return _texts(
        _listed(pgettext("publiccode", "Platforms"), content.get("platforms")),
        _listed(pgettext("publiccode", "Needs"), needs),
    )


def _types(content: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(_words(content.get("inputTypes")) + _words(content.get("outputTypes"))))
