"""Form rendering in our style: `FORM_RENDERER = "andock.design.forms.AndockRenderer"`."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_noop

_OPTIONS = "design/forms/options.html"

# Django's sentences that our catalogue says in our own words: they are marked here so that they stay in it.
OUR_WORDS = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid email address."),
)


class AndockRenderer(TemplatesSetting):
    """Label, hint, error above the input; groups of options as a list with large hit areas.

    Needs `django.forms` in INSTALLED_APPS, so that all other widgets find Django's own templates.
    """

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"
    widget_templates = {
        "django/forms/widgets/radio.html": _OPTIONS,
        "django/forms/widgets/checkbox_select.html": _OPTIONS,
    }

    def get_template(self, template_name: str) -> Any:
        return super().get_template(self.widget_templates.get(template_name, template_name))
