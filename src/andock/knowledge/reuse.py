"""What must be answered before another municipality can take a solution over. One list, asked in Python and in SQL.

A card is "re-usable" when all conditions that apply to its kind are answered, otherwise it is an inspiration. The list
follows what projects that were taken over had in common; "none needed" is an answer, an empty field is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .choices import WITH_INTERFACES, WITH_SOURCE_CODE, DocumentKind, SolutionKind
from .models import Solution, SolutionDocument

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.utils.functional import Promise

UNTIL = "answers_until"
"""The one answer that ends by itself."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One question. Answered if all of ``fields`` are filled in, or if there is a document of one of ``documents``.

    ``kinds`` names the kinds of solution it is asked of; all where empty.
    """

    key: str
    title: str | Promise
    missing: str | Promise
    fields: tuple[str, ...] = ()
    documents: tuple[DocumentKind, ...] = ()
    kinds: frozenset[SolutionKind] = frozenset()

    def applies_to(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds


CONDITIONS = (
    Condition(
        "problem", _("Problem and target group"), _("Which problem does it solve, and for whom?"),
        ("problem", "target_group"),
    ),
    Condition(
        "results", _("Results and evidence"), _("What came of it, and what shows that?"), ("results",),
    ),
    Condition(
        "failures", _("Risks and what did not work"), _("What did not work, and what might go wrong elsewhere?"), ("failures",),
    ),
    Condition(
        "prerequisites", _("Prerequisites"), _("What must be there before: data, network, systems, skills?"), ("prerequisites",),
    ),
    Condition(
        "effort", _("Cost and staff days"), _("What does it cost once and a year, and how many staff days does it take?"),
        ("cost_once_from", "cost_yearly_from", "staff_days_from"),
    ),
    Condition("operator", _("Who runs it"), _("Who runs it: the municipality, an IT provider, a company?"), ("operator_model",)),
    Condition("licence", _("Licence"), _("Under which licence may others take it?"), ("licence",)),
    Condition(
        "repository", _("Repository"), _("Where do code or data lie?"), ("repository_url",), kinds=WITH_SOURCE_CODE,
    ),
    Condition(
        "standards", _("Interfaces and standards"), _("Which interfaces and standards does it use?"), ("standards",),
        kinds=WITH_INTERFACES,
    ),
    Condition(
        "procurement", _("Way of procurement"), _("How does another municipality come to it lawfully?"), ("procurement_path",),
    ),
    Condition(
        "data_protection", _("Data protection"), _("What does data protection ask for? A paper or a sentence."),
        ("data_protection",), (DocumentKind.DATA_PROTECTION,),
    ),
    Condition(
        "accessibility", _("Accessibility"), _("Can everybody use it? A paper or a sentence."),
        ("accessibility",), (DocumentKind.ACCESSIBILITY,),
    ),
    Condition(
        "templates", _("Templates for the decision"), _("A council paper or a text for a tender that others can take."),
        documents=(DocumentKind.COUNCIL_PAPER, DocumentKind.TENDER),
    ),
    Condition("adaptation", _("What has to be adapted"), _("What does every municipality have to change for itself?"), ("adaptation",)),
    Condition(
        "contact", _("Office that answers"), _("Which office answers questions, and until when?"), ("contact_office", UNTIL),
    ),
    Condition(
        "confirmed", _("Version, confirmed by the owner"), _("Which version is described here, and is it still true?"),
        ("version", "confirmed_on"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    condition: Condition
    is_given: bool


@dataclass(frozen=True, slots=True)
class Reuse:
    """A card's answers to all conditions that apply to it."""

    answers: tuple[Answer, ...]

    @property
    def given(self) -> int:
        return sum(answer.is_given for answer in self.answers)

    @property
    def total(self) -> int:
        return len(self.answers)

    @property
    def missing(self) -> list[Condition]:
        return [answer.condition for answer in self.answers if not answer.is_given]

    @property
    def is_reusable(self) -> bool:
        return self.given == self.total

    @property
    def words(self) -> str:
        """How far it is, in words."""
        if self.is_reusable:
            return str(_("re-usable"))
        told = ngettext("%(given)d of %(total)d answer", "%(given)d of %(total)d answers", self.total)
        return told % {"given": self.given, "total": self.total}


def reuse_of(solution: Solution, today: date, documents: Collection[str] | None = None) -> Reuse:
    """What of the list is answered on ``today``. ``documents`` are the kinds that are there, asked for where None."""
    kinds = {one.kind for one in solution.documents.all()} if documents is None else documents
    asked = (condition for condition in CONDITIONS if condition.applies_to(solution.kind))
    return Reuse(tuple(Answer(condition, _is_given(condition, solution, kinds, today)) for condition in asked))


def reusable_on(today: date) -> Q:
    """The same question about many cards."""
    wanted = Q()
    for condition in CONDITIONS:
        met = _filled(condition, today)
        wanted &= met | ~Q(kind__in=condition.kinds) if condition.kinds else met
    return wanted


def _is_given(condition: Condition, solution: Solution, documents: Collection[str], today: date) -> bool:
    if any(kind in documents for kind in condition.documents):
        return True
    return bool(condition.fields) and all(_has(solution, name, today) for name in condition.fields)


def _has(solution: Solution, name: str, today: date) -> bool:
    value: Any = getattr(solution, name)
    if name == UNTIL:
        return value is not None and value >= today
    return value not in {None, ""}


def _filled(condition: Condition, today: date) -> Q:
    fields = Q()
    for name in condition.fields:
        fields &= _filled_field(name, today)
    if not condition.documents:
        return fields
    there = Q(Exists(SolutionDocument.objects.filter(solution=OuterRef("pk"), kind__in=condition.documents)))
    return fields | there if condition.fields else there


def _filled_field(name: str, today: date) -> Q:
    if name == UNTIL:
        return Q(answers_until__gte=today)
    if Solution._meta.get_field(name).null:
        return Q(**{f"{name}__isnull": False})
    return ~Q(**{name: ""})
