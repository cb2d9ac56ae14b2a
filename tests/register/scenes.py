"""A framework, a town and what it hands in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from andock.notifications.models import Message
from andock.organisations.models import Organisation
from andock.register.models import Declaration
from andock.register.services import declarations
from andock.strategy.models import Framework
from tests.accounts.cast import Cast
from tests.factories.pdfs import upload

DAY = date(2026, 3, 12)
LETTER: dict[str, Any] = {"basis": "letter_of_intent", "day": DAY, "number": "", "is_released": False}
RESOLUTION: dict[str, Any] = {
    "basis": "council_resolution", "day": date(2026, 5, 4), "number": "45/2026", "is_released": True,
}  # fmt: skip


@pytest.fixture
def framework(cast: Cast, settings, tmp_path) -> Framework:
    """The agency's framework; what is uploaded goes to a folder of this test."""
    settings.MEDIA_ROOT = tmp_path
    return Framework.objects.create(slug="rahmen", title="Rahmenstrategie", owner=cast.agency)


def prepared(cast: Cast, framework: Framework, **values: Any) -> Declaration:
    """What Olpe's editor wrote."""
    given = LETTER | {"evidence": upload()} | values
    return declarations.prepare(actor=cast.olpe_editor, organisation=cast.olpe, framework=framework, **given)


def handed_in(cast: Cast, framework: Framework, **values: Any) -> Declaration:
    """The same, handed in by the releaser."""
    found = prepared(cast, framework, **values)
    declarations.hand_in(actor=cast.olpe_releaser, declaration=found)
    found.refresh_from_db()
    return found


def confirmed(cast: Cast, framework: Framework, **values: Any) -> Declaration:
    """The same, confirmed by the agency."""
    found = handed_in(cast, framework, **values)
    declarations.confirm(actor=cast.coordinator, declaration=found)
    found.refresh_from_db()
    return found


def periods(organisation: Organisation) -> list[tuple[str, str, str, str, str]]:
    """Role, basis, since, until and ending of all periods, oldest first."""
    from andock.strategy.queries import periods_of

    found = periods_of(organisation).order_by("since_latest", "pk")
    return [(one.role, one.basis, one.since_text, one.until_text, one.ending) for one in found]


def mails() -> list[tuple[str, str]]:
    """Who was written to about what, oldest first."""
    return list(Message.objects.order_by("pk").values_list("to", "subject"))
