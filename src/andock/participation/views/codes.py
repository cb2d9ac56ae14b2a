"""Codes of letters as they are typed: guessing is braked, and what is refused can be typed anew where it stands."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from andock.kernel.origins import network_address, origin_hash
from andock.kernel.permissions import Denied

from ..forms.person import CodeForm
from ..services import residence
from ..services.people import TooMany

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from django.http import HttpRequest

    from ..models import Process

FINE, FORBIDDEN, WRONG, MANY = 200, 403, 422, 429


def origin_of(request: HttpRequest, now: datetime) -> str:
    return origin_hash(network_address(request), timezone.localdate(now))


@contextmanager
def guessing_braked(request: HttpRequest, process: Process, code: str, now: datetime) -> Iterator[None]:
    """Around the act that takes a code: wrong ones are counted by place. Raises ``TooMany`` and what the act raises."""
    if not code:
        yield
        return
    origin = origin_of(request, now)
    residence.brake(origin_hash=origin, now=now)
    try:
        yield
    except residence.CodeRefused as refused:
        if refused.is_wrong:
            residence.note_wrong(process=process, origin_hash=origin, now=now)
        raise


@dataclass(slots=True)
class Pressed:
    """What became of pressing the button behind the link in a mail: ``done``, or why not and how to go on."""

    form: CodeForm
    done: Any = None
    refused: str = ""
    status: int = FINE


def pressed(request: HttpRequest, process: Process, act: Callable[[str, datetime], Any]) -> Pressed:
    """Confirm by ``act(code, now)``. A code that is not good any more leaves what was sent, and another can be typed."""
    now, form = timezone.now(), CodeForm(request.POST, process=process, is_asked="code" in request.POST)
    if not form.is_valid():
        return Pressed(form, status=WRONG)
    try:
        with guessing_braked(request, process, form.code(), now):
            return Pressed(form, done=act(form.code(), now))
    except (residence.CodeRefused, TooMany) as refusal:
        asked = CodeForm({"code": request.POST.get("code", "")}, process=process)
        asked.is_valid()
        asked.errors["code"] = asked.error_class([str(refusal)])
        return Pressed(asked, status=MANY if isinstance(refusal, TooMany) else WRONG)
    except Denied as refusal:
        return Pressed(form, refused=str(refusal), status=FORBIDDEN)
