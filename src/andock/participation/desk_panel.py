"""What the frame itself offers on the desk's page of a process: files in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from .addresses import absolute

if TYPE_CHECKING:
    from django.http import HttpRequest

    from .models import Process


def files(request: HttpRequest, process: Process) -> str:
    """The table for the council, data to take along and to read in, and how it stands on the town's own website."""
    context = {
        "process": process, "organisation": process.organisation, "frame": absolute("participation:embedded", process.slug),
    }  # fmt: skip
    return render_to_string("participation/desk/panel_files.html", context, request)
