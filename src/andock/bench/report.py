"""The figures as a table for people and as JSON for comparing runs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from .measurement import CONSTANT, WAGTAIL

if TYPE_CHECKING:
    from .engine import Figure
    from .machine import Machine
    from .measurement import Result
    from .participation import Participation
    from .rush import Rush
    from .search import Searched

COLUMNS = (
    "page",
    "state",
    "requests/s",
    "p50 ms",
    "p99 ms",
    "queries",
    "kB sent",
    "× constant",
    "× Wagtail",
    "CPU ms",
    "× Wagtail",
)


def heading(machine: Machine, *, workers: int, rounds: int, seconds: float) -> list[str]:
    return machine_lines(machine, f"{workers} worker(s), median of {rounds} rounds of {seconds:g} s")


def machine_lines(machine: Machine, what: str = "docking engine") -> list[str]:
    lines = [
        f"{machine.processor}, {machine.cores} cores, {machine.system}, Python {machine.python}, Django {machine.django}",
        f"commit {machine.commit}, {what}, load before start {machine.load}",
    ]
    if not machine.is_reliable:
        lines.append(
            "UNRELIABLE: other work was going on (load above 1 before the start); ratios may still mean something."
        )
    return lines


def table(results: Sequence[Result]) -> Table:
    floor, wagtail = median_of(results, CONSTANT), median_of(results, WAGTAIL)
    bare = median_of(results, WAGTAIL, "processor")
    made = Table(*COLUMNS[:2])
    for column in COLUMNS[2:]:
        made.add_column(column, justify="right")
    for result in results:
        rate, processor = result.median("rate"), result.median("processor")
        made.add_row(
            result.target.page,
            result.target.kind,
            f"{rate:,.0f}",
            f"{result.median('p50'):.2f}",
            f"{result.median('p99'):.2f}",
            "" if result.queries is None else str(result.queries),
            f"{result.median('size') / 1000:.1f}",
            f"{rate / floor:.2f}",
            f"{rate / wagtail:.2f}",
            *((f"{processor:.2f}", f"{bare / processor:.2f}") if processor else ("", "")),
        )
    return made


def engine_table(figures: Sequence[Figure]) -> Table:
    """The docking engine: what was measured beside what it may be."""
    made = Table("docking engine")
    for column in ("value", "at most", "kept"):
        made.add_column(column, justify="right")
    for figure in figures:
        limit = "" if figure.limit is None else f"{figure.limit:,g} {figure.unit}"
        kept = "" if figure.limit is None else ("yes" if figure.is_kept else "NO")
        made.add_row(figure.name, f"{figure.value:,.1f} {figure.unit}".removesuffix(".0 "), limit, kept)
    return made


def rush_table(rushes: Sequence[Rush]) -> Table:
    """Five thousand people for a hundred seats: decisions beside a bare view that takes a seat, and readers meanwhile."""
    made = Table("rush on one event")
    for column in (
        "decisions/s",
        "p50 ms",
        "p99 ms",
        "errors",
        "bare/s",
        "ratio",
        "oversold",
        "lost",
        "reads",
        "p99 ms",
        "failed",
        "stale",
    ):
        made.add_column(column, justify="right")
    for rush in rushes:
        event, readers = rush.event, rush.readers
        made.add_row(
            rush.database, f"{event.rate:,.0f}", f"{event.p50:,.0f}", f"{event.p99:,.0f}", str(event.errors),
            f"{rush.turnstile.rate:,.0f}", f"{rush.ratio:.2f}", str(rush.oversold), str(rush.lost),
            f"{readers.asked:,}", f"{readers.p99:,.0f}", str(readers.failed), str(readers.stale),
        )  # fmt: skip
    return made


def search_table(searches: Sequence[Searched]) -> Table:
    """Twenty hits and the facets beside twenty hits of the database's own index, by how many documents match."""
    made = Table("search")
    for column in ("documents", "matches", "p50 ms", "bare ms", "ratio", "kept"):
        made.add_column(column, justify="right")
    for searched in searches:
        for third in searched.thirds:
            made.add_row(
                f"{searched.database}, {third.name}", f"{searched.documents:,}", f"{third.matches:,.0f}",
                f"{third.search:.1f}", f"{third.bare:.1f}", f"{third.ratio:.2f}", "yes" if third.is_kept else "NO",
            )  # fmt: skip
    return made


def participation_tables(measured: Sequence[Participation]) -> list[Table]:
    """For each database the pages beside the references, then what people sent, then what both may be."""
    return [*(table(one.results) for one in measured), writing_table(measured), promise_table(measured)]


def writing_table(measured: Sequence[Participation]) -> Table:
    """What people send beside a bare view that inserts a row; ``lost`` was answered and is not in the database."""
    made = Table("written by many")
    for column in ("requests/s", "p50 ms", "p99 ms", "queries", "bare/s", "ratio", "errors", "lost"):
        made.add_column(column, justify="right")
    for one in measured:
        for writing in one.writings:
            crowd = writing.crowd
            made.add_row(
                f"{one.database}, {writing.name}", f"{crowd.rate:,.0f}", f"{crowd.p50:,.0f}", f"{crowd.p99:,.0f}",
                str(writing.queries), f"{one.turnstile.rate:,.0f}", f"{crowd.rate / one.turnstile.rate:.2f}",
                str(crowd.errors), str(writing.lost),
            )  # fmt: skip
    return made


def promise_table(measured: Sequence[Participation]) -> Table:
    """Every figure that has a limit."""
    made = Table("participation")
    for column in ("value", "limit", "kept"):
        made.add_column(column, justify="right")
    for one in measured:
        for promise in one.promises:
            limit = f"{'at least' if promise.is_least else 'at most'} {promise.limit:g} {promise.unit}".rstrip()
            value = f"{promise.value:,.2f}".removesuffix(".00") + f" {promise.unit}"
            made.add_row(f"{one.database}, {promise.name}", value.rstrip(), limit, "yes" if promise.is_kept else "NO")
    return made


def median_of(results: Sequence[Result], page: str, figure: str = "rate") -> float:
    return next(result.median(figure) for result in results if result.target.page == page)


def write_json(
    folder: Path,
    machine: Machine,
    results: Sequence[Result],
    *,
    engine: Sequence[Figure] = (),
    rushes: Sequence[Rush] = (),
    searches: Sequence[Searched] = (),
    participation: Sequence[Participation] = (),
    workers: int = 0,
    seconds: float = 0,
) -> Path:
    """One file a run, named by the moment it ended."""
    folder.mkdir(exist_ok=True)
    ended = datetime.now(UTC)
    path = folder / f"{ended:%Y-%m-%dT%H%M%SZ}-{machine.commit.rstrip('+')}.json"
    content = {
        "ended_at": ended.isoformat(timespec="seconds"),
        "reliable": machine.is_reliable,
        "machine": asdict(machine),
        "workers": workers,
        "seconds": seconds,
        "results": [result.as_json() for result in results],
        "engine": [asdict(figure) | {"kept": figure.is_kept} for figure in engine],
        "rushes": [asdict(rush) | {"ratio": rush.ratio} for rush in rushes],
        "searches": [searched.as_json() for searched in searches],
        "participation": [measured.as_json() for measured in participation],
    }
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return path
