"""Form rendering in our style: `FORM_RENDERER = "andock.design.forms.AndockRenderer"`."""

from django.forms.renderers import TemplatesSetting


class AndockRenderer(TemplatesSetting):
    """Label, hint, error above the input; the page keeps what was typed.

    Needs `django.forms` in INSTALLED_APPS, so that widgets without a template of ours find Django's own.
    """

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"
