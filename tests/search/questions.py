"""What people ask and what must be found: 75 questions written by hand, 25 made by rule from titles."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
REGION = HERE.parents[1] / "regions" / "suedwestfalen"
KEYS = {"solutions": "id", "guides": "id", "events": "slug", "municipalities": "ags", "organisations": "slug"}
EDITIONS = (3, 4, 2, 1)
"""As the strategy tells them: in force, in consultation, former."""


@dataclass(frozen=True, slots=True)
class Question:
    """``find`` names rows as ``<file>/<key>``; all of them must be among the first five."""

    ask: str
    find: frozenset[str]
    kind: str


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one of the region's files, with their ``id`` as the questions name it."""
    with (REGION / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row | {"id": f"{name}/{row[KEYS[name]]}"} for row in csv.DictReader(file))


@cache
def passages() -> tuple[dict[str, Any], ...]:
    """The passages of all editions with their ``id`` as the questions name it; what reads alike in several stands once."""
    found: dict[object, dict[str, Any]] = {}
    for ordinal in EDITIONS:
        edition = yaml.safe_load((REGION / "editions" / f"{ordinal}.yaml").read_text(encoding="utf-8"))
        for row in edition["elements"]:
            text = "\n".join(block["text"] for block in row["blocks"])
            passage = row | {"id": f"strategy/{ordinal}/{row['label']}", "text": text, "edition": edition}
            found.setdefault((row["id"], row["title"], text, str(row["parameters"])), passage)
    return tuple(found.values())


def written() -> list[Question]:
    """Those of queries.yaml."""
    content = yaml.safe_load((HERE / "queries.yaml").read_text(encoding="utf-8"))
    return [Question(str(row["ask"]), frozenset(row["find"]), kind) for kind, found in content.items() for row in found]


def made() -> list[Question]:
    """One for each guide: the three longest words of its title, in small letters, the umlauts written out."""
    return [Question(_three_longest(row["title"]), frozenset({row["id"]}), "made") for row in rows("guides")]


def _three_longest(title: str) -> str:
    words = dict.fromkeys(re.findall(r"\w+", title.lower()))
    longest = sorted(words, key=len, reverse=True)[:3]  # a stable sort: of equally long ones those that come first
    return " ".join(longest).translate(str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}))
