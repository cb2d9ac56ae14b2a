"""The code against the table of expectations in authorisation_matrix.py."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from andock.accounts.models import Invitation, Membership
from andock.audit.models import Entry
from andock.kernel.permissions import Verdict
from andock.local_strategies.models import LocalStrategy, Run, ShareLink, Version
from andock.local_strategies.services.drafts import begin_strategy
from andock.organisations.choices import Role
from andock.register.models import Declaration, PersonalInvitation
from andock.register.services.approaches import invite
from andock.strategy.models import Edition, Framework
from andock.strategy.services.editions import import_edition
from tests.accounts.cast import Cast
from tests.factories.accounts import PASSWORD, member
from tests.factories.pdfs import upload
from tests.factories.strategy import block, document, element, identity
from tests.local_strategies.scenes import docked

from .authorisation_matrix import EDITORIAL_OFFICE, OWN, PUBLIC, ROUTES, RULES, SIGN_IN, WHO

OUTSIDE_THE_OFFICE = ("anonymous", "resident", "olpe_releaser")
PACKAGE = Path(__file__).resolve().parents[2] / "src/andock"


def routes(patterns: list, namespace: str = "", path: str = "") -> Iterator[tuple[str, str]]:
    """Full name and path pattern of all addresses; one without a name is called by its pattern."""
    for entry in patterns:
        here = path + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from routes(entry.url_patterns, inner, here)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}" if entry.name else here, here


def rules_of_the_code() -> set[str]:
    """Every ``may_…`` of every module's rules."""
    found = set()
    for path in PACKAGE.glob("*/rules.py"):
        module = importlib.import_module(f"andock.{path.parent.name}.rules")
        found |= {
            f"{path.parent.name}.{name}"
            for name, _ in inspect.getmembers(module, inspect.isfunction)
            if name.startswith("may_")
        }
    return found


# --- rules ------------------------------------------------------------------------------------------------------------
class Things:
    """What the rules are asked about, by the words of the table."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.framework = Framework.objects.create(slug="rahmen", title="Rahmenstrategie", owner=cast.agency)

    def of(self, rule: str, state: str) -> tuple:
        module, _dot, name = rule.partition(".")
        of_module = {"local_strategies": self._local, "register": self._of_register, "strategy": self._of_strategy}
        if module in of_module and name not in {"may_see_desk", "may_prepare", "may_leave"}:
            return (of_module[module](name, state),)
        if name.endswith("_invitation"):
            return (self._invitation(state),)
        if name in ("may_change_role", "may_end_membership", "may_name_deputy"):
            return (self._membership(state), Role.READER) if name == "may_change_role" else (self._membership(state),)
        place, _comma, role = state.partition(", ")
        where = {"Olpe": self.cast.olpe, "agency": self.cast.agency}.get(place)
        return tuple(thing for thing in (where, role) if thing)

    def _of_register(self, name: str, state: str) -> object:
        if name == "may_answer":
            return self._link(state)
        return self._declaration(state) if state else self.framework

    def _of_strategy(self, _name: str, state: str) -> object:
        return self._edition(state) if state else self.framework

    def _local(self, name: str, state: str) -> object:
        """Olpe's local strategy, docked unless the state says otherwise."""
        if name == "may_work_on_strategy":
            return {"Olpe": self.cast.olpe, "agency": self.cast.agency}[state]
        if name == "may_take_offers":
            return self.framework
        edition = Edition.objects.create(framework=self.framework, ordinal=1, label="1. Auflage", title="Strategie")
        if name == "may_see_outlook":
            return edition
        strategy = LocalStrategy.objects.create(organisation=self.cast.olpe, framework=self.framework)
        if "not docked" not in state:
            docked(self.cast.olpe, self.framework)
        if name == "may_take_over":
            return strategy
        kept = (
            "drafting"
            if state in {"", "in_force", "taken over", "open", "finished"}
            else state.split(",", maxsplit=1)[0]
        )
        version = Version.objects.create(strategy=strategy, edition=edition, number=1, title="Olpe", state=kept)
        if name == "may_answer" or state == "taken over":
            run = Run.objects.create(strategy=strategy, target=edition, before={})
            run.state = state
            return run if name == "may_answer" else version
        version.state = state.split(",", maxsplit=1)[0] or kept
        return ShareLink(version=version) if name == "may_revoke_link" else version

    def _link(self, state: str) -> PersonalInvitation:
        now = timezone.now()
        expires = now - timedelta(days=1) if state == "expired" else now + timedelta(days=1)
        return PersonalInvitation(expires_at=expires, revoked_at=now if state == "revoked" else None)

    def _declaration(self, state: str) -> Declaration:
        state, _comma, released = state.partition(", ")
        return Declaration(
            organisation=self.cast.olpe, framework=self.framework, state=state, basis="letter_of_intent",
            day=timezone.localdate(), is_released=bool(released),
        )  # fmt: skip

    def _edition(self, state: str) -> Edition:
        return Edition(framework=self.framework, ordinal=1, label="1. Auflage", state=state)

    def _invitation(self, state: str) -> Invitation:
        now = timezone.now()
        expires = now - timedelta(days=1) if state == "expired" else now + timedelta(days=1)
        return Invitation(
            email=self.cast.resident.email, organisation=self.cast.olpe, role=Role.READER, expires_at=expires,
            accepted_at=now if state == "accepted" else None,
        )  # fmt: skip

    def _membership(self, state: str) -> Membership:
        releaser = Membership.objects.get(user=self.cast.olpe_releaser)
        if "releaser" in state:
            return releaser
        held = Membership.objects.get(user=self.cast.olpe_editor)
        if state == "ended":
            held.until = timezone.localdate()
        if state.startswith("deputy"):
            held.deputy_of = releaser
        return held


def test_every_rule_has_a_row_and_every_row_a_rule() -> None:
    assert rules_of_the_code() == {rule for rule, _state in RULES}


@pytest.mark.parametrize(("rule", "state"), RULES, ids=[f"{rule} {state}" for rule, state in RULES])
def test_rule_answers_as_expected_and_says_why(cast: Cast, rule: str, state: str) -> None:
    module, _dot, name = rule.partition(".")
    ask = getattr(importlib.import_module(f"andock.{module}.rules"), name)
    things = Things(cast).of(rule, state)

    answers: list[Verdict] = [ask(_actor(cast, who), *things) for who in WHO]

    assert ["Y" if answer else "-" for answer in answers] == RULES[rule, state].split()
    assert all(str(answer.reason).strip() for answer in answers if not answer)


def _actor(cast: Cast, who: str) -> object:
    return AnonymousUser() if who == "anonymous" else getattr(cast, who)


# --- addresses --------------------------------------------------------------------------------------------------------
def test_every_address_has_a_row_and_every_row_an_address() -> None:
    found = {name for name, path in routes(get_resolver().url_patterns) if not path.startswith(EDITORIAL_OFFICE)}

    assert found == set(ROUTES)


def test_editorial_office_is_open_to_the_agency_only(cast: Cast, settings) -> None:
    settings.ANDOCK_DEMO = True
    paths = [
        path.removesuffix("$")
        for _name, path in routes(get_resolver().url_patterns)
        if path.startswith(EDITORIAL_OFFICE)
    ]
    plain = [f"/{path}" for path in paths if path.replace("_", "").replace("-", "").replace("/", "").isalnum()]
    opened = {
        who: [path for path in plain if client_of(cast, who).get(path).status_code == 200] for who in OUTSIDE_THE_OFFICE
    }

    assert len(plain) > 20
    assert opened == {who: [] for who in OUTSIDE_THE_OFFICE}
    assert client_of(cast, "coordinator").get("/redaktion/").status_code == 200


@pytest.fixture
def arguments(cast: Cast, settings, tmp_path: Path) -> dict[str, dict]:
    """What the addresses of Olpe, and of a draft of the agency, are made of."""
    framework = Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=cast.agency)
    settings.MEDIA_ROOT = tmp_path
    declaration = Declaration.objects.create(
        organisation=cast.olpe, framework=framework, state="handed_in", basis="letter_of_intent",
        day=timezone.localdate(), evidence=upload(),
    )  # fmt: skip
    link = invite(
        actor=cast.coordinator,
        organisation=cast.olpe,
        framework=framework,
        addressee="Guten Tag,",
        email="x@example.org",
    )
    import_edition(document=document(element("g7", block("b1"), block("b2"))), actor=None)
    begin_strategy(actor=cast.olpe_editor, organisation=cast.olpe, edition=Edition.objects.get(framework=framework))
    membership = Membership.objects.get(user=cast.olpe_editor).pk
    invitation = Invitation.objects.create(
        email="x@example.org", organisation=cast.olpe, role=Role.READER, token_hash="x",
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    return {
        "slug": cast.olpe.slug,
        "membership_id": membership,
        "invitation_id": invitation.pk,
        "pk": 1,
        "ordinal": 1,
        "element_id": identity("g7"),
        "declaration_id": declaration.pk,
        "link_id": link.pk,
        "name": "beginnen",
        "share_id": identity("link"),
    }


GUARDED = [name for name, row in ROUTES.items() if row not in (PUBLIC, OWN, SIGN_IN)]


@pytest.mark.parametrize("name", GUARDED)
def test_guarded_address_answers_each_role_as_expected(cast: Cast, arguments: dict, name: str, settings) -> None:
    settings.ANDOCK_DEMO = True
    url = address(name, arguments)

    answers = [client_of(cast, who).get(url).status_code for who in WHO]

    assert answers == [int(code) for code in ROUTES[name].split()]


@pytest.mark.parametrize("name", [name for name, row in ROUTES.items() if row == OWN])
def test_own_account_is_closed_to_anonymous_people(arguments: dict, name: str) -> None:
    answer = Client().get(address(name, arguments))

    assert answer.status_code == 302
    assert answer.url.startswith("/konto/anmelden/")


@pytest.mark.parametrize("name", GUARDED)
@pytest.mark.parametrize("who", ["olpe_moderator", "olpe_editor", "olpe_releaser", "coordinator"])
def test_editing_address_asks_for_a_second_factor(cast: Cast, arguments: dict, name: str, who: str) -> None:
    answer = client_of(cast, who).get(address(name, arguments))

    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("mfa_activate_totp"))


@pytest.mark.parametrize("name", [name for name in GUARDED if name != "accounts:start"])
@pytest.mark.parametrize("who", ["anonymous", "resident", "soest_releaser"])
def test_form_sent_by_a_stranger_changes_nothing(cast: Cast, arguments: dict, name: str, who: str, settings) -> None:
    settings.ANDOCK_DEMO = True
    entries = Entry.objects.count()

    answer = client_of(cast, who).post(address(name, arguments), {"role": Role.READER, "text": "x", "title": "x"})

    assert answer.status_code in ((401,) if who == "anonymous" else (403, 404, 405))
    assert Entry.objects.count() == entries


def test_every_guarded_address_lies_behind_the_editing_door() -> None:
    below = {
        "declaration_id": 1,
        "link_id": 1,
        "slug": "olpe",
        "membership_id": 1,
        "invitation_id": 1,
        "ordinal": 1,
        "element_id": identity("g7"),
        "name": "beginnen",
        "share_id": identity("link"),
    }

    assert [name for name in GUARDED if not address(name, below).startswith(tuple(settings.ANDOCK_EDITING_PATHS))] == []


def client_of(cast: Cast, who: str) -> Client:
    client = Client()
    if who != "anonymous":
        client.force_login(getattr(cast, who))
    return client


def address(name: str, arguments: dict) -> str:
    """The address of Olpe or of the draft, with exactly the arguments its pattern takes."""
    for wanted in (
        (),
        ("slug",),
        ("membership_id",),
        ("invitation_id",),
        ("pk",),
        ("ordinal",),
        ("ordinal", "element_id"),
        ("declaration_id",),
        ("link_id",),
        ("slug", "declaration_id"),
        ("slug", "name"),
        ("slug", "element_id"),
        ("slug", "share_id"),
    ):
        try:
            return reverse(name, kwargs={key: arguments[key] for key in wanted if key in arguments})
        except Exception as error:
            if type(error).__name__ != "NoReverseMatch":
                raise
    raise Http404(name)


# --- one door ---------------------------------------------------------------------------------------------------------
SAMPLES = {
    "slug": "olpe", "uuid": "00000000-0000-4000-8000-000000000000", "int": "1", "str": "x", "base36": "1",
}  # fmt: skip


def all_addresses() -> Iterator[tuple[str, str]]:
    """Every address with sample arguments, by name."""
    for name in ROUTES:
        for entry in get_resolver_entries(name):
            yield name, entry


def get_resolver_entries(name: str) -> Iterator[str]:
    resolver = get_resolver()
    *namespaces, last = name.split(":")
    for namespace in namespaces:
        _prefix, resolver = _namespaced(resolver, namespace)
    for possibility in resolver.reverse_dict.getlist(last):
        (_path, parameters), *_more = possibility[0]
        converters = possibility[3]
        values = {key: _sample(converters.get(key)) for key in parameters}
        try:
            yield reverse(name, kwargs=values)
        except Exception as error:
            if type(error).__name__ != "NoReverseMatch":
                raise


def _namespaced(resolver: URLResolver, namespace: str) -> tuple[str, URLResolver]:
    return resolver.namespace_dict[namespace]


def _sample(converter: object) -> str:
    kinds = {"Slug": "slug", "UUID": "uuid", "Int": "int", "ResetKey": "base36"}
    name = type(converter).__name__
    return SAMPLES[next((kind for word, kind in kinds.items() if name.startswith(word)), "str")]


def test_only_the_sign_in_page_authenticates(cast: Cast) -> None:
    cast.olpe_reader.set_password(PASSWORD)
    cast.olpe_reader.save()
    doors = set()

    for name, url in all_addresses():
        client = Client(raise_request_exception=False)
        email = cast.olpe_reader.email
        client.post(url, {"login": email, "username": email, "email": email, "password": PASSWORD})
        if "_auth_user_id" in client.session:
            doors.add(name)

    assert doors == {"account_login"}


def test_addresses_are_found_for_all_names() -> None:
    unnamed = {"favicon.ico"}
    patterns_without_converters = {
        "openid_connect_login",
        "openid_connect_callback",
        "wagtail_serve",
        "wagtaildocs_serve",
    }

    assert {name for name, _url in all_addresses()} >= set(ROUTES) - unnamed - patterns_without_converters


def test_role_ended_yesterday_opens_nothing(cast: Cast, settings) -> None:
    settings.ANDOCK_DEMO = True
    Membership.objects.filter(user=cast.olpe_editor).update(until=timezone.localdate())

    assert client_of(cast, "olpe_editor").get("/verwaltung/olpe/profil/").status_code == 403


def test_deputy_opens_what_the_role_opens(cast: Cast, settings) -> None:
    settings.ANDOCK_DEMO = True
    releaser = Membership.objects.get(user=cast.olpe_releaser)
    member(
        cast.resident,
        cast.olpe,
        Role.MUNICIPAL_RELEASER,
        deputy_of=releaser,
        until=timezone.localdate() + timedelta(days=1),
    )

    assert client_of(cast, "resident").get("/verwaltung/olpe/personen/einladen/").status_code == 200
