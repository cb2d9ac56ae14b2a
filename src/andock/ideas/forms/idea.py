"""What somebody writes who has an idea, or something to say about one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from andock.maps.forms import LocatedForm
from andock.organisations.queries import municipalities_on
from andock.participation.forms.person import PersonForm

from .. import queries
from ..choices import Stand
from ..photos import as_jpeg, set_aside, waiting
from ..services.entering import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.core.files.base import ContentFile

    from andock.maps.ground import Ground
    from andock.organisations.models import Organisation
    from andock.participation.models import Process

LONGEST = 5000


class IdeaFields(LocatedForm):
    """An idea with topic, place and photo. Expects ``process`` on the form; call ``offer`` when it is there."""

    field_order = ("title", "text", "topic", "municipality", "place", "found", "point", "photo", "photo_alt")

    title = forms.CharField(
        label=_("Your idea in one line"), max_length=120, error_messages={"required": _("Please say in one line what your idea is.")}
    )  # fmt: skip
    text = forms.CharField(
        label=_("What should be done, and what for?"), max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "data-keep": True}),
        error_messages={"required": _("Please describe your idea in one or two sentences.")},
    )  # fmt: skip
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    municipality = forms.ChoiceField(label=pgettext_lazy("an idea", "For which municipality?"), required=False)
    photo = forms.FileField(
        label=_("Photo"), required=False, widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP up to 10 MB. Only what you may publish, and no faces. Place and time in the file are removed."),
    )  # fmt: skip
    photo_alt = forms.CharField(
        label=_("What does the photo show?"), required=False, max_length=300, help_text=_("One sentence for people who do not see it.")
    )  # fmt: skip
    kept_photo = forms.CharField(required=False, widget=forms.HiddenInput)

    process: Process

    def offer(self, ground: Callable[[], Ground | None]) -> None:
        self.topics = {term.slug: term for term in queries.topics_of(self.process)}
        self.towns = {}
        if self.process.is_region_wide:
            self.towns = {one.organisation.slug: one.organisation for one in municipalities_on(timezone.localdate())}
        self._choices("topic", gettext("No topic"), self.topics)
        self._choices("municipality", gettext("For the whole region"), self.towns)
        for name, offered in (("topic", self.topics), ("municipality", self.towns)):
            if not offered:
                del self.fields[name]
        self.offer_places(self._near, ground)

    @property
    def _near(self) -> Organisation | None:
        """Places with the same name are told apart by the municipality."""
        return self.towns.get(self.data.get("municipality", "")) if self.towns else self.process.organisation

    def _choices(self, name: str, none: str, offered: dict[str, Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField), "A list."
        field.choices = [("", none), *((slug, str(one)) for slug, one in offered.items())]

    def clean_photo(self) -> ContentFile | None:
        upload = self.cleaned_data["photo"]
        try:
            return as_jpeg(upload) if upload else None
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "photo" in values:
            values["photo"] = values["photo"] or waiting(values.get("kept_photo", ""))
            if values["photo"] and not values.get("photo_alt"):
                self.add_error("photo_alt", gettext("Please say in one sentence what the photo shows."))
        return values

    def keep_photo(self) -> None:
        """The form comes again: its photo waits, for nobody can fill it in for them."""
        photo = getattr(self, "cleaned_data", {}).get("photo")
        if photo:
            self.data = self.data.copy()
            self.data["kept_photo"] = set_aside(photo)

    @property
    def has_kept_photo(self) -> bool:
        return bool(self.is_bound and self.data.get("kept_photo"))

    def town(self) -> Any:
        return self.towns.get(self.cleaned_data.get("municipality", ""))

    def sheet(self) -> Sheet:
        """What goes into the row of the idea. The form must be valid."""
        data = self.cleaned_data
        latitude, longitude = data["point"] or (None, None)
        return Sheet(
            topic=self.topics.get(data.get("topic", "")), place=data["place"], latitude=latitude, longitude=longitude,
            photo=data["photo"], photo_alt=data["photo_alt"],
        )  # fmt: skip


class IdeaForm(IdeaFields, PersonForm):
    """Somebody has an idea."""

    def __init__(self, *args: Any, ground: Callable[[], Ground | None], **more: Any) -> None:
        super().__init__(*args, **more)
        self.offer(ground)


class RemarkForm(PersonForm):
    """Somebody is for or against an idea and says why, or asks."""

    stand = forms.ChoiceField(
        label=_("What is it?"), choices=Stand.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Please choose: for it, against it, or a question.")},
    )  # fmt: skip
    text = forms.CharField(
        label=_("Your words"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5, "data-keep": True}),
        error_messages={"required": _("Please write what you want to say.")},
    )  # fmt: skip
