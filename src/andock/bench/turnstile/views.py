from __future__ import annotations

from django import forms
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token

from .models import Gate, Passage


class PassageForm(forms.ModelForm):
    class Meta:
        model = Passage
        fields = ("name", "email")


def turnstile(request: HttpRequest) -> HttpResponse:
    """One row and one seat; the form is a page of a few lines."""
    form = PassageForm(request.POST or None)
    if not form.is_valid():
        token = f'<input type="hidden" name="csrfmiddlewaretoken" value="{get_token(request)}">'
        return HttpResponse(f'<form method="post">{token}{form.as_p()}</form>')
    with transaction.atomic():
        form.save()
        if not Gate.objects.filter(left__gt=0).update(left=F("left") - 1):
            transaction.set_rollback(True)
    return HttpResponseRedirect(request.path)
