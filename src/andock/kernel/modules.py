"""Modules announce themselves: what the rest of the house needs to know, on one screen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.module_loading import import_string

from .jobs import enqueue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.utils.functional import Promise

    from .immutability import Frozen


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A place in the main menu; ``label`` is a lazy translation."""

    label: str | Promise
    url_name: str
    position: int


@dataclass(frozen=True, slots=True)
class Module:
    """A module's manifest.

    ``urls`` is included below the language prefix, ``page_urls`` too, but after every other module's; ``plain_urls``
    have no language in the path. ``sitemaps`` name Sitemap classes. ``loaders`` are dotted paths of functions that read one
    part of a region folder. ``panels`` name functions ``(request, object) -> SafeString | ""`` that show this
    module's things on a page of a lower one. ``frozen`` are rows the database itself refuses to change.
    ``actions`` are what the module writes into the audit trail, with the words people read; ``private`` are those of them
    that tell of a draft, which the organisation shows to nobody yet.
    ``checks`` are dotted paths of functions ``() -> Iterable[Finding]`` that ``andock doctor`` asks.
    ``attached`` names a function that says what of the module hangs on things of a lower one, by their identity
    (``attached_to``): whoever withdraws or divides one is told. ``listens`` names the job of this module that
    runs after a lower one has announced something (``announce``), by the announcement's name. ``documents`` is the
    dotted path of what tells the search which documents the module has. ``personal`` is the dotted path of what exports and
    erases what the module keeps about somebody who takes part (``participation.personal.Kept``). ``contribution_details`` is the dotted path of what the
    module says of its contributions in tables and open data (``participation.details.Details``). ``process_lacks`` is that of a
    function ``(process) -> Iterable[participation.lacking.Lack]`` that says what the module misses before a process of
    participation may be published. ``passages`` is that of a function ``(path) -> participation.changes.Change | None`` that knows
    which passage of a text stands at an address of the module. ``processing`` is that of what
    it does with personal data (several ``kernel.processing.Processing``), ``due`` that of a function ``(now) -> {what: number}``
    that counts what its daily job would delete.
    """

    name: str
    urls: str = ""
    page_urls: str = ""
    plain_urls: str = ""
    sitemaps: Mapping[str, str] = field(default_factory=dict)
    menu: tuple[MenuEntry, ...] = ()
    loaders: tuple[str, ...] = ()
    panels: Mapping[str, str] = field(default_factory=dict)
    frozen: tuple[Frozen, ...] = ()
    actions: Mapping[str, str | Promise] = field(default_factory=dict)
    private: frozenset[str] = frozenset()
    checks: tuple[str, ...] = ()
    attached: str = ""
    listens: Mapping[str, str] = field(default_factory=dict)
    documents: str = ""
    contribution_details: str = ""
    process_lacks: str = ""
    passages: str = ""
    processing: str = ""
    due: str = ""
    personal: str = ""


@cache
def modules() -> tuple[Module, ...]:
    """The manifests of the modules that are switched on, lower layers first."""
    return tuple(import_string(f"{path}.module.MODULE") for path in settings.ANDOCK_MODULES)


def menu() -> list[MenuEntry]:
    """All menu entries, in the order they are shown."""
    return sorted((entry for module in modules() for entry in module.menu), key=lambda entry: entry.position)


def loaders() -> Iterator[Callable]:
    """The functions that load a region, lower layers first."""
    return (import_string(path) for module in modules() for path in module.loaders)


def panels(place: str) -> Iterator[Callable]:
    """The functions that offer something for the named place."""
    return (import_string(module.panels[place]) for module in modules() if place in module.panels)


def sitemaps() -> dict[str, type]:
    """What the modules tell search engines, by a name unique in the house."""
    return {name: import_string(path) for module in modules() for name, path in module.sitemaps.items()}


def actions() -> dict[str, str | Promise]:
    """Every action an audit entry may name, with its words."""
    return {name: label for module in modules() for name, label in module.actions.items()}


def private_actions() -> set[str]:
    """The actions that only people of the organisation concerned read of."""
    return {name for module in modules() for name in module.private}


def checks() -> Iterator[tuple[str, Callable]]:
    """The checks of this installation with their paths, lower layers first."""
    return ((path, import_string(path)) for module in modules() for path in module.checks)


def documents() -> list[str]:
    """The dotted paths of what the modules tell the search, lower layers first."""
    return [module.documents for module in modules() if module.documents]


def contribution_details() -> list[Any]:
    """What the modules say of their contributions in tables and open data, lower layers first."""
    return [import_string(module.contribution_details) for module in modules() if module.contribution_details]


def process_lacks() -> list[Callable]:
    """What says what a process of participation lacks, lower layers first."""
    return [import_string(module.process_lacks) for module in modules() if module.process_lacks]


def passages() -> list[Callable]:
    """What knows the passages at modules' own addresses, lower layers first."""
    return [import_string(module.passages) for module in modules() if module.passages]


def processings() -> list[tuple[str, Any]]:
    """What the modules do with personal data, by their names."""
    return [(module.name, import_string(module.processing)) for module in modules() if module.processing]


def due_functions() -> list[tuple[str, Callable]]:
    """What counts the rows a module's daily job would delete, by the modules' names."""
    return [(module.name, import_string(module.due)) for module in modules() if module.due]


def personal() -> list[Any]:
    """What the modules keep about somebody who takes part, lower layers first."""
    return [import_string(module.personal) for module in modules() if module.personal]


def attached_to(identities: Collection[str]) -> dict[str, list[str]]:
    """What hangs on these identities in all modules, in words people know it by."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for module in modules():
        if module.attached:
            for identity, names in import_string(module.attached)(identities).items():
                found[identity] += names
    return dict(found)


def announce(what: str, **arguments: Any) -> None:
    """Tell the modules that listen: their jobs are queued with the caller's transaction. ``arguments`` are ids."""
    for module in modules():
        if what in module.listens:
            enqueue(module.listens[what], **arguments)
