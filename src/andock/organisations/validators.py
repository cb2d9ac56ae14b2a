"""Official keys of German municipalities (AGS, ARS: register GV-ISys of the federal statistical office).

The keys carry no check digit; what can be checked is their length and how they nest.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def validate_ags(value: str) -> None:
    """AGS: 2 digits state, 1 government region, 2 district, 3 municipality."""
    if not re.fullmatch(r"\d{8}", value):
        raise ValidationError(_("An AGS has eight digits, such as 05966024; this one is “%s”.") % value)


def validate_ars(value: str) -> None:
    """ARS: the AGS with four digits for the association of municipalities in its middle."""
    if not re.fullmatch(r"\d{12}", value):
        raise ValidationError(_("An ARS has twelve digits, such as 059660024024; this one is “%s”.") % value)


def validate_district_key(value: str) -> None:
    """The first five digits of the keys of a district's municipalities."""
    if not re.fullmatch(r"\d{5}", value):
        raise ValidationError(_("A district's key has five digits, such as 05966; this one is “%s”.") % value)


def validate_nesting(*, ags: str, ars: str) -> None:
    """State, region and district (1-5) and municipality (last three) are the same in both keys."""
    if ars[:5] != ags[:5] or ars[-3:] != ags[-3:]:
        raise ValidationError(
            _(
                "The ARS “%(ars)s” does not belong to the AGS “%(ags)s”: the first five and the last three digits must agree."
            )
            % {"ars": ars, "ags": ags}
        )
