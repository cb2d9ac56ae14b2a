"""System checks: a site without its stylesheet or its context should not start."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

FINDER = "andock.design.finders.StylesheetFinder"
CONTEXT_PROCESSOR = "andock.design.context.site"


@register()
def check_stylesheet_finder(app_configs: Any, **kwargs: Any) -> list[Error]:
    if FINDER in settings.STATICFILES_FINDERS:
        return []
    return [Error("The stylesheet is not collected.", hint=f"Add {FINDER} to STATICFILES_FINDERS.", id="design.E001")]


@register()
def check_context_processor(app_configs: Any, **kwargs: Any) -> list[Error]:
    engines: list[dict[str, Any]] = settings.TEMPLATES
    if any(CONTEXT_PROCESSOR in engine.get("OPTIONS", {}).get("context_processors", ()) for engine in engines):
        return []
    return [Error("Layouts have no site.", hint=f"Add {CONTEXT_PROCESSOR} to context_processors.", id="design.E002")]
