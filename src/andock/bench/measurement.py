"""What is measured, in which order, and what comes of it."""

from __future__ import annotations

import http.client
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from .counting import ANSWER, ASK, FIRST
from .load import BadAnswer, Sample, measure
from .servers import Server

BROWSER = {"Accept": "text/html", "Accept-Encoding": "gzip, deflate, br", "Accept-Language": "de"}
CONSTANT, WAGTAIL = "constant view, 40 kB", "bare Wagtail page"
WARM, COLD, FIRST_EVER, SIGNED_IN, LARGE = "warm", "cold", "first ever", "signed in", "cold, large region"


@dataclass(frozen=True, slots=True)
class Target:
    """One page of one server in one state; ``kind`` is empty for what stands beside the site."""

    page: str
    kind: str
    server: Server
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    connections: int = 4


@dataclass(slots=True)
class Result:
    """All samples of a target, one a round, and how many queries a request takes."""

    target: Target
    queries: int | None
    samples: list[Sample] = field(default_factory=list)

    def median(self, figure: str) -> float:
        return statistics.median(getattr(sample, figure) for sample in self.samples)

    def as_json(self) -> dict[str, object]:
        figures = {name: self.median(name) for name in ("rate", "p50", "p99", "size", "processor")}
        return {
            "page": self.target.page,
            "kind": self.target.kind,
            "path": self.target.path,
            "queries": self.queries,
            **figures,
            "rounds": [asdict(sample) for sample in self.samples],
        }


def targets_of(
    pages: Mapping[str, str],
    *,
    cached: Server,
    uncached: Server,
    cookie: str,
    large: tuple[Server, Mapping[str, str]] | None,
) -> list[Target]:
    """Every page in every state, the states of a page one after the other."""
    found: list[Target] = []
    for page, path in pages.items():
        found.append(Target(page, WARM, cached, path, BROWSER))
        found.append(Target(page, COLD, uncached, path, BROWSER))
        found.append(Target(page, FIRST_EVER, uncached, path, BROWSER | {FIRST: "1"}))
        if large:
            found.append(Target(page, LARGE, large[0], large[1][page], BROWSER))
        found.append(Target(page, SIGNED_IN, cached, path, BROWSER | {"Cookie": cookie}))
    return found


def existing(targets: Sequence[Target]) -> Iterator[Result]:
    """Ask each target untimed: how many queries it takes the second time. What is not there (404) is left out."""
    for target in targets:
        connection = http.client.HTTPConnection("127.0.0.1", target.server.port, timeout=30)
        try:
            for _time in range(2):
                connection.request(
                    "GET", target.path, headers={**target.headers, **({ASK: "1"} if target.kind else {})}
                )
                answer = connection.getresponse()
                answer.read()
        except OSError as error:
            raise BadAnswer(f"{target.path} ({target.kind}): {error}") from error
        finally:
            connection.close()
        if answer.status == http.client.OK:
            yield Result(target, _queries(target.kind, answer.headers.get(ANSWER)))
        elif answer.status != http.client.NOT_FOUND:
            raise BadAnswer(f"{target.path} ({target.kind}): {answer.status}")


def _queries(kind: str, counted: str | None) -> int | None:
    """Queries inside Django, and the one that asks for the versions; a kept page takes that one alone."""
    if kind == WARM:
        return 1
    return int(counted) + (kind != SIGNED_IN) if counted is not None else None


def run_rounds(results: Sequence[Result], *, rounds: int, seconds: float, tell: Callable[[], None]) -> None:
    """Measure all targets once, then all again: a busy moment of the machine spoils one round, not one page."""
    for _round in range(rounds):
        for result in results:
            target = result.target
            result.samples.append(
                measure(
                    target.server.port, target.path, target.headers, seconds=seconds,
                    connections=target.connections, spent=target.server.processor_seconds,
                )
            )  # fmt: skip
            tell()
