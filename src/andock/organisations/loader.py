"""Loads who there is: vocabularies, region, districts, municipalities and other organisations.

Loading twice changes nothing. Each file is written whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from andock.design.layout import assign_tiles
from andock.kernel.pagecache.versions import SITE, bump, public_transaction
from andock.kernel.text import slugify

from .choices import MunicipalityKind, OrganisationKind, VocabularyName
from .models import District, FormerSlug, Municipality, Organisation, Region, Term
from .queries import organisation_by_address
from .region_folder import Column, LoadReport, Problem, Refused, RegionFolder, Row, reason_of
from .services.register import move_address
from .validators import validate_ags, validate_ars, validate_district_key, validate_nesting

M = TypeVar("M", bound=models.Model)


def put(model: type[M], *, key: Mapping[str, Any], values: Mapping[str, Any]) -> tuple[M, str]:
    """Make the row with this key, or change it where a value differs.

    Returns the row and what happened: ``created``, ``changed`` or ``unchanged``.
    """
    found = model._default_manager.filter(**key).first()  # noqa: SLF001  Django's documented name
    if found is None:
        found = model(**key, **values)
        found.full_clean(validate_unique=False, validate_constraints=False)
        found.save(force_insert=True)
        return found, "created"
    different = [name for name, value in values.items() if getattr(found, name) != value]
    if not different:
        return found, "unchanged"
    for name in different:
        setattr(found, name, values[name])
    found.full_clean(validate_unique=False, validate_constraints=False)
    found.save()
    return found, "changed"


def announced(report: LoadReport, *scopes: str) -> LoadReport:
    """The report, once readers of these scopes will be shown what was loaded, if anything was."""
    if report.created or report.changed:
        bump(*scopes)
    return report


def one_of(choices: type[models.TextChoices]) -> Callable[[str], str]:
    """A reader that accepts the values of ``choices`` only."""

    def read(text: str) -> str:
        if text not in choices.values:
            raise ValueError(
                _("“%(text)s” is unknown; allowed are: %(choices)s.")
                % {"text": text, "choices": ", ".join(choices.values)}
            )
        return text

    return read


def number(text: str) -> int:
    """A whole number above zero."""
    if not text.isdigit() or int(text) == 0:
        raise ValueError(_("“%s” is not a whole number above zero.") % text)
    return int(text)


def decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(_("“%s” is not a number. Write a point before the decimals.") % text) from error


def coordinate(text: str) -> float:
    return float(decimal(text))


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(_("“%s” is not a day. Write it as 2023-12-31.") % text) from error


def true_or_false(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(_("“%s” must be true or false.") % text)
    return text == "true"


def checked(validate: Callable[[str], None]) -> Callable[[str], str]:
    """A reader that returns the text once it has passed a validator."""

    def read(text: str) -> str:
        validate(text)
        return text

    return read


DISTRICTS = {
    "ags": Column(checked(validate_district_key), required=True),
    "ars": Column(checked(validate_district_key)),
    "name": Column(required=True),
    "slug": Column(),
    "website": Column(),
    "source": Column(),
}
MUNICIPALITIES = {
    "ags": Column(checked(validate_ags), required=True),
    "ars": Column(checked(validate_ars), required=True),
    "name": Column(required=True),
    "official_name": Column(),
    "district_ags": Column(checked(validate_district_key), required=True),
    "kind": Column(one_of(MunicipalityKind), required=True),
    "population": Column(number, required=True),
    "population_date": Column(day, required=True),
    "population_source": Column(),
    "area_km2": Column(decimal, required=True),
    "lat": Column(coordinate, required=True),
    "lon": Column(coordinate, required=True),
    "postal_codes": Column(),
    "website": Column(),
    "note": Column(),
    "source": Column(),
}
TILES = {
    "ags": Column(checked(validate_ags), required=True),
    "col": Column(int, required=True),
    "row": Column(int, required=True),
    "code": Column(),
    "label": Column(),
}
ORGANISATIONS = {
    "slug": Column(),
    "name": Column(required=True),
    "kind": Column(one_of(OrganisationKind), required=True),
    "inside_region": Column(true_or_false, default=True),
    "district_ags": Column(),
    "website": Column(),
    "note": Column(),
    "source": Column(),
}

REGION_TEXTS = ("claim", "home", "joining", "attribution")


@public_transaction()
def load_vocabularies(folder: RegionFolder) -> LoadReport:
    """``vocabularies.yaml``: lists of terms by vocabulary."""
    report = LoadReport("vocabularies.yaml")
    content = folder.yaml(report.file) or {}
    unknown = [name for name in content if name not in VocabularyName.values]
    if unknown:
        raise Refused([Problem(report.file, 0, name, _("There is no vocabulary of this name.")) for name in unknown])
    for vocabulary, entries in content.items():
        for position, entry in enumerate(entries):
            report.count(_put_term(vocabulary, position, entry))
    return announced(report, "organisations")


def _put_term(vocabulary: str, position: int, entry: Mapping[str, Any]) -> str:
    values = {
        "labels": _by_language(entry["label"]),
        "texts": _by_language(entry.get("text", "")),
        "position": position,
        "source": entry.get("source", ""),
    }
    slug = entry.get("slug") or slugify(values["labels"]["de"])
    return put(Term, key={"vocabulary": vocabulary, "slug": slug}, values=values)[1]


def _by_language(value: Any) -> dict[str, str]:
    return value if isinstance(value, dict) else {"de": value}


@public_transaction()
def load_districts(folder: RegionFolder) -> LoadReport:
    """``districts.csv``: an organisation and a district a row."""
    report = LoadReport("districts.csv")
    for row in folder.rows(report.file, DISTRICTS):
        organisation, outcome = _put_organisation(row, OrganisationKind.DISTRICT)
        _district, second = put(District, key={"ags": row["ags"]}, values={"organisation": organisation})
        report.count(_together(outcome, second))
    return announced(report, "organisations")


@public_transaction()
def load_municipalities(folder: RegionFolder) -> LoadReport:
    """``municipalities.csv`` and, where there is one, ``tiles.csv``."""
    report = LoadReport("municipalities.csv")
    rows = folder.rows(report.file, MUNICIPALITIES)
    districts = {district.ags: district for district in District.objects.all()}
    _refuse(_municipality_problems(rows, districts))
    for row in rows:
        report.count(_put_municipality(row, districts[row["district_ags"]]))
    return announced(report, "organisations", SITE)  # the foot of every page counts them


def _municipality_problems(rows: list[Row], districts: Mapping[str, District]) -> Iterable[Problem]:
    seen: dict[str, int] = {}
    for row in rows:
        if row["district_ags"] not in districts:
            yield row.problem("district_ags", _("There is no district “%s” in districts.csv.") % row["district_ags"])
        if not row["ags"].startswith(row["district_ags"]):
            yield row.problem("ags", _("The key must begin with the key of its district, %s.") % row["district_ags"])
        if row["ags"] in seen:
            yield row.problem("ags", _("This key already stands in line %d.") % seen[row["ags"]])
        seen[row["ags"]] = row.line
        try:
            validate_nesting(ags=row["ags"], ars=row["ars"])
        except ValidationError as error:
            yield row.problem("ars", reason_of(error))


def _put_municipality(row: Row, district: District) -> str:
    _follow_new_address(row)
    organisation, outcome = _put_organisation(row, OrganisationKind.MUNICIPALITY, district)
    values = {
        "organisation": organisation,
        "ars": row["ars"],
        "kind": row["kind"],
        "population": row["population"],
        "population_on": row["population_date"],
        "population_source": row["population_source"],
        "area_km2": row["area_km2"],
        "latitude": row["lat"],
        "longitude": row["lon"],
        "postal_codes": row["postal_codes"],
    }
    return _together(outcome, put(Municipality, key={"ags": row["ags"]}, values=values)[1])


def _follow_new_address(row: Row) -> None:
    """A municipality is known by its key: with another name in the file it moves, and its old address leads on."""
    known = Municipality.objects.filter(ags=row["ags"]).select_related("organisation").first()
    slug = row.values.get("slug") or slugify(row["name"])
    if known is None or known.organisation.slug == slug or known.organisation.former_slugs.filter(slug=slug).exists():
        return
    try:
        move_address(known.organisation, slug)
    except ValidationError as error:
        raise Refused([row.problem("name", reason_of(error))]) from error
    known.organisation.save()


@public_transaction()
def load_tiles(folder: RegionFolder) -> LoadReport:
    """``tiles.csv``: where each municipality stands on the schematic map; computed where there is no such file."""
    report = LoadReport("tiles.csv")
    if not folder.has(report.file):
        return _computed_tiles(report)
    rows = folder.rows(report.file, TILES)
    known = set(Municipality.objects.values_list("ags", flat=True))
    _refuse(row.problem("ags", _("No municipality has this key.")) for row in rows if row["ags"] not in known)
    for row in rows:
        values = {
            "tile_column": row["col"],
            "tile_row": row["row"],
            "tile_code": row["code"],
            "tile_label": row["label"],
        }
        report.count(put(Municipality, key={"ags": row["ags"]}, values=values)[1])
    return announced(report, "organisations")


def _computed_tiles(report: LoadReport) -> LoadReport:
    """Places for a region that brings none: each municipality on the hexagon nearest to where it lies."""
    towns = {town.ags: town for town in Municipality.objects.all()}
    places = assign_tiles({ags: (town.latitude, town.longitude) for ags, town in towns.items()})
    for ags, (column, row) in places.items():
        values = {"tile_column": column, "tile_row": row, "tile_code": "", "tile_label": ""}
        report.count(put(Municipality, key={"ags": ags}, values=values)[1])
    return announced(report, "organisations")


@public_transaction()
def load_organisations(folder: RegionFolder) -> LoadReport:
    """``organisations.csv``: agency, supporters and others."""
    report = LoadReport("organisations.csv")
    rows = folder.rows(report.file, ORGANISATIONS)
    districts = {district.ags: district for district in District.objects.all()}
    _refuse(
        row.problem("district_ags", _("There is no such district."))
        for row in rows
        if row["district_ags"] and row["district_ags"] not in districts
    )
    for row in rows:
        report.count(_put_organisation(row, row["kind"], districts.get(row["district_ags"]))[1])
    return announced(report, "organisations")


@public_transaction()
def load_region(folder: RegionFolder) -> LoadReport:
    """``region.yaml``: the region itself, its words and its agency."""
    report = LoadReport("region.yaml")
    content = folder.yaml(report.file)
    agency = organisation_by_address(content.get("agency", ""))
    if agency is None:
        raise Refused([Problem(report.file, 0, "agency", _("Name the agency by its slug in organisations.csv."))])
    organisation, outcome = _put_by_address(content["slug"], {"name": content["name"], "kind": OrganisationKind.REGION})
    values = {
        "agency": agency,
        "state": content.get("state", ""),
        "labels": content.get("labels") or {},
        "texts": {name: content[name] for name in REGION_TEXTS if name in content},
        "sources": content.get("sources") or [],
    }
    report.count(_together(outcome, put(Region, key={"organisation": organisation}, values=values)[1]))
    return announced(report, "organisations", SITE)


def _put_organisation(row: Row, kind: str, district: District | None = None) -> tuple[Organisation, str]:
    fields = ("name", "official_name", "website", "note", "source", "inside_region")
    values = {name: row[name] for name in fields if name in row.values}
    slug = row.values.get("slug") or slugify(row["name"])
    try:
        return _put_by_address(slug, values | {"kind": kind, "district": district})
    except ValidationError as error:
        raise Refused([row.problem(", ".join(error.message_dict), reason_of(error))]) from error


def _put_by_address(slug: str, values: Mapping[str, Any]) -> tuple[Organisation, str]:
    """Make or change the organisation; one renamed here since keeps its new name, though the file says the old one."""
    if former := FormerSlug.objects.filter(slug=slug).select_related("organisation").first():
        slug, values = former.organisation.slug, {name: value for name, value in values.items() if name != "name"}
    return put(Organisation, key={"slug": slug}, values=values)


def _together(*outcomes: str) -> str:
    return next((outcome for outcome in ("created", "changed") if outcome in outcomes), "unchanged")


def _refuse(problems: Iterable[Problem]) -> None:
    if found := list(problems):
        raise Refused(found)
