"""What the frame itself offers on the desk's page of a process, and to an office that answers in another's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from .addresses import absolute

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andock.organisations.models import Organisation

    from .models import Process


@dataclass(frozen=True, slots=True)
class Answering:
    """An office that answers in another's process: what it may do there, modules offer by panels."""

    process: Process
    office: Organisation


def files(request: HttpRequest, process: Process) -> str:
    """The table for the council, data to take along and to read in, and how it stands on the town's own website."""
    context = {
        "process": process, "organisation": process.organisation, "frame": absolute("participation:embedded", process.slug),
    }  # fmt: skip
    return render_to_string("participation/desk/panel_files.html", context, request)


def table(request: HttpRequest, answering: Answering) -> str:
    """The table of what is meant for the office."""
    return render_to_string("participation/desk/panel_table.html", {"answering": answering}, request)
