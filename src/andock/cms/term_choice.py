"""The region's terms on a page: the field of the model, and how editors choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm

if TYPE_CHECKING:
    from andock.organisations.models import Term


def chosen_terms() -> ParentalManyToManyField:
    """The terms a page carries; the page of each term leads to it."""
    return ParentalManyToManyField(
        "organisations.Term", verbose_name=_("topics, fields of action, principles"), blank=True, related_name="+"
    )


def with_vocabulary(term: Term) -> str:
    """A topic and a field of action may have the same name."""
    return f"{term} ({term.get_vocabulary_display()})"


class TermsForm(WagtailAdminPageForm):
    """A page's form that names each term with its vocabulary."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "terms" in self.fields:
            self.fields["terms"].label_from_instance = with_vocabulary
