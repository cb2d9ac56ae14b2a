"""The pages editors write. Plain Wagtail pages: a base of our own would end in circular migrations."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from andock.kernel.dates import PartialDate, parse_date
from andock.organisations.choices import OrganisationKind

from ..blocks import BODY
from ..choices import PLACEHOLDER_MARK, LegalKind
from ..term_choice import TermsForm, chosen_terms

PAGE_SIZE = 12


def partial_date(text: str) -> None:
    """Validate a date in the subset of EDTF that the whole house uses."""
    try:
        parse_date(text)
    except ValueError as error:
        raise ValidationError(str(error)) from error


class StartPage(Page):
    """The root of a language. Its address shows the portal's home page; it only holds the tree together."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["cms.ContentPage", "cms.NewsIndexPage", "cms.LegalPage"]
    max_count_per_parent = 3
    template = "cms/start_page.html"

    class Meta:
        verbose_name = _("Start page")


class ContentPage(Page):
    """A page of text. ``show_in_menus`` puts it into the main menu, ``in_foot`` into the foot."""

    lead = models.TextField(_("introduction"), max_length=500, blank=True)
    body = StreamField(BODY, verbose_name=_("text"), blank=True)
    in_foot = models.BooleanField(_("show in the foot of every page"), default=False)
    terms = chosen_terms()

    base_form_class = TermsForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
        FieldPanel("terms", widget=forms.CheckboxSelectMultiple),
    ]
    promote_panels = [*Page.promote_panels, FieldPanel("in_foot")]
    parent_page_types: ClassVar[list[str]] = ["cms.StartPage", "cms.ContentPage"]
    subpage_types: ClassVar[list[str]] = ["cms.ContentPage"]
    template = "cms/content_page.html"

    class Meta:
        verbose_name = _("Page")


class NewsIndexPage(Page):
    """All news of the region, newest first."""

    lead = models.TextField(_("introduction"), max_length=500, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types: ClassVar[list[str]] = ["cms.StartPage"]
    subpage_types: ClassVar[list[str]] = ["cms.NewsPage"]
    max_count_per_parent = 1
    template = "cms/news_index_page.html"

    class Meta:
        verbose_name = _("News")


class NewsPage(Page):
    """One piece of news. The date may be known to the month only; ``sorted_on`` is its last possible day."""

    date_text = models.CharField(
        _("date"),
        max_length=40,
        validators=[partial_date],
        help_text=_("2025-12-24, or 2025-12 where the day is not known"),
    )
    sorted_on = models.DateField(editable=False, db_index=True)
    intro = models.TextField(_("introduction"), max_length=500)
    body = StreamField(BODY, verbose_name=_("text"), blank=True)
    source = models.URLField(_("source"), max_length=500, blank=True)
    organisations = ParentalManyToManyField(
        "organisations.Organisation",
        verbose_name=_("municipalities it is about"),
        blank=True,
        related_name="+",
        limit_choices_to={"kind": OrganisationKind.MUNICIPALITY},
    )
    terms = chosen_terms()

    base_form_class = TermsForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("date_text"),
        FieldPanel("intro"),
        FieldPanel("body"),
        FieldPanel("source"),
        FieldPanel("organisations", widget=forms.CheckboxSelectMultiple),
        FieldPanel("terms", widget=forms.CheckboxSelectMultiple),
    ]
    parent_page_types: ClassVar[list[str]] = ["cms.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "cms/news_page.html"

    class Meta:
        verbose_name = _("Piece of news")

    @property
    def date(self) -> PartialDate:
        return parse_date(self.date_text)

    def clean(self) -> None:
        super().clean()
        self.sorted_on = self._last_possible_day()

    def _last_possible_day(self) -> dt.date:
        """The day to sort by. A date that cannot be read is reported by its own field, not here."""
        try:
            return parse_date(self.date_text).latest
        except ValueError:
            return dt.date.max

    @cached_property
    def places(self) -> list[Any]:
        return list(self.organisations.all())


class LegalPage(Page):
    """A page the operator owes its readers. ``operator`` empty means the region's agency."""

    kind = models.CharField(_("kind"), max_length=20, choices=LegalKind.choices)
    operator = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("operator"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True)
    lead = models.TextField(_("introduction"), max_length=500, blank=True)
    body = StreamField(BODY, verbose_name=_("text"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("kind"),
        FieldPanel("operator"),
        FieldPanel("reviewed_on"),
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    parent_page_types: ClassVar[list[str]] = ["cms.StartPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "cms/legal_page.html"

    class Meta:
        verbose_name = _("Legal page")

    @property
    def has_placeholder(self) -> bool:
        """Whether something is still to be filled in."""
        return any(PLACEHOLDER_MARK in text for text in (self.title, self.lead, str(self.body.get_prep_value())))
