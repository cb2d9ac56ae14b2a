"""The one door: password, second factor, limits, and what happens when a session ends while somebody types."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from andock.accounts.middleware import is_editing_path
from andock.accounts.models import User
from andock.notifications.models import Message
from tests.factories.accounts import PASSWORD, person

from .cast import Cast

LOGIN = "/konto/anmelden/"


@pytest.fixture
def reader(db: None) -> User:
    return person("leser", password=PASSWORD)


def sign_in(client: Client, email: str, password: str = PASSWORD, **extra: str) -> object:
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def test_right_password_opens_the_administration(client: Client, reader: User) -> None:
    answer = sign_in(client, reader.email.upper())

    assert (answer.status_code, answer.url) == (302, "/verwaltung/")


def test_wrong_password_and_unknown_address_answer_alike(client: Client, reader: User) -> None:
    pages = [
        sign_in(client, email, "falsch falsch falsch").content.decode()
        for email in (reader.email, "niemand@example.org")
    ]

    assert pages[0].replace(reader.email, "").count("falsch") == pages[1].replace("niemand@example.org", "").count(
        "falsch"
    )
    assert all("Anmelden" in page for page in pages)


def test_sixth_wrong_password_is_refused_even_if_right(client: Client, reader: User) -> None:
    for _attempt in range(5):
        sign_in(client, reader.email, "falsch falsch falsch")

    sign_in(client, reader.email)

    assert "_auth_user_id" not in client.session


def test_limit_cannot_be_escaped_by_a_forged_address(client: Client, reader: User) -> None:
    for attempt in range(10):
        sign_in(client, f"x{attempt}@example.org", "falsch falsch falsch", HTTP_X_FORWARDED_FOR=f"10.0.0.{attempt}")

    sign_in(client, reader.email, HTTP_X_FORWARDED_FOR="10.0.0.99")

    assert "_auth_user_id" not in client.session


def test_second_factor_is_asked_after_the_password(client: Client, reader: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(reader, secret)

    answer = sign_in(client, reader.email)

    assert answer.url.startswith("/konto/anmelden/zweiter-faktor/")
    assert "_auth_user_id" not in client.session
    counter = next(iter(yield_hotp_counters_from_time()))
    client.post(answer.url, {"code": format_hotp_value(hotp_value(secret, counter))})
    assert client.session["_auth_user_id"] == str(reader.pk)


def test_editor_with_second_factor_reaches_the_administration(client: Client, cast: Cast) -> None:
    TOTP.activate(cast.olpe_editor, generate_totp_secret())
    client.force_login(cast.olpe_editor)

    assert client.get("/verwaltung/").status_code == 200
    assert Authenticator.objects.filter(user=cast.olpe_editor).exists()


@pytest.mark.parametrize(
    "path", ["/verwaltung/", "/en/verwaltung/", "/strategie/bearbeiten/3/", "/redaktion/", "/de-simple/verwaltung/"]
)
def test_editing_path_is_known_in_every_language(path: str) -> None:
    assert is_editing_path(path)


@pytest.mark.parametrize("path", ["/", "/strategie/", "/konto/", "/verwaltungen/", "/en/kommunen/olpe/"])
def test_other_path_is_left_alone(path: str) -> None:
    assert not is_editing_path(path)


def test_nobody_can_register(client: Client, db: None) -> None:
    client.post("/konto/registrieren/", {"email": "x@example.org", "password1": PASSWORD, "password2": PASSWORD})

    assert not User.objects.exists()


def test_forgotten_password_is_mailed_and_unknown_address_is_not_told(client: Client, reader: User) -> None:
    answers = [
        client.post("/konto/passwort/vergessen/", {"email": email}) for email in (reader.email, "niemand@example.org")
    ]

    assert {answer.url for answer in answers} == {"/konto/passwort/vergessen/gesendet/"}
    assert [message.to for message in Message.objects.all()] == [reader.email]
    assert "/konto/passwort/neu/" in Message.objects.get().text


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password", "account_logout"])
def test_account_page_carries_nothing_inline(client: Client, reader: User, name: str) -> None:
    page = client.get(reverse(name), follow=True).content.decode()

    assert "<style" not in page
    assert " style=" not in page
    assert " on" not in "".join(tag for tag in page.split("<") if tag.startswith("a ")) or "onclick" not in page
    assert "Südwestfalen" in page or "Andock" in page


# --- when a session ends ----------------------------------------------------------------------------------------------
def test_form_sent_too_late_shows_what_was_typed(client: Client, db: None) -> None:
    answer = client.post(
        "/verwaltung/olpe/profil/", {"text": "Ein <b>langer</b> Text", "password": "geheim"},
        HTTP_ORIGIN="http://testserver", HTTP_REFERER="http://testserver/verwaltung/olpe/profil/",
    )  # fmt: skip

    page = answer.content.decode()
    assert answer.status_code == 401
    assert "Ein &lt;b&gt;langer&lt;/b&gt; Text" in page
    assert "geheim" not in page
    assert "next=http" in page
    assert "no-store" in answer["Cache-Control"]


def test_form_of_another_site_is_not_repeated(client: Client, db: None) -> None:
    answer = client.post("/verwaltung/olpe/profil/", {"text": "Reklame"}, HTTP_ORIGIN="https://elsewhere.example")

    assert "Reklame" not in answer.content.decode()


def test_form_with_outdated_token_shows_what_was_typed(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.olpe_reader)

    answer = client.post("/verwaltung/olpe/profil/", {"text": "Ein Text"}, HTTP_ORIGIN="http://testserver")

    assert answer.status_code == 403
    assert "Ein Text" in answer.content.decode()


def test_time_left_is_told_without_prolonging(client: Client, reader: User) -> None:
    client.force_login(reader)
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=4))

    seconds = [client.get("/konto/sitzung/").json()["seconds"] for _ in range(2)]

    assert all(200 < left <= 240 for left in seconds)


def test_session_is_renewed_on_request(client: Client, reader: User) -> None:
    client.force_login(reader)
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=4))

    told = client.post("/konto/sitzung/").json()["seconds"]

    assert told > 7 * 3600
    assert client.get("/konto/sitzung/").json()["seconds"] > 7 * 3600


def test_signed_out_session_has_no_time_left(client: Client, db: None) -> None:
    assert client.get("/konto/sitzung/").json() == {"seconds": 0}
