"""What changed between two editions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from andock.docking.diff import KINDS
from andock.kernel.pagecache.pages import public_page, shared_part

from .. import queries
from ..choices import EditionState
from ..comparison import compared, term_labels
from .reading import SCOPES, absolute, is_foreign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from ..models import Edition


@dataclass(slots=True)
class Choice:
    """What was asked for. ``problem`` says in a sentence why it cannot be shown."""

    old: Edition | None = None
    new: Edition | None = None
    kind: str = ""
    problem: str = ""
    status: int = 200
    swapped: str = ""
    asked: dict[str, str] = field(default_factory=dict)


@public_page(scopes=SCOPES, query=("von", "bis", "art"))
def compare(request: HttpRequest) -> HttpResponse:
    """Two editions side by side, word by word; without a choice the one in force and the one before."""
    editions = list(queries.public_editions().reverse())
    choice = _choice(request.GET, editions)
    context: dict[str, Any] = {"editions": editions, "choice": choice, "foreign": is_foreign()}
    if choice.old and choice.new and not choice.problem:
        query = f"von={choice.old.ordinal}&bis={choice.new.ordinal}"
        context |= {
            "comparison": _comparison(request, choice.old, choice.new, choice.kind),
            "query": query,
            "canonical": absolute(f"{reverse('strategy:compare')}?{query}"),
        }
    return render(request, "strategy/compare.html", context, status=choice.status)


def _comparison(request: HttpRequest, old: Edition, new: Edition, kind: str) -> Mapping[str, Any]:
    """What the page shows of a comparison; long, so kept for everyone who asks, signed in or not."""

    def make() -> Mapping[str, Any]:
        found = compared(old, new)
        context = {"comparison": found, "items": found.of_kind(kind), "kind": kind, "term_labels": term_labels()}
        return {
            "tally": found.tally,
            "unchanged": found.unchanged + found.relabelled_count,
            "changes": render_to_string("strategy/_changes.html", context | {"foreign": is_foreign()}),
        }

    return shared_part(request, f"comparison {old.pk} {new.pk} {kind}", make, scopes=SCOPES)


def _choice(asked: Any, editions: list[Edition]) -> Choice:
    """Read ``von``, ``bis`` and ``art``; what is missing is filled in, what is wrong gets a sentence."""
    old, new = _usual(editions)
    choice = Choice(old, new, kind=asked.get("art", ""), asked={name: asked.get(name, "") for name in ("von", "bis")})
    for name, attribute in (("von", "old"), ("bis", "new")):
        if name in asked:
            setattr(choice, attribute, _edition(choice, asked[name], editions))
    if choice.old and choice.new and not choice.problem:
        _check_order(choice)
    if not choice.problem and choice.kind and choice.kind not in KINDS:
        choice.kind = ""
        _refuse(choice, 400, _("There is no such kind of change. All changes are listed when you compare again."))
    return choice


def _edition(choice: Choice, text: str, editions: list[Edition]) -> Edition | None:
    if not text.isascii() or not text.isdecimal():
        _refuse(choice, 400, _("“%s” is not the number of an edition. Please choose from the lists.") % text[:40])
        return None
    found = next((edition for edition in editions if str(edition.ordinal) == text.lstrip("0")), None)
    if found is None:
        _refuse(choice, 404, _("There is no edition number %s to compare. Please choose from the lists.") % text[:40])
    return found


def _check_order(choice: Choice) -> None:
    assert choice.old, "Both editions are known here."
    assert choice.new, "Both editions are known here."
    if choice.old.ordinal == choice.new.ordinal:
        _refuse(choice, 400, _("These are the same edition twice. Please choose two different ones."))
    elif choice.old.ordinal > choice.new.ordinal:
        choice.swapped = f"von={choice.new.ordinal}&bis={choice.old.ordinal}"
        _refuse(choice, 400, _("The newer edition stands first. Please put the older one first."))


def _refuse(choice: Choice, status: int, problem: str) -> None:
    """Keep the first problem; the form shows one sentence."""
    if not choice.problem:
        choice.problem, choice.status = problem, status


def _usual(editions: list[Edition]) -> tuple[Edition | None, Edition | None]:
    """The edition in force and the one before; else the last two there are."""
    places = [place for place, edition in enumerate(editions) if edition.state == EditionState.IN_FORCE]
    last = places[-1] if places and places[-1] else len(editions) - 1
    return (editions[last - 1], editions[last]) if last > 0 else (None, None)
