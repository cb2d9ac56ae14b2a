"""Signing in with an account of another house, against a real issuer on loopback."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from andock.accounts.models import User
from andock.accounts.oidc import Provider
from tests.factories.accounts import PASSWORD, person

from .oidc_issuer import CLIENT_ID, SECRET, Issuer

START = "/konto/anmelden/mit/oidc/"


@pytest.fixture
def issuer(db: None, settings) -> Iterator[Issuer]:
    with Issuer() as issuer:
        app = {
            "provider_id": "oidc", "name": "Stadt", "client_id": CLIENT_ID, "secret": SECRET,
            "settings": {"server_url": issuer.url},
        }  # fmt: skip
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
        yield issuer


@pytest.fixture(autouse=True)
def own_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    """The provider class is chosen when the process starts, which was without an issuer."""
    from allauth.socialaccount.providers import registry

    registry.load()
    monkeypatch.setitem(registry.provider_map, "openid_connect", Provider)


@pytest.fixture
def eva(issuer: Issuer) -> User:
    """Has linked her account of the town after signing in with her password."""
    user = person("eva", password=PASSWORD)
    client = Client()
    client.post("/konto/anmelden/", {"login": user.email, "password": PASSWORD})
    client.post("/konto/bestaetigen/", {"password": PASSWORD})
    come_back(client, issuer, start=f"{START}?process=connect")
    assert SocialAccount.objects.get().user == user
    return user


def test_linking_asks_for_the_password_again(issuer: Issuer, client: Client) -> None:
    client.force_login(person("eva", password=PASSWORD))

    answer = come_back(client, issuer, start=f"{START}?process=connect")

    assert answer.url.startswith("/konto/bestaetigen/")
    assert not SocialAccount.objects.exists()


def leave(client: Client, issuer: Issuer, start: str = START) -> str:
    """Go to the issuer and sign in there; the address to come back to."""
    asked = dict(parse_qsl(urlsplit(client.post(start).url).query))
    back = urlsplit(issuer.authorise(asked))
    return f"{back.path}?{back.query}"


def come_back(client: Client, issuer: Issuer, start: str = START) -> object:
    return client.get(leave(client, issuer, start))


def signed_in_as(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_linked_account_signs_in(eva: User, issuer: Issuer, client: Client) -> None:
    come_back(client, issuer)

    assert signed_in_as(client) == str(eva.pk)


def test_linked_account_signs_in_after_the_issuer_has_changed_its_key(
    eva: User, issuer: Issuer, client: Client
) -> None:
    issuer.rotate()

    come_back(client, issuer)

    assert signed_in_as(client) == str(eva.pk)


def test_token_signed_with_an_old_key_is_refused(eva: User, issuer: Issuer, client: Client) -> None:
    old_key, old_kid = issuer.key, issuer.kid
    issuer.rotate()
    issuer.keys_before = issuer.keys()
    issuer.keys = lambda: issuer.keys_before  # type: ignore[method-assign]
    issuer.key, issuer.kid = old_key, old_kid

    come_back(client, issuer)

    assert signed_in_as(client) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "somebody-else"},
        {"aud": [CLIENT_ID, "other"], "azp": "other"},
        {"iss": "https://evil.example"},
        {"nonce": "of another request"},
        {"exp": 1},
    ],
    ids=["audience", "authorised party", "issuer", "nonce", "expired"],
)
def test_token_that_does_not_fit_is_refused(eva: User, issuer: Issuer, client: Client, wrong: dict) -> None:
    issuer.wrong = wrong

    answer = come_back(client, issuer)

    assert signed_in_as(client) is None
    assert answer.status_code < 500


def test_code_is_good_for_one_use(eva: User, issuer: Issuer, client: Client) -> None:
    back = leave(client, issuer)
    client.get(back)
    other = Client()
    other.post(START)

    other.get(back)
    again = client.get(back)

    assert signed_in_as(other) is None
    assert again.status_code in (200, 401, 403)


def test_code_of_somebody_else_is_refused_by_its_proof(eva: User, issuer: Issuer, client: Client) -> None:
    stolen = dict(parse_qsl(urlsplit(leave(Client(), issuer)).query))["code"]
    own = dict(parse_qsl(urlsplit(leave(client, issuer)).query))

    client.get(f"{START}zurueck/", {"code": stolen, "state": own["state"]})

    assert signed_in_as(client) is None


def test_answer_naming_another_issuer_is_refused(eva: User, issuer: Issuer, client: Client) -> None:
    own = dict(parse_qsl(urlsplit(leave(client, issuer)).query))

    client.get(f"{START}zurueck/", {**own, "iss": "https://evil.example"})

    assert signed_in_as(client) is None


def test_changed_address_changes_nothing(eva: User, issuer: Issuer, client: Client) -> None:
    other = person("olaf")
    issuer.person["email"] = other.email

    come_back(client, issuer)

    assert signed_in_as(client) == str(eva.pk)
    eva.refresh_from_db()
    assert eva.email == "eva@example.org"


def test_same_address_with_another_subject_is_nobody(eva: User, issuer: Issuer, client: Client) -> None:
    issuer.person = {"sub": "0815", "email": eva.email, "email_verified": True}

    answer = come_back(client, issuer)

    assert signed_in_as(client) is None
    assert answer.url == "/konto/anmelden/"
    assert User.objects.count() == 1


def test_same_subject_at_another_issuer_is_nobody(eva: User, issuer: Issuer, client: Client, settings) -> None:
    with Issuer() as other:
        settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"] = {"server_url": other.url}

        come_back(client, other)

    assert signed_in_as(client) is None


def test_nothing_personal_is_stored_from_outside(eva: User, issuer: Issuer) -> None:
    assert set(SocialAccount.objects.get().extra_data["id_token"]) == {"iss", "sub"}


def test_unknown_provider_is_not_found(client: Client, db: None) -> None:
    assert client.get("/konto/anmelden/mit/fremd/").status_code == 404
