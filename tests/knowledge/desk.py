"""What owners do at their desk, as the pages send it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from andock.knowledge import guide_sheet, sheet
from andock.knowledge.forms.guide import GuideForm
from andock.knowledge.forms.solution import SolutionForm
from andock.knowledge.models import Guide, Solution
from tests.accounts.cast import Cast

DESK = "/verwaltung/olpe/loesungen/"
GUIDES = "/verwaltung/olpe/leitfaeden/"


@pytest.fixture(autouse=True)
def demo(settings, tmp_path) -> None:
    """No second factor is asked for; what is uploaded goes to a folder of this test."""
    settings.ANDOCK_DEMO = True
    settings.MEDIA_ROOT = tmp_path


def client(cast: Cast, who: str = "olpe_editor") -> Client:
    found = Client()
    found.force_login(getattr(cast, who))
    return found


def page_of(made: Solution | Guide, path: str = "") -> str:
    return f"{DESK if isinstance(made, Solution) else GUIDES}{made.slug}/{path}"


def typed(made: Solution | Guide, **changes: Any) -> dict[str, Any]:
    """What a browser sends of the screen: everything as loaded, with some fields changed."""
    if isinstance(made, Solution):
        saved = Solution.objects.get(pk=made.pk)
        form: Any = SolutionForm(solution=saved, loaded=sheet.read(saved))
    else:
        form = GuideForm(loaded=guide_sheet.read(Guide.objects.get(pk=made.pk)))
    values = {field.html_name: form[field.name].value() for field in form}
    values = {
        name: form.fields[name].prepare_value(value) if hasattr(form.fields[name], "known") else value
        for name, value in values.items()
    }
    found = {name: value for name, value in values.items() if value is not None and value is not False} | changes
    return {name: value for name, value in found.items() if value is not None}


def draft(cast: Cast, **values: Any) -> Solution:
    """A new card of Olpe, begun at the desk."""
    answer = client(cast).post(f"{DESK}neu/", {"title": "Baumsensoren", "kind": "sensors"} | values)
    assert answer.status_code == 302, answer.content.decode()
    return Solution.objects.latest("changed_at")


def published(cast: Cast, **values: Any) -> Solution:
    made = draft(cast, **values)
    assert client(cast).post(page_of(made, "veroeffentlichen/")).status_code == 302
    made.refresh_from_db()
    return made
