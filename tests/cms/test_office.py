"""The editorial office: who gets in, by which door, and what is there."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import get_resolver
from wagtail import hooks
from wagtail.admin.viewsets import viewsets

from andock.accounts.models import Membership, User
from andock.cms.editors import GROUP
from andock.cms.models import LegalPage
from andock.organisations.choices import Role
from tests.factories.accounts import PASSWORD, member, organisation, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings) -> None:
    settings.ANDOCK_DEMO = True  # the second factor has tests of its own in accounts


def test_editor_of_the_agency_gets_in(client: Client, pages, editor: User) -> None:
    client.force_login(editor)
    page = LegalPage.objects.get(kind="imprint", locale__language_code="de")

    assert client.get("/redaktion/").status_code == 200
    assert client.get(f"/redaktion/pages/{page.pk}/edit/").status_code == 200
    assert client.get("/redaktion/images/").status_code == 200
    assert client.get("/redaktion/documents/").status_code == 200


@pytest.mark.parametrize("is_demo", [True, False])
def test_office_shows_the_banner_of_the_demonstration_there_only(
    client: Client, pages, editor: User, settings, is_demo: bool
) -> None:
    client.force_login(editor)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa"}]
    session.save()
    settings.ANDOCK_DEMO = is_demo

    page = client.get("/redaktion/", follow=True).content.decode()

    assert ('<aside class="demo"' in page) is is_demo
    assert ("cms/office.css" in page) is is_demo


@pytest.mark.parametrize("role", [role for role in Role if role != Role.AGENCY_EDITOR])
def test_every_other_role_is_refused_with_a_reason(client: Client, agency, role: str) -> None:
    someone = person("someone")
    member(someone, organisation("soest"), role)
    client.force_login(someone)

    answer = client.get("/redaktion/")

    assert answer.status_code == 403
    assert "Agentur" in answer.content.decode()


def test_superuser_without_the_role_is_refused(client: Client, agency) -> None:
    client.force_login(person("root", is_superuser=True))

    assert client.get("/redaktion/").status_code == 403


def test_role_that_has_ended_ends_at_the_next_request(client: Client, editor: User) -> None:
    client.force_login(editor)
    client.get("/redaktion/")
    assert editor.groups.filter(name=GROUP).exists()
    Membership.objects.all().delete()

    assert client.get("/redaktion/").status_code == 403
    assert not editor.groups.filter(name=GROUP).exists()


@pytest.mark.parametrize(
    "path", ["/redaktion/", "/redaktion/pages/", "/redaktion/login/", "/redaktion/password_reset/"]
)
def test_whoever_is_not_signed_in_is_sent_to_the_one_login(client: Client, agency, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/anmelden/?next=/redaktion/")


@pytest.mark.parametrize("path", ["/redaktion/login/", "/redaktion/password_reset/", "/redaktion/"])
def test_no_door_of_wagtail_authenticates(client: Client, agency, path: str) -> None:
    someone = person("someone", password=PASSWORD)

    client.post(path, {"username": someone.email, "login": someone.email, "email": someone.email, "password": PASSWORD})

    assert SESSION_KEY not in client.session


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org/"])
def test_login_leads_to_no_other_host(client: Client, editor: User, target: str) -> None:
    client.force_login(editor)

    assert client.get("/redaktion/login/", {"next": target})["Location"] == "/redaktion/"


@pytest.mark.parametrize("path", ["users/", "groups/", "embeds/chooser/", "pages/1/privacy/", "users/add/"])
def test_accounts_and_embeds_are_not_wagtails_business(client: Client, editor: User, path: str) -> None:
    client.force_login(editor)

    assert client.get(f"/redaktion/{path}").status_code == 404


def test_only_pages_images_and_documents_are_in_the_office() -> None:
    own = {model for model in apps.get_models() if model.__module__.startswith("andock.")}
    offered = {getattr(viewset, "model", None) for viewset in viewsets.viewsets}
    # Wagtail brings its own pages for accounts; their addresses are closed.
    domain = {model for model in own if model._meta.app_label != "cms"} - {User}

    from wagtail.snippets.models import get_snippet_models

    assert not domain & offered
    assert get_snippet_models() == []
    assert not apps.is_installed("django.contrib.admin")


def test_main_menu_holds_nothing_else(client: Client, editor: User, rf) -> None:
    from wagtail.admin.menu import admin_menu

    request = rf.get("/redaktion/")
    request.user = editor
    items = list(admin_menu.registered_menu_items)
    for change in hooks.get_hooks("construct_main_menu"):
        change(request, items)

    assert {item.name for item in items} <= {"explorer", "images", "documents", "reports"}


def test_policy_is_laxer_in_the_office_only(client: Client, pages, editor: User) -> None:
    client.force_login(editor)

    assert "unsafe-inline" in client.get("/redaktion/")["Content-Security-Policy"]
    assert "unsafe" not in client.get("/impressum/")["Content-Security-Policy"]
    assert "http" not in client.get("/redaktion/")["Content-Security-Policy"]


def test_office_names_no_other_host(client: Client, pages, editor: User) -> None:
    client.force_login(editor)
    shown = client.get("/redaktion/").content.decode()

    assert "gravatar" not in shown
    assert "releases.wagtail" not in shown


def test_public_pages_carry_no_bar_of_wagtail(client: Client, pages, editor: User) -> None:
    client.force_login(editor)
    client.get("/redaktion/")

    assert "wagtail" not in client.get("/impressum/").content.decode().lower()


def test_office_stands_before_every_page(pages) -> None:
    assert get_resolver().resolve("/redaktion/").url_name == "wagtailadmin_home"
