"""Logs as one JSON object per line on standard error, without personal data and without secrets.

Every line passes ``redact``, whoever wrote it. Of an exception the class and the lines of code are kept; its
message only for classes whose messages speak of the program, because others quote what people entered.
"""

from __future__ import annotations

import re
import traceback
from typing import TYPE_CHECKING, Any

import structlog

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

GONE = "[removed]"
EMAIL = re.compile(r"[^\s@<>\"'(),;:=/]+@[^\s@<>\"'(),;:/]+\.[A-Za-z]{2,}")
# What follows ? in an address, and long parts of a path that are neither a word nor a UUID: invitations, password keys.
QUERY = re.compile(r"(?<=[\w/%.~-])\?[^\s\"'<>]*=[^\s\"'<>]*")
KEY_IN_PATH = re.compile(
    r"(?<=/)(?!(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\b)(?=[^/\s]*\d)[\w:.=~-]{20,}(?=/|$|[\s?\"'])"
)
NAMES_OF_SECRETS = re.compile(
    r"(?i)(authorization|cookie|password|passwd|secret|token|session|csrf|api_?key|otp|user_agent|^ip$|^email$|remote_addr)"
)
SECRET_IN_TEXT = re.compile(
    r"(?i)\b((?:set-)?cookie|(?:proxy-)?authorization|bearer|password|passwd|secret[\w-]*|token|sessionid|csrf\w*)(\s*[:=]\s*)[^\n]+"
)
SPEAK_OF_THE_PROGRAM = (
    "AttributeError", "ImproperlyConfigured", "ImportError", "ModuleNotFoundError", "NameError", "OperationalError",
    "TemplateDoesNotExist", "TemplateSyntaxError",
)  # fmt: skip


def redact_text(text: str) -> str:
    """A text without e-mail addresses, query strings, keys in paths and named secrets."""
    text = SECRET_IN_TEXT.sub(rf"\1\2{GONE}", text)
    text = EMAIL.sub(GONE, text)
    return KEY_IN_PATH.sub(GONE, QUERY.sub(f"?{GONE}", text))


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Processor: redact every value of a log line, however deep."""
    return {name: _redacted(name, value) for name, value in event.items()}


def format_exception(exc_info: ExcInfo) -> str:
    """Class, place and lines of code of an exception and of what caused it."""
    return "\n".join(_chain(exc_info[1]))


def configure(*, as_json: bool, level: str = "INFO") -> dict[str, Any]:
    """Set structlog up and return Django's ``LOGGING``; one format for our lines and those of libraries."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.ExceptionRenderer(format_exception),
                    redact,
                    structlog.processors.JSONRenderer(ensure_ascii=False)
                    if as_json
                    else structlog.dev.ConsoleRenderer(colors=False),
                ],
            },
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # The same failures reach us from django_structlog, with the id of the request.
            "django.request": {"level": "CRITICAL"},
            # Wagtail and the queue tell every step; what went wrong is enough.
            "django_tasks": {"level": "WARNING"},
            "wagtail": {"level": "WARNING"},
            "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        },
    }


def _redacted(name: str, value: Any) -> Any:
    if NAMES_OF_SECRETS.search(name):
        return GONE
    match value:
        case str():
            return redact_text(value)
        case dict():
            return {str(key): _redacted(str(key), item) for key, item in value.items()}
        case list() | tuple() | set():
            return [_redacted("", item) for item in value]
        case None | bool() | int() | float():
            return value
    return redact_text(str(value))


def _chain(error: BaseException | None) -> Iterable[str]:
    if error is None:
        return
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause:
        yield from _chain(cause)
        yield "which led to"
    name = type(error).__qualname__
    message = f": {error}" if name in SPEAK_OF_THE_PROGRAM else ""
    yield f"{type(error).__module__}.{name}{message}"
    yield from _places(error.__traceback__)


def _places(trace: TracebackType | None) -> Iterable[str]:
    for frame in traceback.extract_tb(trace):
        yield f"  {frame.filename}:{frame.lineno} in {frame.name}: {frame.line}"
