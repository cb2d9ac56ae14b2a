"""Where somebody lives, as the outside account they sign in with says it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.db import transaction

from andock.organisations.queries import municipalities_on

from ..models import Home, User

if TYPE_CHECKING:
    from datetime import date

    from andock.organisations.models import Organisation

AGS, ARS, POSTCODE = 8, 12, 5
"""How many digits each of the keys has by which a municipality may be named."""
POSTCODES = re.compile(r"\d{5}")


@transaction.atomic
def note_homes(*, user: User, value: Any, today: date) -> list[Organisation]:
    """Put what the sign-in says now in place of what the one before said; nothing where it says nothing we know."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    Home.objects.filter(user=user).delete()
    found = municipalities_called(value, today)
    Home.objects.bulk_create(Home(user=user, municipality=one, said_on=today) for one in found)
    return found


def forget_homes(*, user_id: int) -> None:
    """The outside account is not linked any more."""
    Home.objects.filter(user=user_id).delete()


def municipalities_called(value: Any, today: date) -> list[Organisation]:
    """The municipalities with this AGS, ARS or postcode; a key sent as a number has lost its leading nought."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return []
    digits = str(value).strip()
    if isinstance(value, int) and len(digits) in {AGS - 1, ARS - 1}:
        digits = f"0{digits}"
    if not (digits.isascii() and digits.isdecimal()):
        return []
    inside = municipalities_on(today).filter(organisation__inside_region=True)
    match len(digits):
        case length if length in {AGS, ARS}:
            return [one.organisation for one in inside.filter(**{"ags" if length == AGS else "ars": digits})]
        case length if length == POSTCODE:
            candidates = inside.filter(postal_codes__contains=digits)
            return [one.organisation for one in candidates if digits in POSTCODES.findall(one.postal_codes)]
        case _other:
            return []


def claim_at(claims: Any, path: str) -> Any:
    """The value a claim has; ``address.postal_code`` is the one inside the other. None where there is none."""
    if not isinstance(claims, dict):
        return None
    if path in claims:  # names of claims may hold dots themselves, such as addresses
        return claims[path]
    name, dot, rest = path.partition(".")
    return claim_at(claims.get(name), rest) if dot else None
