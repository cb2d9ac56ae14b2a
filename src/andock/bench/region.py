"""Regions of any size in the documented format (docs/develop/region-format.md), the same for the same seed.

Everything in them is invented. State 99 does not exist, so no key can be taken for a real municipality's.
"""

from __future__ import annotations

import csv
import random
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import yaml

PER_DISTRICT = 25
EDITIONS = 3
LARGEST = 2400
MOST_ELEMENTS = 9_999
FIRST = [
    "Alten",
    "Birken",
    "Buchen",
    "Dorn",
    "Eber",
    "Eichen",
    "Erlen",
    "Espen",
    "Falken",
    "Forst",
    "Grün",
    "Hain",
    "Hasel",
    "Heide",
    "Hirsch",
    "Hohen",
    "Jagd",
    "Kalten",
    "Kirch",
    "Königs",
    "Krähen",
    "Lang",
    "Linden",
    "Mittel",
    "Mühl",
    "Neuen",
    "Nieder",
    "Nuss",
    "Ober",
    "Otter",
    "Rabe",
    "Reh",
    "Rosen",
    "Sonnen",
    "Stein",
    "Tannen",
    "Ulmen",
    "Unter",
    "Wald",
    "Wiesen",
]
LAST = [
    "ach",
    "au",
    "bach",
    "berg",
    "born",
    "bruch",
    "brück",
    "burg",
    "dorf",
    "eck",
    "feld",
    "furt",
    "garten",
    "grund",
    "hagen",
    "haus",
    "heim",
    "hof",
    "holz",
    "hütte",
    "kamp",
    "kirchen",
    "lage",
    "land",
    "loh",
    "markt",
    "moor",
    "mühle",
    "münde",
    "ohl",
    "rade",
    "reuth",
    "rode",
    "sand",
    "scheid",
    "see",
    "stadt",
    "stein",
    "tal",
    "thal",
    "um",
    "ur",
    "wald",
    "wang",
    "weiler",
    "werth",
    "wick",
    "wies",
    "winkel",
    "zell",
]
WORDS = [
    "Kommunen",
    "Menschen",
    "Daten",
    "Wege",
    "Bürger",
    "Dienste",
    "Energie",
    "Schulen",
    "Vereine",
    "Höfe",
    "Wälder",
    "Betriebe",
    "planen",
    "teilen",
    "prüfen",
    "nutzen",
    "öffnen",
    "verbinden",
    "gemeinsam",
    "offen",
    "einfach",
    "dauerhaft",
    "vor",
    "Ort",
    "für",
    "alle",
    "und",
    "mit",
    "der",
    "Region",
    "im",
    "Dorf",
]


@dataclass(frozen=True, slots=True)
class Size:
    """How large a generated region is; ``elements`` per edition."""

    municipalities: int
    elements: int
    seed: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.municipalities <= min(LARGEST, len(FIRST) * len(LAST)):
            raise ValueError(f"Choose between 1 and {min(LARGEST, len(FIRST) * len(LAST))} municipalities.")
        if not 1 <= self.elements <= MOST_ELEMENTS:
            raise ValueError(f"Choose between 1 and {MOST_ELEMENTS} elements.")


def write_region(folder: Path, size: Size) -> None:
    """Write all files of a region into ``folder``, which is made where it is missing."""
    chance = random.Random(size.seed)  # noqa: S311  repeatable, not secret
    (folder / "editions").mkdir(parents=True, exist_ok=True)
    towns = list(_towns(size, chance))
    _csv(folder / "districts.csv", _districts(size))
    _csv(folder / "municipalities.csv", towns)
    _csv(folder / "tiles.csv", _tiles(towns))
    _csv(folder / "organisations.csv", [AGENCY])
    _csv(folder / "dockings.csv", _dockings(towns, chance))
    _yaml(folder / "region.yaml", _region(size))
    _yaml(folder / "vocabularies.yaml", VOCABULARIES)
    _yaml(folder / "framework.yaml", FRAMEWORK)
    _yaml(folder / "news.yaml", [])
    for ordinal in range(1, EDITIONS + 1):
        _yaml(folder / "editions" / f"{ordinal}.yaml", _edition(ordinal, size, towns))


def _csv(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    rows = list(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _yaml(path: Path, content: Any) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


# --- who there is ---------------------------------------------------------------------------------------------------
AGENCY = {
    "slug": "agentur", "name": "Regionalagentur", "kind": "agency", "inside_region": "true", "district_ags": "",
    "website": "", "note": "", "source": "erfunden",
}  # fmt: skip


def _district_key(number: int) -> str:
    return f"99{number // PER_DISTRICT:03d}"


def _districts(size: Size) -> Iterator[dict[str, Any]]:
    for key in sorted({_district_key(number) for number in range(size.municipalities)}):
        yield {
            "ags": key,
            "ars": key,
            "name": f"Kreis {int(key[2:]) + 1}",
            "slug": "",
            "website": "",
            "source": "erfunden",
        }


def _towns(size: Size, chance: random.Random) -> Iterator[dict[str, Any]]:
    names = [first + last for first, last in product(FIRST, LAST)]
    chance.shuffle(names)
    for number, name in enumerate(names[: size.municipalities]):
        district, place = _district_key(number), f"{number % PER_DISTRICT + 1:03d}"
        yield {
            "ags": district + place,
            "ars": f"{district}0{place}{place}",
            "name": name,
            "official_name": name,
            "district_ags": district,
            "kind": chance.choice(["town", "municipality"]),
            "population": chance.randint(2_000, 90_000),
            "population_date": "2023-12-31",
            "population_source": "erfunden",
            "area_km2": f"{chance.uniform(20, 300):.2f}",
            "lat": f"{50 + number // 40 * 0.05:.5f}",
            "lon": f"{7 + number % 40 * 0.08:.5f}",
            "postal_codes": f"{99_000 - number:05d}",
            "website": "",
            "note": "",
            "source": "erfunden",
        }


def _tiles(towns: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Districts as blocks of 5 × 5 tiles, eight of them side by side."""
    for number, town in enumerate(towns):
        block, place = divmod(number, PER_DISTRICT)
        column, row = block % 8 * 5 + place % 5, block // 8 * 5 + place // 5
        yield {"ags": town["ags"], "col": column, "row": row, "code": town["name"][:3], "label": town["name"]}


def _dockings(towns: list[dict[str, Any]], chance: random.Random) -> Iterator[dict[str, Any]]:
    """The first tenth are pioneers; about a third of the others followed."""
    for number, town in enumerate(towns):
        role = "pioneer" if number < max(1, len(towns) // 10) else "participating"
        if role == "pioneer" or chance.random() < 1 / 3:
            since = "2019-07-09" if role == "pioneer" else f"{chance.randint(2020, 2024)}-{chance.randint(1, 12):02d}"
            yield {
                "organisation": town["ags"], "role": role, "since": since, "until": "", "basis": "letter_of_intent",
                "verified": "true", "source": "erfunden", "note": "",
            }  # fmt: skip


# --- its words ------------------------------------------------------------------------------------------------------
FRAMEWORK = {
    "slug": "rahmenstrategie",
    "title": "Rahmenstrategie",
    "owner": "agentur",
    "text": "Erfunden, um zu messen.",
}
TERMS = {"topics": 9, "fields": 8, "principles": 3}
VOCABULARIES = {
    name: [{"slug": f"{name}-{number}", "label": {"de": f"Begriff {number}"}} for number in range(1, count + 1)]
    for name, count in TERMS.items()
}


def _region(size: Size) -> dict[str, Any]:
    return {
        "slug": "beispielregion",
        "name": "Beispielregion",
        "agency": "agentur",
        "labels": {"de": {"strategy": "Rahmenstrategie"}},
        "sources": [{"title": "erfunden", "url": "https://region.example/"}],
        "claim": {"de": "Erfunden, um zu messen."},
        "home": {
            "de": {
                "title": "Eine Region, so groß wie nötig.",
                "lead": f"{size.municipalities} erfundene Kommunen, {size.elements} erfundene Stellen.",
                "free": "Andocken kostet nichts.",
            }
        },
    }


# --- its strategy ---------------------------------------------------------------------------------------------------
def _identity(*parts: object) -> str:
    """The same identity for the same element, through all editions."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, "/".join(map(str, parts))))


def _edition(ordinal: int, size: Size, towns: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "format": "andock-edition/1",
        "framework": FRAMEWORK["slug"],
        "ordinal": ordinal,
        "label": f"{ordinal}. Auflage",
        "title": FRAMEWORK["title"],
        "kind": "major",
        "state": "in_force" if ordinal == EDITIONS else "superseded",
        "date": str(2019 + ordinal),
        "signatories": [
            {"name": town["name"], "organisation": town["ags"], "role": "pioneer"}
            for town in towns[: max(1, len(towns) // 10)]
        ],
        "elements": [_element(ordinal, number, size.seed) for number in range(size.elements)],
    }


def _element(ordinal: int, number: int, seed: int) -> dict[str, Any]:
    """Every tenth element is a part, the others stand in the part before them; a third change in each edition."""
    chance = random.Random(f"{seed}/{number}/{ordinal if number % 3 == ordinal % 3 else 0}")  # noqa: S311
    part = number - number % 10
    return {
        "id": _identity("element", number),
        "parent": None if number == part else _identity("element", part),
        "type": "section" if number == part else "goal",
        "label": str(number // 10 + 1) if number == part else f"{number // 10 + 1}.{number % 10}",
        "title": " ".join(chance.choices(WORDS, k=4)),
        "obligation": "recommended",
        "terms": [f"{name}/{name}-{number % count + 1}" for name, count in TERMS.items()],
        "blocks": [
            {
                "id": _identity("block", number, place),
                "kind": "paragraph",
                "text": " ".join(chance.choices(WORDS, k=40)) + ".",
            }
            for place in range(2)
        ],
    }
