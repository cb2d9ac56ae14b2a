from django import template
from django.conf import settings

from .. import calendar_links
from ..models import Event

register = template.Library()


@register.filter
def google_link(event: Event) -> str:
    """``{% if event|google_link %}``: empty where the event has no calendar entry."""
    return calendar_links.google_link(event)


@register.filter
def subscribe_link(address: str) -> str:
    return calendar_links.subscribe_link(address)


@register.filter
def whole_address(path: str) -> str:
    """With scheme and host, to be copied."""
    return settings.ANDOCK_BASE_URL + path
