"""The region's solutions, guides, events, strategy and register as documents: what the questions are asked of."""

from __future__ import annotations

import csv
from functools import cache
from typing import Any

from andock.search.services import put_all
from andock.search.source import Entry
from tests.search.questions import KEYS, REGION, passages, rows


@cache
def towns() -> dict[str, str]:
    with (REGION / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return {row["ags"]: row["name"] for row in csv.DictReader(file)}


def entry(row: dict[str, str]) -> Entry:
    """A row as its module would describe it: title, summary, what is known of its way to others, places and topics."""
    kind = row["id"].split("/")[0]
    held = (row.get("municipality"), row.get("organisation") if kind == "solutions" else "", row.get("partners"))
    places = [key for key in ";".join(filter(None, held)).split(";") if key in towns()]
    terms = [key.split("/")[1] for key in row["terms"].split(";") if key]
    year = (row.get("start") or row.get("date") or "")[:4]
    return Entry(
        key=row["id"],
        kind=kind,
        url=f"/{row['id']}/",
        title=row["title"],
        text="\n".join(filter(None, (row.get("benefit", ""), row.get("summary", ""), row.get("transfer", "")))),
        also=" ".join(
            [*(towns().get(place, "") for place in places), *terms, row.get("keywords", ""), row.get("topic", "")]
        ),
        places=tuple(places),
        topics=tuple(terms),
        year=int(year) if year else None,
    )


SHARES = {"in_force": 100, "consultation": 80, "superseded": 50}


def passage(row: dict[str, Any]) -> Entry:
    """As ``andock.strategy.documents`` does."""
    edition = row["edition"]
    slots = [f"{slot['label']}: {slot['value']}" for slot in row["parameters"] if slot["value"]]
    return Entry(
        key=row["id"],
        kind="former_passage" if edition["state"] == "superseded" else "passage",
        url=f"/{row['id']}/",
        title=f"{row['label']} {row['title']}",
        text="\n".join([row["text"], *slots]),
        also=" ".join([edition["label"], *(key.split("/")[1] for key in row["terms"])]),
        topics=tuple(key.split("/")[1] for key in row["terms"]),
        year=int(edition["date"][:4]),
        share=SHARES[edition["state"]],
    )


def organisation(row: dict[str, str]) -> Entry:
    """As ``andock.organisations.documents`` does, without a profile."""
    town = row["id"].split("/")[1] if "ags" in row else ""
    also = f"{row['official_name']} {row['postal_codes']} {town}" if town else ""
    kind = "municipality" if town else "organisation"
    return Entry(
        key=row["id"], kind=kind, url=f"/{row['id']}/", title=row["name"], also=also, places=(town,) if town else ()
    )


def entries() -> list[Entry]:
    described = {"municipalities": organisation, "organisations": organisation}
    found = [described.get(name, entry)(row) for name in KEYS for row in rows(name)]
    return [*found, *map(passage, passages())]


def put_corpus() -> None:
    put_all(source="trial", groups={one.key: [one] for one in entries()})
