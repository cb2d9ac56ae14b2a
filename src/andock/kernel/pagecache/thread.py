"""The one thread of a web server process in which Django runs, so that kept pages never wait for it."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future
from threading import Condition, Thread
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Result = TypeVar("Result")


class DjangoThread:
    """Runs what it is given one after the other; visitors' pages and everything else take turns.

    One thread, because pages are computing work: several would only share Python's lock, and each would hold a database
    connection. In turns, because a page that many wait for (the first after a change) must not stand behind every
    form sent before it, nor a form behind every page.
    """

    def __init__(self) -> None:
        self._lanes: deque[deque[tuple[Callable[[], Any], Future[Any]]]] = deque([deque(), deque()])
        self._pages, self._others = self._lanes
        self._arrived = Condition()
        self._thread: Thread | None = None

    def run(self, job: Callable[[], Result], *, is_page: bool = False) -> Result:
        """What ``job`` returns or raises, once its turn has come."""
        future: Future[Result] = Future()
        with self._arrived:
            (self._pages if is_page else self._others).append((job, future))
            self._arrived.notify()
            if self._thread is None:  # not earlier: the web server's processes are forked from one that imported this
                self._thread = Thread(target=self._work, daemon=True, name="django")
                self._thread.start()
        return future.result()

    def _work(self) -> None:
        while True:
            job, future = self._next()
            try:
                future.set_result(job())
            except BaseException as error:  # noqa: BLE001  whoever waits for the result raises it
                future.set_exception(error)
            del job, future  # an answer is let go of before the next one is waited for

    def _next(self) -> tuple[Callable[[], Any], Future[Any]]:
        with self._arrived:
            self._arrived.wait_for(lambda: any(self._lanes))
            self._lanes.rotate()
            if not self._lanes[0]:
                self._lanes.rotate()
            return self._lanes[0].popleft()


class Streamed:
    """An answer whose pieces are made where Django runs, one by one."""

    def __init__(self, response: Any, run: Callable[[Callable[[], Any]], Any]) -> None:
        self._pieces = iter(response)
        self._close = response.close
        self._run = run

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece: bytes | None = self._run(lambda: next(self._pieces, None))
        if piece is None:
            raise StopIteration
        return piece

    def close(self) -> None:
        """Called by the web server at the end, however that came."""
        self._run(self._close)
