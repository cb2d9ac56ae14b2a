"""``andock bench``: how fast the pages are, as ratios that mean the same on any machine."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import Progress

from andock.bench import participation, rush, search, servers
from andock.bench.corpus import DOCUMENTS
from andock.bench.engine import TOWNS, large_figures, small_figures
from andock.bench.load import BadAnswer
from andock.bench.machine import Machine, this_machine
from andock.bench.measurement import CONSTANT, WAGTAIL, Result, Target, existing, run_rounds, targets_of
from andock.bench.participation import QUICK_SIZES, Participation, Plan
from andock.bench.region import Size, write_region
from andock.bench.report import (
    engine_table,
    heading,
    machine_lines,
    participation_tables,
    rush_table,
    search_table,
    table,
    write_json,
)
from andock.bench.rush import PEOPLE, PROXY

T = TypeVar("T")
REGION = Path("regions/suedwestfalen")
RESULTS = Path("bench-results")


class Command(BaseCommand):
    """Serves temporary copies of the site as in production and loads them; this installation stays untouched."""

    help = "Measure the pages as in production; writes one JSON file into bench-results/."
    requires_system_checks: list[str] = []  # nothing of this installation is used

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--region", type=Path, default=REGION, help="folder of the region to measure with")
        parser.add_argument(
            "--workers", type=int, default=1, help="web processes a server (1 leaves a core to the load)"
        )
        parser.add_argument("--rounds", type=int, default=5)
        parser.add_argument("--seconds", type=float, default=0.3, help="how long a page is loaded in a round")
        parser.add_argument(
            "--engine", action="store_true", help="the docking engine alone, with 11,000 strategies (minutes)"
        )
        parser.add_argument("--rush", action="store_true", help="registrations for one event alone")
        parser.add_argument("--people", type=int, default=PEOPLE, help="how many want a seat in the rush")
        parser.add_argument("--search", action="store_true", help="the search alone, in very many documents (minutes)")
        parser.add_argument("--documents", type=int, default=DOCUMENTS, help="how many documents are searched")
        parser.add_argument(
            "--participation",
            action="store_true",
            help="citizens' participation alone, with up to 200,000 ideas (minutes)",
        )
        parser.add_argument("--quick", action="store_true", help="one short round, no large region: only a glimpse")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["quick"]:
            options |= {"rounds": 1, "seconds": 0.4}
        machine = this_machine()
        console = Console(width=None if sys.stdout.isatty() else 140)
        if options["engine"]:
            self._engine(machine, console)
            return
        if options["rush"] or options["search"] or options["participation"]:
            self._databases(machine, console, **options)
            return
        measured = {name: options[name] for name in ("workers", "rounds", "seconds")}
        for line in heading(machine, **measured):
            console.print(line, highlight=False)
        with refusals(), tempfile.TemporaryDirectory(prefix="andock-bench-") as folder, ExitStack() as running:
            results = self._measure(Path(folder), running, console, **options)
        figures = small_figures()
        rushes = [] if options["quick"] else _rushes(options["region"], options["people"])
        ideas = _participation(console, **options)
        console.print(table(results), engine_table(figures), rush_table(rushes), *participation_tables(ideas))
        path = write_json(
            RESULTS,
            machine,
            results,
            engine=figures,
            rushes=rushes,
            participation=ideas,
            workers=options["workers"],
            seconds=options["seconds"],
        )
        console.print(f"written: {path}")

    def _engine(self, machine: Machine, console: Console) -> None:
        """The engine without any page, the large run included."""
        for line in machine_lines(machine):
            console.print(line, highlight=False)
        figures = small_figures()
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task(f"{TOWNS:,} strategies", total=TOWNS)
            figures += large_figures(tell=lambda number: progress.advance(task, number))
        console.print(engine_table(figures))
        console.print(f"written: {write_json(RESULTS, machine, (), engine=figures)}")

    def _databases(self, machine: Machine, console: Console, **options: Any) -> None:
        """What is measured on each database, without the pages."""
        chosen = [name for name in ("rush", "search", "participation") if options[name]]
        for line in machine_lines(machine, ", ".join(chosen)):
            console.print(line, highlight=False)
        rushes = _rushes(options["region"], options["people"]) if "rush" in chosen else []
        searches = _searches(options["documents"], console) if "search" in chosen else []
        ideas = _participation(console, **options) if "participation" in chosen else []
        tables = [rush_table(rushes)] * bool(rushes) + [search_table(searches)] * bool(searches)
        console.print(*tables, *(participation_tables(ideas) if ideas else ()))
        path = write_json(RESULTS, machine, (), rushes=rushes, searches=searches, participation=ideas)
        console.print(f"written: {path}")

    def _measure(self, folder: Path, running: ExitStack, console: Console, **options: Any) -> list[Result]:
        with Progress(console=console, transient=True) as progress:
            task = progress.add_task("preparing", total=None)
            targets = self._targets(folder, running, **options)
            results = list(existing(targets))
            progress.update(task, description="measuring", total=len(results) * options["rounds"])
            run_rounds(
                results,
                rounds=options["rounds"],
                seconds=options["seconds"],
                tell=lambda: progress.advance(task),
            )
        return results

    def _targets(self, folder: Path, running: ExitStack, **options: Any) -> list[Target]:
        """Start all servers; those not being measured sleep."""

        def serve(target: str, env: Mapping[str, str]) -> servers.Server:
            return running.enter_context(servers.serving(target, env, workers=options["workers"]))

        env = servers.environment(folder / "site", "site")
        _prepared(env, "site")
        if not options["quick"]:
            shutil.copytree(folder / "site", folder / "large-site")
        made = _prepared(env, "region", str(options["region"].resolve()))
        beside = servers.environment(folder / "beside", "wagtail")
        (folder / "beside").mkdir()
        _prepared(beside, "wagtail")
        large = None
        if not options["quick"]:
            write_region(folder / "large", Size(municipalities=1100, elements=400))
            large_env = servers.environment(folder / "large-site", "site", ANDOCK_PAGE_CACHE_MB="0")
            pages = _prepared(large_env, "region", str(folder / "large"))["pages"]
            large = serve(servers.SITE, large_env), pages
        return [
            Target(CONSTANT, "", serve(servers.CONSTANT, servers.environment(folder / "beside", "constant")), "/"),
            Target(WAGTAIL, "", serve(servers.BARE, beside), "/"),
            *targets_of(
                made["pages"],
                cached=serve(servers.SITE, env),
                uncached=serve(servers.SITE, env | {"ANDOCK_PAGE_CACHE_MB": "0"}),
                cookie=made["cookie"],
                large=large,
            ),
        ]


def _prepared(env: Mapping[str, str], *what: str) -> Any:
    return json.loads(servers.run_python(["-m", "andock.bench.prepare", *what], env))


def _rushes(region: Path, people: int) -> list[rush.Rush]:
    def one(name: str, folder: Path, more: Mapping[str, str]) -> rush.Rush:
        return rush.run(name, servers.environment(folder, "rush", **PROXY, **more), region.resolve(), people=people)

    return _on_each_database(one)


def _participation(console: Console, **options: Any) -> list[Participation]:
    plan = Plan(**{name: options[name] for name in ("rounds", "seconds", "workers")})
    if options["quick"]:
        plan = replace(plan, sizes=QUICK_SIZES, people=50)

    def one(name: str, folder: Path, more: Mapping[str, str]) -> Participation:
        with console.status("") as status:
            told = replace(plan, tell=lambda what: status.update(f"{name}: {what}"))
            env = servers.environment(folder, "participation", **PROXY, **more)
            return participation.run(name, env, options["region"].resolve(), told)

    return _on_each_database(one)


def _searches(documents: int, console: Console) -> list[search.Searched]:
    def one(name: str, folder: Path, more: Mapping[str, str]) -> search.Searched:
        with console.status(f"{name}: writing and searching {documents:,} documents"):
            return search.run(name, servers.environment(folder, "search", **more), number=documents)

    return _on_each_database(one)


def _on_each_database(measure: Callable[[str, Path, Mapping[str, str]], T]) -> list[T]:
    """On SQLite in a folder that is thrown away, and on PostgreSQL where a database is named that may be filled."""
    named = os.environ.get(search.NAMED)
    databases = {"SQLite": {}} | ({"PostgreSQL": {"ANDOCK_DATABASE_URL": named, search.NAMED: named}} if named else {})
    found = []
    for name, more in databases.items():
        with refusals(), tempfile.TemporaryDirectory(prefix="andock-bench-") as folder:
            found.append(measure(name, Path(folder), more))
    return found


@contextmanager
def refusals() -> Iterator[None]:
    """What goes wrong in a process that is measured, in words for the terminal."""
    try:
        yield
    except BadAnswer as answer:
        raise CommandError(f"A page did not answer as it should: {answer}") from answer
    except servers.NotServed as failure:
        raise CommandError(str(failure)) from failure
