"""The load generator counts what it should and refuses to call an error page fast."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from andock.bench.load import BadAnswer, measure
from andock.bench.machine import this_machine


class Pages(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = b"x" * 5_000
        self.send_response(200 if self.path == "/" else 503)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None: ...


@pytest.fixture
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def test_sample_holds_rate_latencies_and_size(port: int) -> None:
    sample = measure(port, "/", {}, seconds=0.3, connections=2)

    assert sample.rate > 10
    assert 0 < sample.p50 <= sample.p99
    assert sample.size == 5_000


def test_page_that_fails_is_no_figure(port: int) -> None:
    with pytest.raises(BadAnswer, match="503"):
        measure(port, "/broken", {}, seconds=0.3)


def test_machine_tells_what_figures_mean_nothing_without() -> None:
    machine = this_machine()

    assert machine.cores >= 1
    assert machine.is_reliable == (machine.load <= 1)
    assert machine.commit
