"""Where somebody lives, as the account they sign in with says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from andock.accounts.models import Home, User
from andock.accounts.services.homes import claim_at, municipalities_called
from andock.organisations.models import Municipality, Organisation
from tests.factories.accounts import PASSWORD, organisation

from .oidc_issuer import Issuer
from .test_oidc import START, come_back, eva, issuer, own_provider, signed_in_as

__all__ = ["eva", "issuer", "own_provider"]
CLAIM = "address.postal_code"


def town(slug: str, ags: str, postcodes: str, **values: Any) -> Organisation:
    made = organisation(slug, **values)
    Municipality.objects.create(
        organisation=made, ags=ags, ars=f"{ags[:5]}0001{ags[5:]}", kind="town", population=20_000,
        population_on="2023-12-31", area_km2=80, latitude=51, longitude=8, postal_codes=postcodes,
    )  # fmt: skip
    return made


@pytest.fixture
def towns(db: None, settings) -> dict[str, Organisation]:
    settings.ANDOCK_OIDC_RESIDENCE_CLAIM = CLAIM
    return {
        "olpe": town("olpe", "05966024", "57462"), "wenden": town("wenden", "05966028", "57482;57489"),
        "drolshagen": town("drolshagen", "05966004", "57489"),
        "fern": town("fern", "09162000", "80331", inside_region=False),
    }  # fmt: skip


def scope_of(client: Client) -> set[str]:
    """What the issuer is asked to tell."""
    return set(dict(parse_qsl(urlsplit(client.post(START).url).query))["scope"].split())


def homes() -> list[str]:
    return [one.municipality.slug for one in Home.objects.all()]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("57462", ["olpe"]), (" 57462 ", ["olpe"]), (57462, ["olpe"]), ("05966024", ["olpe"]), (5966024, ["olpe"]),
        ("059660001024", ["olpe"]), (59660001024, ["olpe"]), ("57482", ["wenden"]), ("57489", ["drolshagen", "wenden"]),
        ("80331", []), ("09162000", []), ("7462", []), ("٥٧٤٦٢", []), ("Olpe", []), ("", []), (None, []), (True, []),
        (["57462"], []), ({"de": "57462"}, []), ("5" * 5000, []),
    ],
)  # fmt: skip
def test_municipality_is_found_by_its_keys_and_postcode(
    towns: dict[str, Organisation], value: object, told: list[str]
) -> None:
    assert [one.slug for one in municipalities_called(value, timezone.localdate())] == told


@pytest.mark.parametrize(
    ("claims", "path", "value"),
    [
        ({"ags": "05966024"}, "ags", "05966024"), ({"address": {"postal_code": "57462"}}, CLAIM, "57462"),
        ({"https://id.example/ags": "1"}, "https://id.example/ags", "1"), ({"address": "Olpe"}, CLAIM, None),
        ({"address": {}}, CLAIM, None), ({}, CLAIM, None), ([], CLAIM, None),
    ],
)  # fmt: skip
def test_claim_is_found_by_its_path(claims: object, path: str, value: object) -> None:
    assert claim_at(claims, path) == value


def test_each_sign_in_says_anew_where_somebody_lives(
    towns: dict[str, Organisation], eva: User, issuer: Issuer, client: Client
) -> None:
    issuer.person["address"] = {"postal_code": "57462"}
    come_back(client, issuer)
    assert homes() == ["olpe"]
    assert Home.objects.get().said_on == timezone.localdate()

    issuer.person["address"] = {"postal_code": "57482"}
    come_back(Client(), issuer)
    assert homes() == ["wenden"]

    del issuer.person["address"]
    come_back(Client(), issuer)
    assert homes() == []


def test_linking_says_it_at_once_and_unlinking_deletes_it(
    towns: dict[str, Organisation], issuer: Issuer, client: Client, make_person: Callable[[], User]
) -> None:
    issuer.person["address"] = {"postal_code": "57462"}
    user = make_person()
    client.post("/konto/anmelden/", {"login": user.email, "password": PASSWORD})
    client.post("/konto/bestaetigen/", {"password": PASSWORD})

    come_back(client, issuer, start=f"{START}?process=connect")
    assert homes() == ["olpe"]
    assert "Olpe" in client.get("/konto/").content.decode()
    assert set(SocialAccount.objects.get().extra_data["id_token"]) == {"iss", "sub"}

    client.post("/konto/verknuepfungen/", {"account": SocialAccount.objects.get().pk})
    assert not SocialAccount.objects.exists()
    assert homes() == []


@pytest.fixture
def make_person() -> Callable[[], User]:
    from tests.factories.accounts import person

    return lambda: person("eva", password=PASSWORD)


def test_claim_is_asked_for_where_the_token_does_not_bring_it(
    towns: dict[str, Organisation], eva: User, issuer: Issuer, client: Client
) -> None:
    issuer.told_apart = {"address": {"postal_code": "57462"}}

    come_back(client, issuer)

    assert homes() == ["olpe"]


@pytest.mark.parametrize(
    "told_apart", [{"sub": "0815", "address": {"postal_code": "57462"}}, {"address": None}], ids=["another", "nothing"]
)
def test_what_is_told_of_somebody_else_or_not_at_all_says_nothing(
    towns: dict[str, Organisation], eva: User, issuer: Issuer, client: Client, told_apart: dict
) -> None:
    issuer.told_apart = told_apart

    come_back(client, issuer)

    assert signed_in_as(client) == str(eva.pk)
    assert homes() == []


def test_sign_in_works_where_the_issuer_tells_nothing_more(
    towns: dict[str, Organisation], eva: User, issuer: Issuer, client: Client
) -> None:
    issuer.user_info = lambda _authorisation: None  # type: ignore[method-assign]

    come_back(client, issuer)

    assert signed_in_as(client) == str(eva.pk)


def test_nothing_is_kept_and_asked_for_where_the_operator_names_no_claim(
    towns: dict[str, Organisation], eva: User, issuer: Issuer, client: Client, settings
) -> None:
    settings.ANDOCK_OIDC_RESIDENCE_CLAIM = ""
    issuer.person["address"] = {"postal_code": "57462"}

    asked = scope_of(client)
    come_back(Client(), issuer)

    assert asked == {"openid"}
    assert homes() == []


def test_scope_of_the_claim_is_asked_for(
    towns: dict[str, Organisation], issuer: Issuer, client: Client, settings
) -> None:
    settings.ANDOCK_OIDC_RESIDENCE_SCOPE = "address"

    assert scope_of(client) == {"openid", "address"}
