"""Costs and staff days, which are only known from … to …."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from .models import Solution


@dataclass(frozen=True, slots=True)
class Range:
    """Both ends; the same where it is known exactly."""

    least: int
    most: int

    def __str__(self) -> str:
        """As files write it: ``1000-5000``, or ``1000``."""
        return str(self.least) if self.least == self.most else f"{self.least}-{self.most}"

    @property
    def words(self) -> str:
        """The numbers as people write them."""
        if self.least == self.most:
            return number_format(self.least, force_grouping=True)
        return _("%(least)s to %(most)s") % {
            "least": number_format(self.least, force_grouping=True),
            "most": number_format(self.most, force_grouping=True),
        }

    @property
    def euros(self) -> str:
        return f"{self.words} €"

    @property
    def days(self) -> str:
        return ngettext("%s day", "%s days", self.most) % self.words


def parse_range(text: str) -> Range:
    """Read ``1000`` or ``1000-5000``. Raises ``ValueError`` with a sentence."""
    least, dash, most = (part.strip() for part in text.partition("-"))
    if not least.isdecimal() or (dash and not most.isdecimal()) or not least.isascii() or not most.isascii():
        raise ValueError(_("“%s” is no range. Write 1000 or 1000-5000, without points and units.") % text[:40])
    found = Range(int(least), int(most or least))
    if found.most < found.least:
        raise ValueError(_("“%s” ends before it begins.") % text[:40])
    if found.most > MOST:
        raise ValueError(_("“%s” is too large a number.") % text[:40])
    return found


MOST = 2_147_483_647


def range_of(solution: Solution, name: str) -> Range | None:
    """The range in the columns ``<name>_from`` and ``<name>_to``."""
    least, most = getattr(solution, f"{name}_from"), getattr(solution, f"{name}_to")
    return None if least is None else Range(least, most)


def put_range(solution: Solution, name: str, found: Range | None) -> None:
    setattr(solution, f"{name}_from", found.least if found else None)
    setattr(solution, f"{name}_to", found.most if found else None)
