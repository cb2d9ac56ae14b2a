"""Loads a region's pages and news. Loading twice changes nothing, and what an editor has changed stays."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page

from andock.kernel.dates import parse_date
from andock.kernel.pagecache.versions import SITE, public_transaction
from andock.kernel.text import slugify
from andock.organisations.loader import announced
from andock.organisations.queries import organisation_keys, term_keys
from andock.organisations.region_folder import LoadReport, Problem, Refused, RegionFolder, reason_of

from . import tree
from .choices import LegalKind
from .documents import renew_page
from .models import ContentPage, LegalPage, NewsIndexPage, NewsPage
from .page_format import body_of

Links = Mapping[str, list[Any]]
NO_LINKS: Links = {}
GERMAN = settings.LANGUAGE_CODE
NEWS_SLUG = "neuigkeiten"
NEWS_TITLES = {"de": "Neuigkeiten", "en": "News", "de-simple": "Neues"}


def load_pages(folder: RegionFolder) -> list[LoadReport]:
    """``pages/*.yaml``: a page and its translations each."""
    return [_load_page(folder, name) for name in folder.names("pages/*.yaml")]


@public_transaction()
def _load_page(folder: RegionFolder, name: str) -> LoadReport:
    report = LoadReport(name)
    content = folder.yaml(name)
    try:
        links = _links(content)
        for language, model, values in _translations(content):
            _put(report, model, tree.start_page(language), _key(content["key"]), values, links=links)
    except (KeyError, TypeError) as error:
        raise Refused([Problem(name, 0, str(error), _("This part is missing, or no term has this key."))]) from error
    except (ValueError, ValidationError) as error:
        raise Refused([Problem(name, 0, "", reason_of(error))]) from error
    return announced(report, "pages", SITE)


def _links(content: Mapping[str, Any]) -> Links:
    """The terms of a page; legal pages are about nothing but the law."""
    if content.get("legal") or "terms" not in content:
        return NO_LINKS
    known = term_keys()
    return {"terms": [known[key] for key in content["terms"]]}


def _translations(content: Mapping[str, Any]) -> Iterator[tuple[str, type[Page], dict[str, Any]]]:
    legal = content.get("legal", "")
    if legal and legal not in LegalKind.values:
        raise ValueError(
            _("“%(text)s” is unknown; allowed are: %(choices)s.")
            % {"text": legal, "choices": ", ".join(LegalKind.values)}
        )
    own = {"kind": legal} if legal else {"in_foot": bool(content.get("foot", False))}
    for language, part in content["translations"].items():
        values = {
            "title": part["title"],
            "slug": part.get("slug") or slugify(part["title"]),
            "lead": part.get("lead", ""),
            "body": body_of(part["body"]),
            "show_in_menus": bool(content.get("menu", False)),
            **own,
        }
        yield language, LegalPage if legal else ContentPage, values


@public_transaction()
def load_news(folder: RegionFolder) -> LoadReport:
    """``news.yaml``: own short texts about things that happened."""
    report = LoadReport("news.yaml")
    if not folder.has(report.file):
        return report
    entries = folder.yaml(report.file) or []
    index = _news_index(report)
    keys, known = organisation_keys(), term_keys()
    for number, entry in enumerate(entries, start=1):
        try:
            places = [keys[key] for key in entry.get("municipalities", [])]
            carried = [known[key] for key in entry.get("terms", [])]
            _put(
                report,
                NewsPage,
                index,
                _key(f"news/{entry['date']}/{entry['title']}"),
                _news_values(entry),
                links={"organisations": places, "terms": carried},
            )
        except KeyError as error:
            reason = _("This part is missing, or no organisation and no term has this key.")
            raise Refused([Problem(report.file, 0, f"{number}. {error}", reason)]) from error
        except (ValueError, ValidationError) as error:
            raise Refused([Problem(report.file, 0, f"{number}.", reason_of(error))]) from error
    return announced(report, "pages", SITE)


def _news_index(report: LoadReport) -> Page:
    """The page that lists the news, in every language; returns the German one."""
    values = {"slug": NEWS_SLUG, "show_in_menus": True}
    pages = {
        language: _put(report, NewsIndexPage, tree.start_page(language), _key(NEWS_SLUG), values | {"title": title})
        for language, title in NEWS_TITLES.items()
    }
    return pages[GERMAN]


def _news_values(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": entry["title"],
        "slug": slugify(entry["title"])[:200].strip("-"),
        "date_text": str(entry["date"]),
        "sorted_on": parse_date(str(entry["date"])).latest,
        "intro": entry["text"],
        "source": entry.get("source", ""),
        "body": body_of(entry.get("body", [])),
    }


def _key(name: str) -> uuid.UUID:
    """What binds the translations of a page together, and the page to its file."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"andock:page:{name}")


def _put(
    report: LoadReport,
    model: type[Page],
    parent: Page,
    key: uuid.UUID,
    values: dict[str, Any],
    *,
    links: Links = NO_LINKS,
) -> Page:
    """Make the page, or change what differs; leave it alone once a person has edited it."""
    found = model.objects.filter(translation_key=key, locale=parent.locale).first()
    if found is None:
        found = model(translation_key=key, locale=parent.locale, **_prepared(model, values))
        for name, things in links.items():
            setattr(found, name, things)
        parent.add_child(instance=found)
        renew_page(found)  # Wagtail writes what a page carries after it has told that the page is there
        report.count("created")
    elif found.latest_revision_id:
        report.notes.append(_("“%s” was edited on the site and stays as it is.") % found.title)
        report.count("unchanged")
    else:
        report.count(_change(found, values, links))
    return found


def _change(page: Page, values: dict[str, Any], links: Links) -> str:
    different = {
        name: value for name, value in values.items() if _plain(getattr(page, name)) != _plain_new(page, name, value)
    }
    moved = {name: things for name, things in links.items() if set(getattr(page, name).all()) != set(things)}
    if not different and not moved:
        return "unchanged"
    for name, value in _prepared(type(page), different).items():
        setattr(page, name, value)
    for name, things in moved.items():
        setattr(page, name, things)
    page.full_clean()
    page.save()
    renew_page(page)
    return "changed"


def _prepared(model: type[Page], values: dict[str, Any]) -> dict[str, Any]:
    """Bodies as Wagtail's stream values, the rest as it is."""
    fields = {name: model._meta.get_field(name) for name in values}
    return {
        name: fields[name].to_python(value) if isinstance(fields[name], StreamField) else value
        for name, value in values.items()
    }


def _plain_new(page: Page, name: str, value: Any) -> Any:
    return _plain(_prepared(type(page), {name: value})[name])


def _plain(value: Any) -> Any:
    """A stream without the ids of its blocks, so that two can be compared."""
    if hasattr(value, "get_prep_value"):
        return _plain(value.get_prep_value())
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items() if name != "id"}
    return [_plain(part) for part in value] if isinstance(value, list) else value
