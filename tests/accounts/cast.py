"""The people of two towns and the agency, as fixtures; imported where they are needed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from andock.accounts.models import User
from andock.organisations.choices import Role
from andock.organisations.models import Organisation, Region
from tests.factories.accounts import member, organisation, person


@dataclass
class Cast:
    """Olpe and Soest with a releaser each; Olpe also has an editor, a moderator and a reader."""

    agency: Organisation
    olpe: Organisation
    soest: Organisation
    coordinator: User
    olpe_releaser: User
    olpe_editor: User
    olpe_moderator: User
    olpe_reader: User
    soest_releaser: User
    resident: User


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def make_cast() -> Cast:
    agency, olpe, soest = organisation("agentur", kind="agency"), organisation("olpe"), organisation("soest")
    Region.objects.create(organisation=organisation("region", kind="region"), agency=agency)
    people = {
        "coordinator": (agency, Role.AGENCY_EDITOR),
        "olpe_releaser": (olpe, Role.MUNICIPAL_RELEASER),
        "olpe_editor": (olpe, Role.MUNICIPAL_EDITOR),
        "olpe_moderator": (olpe, Role.MODERATOR),
        "olpe_reader": (olpe, Role.READER),
        "soest_releaser": (soest, Role.MUNICIPAL_RELEASER),
    }
    users = {name: person(name) for name in (*people, "resident")}
    for name, (where, role) in people.items():
        member(users[name], where, role)
    return Cast(agency, olpe, soest, **users)
