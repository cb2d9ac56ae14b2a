"""A framework, a town and what it hands in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from andock.notifications.models import Message
from andock.organisations.models import Organisation
from andock.register.models import Declaration
from andock.register.queries import approach_of, open_declaration
from andock.register.services import approaches, declarations
from andock.register.services.declarations import Prepared
from andock.strategy.field_lock import Conflict, Submitted, fingerprint
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


def locked(loaded: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Submitted]:
    """``values`` as somebody hands them in who had ``loaded`` before them."""
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return {name: Submitted(value, fingerprint(loaded[name])) for name, value in plain.items()}


def marks(loaded: Mapping[str, Any]) -> dict[str, str]:
    """The hidden fields of a form with ``loaded`` in it."""
    return {f"base_{name}": fingerprint(value) for name, value in loaded.items()}


def declared(cast: Cast, framework: Framework, values: Mapping[str, Any], **who: Any) -> Prepared:
    """What Olpe's editor hands to the service, with everything before them that is saved now."""
    loaded = declarations.fields_of(open_declaration(cast.olpe, framework))
    place = {"actor": cast.olpe_editor, "organisation": cast.olpe, "framework": framework} | who
    return declarations.prepare(fields=locked(loaded, values), **place)


def prepared(cast: Cast, framework: Framework, **values: Any) -> Declaration:
    """What Olpe's editor wrote."""
    return declared(cast, framework, LETTER | {"evidence": upload()} | values).declaration


def noted(cast: Cast, framework: Framework, **values: Any) -> dict[str, Conflict]:
    """What the agency writes down about Olpe, with everything before it that is saved now."""
    loaded = approaches.notes_of(approach_of(cast.olpe, framework))
    place = {"actor": cast.coordinator, "organisation": cast.olpe, "framework": framework}
    return approaches.keep_notes(fields=locked(loaded, values), **place)


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

    found = periods_of(organisation)
    return [(one.role, one.basis, one.since_text, one.until_text, one.ending) for one in found]


def mails() -> list[tuple[str, str]]:
    """Who was written to about what, oldest first."""
    return list(Message.objects.order_by("pk").values_list("to", "subject"))
