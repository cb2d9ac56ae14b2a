"""Doors of the editorial office that lead elsewhere or stay shut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Wagtail's login and password reset: to the one login of the site, whatever was sent here."""
    office = reverse("wagtailadmin_home")
    return (
        redirect(office) if request.user.is_authenticated else redirect_to_login(office, login_url="/konto/anmelden/")
    )


def to_sign_out(request: HttpRequest) -> HttpResponse:
    return redirect("/konto/abmelden/")


def to_account(request: HttpRequest) -> HttpResponse:
    return redirect("/konto/")


def closed(request: HttpRequest) -> HttpResponse:
    """Accounts, groups and embedded media of other hosts are not Wagtail's business here."""
    raise Http404
