"""Django runs in one thread of its own; who wants a kept page does not wait for it."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections

from andock.kernel.pagecache.layer import PageCache
from andock.kernel.pagecache.thread import DjangoThread

from . import site
from .conftest import Browser

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 20


@pytest.fixture
def served(committed_term: None, settings: Any) -> Iterator[Browser]:
    """As a web server serves it: many threads ask, one answers."""
    settings.ROOT_URLCONF = site.__name__
    site.rendered.clear()
    site.threads.clear()
    site.while_rendering.clear()
    thread = DjangoThread()
    served = Browser(PageCache(get_wsgi_application(), max_bytes=1_000_000, thread=thread))
    yield served
    site.while_rendering.clear()
    thread.run(connections.close_all)
    served.app.versions.close()


@pytest.fixture
def busy(served: Browser) -> Iterator[threading.Event]:
    """Django is held up by a page until this event is set."""
    entered, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        site.while_rendering.clear()
        entered.set()
        assert let_go.wait(PATIENCE)

    with ThreadPoolExecutor(1) as pool:
        served.get("/seite/")
        site.while_rendering.append(hold)
        held = pool.submit(served.get, "/ohne/")
        assert entered.wait(PATIENCE)
        yield let_go
        let_go.set()
        assert held.result(PATIENCE).status == 200


def test_kept_page_is_answered_while_django_is_busy(served: Browser, busy: threading.Event) -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(served.get, "/seite/").result(PATIENCE).status == 200

    assert not busy.is_set()


def test_page_many_wait_for_is_rendered_once(served: Browser, busy: threading.Event) -> None:
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(served.get, "/nummer/") for _reader in range(8)]
        busy.set()
        answers = {reader.result(PATIENCE).body for reader in waiting}

    assert len(answers) == 1
    assert site.rendered.count("/nummer/") == 1


def test_streamed_pieces_are_made_in_the_same_thread_and_closed(served: Browser) -> None:
    assert "Klima" in served.get("/strom/").body.decode()
    assert site.threads == {"django"}


def test_pages_and_everything_else_take_turns() -> None:
    thread, order = DjangoThread(), []
    begun, begin = threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        assert begin.wait(PATIENCE)

    with ThreadPoolExecutor(9) as pool:
        pool.submit(thread.run, hold)
        assert begun.wait(PATIENCE)
        for number in range(4):
            pool.submit(thread.run, lambda number=number: order.append(f"form {number}"))
        wait_until_waiting(thread, 4)
        pool.submit(thread.run, lambda: order.append("page"), is_page=True)
        wait_until_waiting(thread, 5)
        begin.set()

    assert order.index("page") <= 1
    assert len(order) == 5


def wait_until_waiting(thread: DjangoThread, number: int) -> None:
    """Return when so many jobs wait for their turn."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with thread._arrived:
            if sum(map(len, thread._lanes)) == number:
                return
        time.sleep(0.001)
    raise AssertionError(f"There never were {number} jobs waiting.")


def test_error_reaches_the_one_who_asked_and_the_thread_goes_on() -> None:
    thread = DjangoThread()

    with pytest.raises(ZeroDivisionError):
        thread.run(lambda: 1 / 0)

    assert thread.run(lambda: threading.current_thread().name) == "django"
