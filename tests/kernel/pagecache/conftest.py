from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.wsgi import get_wsgi_application

from andock.kernel.pagecache.layer import PageCache
from andock.organisations.models import Term

from . import site

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Answer:
    """What a browser got."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def __getitem__(self, name: str) -> str:
        return {key.lower(): value for key, value in self.headers}[name.lower()]

    def __contains__(self, name: str) -> bool:
        return name.lower() in (key.lower() for key, _value in self.headers)


class Browser:
    """Asks a WSGI application as a web server would."""

    def __init__(self, app: PageCache) -> None:
        self.app = app
        self.now = 1_750_000_000.0

    def get(self, path: str, *, method: str = "GET", **headers: str) -> Answer:
        address, _, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": address,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "8000",
            "HTTP_HOST": "localhost:8000",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
        } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        begun: list[Any] = []
        response = self.app(environ, lambda status, head, _error=None: begun.extend((status, head)))
        body = b"".join(response)
        if hasattr(response, "close"):
            response.close()
        return Answer(int(begun[0].split()[0]), begun[1], body)


@pytest.fixture
def committed_term(transactional_db: None, emptied_afterwards: None) -> None:
    """A term that other connections see too."""
    Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})


@pytest.fixture
def browser(committed_term: None, settings: Any) -> Iterator[Browser]:
    settings.ROOT_URLCONF = site.__name__
    for remembered in (site.rendered, site.deadlines, site.while_rendering, site.made):
        remembered.clear()
    browser = Browser(PageCache(get_wsgi_application(), max_bytes=1_000_000, clock=lambda: browser.now))
    yield browser
    browser.app.versions.close()


@pytest.fixture
def rendered() -> list[str]:
    """The addresses rendered so far in this test."""
    return site.rendered


@pytest.fixture
def made() -> list[str]:
    """The shared parts made so far in this test."""
    return site.made
