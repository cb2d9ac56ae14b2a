"""The way to follow what a page shows: a link to a form of its own, the same for everybody, so pages stay kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from andock.knowledge.choices import Publication
from andock.organisations.choices import OrganisationKind

from .things import LONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from andock.knowledge.models import Solution
    from andock.organisations.models import Organisation, Term
    from andock.participation.models import Process
    from andock.search.narrowing import Request
    from andock.strategy.models import ElementVersion


def way(word: str, identity: str) -> str:
    """Where the form to follow something lies."""
    return f"{reverse('following:follow')}?{urlencode({'was': word, 'id': identity})}"


def follow_municipality(request: HttpRequest, organisation: Organisation) -> str:
    if organisation.kind != OrganisationKind.MUNICIPALITY:
        return ""
    text = _(
        "We write to you when there is something new from %s: solutions, events, participation, news, its own strategy."
    )
    return _shown(request, way("kommune", organisation.slug), text % organisation.name)


def follow_topic(request: HttpRequest, found: Sequence[Term]) -> str:
    text = _("We write to you when something new carries the topic “%s”.")
    return _shown(request, way("thema", found[0].slug), text % found[0])


def follow_element(request: HttpRequest, version: ElementVersion) -> str:
    text = _("We write to you when this passage gets another wording, here or in a municipality, or comes into force.")
    return _shown(request, way("stelle", str(version.element_id)), text)


def follow_solution(request: HttpRequest, solution: Solution) -> str:
    if solution.publication != Publication.PUBLISHED:
        return ""
    return _shown(request, way("loesung", solution.slug), _("We write to you when this card says something new."))


def follow_process(request: HttpRequest, process: Process) -> str:
    if not process.is_public:
        return ""
    text = _("We write to you when a part of this begins or ends soon, and when there are official answers.")
    return _shown(request, way("verfahren", process.slug), text)


def follow_search(request: HttpRequest, asked: Request) -> str:
    if not asked.question or len(asked.query()) > LONGEST:
        return ""
    address = f"{reverse('following:follow')}?was=suche&{asked.query()}"
    return _shown(request, address, _("We write to you when something new fits this search."))


def _shown(request: HttpRequest, address: str, text: str) -> str:
    return render_to_string("following/panel.html", {"address": address, "text": text}, request)
