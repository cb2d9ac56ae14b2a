"""A small site whose pages do what public pages must never do, and some that do it right."""

from __future__ import annotations

from threading import current_thread
from typing import TYPE_CHECKING

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt

from andock.kernel.pagecache.pages import page_ends_at, public_page, shared_part
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.organisations.models import Term

if TYPE_CHECKING:
    from django.http import HttpRequest

rendered: list[str] = []
deadlines: list[str] = []
while_rendering: list = []
made: list[str] = []
threads: set[str] = set()


def text(request: HttpRequest) -> str:
    rendered.append(request.get_full_path())
    threads.add(current_thread().name)
    labels = [term.labels["de"] for term in Term.objects.order_by("slug")]
    for act in while_rendering:
        act()
    return f"{get_language()} {request.get_host()} htmx={request.headers.get('HX-Request')} {labels} " + "ä" * 2000


@csrf_exempt
@public_page(scopes=("terms",), query=("von", "bis"))
def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(text(request) + request.GET.urlencode())


@public_page(scopes=("terms",))
def numbered(request: HttpRequest) -> HttpResponse:
    """Tells how often this process has rendered."""
    return HttpResponse(f"{text(request)} rendered {len(rendered)} times")


@public_page(scopes=("term:{slug}",))
def one(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(text(request))


@public_page(scopes=("terms",))
def with_deadline(request: HttpRequest) -> HttpResponse:
    page_ends_at(request, parse_datetime(deadlines[-1]))
    return HttpResponse(text(request))


@public_page(scopes=("terms",))
def with_token(request: HttpRequest) -> HttpResponse:
    return HttpResponse(text(request) + get_token(request))


@public_page(scopes=("terms",))
def with_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(text(request))
    response.set_cookie("seen", "1")
    return response


@public_page(scopes=("terms",))
def with_nonce(request: HttpRequest) -> HttpResponse:
    return HttpResponse(text(request) + str(request.csp_nonce))


@public_page(scopes=("terms",))
def with_session(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"name: {request.COOKIES.get('sessionid', 'nobody')} {text(request)}")


@public_page(scopes=("terms",))
def missing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(text(request), status=404)


@public_page(scopes=("terms",))
def streamed(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(text(request).encode() for _piece in range(1))


@public_page(scopes=("terms",))
def sharing(request: HttpRequest, number: str) -> HttpResponse:
    """Many addresses that show the same part."""
    return HttpResponse(shared_part(request, "labels", make_part, scopes=("terms",)))


def make_part() -> str:
    made.append(Term.objects.get().labels["de"])
    return made[-1]


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse(text(request))


@csrf_exempt
def publish(request: HttpRequest) -> HttpResponse:
    """What a service does: a change and its bump in one transaction."""
    with public_transaction():
        Term.objects.update(labels={"de": request.GET["label"]})
        bump("terms")
    return HttpResponse("published")


urlpatterns = i18n_patterns(
    path("seite/", page),
    path("nummer/", numbered),
    path("ort/<slug:slug>/", one),
    path("frist/", with_deadline),
    path("token/", with_token),
    path("cookie/", with_cookie),
    path("nonce/", with_nonce),
    path("name/", with_session),
    path("weg/", missing),
    path("strom/", streamed),
    path("ohne/", undeclared),
    path("teil/<slug:number>/", sharing),
    path("veroeffentlichen/", publish),
    prefix_default_language=False,
)
