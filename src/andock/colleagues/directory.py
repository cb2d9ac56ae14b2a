"""The directory of offices: what each organisation keeps here, else what its profile says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from andock.accounts.queries import agency

from . import queries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from andock.organisations.models import Organisation, Term

    from .models import Office


@dataclass(frozen=True, slots=True)
class Entry:
    """An office as the directory shows it; ``is_kept`` is false where it comes from the profile."""

    organisation: Organisation
    name: str
    email: str
    phone: str
    asks: str
    terms: list[Term]
    is_kept: bool

    def fits(self, chosen: Mapping[str, str]) -> bool:
        words = " ".join([self.name, self.email, self.asks, self.organisation.name, *map(str, self.terms)])
        return (
            chosen.get("wort", "").casefold() in words.casefold()
            and chosen.get("ort", self.organisation.slug) == self.organisation.slug
            and ("thema" not in chosen or chosen["thema"] in {term.slug for term in self.terms})
        )


@dataclass(slots=True)
class Directory:
    """Everybody with the offices that can be turned to; ``silent`` are those that name none."""

    organisations: list[Organisation] = field(default_factory=list)
    listed: list[tuple[Organisation, list[Entry]]] = field(default_factory=list)
    silent: list[Organisation] = field(default_factory=list)

    def narrowed(self, chosen: Mapping[str, str]) -> list[tuple[Organisation, list[Entry]]]:
        found = ((organisation, [one for one in entries if one.fits(chosen)]) for organisation, entries in self.listed)
        return [(organisation, entries) for organisation, entries in found if entries]


def directory(today: date) -> Directory:
    """The agency first, then all others by name."""
    helper = agency()
    kept: dict[int, list[Entry]] = {}
    for office in queries.all_offices():
        kept.setdefault(office.organisation_id, []).append(_of_office(office))
    found = Directory(sorted(queries.listed_organisations(today, helper), key=lambda one: (one != helper, one.name)))
    for organisation in found.organisations:
        entries = kept.get(organisation.pk) or list(_of_profile(organisation))
        if entries:
            found.listed.append((organisation, entries))
        else:
            found.silent.append(organisation)
    return found


def _of_office(office: Office) -> Entry:
    return Entry(
        office.organisation,
        office.name,
        office.email,
        office.phone,
        office.asks,
        list(office.terms.all()),
        is_kept=True,
    )


def _of_profile(organisation: Organisation) -> Iterable[Entry]:
    profile: Any = getattr(organisation, "profile", None)
    if profile and (profile.contact_office or profile.contact_email or profile.contact_phone):
        yield Entry(
            organisation, profile.contact_office, profile.contact_email, profile.contact_phone, "",
            list(profile.terms.all()), is_kept=False,
        )  # fmt: skip
