"""The organiser writes to those who registered: look at it first, then send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import queries
from ..message_form import MessageForm
from ..services import messaging
from ..services.registering import SentBefore
from .people_frame import people_page, show

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from ..models import Event


@people_page()
def message(request: HttpRequest, event: Event) -> HttpResponse:
    """The message as one person gets it, then to all; and what was written before."""
    form = MessageForm(request.POST if request.method == "POST" else None)
    preview = _preview(request, event, form) if form.is_valid() else None
    if preview and request.POST.get("act") == "send":
        try:
            sent = messaging.send(actor=request.user, event=event, now=timezone.now(), **form.cleaned_data)
        except SentBefore as refusal:
            form.anew()
            form.add_error(None, str(refusal))
        else:
            words = ngettext("Your message goes to %d person.", "Your message goes to %d people.", sent.recipients)
            messages.success(request, words % sent.recipients)
            return redirect("events:people", event.organisation.slug, event.slug)
    context = {"form": form, "preview": preview, "sent": queries.messages_of(event)}
    return show(request, "message", event, context, status=400 if form.errors else 200)


def _preview(request: HttpRequest, event: Event, form: MessageForm) -> dict[str, Any] | None:
    """How the first of those addressed gets it, and how many they are; without anybody the form says so."""
    words, now = form.cleaned_data, timezone.now()
    addressed = queries.known(event, words["states"], now).select_related("event__organisation", "allotment")
    first = addressed.first()
    if first is None:
        form.add_error("states", _("Nobody here with an e-mail address. Choose others, or write later."))
        return None
    subject, text = messaging.preview(
        actor=request.user, registration=first, subject=words["subject"], text=words["text"]
    )
    recipients = messaging.recipients(event, words["states"], now)
    return {"subject": subject, "text": text, "name": first.name, "recipients": recipients}
