"""What owners write on a card: one screen in groups, and most of it may stay empty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from andock.events.queries import public_events
from andock.kernel.pdf import check_pdf
from andock.organisations.choices import OrganisationKind
from andock.organisations.queries import organisations, terms
from andock.strategy.queries import edition_in_force, newest_versions, versions_of

from .. import queries
from ..choices import (
    DocumentKind,
    OperatorModel,
    ProcurementPath,
    SettlementType,
    SizeClass,
    SolutionKind,
    SolutionState,
    SpatialEffect,
)
from .entries import (
    MAX_TEXT,
    AddressesField,
    Clean,
    DayField,
    Kept,
    MomentField,
    RangeField,
    Sheet,
    WebField,
    long_text,
)

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from ..models import Solution

WHEN = _("As exactly as it is known: 2024, 2024-05, 2024-05-17 or 2024-23 (autumn).")


def paragraphs(label: Any, help_text: Any = "", rows: int = 4) -> forms.CharField:
    return long_text(label, help_text, rows=rows, most=MAX_TEXT)


def one_of(label: Any, choices: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, help_text=help_text)


def short(label: Any, most: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, help_text=help_text)


def many(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


class SolutionForm(Sheet):
    """The whole card."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Type"), choices=SolutionKind.choices)
    state = one_of(_("How far is it?"), SolutionState.choices)
    benefit = short(_("Benefit in one sentence"), 400, _("Stands on the card in every list. What is better for whom?"))
    text = paragraphs(_("Description"), _("Plain text; a blank line begins a new paragraph."), rows=8)
    problem = paragraphs(_("Which problem does it solve?"), rows=3)
    target_group = paragraphs(_("For whom?"), rows=2)
    start_text = MomentField(_("Begun"), WHEN)
    end_text = MomentField(_("Ended, or to end"))
    spatial_effect = one_of(_("What does it work for?"), SpatialEffect.choices)

    results = paragraphs(_("What came of it?"), _("Numbers where you have them, and what people say."))
    evidence_url = WebField(_("Address that shows it"), _("An evaluation, a report, a dashboard."))
    failures = paragraphs(
        _("What did not work, and what are the risks?"), _("This helps others most. Please name no people.")
    )

    prerequisites = paragraphs(
        _("What must be there before?"), _("Data, network, systems, skills. Write “none” if there is nothing.")
    )
    size_class = one_of(_("Size of the municipality it was tried in"), SizeClass.choices)
    settlement_type = one_of(_("Kind of settlement"), SettlementType.choices)
    cost_once = RangeField(
        _("Cost once, in euros"), _("From … to …, for example: 5000 to 20000. 0 if it costs nothing.")
    )
    cost_yearly = RangeField(_("Cost a year, in euros"))
    staff_days = RangeField(_("Staff days once"), _("Until it runs, in your own house."))
    staff_days_yearly = RangeField(_("Staff days a year"))
    budget = forms.IntegerField(
        label=_("Budget or funding, in euros"),
        required=False,
        min_value=0,
        max_value=10**12,
        help_text=_("What is known publicly, if the cost is not."),
    )

    operator_model = one_of(_("Who runs it?"), OperatorModel.choices)
    operator_note = short(_("More on that"), 300)
    licence = short(_("Licence"), 120, _("For example EUPL-1.2, CC BY 4.0, or “own agreement”."))
    repository_url = WebField(_("Where code or data lie"))
    standards = paragraphs(_("Interfaces and standards"), rows=3)
    procurement_path = one_of(_("How does another municipality come to it?"), ProcurementPath.choices)
    procurement_note = paragraphs(_("More on procurement"), rows=2)
    data_protection = paragraphs(
        _("Data protection"),
        _("For example: processes no personal data. Papers are uploaded below “Documents”."),
        rows=2,
    )
    accessibility = paragraphs(_("Accessibility"), rows=2)

    adaptation = paragraphs(_("What does every municipality have to adapt?"), rows=3)
    transfer_note = paragraphs(_("What else others should know"), rows=3)
    contact_office = short(_("Office that answers questions"), 200, _("The office, not a person."))
    answers_until = DayField(_("Answers until"), _("As long as the office can promise to answer."))
    version = short(
        pgettext_lazy("solution", "Version"),
        40,
        _("What is described here, for example 2.1 or “state of spring 2026”."),
    )

    terms = many(_("Topics"), _("The pages of the topics show the card."))
    keywords = short(_("Own keywords"), 300, _("Divided by commas; words the topics lack."))
    partners = many(_("Together with"), _("Their pages show the card too."))
    elements = many(_("Passages of the strategy it serves"), _("Of the edition in force."))
    events = AddressesField(_("Events at which it was shown"), _("The address of each event's page, one a line."))
    related = AddressesField(_("Related solutions"), _("The address of each card, one a line."))

    website = WebField(_("Public page"))
    opencode_url = WebField(_("On openCode"))
    publiccode_url = WebField(_("Address of publiccode.yml"))
    wissensspeicher_url = WebField(_("In the Wissensspeicher Smart Cities"))
    source = short(
        _("Source"), 500, _("An address, or in words what it was, if the card is put together from elsewhere.")
    )
    as_of = MomentField(_("State of the source"), WHEN)
    verified = forms.BooleanField(
        label=_("What stands here is documented"), required=False, help_text=_("If not, the note says what is not.")
    )
    note = paragraphs(_("Note for readers"), _("For example what is not documented."), rows=2)

    def __init__(self, *args: Any, solution: Solution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = organisations().exclude(pk=solution.organisation_id).exclude(kind=OrganisationKind.REGION)
        self._offer("partners", list(others.order_by("name").values_list("slug", "name")))
        self._offer("terms", [(term.key, f"{term} ({term.get_vocabulary_display()})") for term in terms()])
        self._offer("elements", _passages(solution))
        self._know("events", {*public_events().values_list("slug", flat=True), *kwargs["loaded"]["events"]})
        cards = queries.published_solutions().exclude(pk=solution.pk)
        self._know("related", {*cards.values_list("slug", flat=True), *kwargs["loaded"]["related"]})

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField), "All are lists."
        field.choices = choices

    def _know(self, name: str, slugs: set[str]) -> None:
        field = self.fields[name]
        assert isinstance(field, AddressesField), "Both are addresses."
        field.known = slugs


def _passages(solution: Solution) -> list[tuple[str, str]]:
    """The elements of the edition in force, and those the card names already."""
    edition = edition_in_force()
    found = {str(one.element_id): str(one) for one in versions_of(edition)} if edition else {}
    older = newest_versions(pk for pk in solution.elements.values_list("pk", flat=True) if str(pk) not in found)
    return [*found.items(), *((str(key), str(one)) for key, one in older.items())]


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading; ``folded`` are long lists that are opened when wanted."""

    key: str
    title: str | Promise
    hint: str | Promise
    fields: tuple[str, ...]
    folded: tuple[str, ...] = ()


GROUPS = (
    Group(
        "worum", _("What it is about"), _("Title and type are enough to begin. Everything else can come later."),
        ("title", "kind", "state", "benefit", "text", "problem", "target_group", "start_text", "end_text", "spatial_effect"),
    ),
    Group("ergebnis", _("What came of it"), _("Also what went wrong."), ("results", "evidence_url", "failures")),
    Group(
        "aufwand", _("What it takes"), _("Ranges are enough. An empty field means: not known."),
        ("prerequisites", "size_class", "settlement_type", "cost_once", "cost_yearly", "staff_days", "staff_days_yearly", "budget"),
    ),
    Group(
        "betrieb", _("Running it, lawfully"), _("What a council asks before it decides."),
        ("operator_model", "operator_note", "licence", "repository_url", "standards", "procurement_path", "procurement_note",
         "data_protection", "accessibility"),
    ),
    Group(
        "uebernehmen", _("Taking it over"), _("Who answers, and what has to be changed."),
        ("adaptation", "transfer_note", "contact_office", "answers_until", "version"),
    ),
    Group(
        "bezug", _("What it belongs to"), _("So that it is found where people look."), ("keywords", "events", "related"),
        ("terms", "partners", "elements"),
    ),
    Group(
        "anderswo", _("Elsewhere, and the source"), _("We link to other places instead of asking twice."),
        ("website", "opencode_url", "publiccode_url", "wissensspeicher_url", "source", "as_of", "verified", "note"),
    ),
)  # fmt: skip


class BeginForm(Kept):
    """A new card: its title and its type."""

    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("What people will look for."))
    kind = forms.ChoiceField(label=_("Type"), choices=SolutionKind.choices, widget=forms.RadioSelect)


class DocumentForm(Clean):
    """A PDF or a link."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("What is it?"), choices=DocumentKind.choices)
    file = forms.FileField(
        label=_("PDF"), required=False, widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text=_("At most 20 MB. Everybody can read it once the card is published."),
        error_messages={"empty": _("The file is empty. Please choose another.")},
    )  # fmt: skip
    url = WebField(_("Or a link"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file:
            check_pdf(file)
        return file

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and bool(values.get("file")) == bool(values.get("url")):
            self.add_error("file", gettext("Choose a PDF or give a link, one of both."))
        return values


class ImportForm(forms.Form):
    """A file with cards."""

    file = forms.FileField(
        label=_("File"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=_("CSV as it is exported here. At most 5 MB and 500 cards."),
        error_messages={"empty": _("The file is empty. Please choose another.")},
    )  # fmt: skip


class PublicCodeForm(forms.Form):
    """A publiccode.yml, as a file or as text."""

    marks_optional = False

    file = forms.FileField(
        label=_("File publiccode.yml"), required=False, widget=forms.FileInput(attrs={"accept": ".yml,.yaml"}),
        help_text=_("At most 200 kB."), error_messages={"empty": _("The file is empty. Please choose another.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )
    url = WebField(_("Its address on the web"), _("Kept beside the card. Nothing is fetched from there."))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and bool(values.get("file")) == bool(values.get("text")):
            self.add_error("file", gettext("Choose a file or paste the text, one of both."))
        return values
