"""What was learnt, on one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from andock.organisations.queries import terms

from ..transfer_queries import event_slugs, solutions_to_learn_from, transfers_of
from .entries import AddressesField, DayField, Sheet
from .solution import many, one_of, paragraphs

if TYPE_CHECKING:
    from andock.organisations.models import Organisation

MOST = 1


class FindingForm(Sheet):
    """A sentence, more on it, and where it was learnt."""

    title = forms.CharField(
        label=_("What did you learn?"), max_length=300, help_text=_("One sentence that helps others at once.")
    )
    text = paragraphs(
        _("More on it"), _("How you noticed, and what you would do otherwise. Please name no people."), rows=5
    )
    found_on = DayField(_("When?"))
    transfer = one_of(_("With which take-over?"), [], _("Leave it empty if it was none."))
    solution = one_of(_("With which solution?"), [])
    event = AddressesField(_("At which event?"), _("The address of its page."))
    terms = many(_("Topics"))

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["found_on"].required = True
        self.fields["event"].widget = forms.TextInput(attrs={"data-keep": True})
        self.fields["event"].known = {*event_slugs(), *kwargs["loaded"]["event"]}
        offered = {
            "transfer": [("", pgettext("finding", "none")), *((str(one.pk), f"{one.solution}, {one.receiver}") for one in transfers_of(organisation))],
            "solution": [("", pgettext("finding", "none")), *solutions_to_learn_from().values_list("slug", "title")],
            "terms": [(term.key, f"{term} ({term.get_vocabulary_display()})") for term in terms()],
        }  # fmt: skip
        for name, choices in offered.items():
            self.fields[name].choices = choices

    def clean_found_on(self) -> str:
        found: str = self.cleaned_data["found_on"]
        if found > timezone.localdate().isoformat():
            raise forms.ValidationError(gettext("This day is still to come."))
        return found

    def clean_event(self) -> list[str]:
        found: list[str] = self.cleaned_data["event"]
        if len(found) > MOST:
            raise forms.ValidationError(gettext("Please name one event."))
        return found


FIELDS = ("title", "text", "found_on", "transfer", "solution", "event")
FOLDED = ("terms",)
