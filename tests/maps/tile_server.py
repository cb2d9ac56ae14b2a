"""A map service on loopback that counts what it is asked: tiles as XYZ and as WMS, and failures on demand."""

from __future__ import annotations

import io
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

REPORT = b'<?xml version="1.0"?><ServiceExceptionReport/>'


def png(colour: str = "white") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (256, 256), colour).save(target, "PNG")
    return target.getvalue()


class TileServer(ThreadingHTTPServer):
    """``asked`` are the paths in their order; ``answer`` is the status and the body; it waits while ``gate`` is shut.

    ``claimed``: so long it says that the body is, and breaks off.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[str] = []
        self.answer = (200, png())
        self.claimed = 0
        self.at_once, self.most_at_once = 0, 0
        self.gate = Event()
        self.gate.set()
        self.lock = Lock()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    @property
    def parameters(self) -> dict[str, str]:
        """Those of the last question."""
        return {
            key: values[0] for key, values in parse_qs(urlsplit(self.asked[-1]).query, keep_blank_values=True).items()
        }


class _Handler(BaseHTTPRequestHandler):
    server: TileServer

    def do_GET(self) -> None:
        with self.server.lock:
            self.server.asked.append(self.path)
            self.server.at_once += 1
            self.server.most_at_once = max(self.server.most_at_once, self.server.at_once)
        self.server.gate.wait(10)
        with self.server.lock:
            self.server.at_once -= 1
        status, body = self.server.answer
        self.send_response(status)
        self.send_header("Content-Length", str(self.server.claimed or len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_what: object) -> None:
        """Quiet."""


@contextmanager
def tile_server() -> Iterator[TileServer]:
    server = TileServer()
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
