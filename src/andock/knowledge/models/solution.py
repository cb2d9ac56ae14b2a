"""A solution card: what runs somewhere, and what another municipality has to know to take it over."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from andock.kernel.dates import PartialDate, parse_date

from ..choices import (
    PUBLIC,
    RESERVED_SLUGS,
    DocumentKind,
    OperatorModel,
    ProcurementPath,
    Publication,
    SettlementType,
    SizeClass,
    SolutionKind,
    SolutionState,
    SpatialEffect,
)

if TYPE_CHECKING:
    from datetime import date

FRESH = timedelta(days=365)
"""So long after it was confirmed a card counts as known to be true."""
RANGES = ("cost_once", "cost_yearly", "staff_days", "staff_days_yearly")
"""What is given from … to …, each with the columns ``<name>_from`` and ``<name>_to``: both or none."""
WEB = URLValidator(schemes=["http", "https"])


def web_address(label: Any) -> models.URLField:
    """An address that a browser may open and nothing else."""
    return models.URLField(label, max_length=500, blank=True, validators=[WEB])


def amount(label: Any) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(label, null=True, blank=True)


class Solution(models.Model):
    """A card. Whatever is not known is empty; what is missing for a take-over says ``reuse``.

    ``code`` is how files name it (``P001``); cards written here have none and are named by ``id``. ``organisation``
    owns the card, ``partners`` take part. Start, end and ``as_of`` are partial dates (EDTF, see ``kernel.dates``);
    ``first_day`` and ``last_day`` are the days the first two can touch. ``as_of`` is the date of the source,
    ``confirmed_on`` the day the owner last said that all this is still true. ``verified`` is false where ``note`` says
    what about it no source documents. No person is named.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=20, blank=True, editable=False)
    slug = models.SlugField(_("short name in addresses"), max_length=90, unique=True)
    publication = models.CharField(
        _("publication"), max_length=10, choices=Publication.choices, default=Publication.DRAFT
    )
    organisation = models.ForeignKey(
        "organisations.Organisation", verbose_name=_("owner"), on_delete=models.PROTECT, related_name="+"
    )
    partners: models.ManyToManyField = models.ManyToManyField(
        "organisations.Organisation", verbose_name=_("together with"), blank=True, related_name="+"
    )
    title = models.CharField(_("title"), max_length=200)
    benefit = models.CharField(_("benefit in one sentence"), max_length=400, blank=True)
    text = models.TextField(_("description"), blank=True)
    kind = models.CharField(_("type"), max_length=20, choices=SolutionKind.choices)
    state = models.CharField(_("state"), max_length=20, choices=SolutionState.choices, blank=True)
    terms: models.ManyToManyField = models.ManyToManyField(
        "organisations.Term", verbose_name=_("topics"), blank=True, related_name="+"
    )
    keywords = models.CharField(_("own keywords"), max_length=300, blank=True)
    spatial_effect = models.CharField(_("spatial effect"), max_length=20, choices=SpatialEffect.choices, blank=True)
    start_text = models.CharField(_("begun"), max_length=40, blank=True)
    end_text = models.CharField(_("ended or to end"), max_length=40, blank=True)
    first_day = models.DateField(null=True, editable=False)
    last_day = models.DateField(null=True, editable=False)
    budget = models.PositiveBigIntegerField(_("budget or funding known, in euros"), null=True, blank=True)

    problem = models.TextField(_("problem"), blank=True)
    target_group = models.TextField(_("for whom"), blank=True)
    results = models.TextField(_("results"), blank=True)
    evidence_url = web_address(_("evidence"))
    failures = models.TextField(_("risks and what did not work"), blank=True)
    prerequisites = models.TextField(_("prerequisites"), blank=True)
    size_class = models.CharField(_("size it was tried in"), max_length=20, choices=SizeClass.choices, blank=True)
    settlement_type = models.CharField(
        _("settlement it was tried in"), max_length=10, choices=SettlementType.choices, blank=True
    )
    cost_once_from, cost_once_to = amount(_("cost once, from")), amount(_("cost once, to"))
    cost_yearly_from, cost_yearly_to = amount(_("cost a year, from")), amount(_("cost a year, to"))
    staff_days_from, staff_days_to = amount(_("staff days once, from")), amount(_("staff days once, to"))
    staff_days_yearly_from = amount(_("staff days a year, from"))
    staff_days_yearly_to = amount(_("staff days a year, to"))
    operator_model = models.CharField(_("who runs it"), max_length=20, choices=OperatorModel.choices, blank=True)
    operator_note = models.CharField(_("more on who runs it"), max_length=300, blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    repository_url = web_address(_("repository of code or data"))
    standards = models.TextField(_("interfaces and standards"), blank=True)
    procurement_path = models.CharField(
        _("way of procurement"), max_length=20, choices=ProcurementPath.choices, blank=True
    )
    procurement_note = models.TextField(_("more on procurement"), blank=True)
    data_protection = models.TextField(_("data protection"), blank=True)
    accessibility = models.TextField(_("accessibility"), blank=True)
    adaptation = models.TextField(_("what has to be adapted"), blank=True)
    transfer_note = models.TextField(_("on passing it on"), blank=True)
    contact_office = models.CharField(_("office that answers"), max_length=200, blank=True)
    answers_until = models.DateField(_("answers until"), null=True, blank=True)

    website = web_address(_("public page"))
    opencode_url = web_address(_("on openCode"))
    publiccode_url = web_address(_("publiccode.yml"))
    wissensspeicher_url = web_address(_("in the Wissensspeicher Smart Cities"))
    elements: models.ManyToManyField = models.ManyToManyField(
        "strategy.Element", verbose_name=_("passages of the strategy"), blank=True, related_name="+"
    )
    events: models.ManyToManyField = models.ManyToManyField(
        "events.Event", verbose_name=_("events"), blank=True, related_name="+"
    )
    related: models.ManyToManyField = models.ManyToManyField("self", verbose_name=_("related solutions"), blank=True)

    version = models.CharField(_("version"), max_length=40, blank=True)
    confirmed_on = models.DateField(_("last confirmed"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)
    source = models.CharField(_("source"), max_length=500, blank=True)
    as_of = models.CharField(_("state of the source"), max_length=40, blank=True)
    verified = models.BooleanField(_("verified"), default=True)
    note = models.TextField(_("note"), blank=True)
    is_demonstration = models.BooleanField(default=False, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("title", "pk")
        indexes = [models.Index(fields=["publication", "state"], name="solution_public_state")]
        constraints = [
            models.CheckConstraint(condition=Q(publication__in=Publication.values), name="solution_publication_known"),
            models.CheckConstraint(condition=Q(kind__in=SolutionKind.values), name="solution_kind_known"),
            models.CheckConstraint(condition=Q(state__in=SolutionState.values), name="solution_state_known"),
            models.CheckConstraint(condition=~Q(slug__in=RESERVED_SLUGS), name="solution_slug_not_reserved"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="solution_code_once"),
            models.CheckConstraint(
                condition=Q(first_day=None) | Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="solution_days_in_order",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}_from": None, f"{name}_to": None})
                    | Q(
                        **{
                            f"{name}_from__isnull": False,
                            f"{name}_to__gte": F(f"{name}_from"),
                            f"{name}_to__isnull": False,
                        }
                    ),
                    name=f"solution_{name}_range",
                )
                for name in RANGES
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """How files name it."""
        return self.code or str(self.pk)

    @property
    def start(self) -> PartialDate | None:
        return parse_date(self.start_text) if self.start_text else None

    @property
    def end(self) -> PartialDate | None:
        return parse_date(self.end_text) if self.end_text else None

    @property
    def source_date(self) -> PartialDate | None:
        return parse_date(self.as_of) if self.as_of else None

    @property
    def source_address(self) -> str:
        """The source where that is an address; elsewhere it says in words what it was."""
        return self.source if self.source.startswith(("https://", "http://")) else ""

    @property
    def is_public(self) -> bool:
        return self.publication in PUBLIC

    @property
    def keyword_list(self) -> list[str]:
        return [word.strip() for word in self.keywords.split(",") if word.strip()]

    def put_days(self) -> None:
        """Let the days follow the dates in words. Raises ``ValueError`` for a date that is none."""
        start, end = self.start, self.end
        self.first_day = (start.earliest or start.latest) if start else None
        self.last_day = end.latest if end else None

    def is_stale(self, today: date) -> bool:
        """Whether nobody has said for a year that it is still true."""
        return self.confirmed_on is None or self.confirmed_on < today - FRESH


def document_path(document: SolutionDocument, name: str) -> str:
    return f"solutions/{document.solution_id}/{uuid.uuid4().hex}.pdf"


class SolutionDocument(models.Model):
    """A PDF or a link that helps to take a solution over."""

    solution = models.ForeignKey(Solution, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind.choices, default=DocumentKind.OTHER)
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("PDF"), upload_to=document_path, blank=True)
    url = web_address(_("or a link"))

    class Meta:
        ordering = ("solution", "pk")
        constraints = [
            models.CheckConstraint(
                condition=(Q(file="") & ~Q(url="")) | (~Q(file="") & Q(url="")), name="solution_document_file_or_link"
            )
        ]

    def __str__(self) -> str:
        return self.title
