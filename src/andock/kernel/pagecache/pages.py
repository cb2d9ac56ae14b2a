"""What a view says about its page: that it is the same for everyone, and what it depends on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from .address import is_for_everyone
from .entries import PRIVATE, PUBLIC
from .versions import SITE

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from .store import Parts
    from .versions import VersionReader

OFFER = "andock.page"


@dataclass(slots=True)
class Offer:
    """Travels with a request from the layer to the view and back.

    ``is_public``: the page shows everyone the same; ``is_kept``: and it may be kept. ``stamps`` are the versions
    by scope as read before rendering what shows them. ``ends_at`` is a Unix time.
    ``parts`` belong to the process, see ``shared_part``.
    """

    versions: VersionReader
    ends_at: float
    parts: Parts
    is_public: bool = False
    is_kept: bool = False
    stamps: dict[str, int] = field(default_factory=dict)

    def depend_on(self, *scopes: str) -> None:
        """Called before the scopes are rendered: a change meanwhile makes the page stale, as it must."""
        wanted = tuple(scope for scope in scopes if scope not in self.stamps)
        if not wanted or not self.is_kept:
            return
        stamps = self.versions.read(wanted)
        if stamps is None:
            self.is_kept = False
        else:
            self.stamps.update(zip(wanted, stamps, strict=True))

    def stamps_of(self, scopes: tuple[str, ...]) -> tuple[int, ...] | None:
        """The versions as read for this page; asked anew where it is not kept, None without an answer."""
        if all(scope in self.stamps for scope in scopes):
            return tuple(self.stamps[scope] for scope in scopes)
        return self.versions.read(scopes)


def public_page(*, scopes: tuple[str, ...], query: tuple[str, ...] = ()) -> Callable[[Callable], Callable]:
    """Mark a view whose page shows everyone without a session the same and may be kept until it changes.

    ``scopes`` name what the page shows; ``{name}`` in one stands for an argument of the view. ``query`` lists the
    query keys the page reads: with any other, or one given twice, the page is rendered and not kept. It must
    hold no token, nonce or name, and may depend on no header but HX-Request.
    """

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            everyone = is_for_everyone(request.META)
            offer: Offer | None = request.META.get(OFFER)
            if offer and everyone:
                offer.is_public = True
                offer.is_kept = _is_listed(request, query) and not transaction.get_connection().in_atomic_block
                offer.depend_on(SITE, *(scope.format(**kwargs) for scope in scopes))
            response = view(request, *args, **kwargs)
            response["Cache-Control"] = PUBLIC if everyone else PRIVATE
            patch_vary_headers(response, ("Cookie", "HX-Request"))
            return response

        wrapper.public_page = True  # type: ignore[attr-defined]
        return wrapper

    return decorate


def page_shows(request: HttpRequest, *scopes: str) -> None:
    """Say that what is rendered from here on shows these scopes too: first line of every panel on others' pages."""
    offer: Offer | None = request.META.get(OFFER)
    if offer:
        offer.depend_on(*scopes)


def page_ends_at(request: HttpRequest, moment: datetime | None) -> None:
    """Say that the page changes by itself at ``moment``: a deadline, a scheduled publication. Midnight is known."""
    offer: Offer | None = request.META.get(OFFER)
    if offer and moment:
        offer.ends_at = min(offer.ends_at, moment.timestamp())


def shared_part(
    request: HttpRequest, name: str, make: Callable[[], Any], *, scopes: tuple[str, ...], on: Hashable = None
) -> Any:
    """What ``make`` returns, made once per process and language and again after one of ``scopes`` changed.

    For what many pages show and many rows are read for. It may depend on the scopes, the language and ``on`` (a day),
    and on nothing else of the request; whoever gets it must not change it.
    """
    offer: Offer | None = request.META.get(OFFER)
    in_transaction = transaction.get_connection().in_atomic_block
    stamps = offer.stamps_of(scopes) if offer and not in_transaction else None
    if offer is None or stamps is None:
        return make()
    return offer.parts.of((name, get_language()), (stamps, on), make)


def _is_listed(request: HttpRequest, query: tuple[str, ...]) -> bool:
    return all(key in query and len(values) == 1 for key, values in request.GET.lists())
