"""Citizens' participation with 1,000, 20,000 and 200,000 ideas: its pages beside the references, and what people send.

Each database is filled once, with all three collections. The pages are measured as those of the site are; the places on the map over one
connection, so that their milliseconds are those of one reader. Then people write, each once, to the same process: half of them known to the
site, half strangers. What they were answered is held against what the database counts afterwards.
"""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from . import servers
from .counting import ANSWER, ASK
from .crowd import Crowd, Form, crowd_of, form_of, headers_of, post_of
from .ideas import REMARKS, SIZES
from .load import BadAnswer
from .measurement import (
    COLD,
    CONSTANT,
    FIRST_EVER,
    WAGTAIL,
    WARM,
    Result,
    Target,
    existing,
    run_rounds,
    targets_of,
)
from .rush import PROXY, TURNSTILE, WORKERS

PEOPLE, CONNECTIONS = 500, 8
QUICK_SIZES = (1_000,)
MOST_QUERIES, LEAST_OF_WAGTAIL, LEAST_OF_CONSTANT, MOST_GROWTH = 15, 0.5, 0.7, 1.3
SINGLE, MOST_KB, MOST_WARM_MS, MOST_COLD_MS = 20_000, 300, 100, 400
"""So many places are sent each by itself, in so many kilobytes; more come as clusters, and may take as long."""
LIST, SECOND, SUPPORTED, PLACES, DETAIL = "list", "list, page 2", "list by supports", "places", "idea"
SUPPORT, LINK, SIMILAR, IDEA, STRANGERS = (
    "support", "link to support, strangers", "idea, similar ones shown", "idea", "idea, strangers",
)  # fmt: skip
KEYED = (LINK, IDEA, STRANGERS)
"""What carries the key of its form, each request another."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A figure beside what it may be: at most, or at least."""

    name: str
    value: float
    unit: str
    limit: float
    is_least: bool = False

    @property
    def is_kept(self) -> bool:
        return self.value >= self.limit if self.is_least else self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Writing:
    """What a crowd met that sent one form each, how many queries one of them takes, and how many the database does not know."""

    name: str
    crowd: Crowd
    queries: int
    lost: int


@dataclass(frozen=True, slots=True)
class Participation:
    """One database's figures; ``turnstile`` is the bare view that people came to in between."""

    database: str
    sizes: Sequence[int]
    filled_in: float
    results: Sequence[Result]
    turnstile: Crowd
    writings: Sequence[Writing]

    @property
    def promises(self) -> list[Promise]:
        return [*self._of_all(), *self._of_lists(), *self._of_places()]

    def as_json(self) -> dict[str, Any]:
        return {
            "database": self.database,
            "filled_in": self.filled_in,
            "results": [result.as_json() for result in self.results],
            "turnstile": asdict(self.turnstile),
            "writings": [asdict(writing) for writing in self.writings],
            "promises": [asdict(promise) | {"kept": promise.is_kept} for promise in self.promises],
        }

    def _of_all(self) -> Iterator[Promise]:
        usual = (result for result in self.results if result.target.kind != FIRST_EVER)
        most, page = max((result.queries or 0, result.target.page) for result in usual)
        yield Promise(f"most queries of a page: {page}", most, "", MOST_QUERIES)
        for writing in self.writings:
            yield Promise(f"queries: {writing.name}", writing.queries, "", MOST_QUERIES)
        wrong = sum(writing.crowd.errors + writing.lost for writing in self.writings)
        yield Promise("errors and lost", wrong, "", 0)
        slowest = min((self._ratio(page, WARM, CONSTANT), page) for page in self._pages if not page.startswith(PLACES))
        yield Promise(f"warm, × constant: {slowest[1]}", slowest[0], "", LEAST_OF_CONSTANT, is_least=True)

    def _of_lists(self) -> Iterator[Promise]:
        for size in self.sizes:
            page = named(LIST, size)
            yield Promise(
                f"{page}, cold, × Wagtail", self._ratio(page, COLD, WAGTAIL), "", LEAST_OF_WAGTAIL, is_least=True
            )
        for sort in (LIST, SECOND):
            small, large = (named(sort, size) for size in (self.sizes[0], self.sizes[-1]))
            if small != large:
                growth = max(self._rate(small, kind) / self._rate(large, kind) for kind in (COLD, FIRST_EVER))
                yield Promise(f"{large}, cold and first ever, × the time of {self.sizes[0]:,}", growth, "", MOST_GROWTH)

    def _of_places(self) -> Iterator[Promise]:
        for size in self.sizes:
            page = named(PLACES, size)
            slowest = max(self._of(page, kind).median("p50") for kind in (COLD, FIRST_EVER))
            yield Promise(f"{page}, warm", self._of(page, WARM).median("p50"), "ms", MOST_WARM_MS)
            yield Promise(f"{page}, cold and first ever", slowest, "ms", MOST_COLD_MS)
            yield Promise(f"{page}, as sent", self._of(page, COLD).median("size") / 1000, "kB", MOST_KB)

    @property
    def _pages(self) -> set[str]:
        return {result.target.page for result in self.results if result.target.kind}

    def _of(self, page: str, kind: str) -> Result:
        return next(one for one in self.results if (one.target.page, one.target.kind) == (page, kind))

    def _rate(self, page: str, kind: str = "") -> float:
        return self._of(page, kind).median("rate")

    def _ratio(self, page: str, kind: str, beside: str) -> float:
        return self._rate(page, kind) / self._rate(beside)


def named(page: str, size: int) -> str:
    return f"{page}, {size:,} ideas"


@dataclass(frozen=True, slots=True)
class Plan:
    """How large, how long and with how many people is measured."""

    sizes: Sequence[int] = SIZES
    remarks: int = REMARKS
    people: int = PEOPLE
    rounds: int = 5
    seconds: float = 0.3
    workers: int = 1
    tell: Callable[[str], None] = field(default=lambda _what: None)


def run(database: str, env: Mapping[str, str], region: Path, plan: Plan) -> Participation:
    """Fill the database that ``env`` names, read it, write to it, and forget it."""
    try:
        plan.tell("writing ideas")
        made = _prepared(env, "participation", str(region), str(plan.people), str(plan.remarks), *map(str, plan.sizes))
        plan.tell("pages")
        results = _read(env, made, plan)
        plan.tell("people who write")
        turnstile, writings = _written(env, made, plan.people)
    finally:
        if "ANDOCK_DATABASE_URL" in env:  # a file goes with its folder
            _prepared(env, "participation-end")
    return Participation(database, plan.sizes, made["filled_in"], results, turnstile, writings)


def _prepared(env: Mapping[str, str], *what: str) -> Any:
    return json.loads(servers.run_python(["-m", "andock.bench.prepare", *what], env))


# --- reading ----------------------------------------------------------------------------------------------------------
def pages_of(made: Mapping[str, Any]) -> dict[str, str]:
    """Addresses by name; ``made`` is what ``prepare`` told."""
    lists = {int(size): path for size, path in made["lists"].items()}
    ways = {LIST: "", SECOND: "?seite=2", SUPPORTED: "?sortierung=unterstuetzt", PLACES: "orte.geojson"}
    found = {named(page, size): path + way for page, way in ways.items() for size, path in lists.items()}
    return found | {f"{DETAIL}, {made['remarks']} remarks": made["idea"]}


def _read(env: Mapping[str, str], made: Mapping[str, Any], plan: Plan) -> list[Result]:
    with ExitStack() as running:

        def serve(target: str, env: Mapping[str, str]) -> servers.Server:
            return running.enter_context(servers.serving(target, env, workers=plan.workers))

        beside = Path(env["ANDOCK_DATA"]) / "beside"
        beside.mkdir()
        wagtail = servers.environment(beside, "wagtail")
        _prepared(wagtail, "wagtail")
        constant = serve(servers.CONSTANT, servers.environment(beside, "constant"))
        targets = targets_of(
            pages_of(made), cookie=made["cookie"], large=None,
            cached=serve(servers.SITE, env), uncached=serve(servers.SITE, {**env, "ANDOCK_PAGE_CACHE_MB": "0"}),
        )  # fmt: skip
        targets = [replace(one, connections=1) if one.page.startswith(PLACES) else one for one in targets]
        beside_them = [Target(CONSTANT, "", constant, "/"), Target(WAGTAIL, "", serve(servers.BARE, wagtail), "/")]
        results = list(existing([*beside_them, *targets]))
        run_rounds(results, rounds=plan.rounds, seconds=plan.seconds, tell=lambda: None)
    return results


# --- writing ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Sending:
    """One sort of request: where it goes, and what one person says there beside what is hidden in the form.

    ``is_kept``: the database holds something afterwards, and the answer leads on; else it is a page.
    """

    name: str
    path: str
    values: Callable[[int], Mapping[str, str]]
    is_known: bool = True
    is_kept: bool = True

    @property
    def answer(self) -> int:
        return http.client.FOUND if self.is_kept else http.client.OK


def sendings(made: Mapping[str, Any]) -> list[Sending]:
    """People the site knows support and send ideas at once; strangers are written to first.

    Whoever sends an idea is shown similar ones and sends it all the same, so that takes two requests.
    """
    keys, into = made["keys"], made["into"]

    def idea(number: int) -> dict[str, str]:
        return {"title": f"{made['words']} {number}", "text": f"{made['words']} für Nummer {number}."}

    def sure(number: int) -> dict[str, str]:
        return idea(number) | {"anyway": "1", "key": keys[IDEA][number]}

    def who(number: int, name: str, host: str) -> dict[str, str]:
        return {"pseudonym": f"Person {number}", "email": f"person-{number}@{host}", "key": keys[name][number]}

    return [
        Sending(SUPPORT, f"{made['supported']}unterstuetzen/", lambda _number: {}),
        Sending(LINK, f"{made['process']}link/", lambda number: who(number, LINK, "link.example"), is_known=False),
        Sending(SIMILAR, f"{made['searched']}neu/", idea, is_kept=False),
        Sending(IDEA, f"{into}neu/", sure),
        Sending(
            STRANGERS,
            f"{into}neu/",
            lambda number: sure(number) | who(number, STRANGERS, "idee.example"),
            is_known=False,
        ),
    ]


def _written(env: Mapping[str, str], made: Mapping[str, Any], people: int) -> tuple[Crowd, list[Writing]]:
    """Each crowd after the other; one person more, the last, says how many queries it takes."""
    counted = ("participation-count", made["process"], made["supported"])
    found = []
    with servers.serving(servers.SITE, {**env, **PROXY}, workers=WORKERS) as server:
        form = form_of(server.port, TURNSTILE)
        posts = [_turnstile(server.port, form, number) for number in range(people)]
        crowd_of(server.port, posts[: people // 10 + 1], CONNECTIONS)  # both processes have met everything once
        turnstile = crowd_of(server.port, posts, CONNECTIONS)
        for sending in sendings(made):
            before = _prepared(env, *counted)
            crowd, queries = _sent(server.port, sending, made["devices"], people)
            arrived = _prepared(env, *counted)[sending.name] - before[sending.name]
            sent = people + 1 - crowd.errors if sending.is_kept else 0
            found.append(Writing(sending.name, crowd, queries, sent - arrived))
    return turnstile, found


def _turnstile(port: int, form: Form, number: int) -> bytes:
    values = form.values | {"name": f"Person {number}", "email": f"person-{number}@bench.example"}
    return post_of(port, TURNSTILE, values, headers_of(form, number))


def _sent(port: int, sending: Sending, devices: Sequence[str], people: int) -> tuple[Crowd, int]:
    form = form_of(port, sending.path, devices[people] if sending.is_known else "")

    def one(number: int) -> tuple[dict[str, str], dict[str, str]]:
        headers = headers_of(form, number, devices[number] if sending.is_known else "")
        return form.values | dict(sending.values(number)), headers

    queries = _queries(port, sending, *one(people))
    posts = (post_of(port, sending.path, *one(number)) for number in range(people))
    return crowd_of(port, posts, CONNECTIONS, decision=sending.answer), queries


def _queries(port: int, sending: Sending, values: Mapping[str, str], headers: Mapping[str, str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("POST", sending.path, urlencode(values), {**headers, ASK: "1"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != sending.answer:
        raise BadAnswer(f"POST {sending.path}: {answer.status}")
    return int(answer.headers[ANSWER])
