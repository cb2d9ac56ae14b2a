"""The bare Wagtail page, in one thread as the site's Django runs: several would only wait for each other."""

from typing import Any

from django.core.wsgi import get_wsgi_application

from andock.kernel.pagecache.thread import DjangoThread

django = get_wsgi_application()
thread = DjangoThread()


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """Answer with the page as a whole."""
    (status, headers), body = thread.run(lambda: _answer(environ))
    start_response(status, headers)
    return [body]


def _answer(environ: dict[str, Any]) -> tuple[list[Any], bytes]:
    begun: list[Any] = []
    response: Any = django(environ, lambda *head: begun.extend(head[:2]))  # type: ignore[arg-type]
    body = b"".join(response)
    response.close()
    return begun, body
