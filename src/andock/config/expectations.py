"""What the operator's settings must look like, each with the sentence that says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

HOST = re.compile(r"\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[?[0-9a-f:]+\]?", re.IGNORECASE)
HOST_AND_PORT = re.compile(rf"({HOST.pattern})(:\d{{1,5}})?", re.IGNORECASE)
MAIL_ADDRESS = re.compile(r"([^<>@]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)")
PLAIN_ADDRESS = re.compile(r"[^<>@\s,]+@[^<>@\s,]+")
VARIABLE = re.compile(r"ANDOCK_[A-Z_]+")


class SettingRefused(ValueError):
    """A variable holds something that can't work. The text names the variable and what is expected, not its value."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """``says`` completes the sentence "ANDOCK_… must be"."""

    says: str
    accepts: Callable[[Any], bool] = lambda _value: True


def is_web_address(text: str) -> bool:
    """Scheme and host, nothing behind them."""
    try:
        address = urlsplit(text)
        return (
            address.scheme in {"http", "https"}
            and bool(address.hostname)
            and address.path in {"", "/"}
            and address.port != 0
        )
    except ValueError:
        return False


def is_plain_address(text: str) -> bool:
    """A mail address without a name."""
    return bool(PLAIN_ADDRESS.fullmatch(text))


def is_redis_address(text: str) -> bool:
    """Empty, or what the Redis client reads."""
    return not text or (urlsplit(text).scheme in {"redis", "rediss", "unix"})


def is_mail_server(values: dict[str, Any]) -> bool:
    """A known kind of address; the reader passes unknown ones on without a word, and mails would go unencrypted."""
    return "EMAIL_BACKEND" in values


def is_supported_database(values: dict[str, Any]) -> bool:
    """SQLite or PostgreSQL."""
    return values["ENGINE"] in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}


def is_base_map(text: str) -> bool:
    """Empty, a file, or where tiles are to be had."""
    if "://" not in text:
        return not text or text.endswith(".pmtiles")
    address = urlsplit(text)
    is_tiled = all(part in text for part in ("{z}", "{x}", "{y}"))
    is_wms = "layers=" in address.query.lower() and "{" not in text
    return address.scheme in {"http", "https"} and bool(address.hostname) and (is_tiled or is_wms)


SHORTEST_KEY = 32


def between(lowest: int, highest: int) -> Expectation:
    """A whole number within bounds, both included."""
    return Expectation(f"a whole number from {lowest} to {highest}", lambda number: lowest <= number <= highest)


YES_OR_NO = "yes or no (1 or 0)"
EXPECTED = {
    "ANDOCK_DATABASE_URL": Expectation(
        "an address like postgres://name:password@host:5432/database or sqlite:////folder/file", is_supported_database
    ),
    "ANDOCK_SECRET_KEY": Expectation(
        "at least 32 random characters; leave it out and Andock makes a key", lambda key: len(key) >= SHORTEST_KEY
    ),
    "ANDOCK_HOSTS": Expectation(
        "host names separated by commas, without https:// and without *",
        lambda hosts: hosts and all(map(HOST.fullmatch, hosts)),
    ),
    "ANDOCK_BASE_URL": Expectation("an address like https://region.example, without a path", is_web_address),
    "ANDOCK_DEMO": Expectation(YES_OR_NO),
    "ANDOCK_DEMO_PUBLIC": Expectation(YES_OR_NO),
    "ANDOCK_MAIL_URL": Expectation("an address like submission://name:password@mail.example:587", is_mail_server),
    "ANDOCK_MAIL_FROM": Expectation(
        "a mail address like Region <andock@region.example>", lambda text: bool(MAIL_ADDRESS.fullmatch(text))
    ),
    "ANDOCK_MAIL_BOUNCES": Expectation(
        "a mail address like bounces@region.example, or empty", lambda text: not text or is_plain_address(text)
    ),
    "ANDOCK_MAIL_SENDERS": Expectation(
        "short names with mail addresses, like olpe=events@olpe.example,soest=info@soest.example",
        lambda senders: all(map(is_plain_address, senders.values())),
    ),
    "ANDOCK_REDIS_URL": Expectation("an address like redis://127.0.0.1:6379/0, or empty", is_redis_address),
    "ANDOCK_WORKERS": between(1, 64),
    "ANDOCK_PAGE_CACHE_MB": between(0, 4096),
    "ANDOCK_TRUSTED_PROXIES": between(0, 5),
    "ANDOCK_BASE_MAP": Expectation(
        "a .pmtiles file, an address with {z}, {x} and {y}, or that of a WMS with LAYERS=, like https://maps.example/wms?LAYERS=plan",
        is_base_map,
    ),
    "ANDOCK_INNER_HOSTS": Expectation(
        "host names separated by commas, with their port where it is not the usual one, like geo.town.lan:8080",
        lambda hosts: all(map(HOST_AND_PORT.fullmatch, hosts)),
    ),
    "ANDOCK_TIME_ZONE": Expectation("a name like Europe/Berlin", lambda name: name in available_timezones()),
}


def sentence(variable: str) -> str:
    """What to tell the operator."""
    return f"{variable} must be {EXPECTED[variable].says}." if variable in EXPECTED else f"{variable} can't be read."


def refusals(values: dict[str, Any]) -> Iterator[str]:
    """A sentence for every value, by variable, that is not accepted."""
    for variable, value in values.items():
        if not EXPECTED[variable].accepts(value):
            yield sentence(variable)


def unread(error: ValueError) -> SettingRefused:
    """The sentence for an error of the reader, which names the variable but may also quote its value."""
    named = VARIABLE.search(str(error))
    return SettingRefused(sentence(named[0]) if named else "A setting of Andock can't be read.")
