"""The code against the table of expectations in authorisation_matrix.py."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from andock.accounts.models import Home, Invitation, Membership
from andock.colleagues.models import Enquiry, Group, GroupMember, Post
from andock.consultation.models import Subject
from andock.events.models import Allotment, Event, Registration
from andock.ideas.models import Idea
from andock.kernel.permissions import Verdict
from andock.knowledge.models import Finding, Guide, Solution, Transfer, TransferStage
from andock.local_strategies.models import LocalStrategy, Run, ShareLink, Version
from andock.newsletter.models import Issue
from andock.organisations.choices import Role
from andock.organisations.models import Organisation, Region
from andock.participation.choices import PhaseKind
from andock.participation.models import CodeBatch, Contribution, Decision, Participant, Process
from andock.questionnaire.models import Questionnaire, Submission
from andock.register.models import Declaration, PersonalInvitation
from andock.strategy.models import Edition, Framework
from tests.accounts.cast import Cast
from tests.factories.accounts import PASSWORD, member, organisation
from tests.factories.events import event
from tests.factories.knowledge import reached, solution, transfer
from tests.factories.participation import phase, process, said
from tests.local_strategies.scenes import docked

from .authorisation_matrix import EDITORIAL_OFFICE, ROUTES, RULES, WHO

TOMORROW = timedelta(hours=20)
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


OF_AN_ORGANISATION = {
    "may_see_desk", "may_prepare", "may_leave", "may_keep_events", "may_keep_solutions", "may_keep_guides",
    "may_keep_transfers", "may_keep_findings", "may_take_over_somewhere",
    "may_keep_enquiries", "may_keep_offices", "may_see_groups_desk", "may_found_group", "may_ask_others", "may_see_directory",
    "may_keep_newsletter", "may_keep_processes", "may_moderate",
}  # fmt: skip


def _region() -> Organisation:
    return Region.objects.get().organisation


# --- rules ------------------------------------------------------------------------------------------------------------
class Things:
    """What the rules are asked about, by the words of the table."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.framework = Framework.objects.create(slug="rahmen", title="Rahmenstrategie", owner=cast.agency)

    def of(self, rule: str, state: str) -> tuple:
        if rule == "events.may_enter_room":
            return (self._attending(*state.split(", ")),)
        module, _dot, name = rule.partition(".")
        several = {
            "colleagues": self._of_colleagues,
            "consultation": self._of_consultation,
            "participation": self._of_participation,
        }
        if module in several and name not in OF_AN_ORGANISATION:
            return several[module](name, state)
        of_module = {
            "events": self._of_events, "knowledge": self._of_knowledge, "local_strategies": self._local, "register": self._of_register,
            "strategy": self._of_strategy, "newsletter": self._of_newsletter,
            "ideas": self._of_ideas,
            "questionnaire": self._of_questionnaire,
        }  # fmt: skip
        if module in of_module and name not in OF_AN_ORGANISATION:
            return (of_module[module](name, state),)
        if name.endswith("_invitation"):
            return (self._invitation(state),)
        if name in ("may_change_role", "may_end_membership", "may_name_deputy"):
            return (self._membership(state), Role.READER) if name == "may_change_role" else (self._membership(state),)
        place, _comma, role = state.partition(", ")
        return tuple(thing for thing in (self._place(place), role) if thing)

    def _place(self, name: str) -> Organisation | None:
        """Wenden is a town nobody works for here."""
        if name == "Wenden":
            return organisation("wenden")
        places = {"Olpe": self.cast.olpe, "Soest": self.cast.soest, "agency": self.cast.agency, "region": _region()}
        return places.get(name)

    def _of_colleagues(self, name: str, state: str) -> tuple:
        """A card and who asks, a question to Olpe and who writes, or a group of Olpe and who wants something of it."""
        first, _for, office = state.partition(", for ")
        asked = (self._place(office),) if office else ()
        if name == "may_ask":
            publication, _of, owner = first.partition(" of ")
            return (Solution(organisation=self._place(owner), publication=publication), *asked)
        if name in {"may_read_enquiry", "may_contribute", "may_close_enquiry", "may_reopen_enquiry"}:
            closed = timezone.now() if first == "closed" else None
            return (Enquiry(asking=organisation("wenden"), owner=self.cast.olpe, closed_at=closed), *asked)
        group = Group.objects.create(slug="sensoren", title="Sensoren", organisation=self.cast.olpe)
        GroupMember.objects.create(group=group, organisation=self.cast.olpe, joined_on=timezone.localdate())
        if name == "may_delete_post":
            deleted = timezone.now() if state == "deleted" else None
            return (Post(group=group, author=self.cast.soest_releaser, deleted_at=deleted),)
        return (group, self._place(state)) if state else (group,)

    def _of_knowledge(self, name: str, state: str) -> object:
        """A card, guide or finding of Olpe, or of the region as a whole; a take-over."""
        if state.startswith("by "):
            return self._take_over(name, *state.removeprefix("by ").partition(", ")[::2])
        publication, _of, region = state.partition(" of the ")
        owner = _region() if region else self.cast.olpe
        kinds = {"solution": Solution, "finding": Finding}
        kind = next((kind for word, kind in kinds.items() if word in name), Guide)
        return kind(organisation=owner, publication=publication)

    def _take_over(self, name: str, receiver: str, state: str) -> Transfer | TransferStage:
        """Of a card of Soest; the rule asks about the whole or about its row."""
        publication = state if state in {"draft", "archived"} else "published"
        where = {"Olpe": self.cast.olpe, "the agency": self.cast.agency}[receiver]
        made = transfer(solution(self.cast.soest, publication=publication), where)
        row = reached(made, "decided", "2024", is_confirmed=state == "confirmed")
        if state in {"retracted", "replaced"}:
            new = reached(made, "retracted", "2024", replaces=row)
            row = new if state == "retracted" else row
        return row if name.endswith("_stage") else made

    def _of_participation(self, name: str, state: str) -> tuple:
        """A process of Olpe, its phase, or what somebody said there; ``for Soest``: the office that answers."""
        if name in {"may_count", "may_make_codes", "may_revoke_codes"}:
            return self._of_residence(name, state)
        if name == "may_take_table":
            return self._table(*state.partition(", ")[::2])
        if name.endswith("_process") or name == "may_bring_in":
            return (process(self.cast.olpe, publication=state),)
        state, _for, office = state.partition(", for ")
        now = timezone.now()
        starts = {"coming": timedelta(days=1), "over": timedelta(days=-30)}.get(state, timedelta(days=-1))
        publication = "draft" if state == "draft" else "published"
        made = process(self.cast.olpe, starts=now + starts, publication=publication)
        if name == "may_take_part":
            return (phase(made),)
        who = self._place(office) or self.cast.olpe
        found = Contribution(process=made, office=who, state=state, participant=Participant())
        return (Decision(contribution=found) if name == "may_object" else found,)

    def _table(self, office: str, circumstance: str) -> tuple:
        """A process of Olpe, and the office that wants the table of what was said for it."""
        who, now = self._place(office), timezone.now()
        made = process(self.cast.olpe, starts=now - timedelta(days=1), is_region_wide=True)
        if circumstance.startswith("asked"):
            said(made, now=now, municipality=who)
        if circumstance.endswith("draft"):
            Process.objects.update(publication="draft", published_at=None)
        return Process.objects.get(pk=made.pk), who

    def _of_residence(self, name: str, state: str) -> tuple:
        """A process of Olpe that asks for proof of residence or not; codes that were made for one."""
        made = process(self.cast.olpe, needs_residence=state != "asks for no proof")
        if "lives there" in state:
            Home.objects.create(user=self.cast.resident, municipality=self.cast.olpe, said_on=timezone.localdate())
        revoked = timezone.now() if state == "revoked" else None
        return (CodeBatch(process=made, number=1, revoked_at=revoked) if name == "may_revoke_codes" else made,)

    def _of_ideas(self, name: str, state: str) -> object:
        """A process of Olpe that collects ideas, or an idea of it; ``for Soest``: the office that answers."""
        state, _for, office = state.partition(", for ")
        now = timezone.now()
        publication = "draft" if state == "draft" else "published"
        made = process(
            self.cast.olpe, starts=now - timedelta(days=30 if state == "over" else 1), publication=publication
        )
        if name == "may_send_idea":
            return made
        contribution = Contribution(
            process=made, office=self._place(office) or self.cast.olpe, participant=Participant(), published_at=now,
            state=state if state in {"held", "hidden", "withdrawn"} else "public",
        )  # fmt: skip
        return Idea(contribution=contribution, merged_into_id=1 if state == "joined" else None, proposed_into_id=1)

    def _of_consultation(self, name: str, state: str) -> tuple:
        """The phase of a process, a text that may be offered in it, or the one people are asked about."""
        state, _for, holder = state.partition("for ")
        about, _comma, circumstance = state.strip(", ").partition(", ")
        starts = timezone.now() - timedelta(days={"over": 30, "coming": -1}.get(circumstance, 1))
        publication = "draft" if "not published" in circumstance else "published"
        made = process(self._place(holder) or self.cast.olpe, PhaseKind.TEXT, starts=starts, publication=publication)
        where = phase(made, PhaseKind.TEXT)
        if name == "may_choose_text":
            if about:
                said(made, "Gut.", kind="comment", now=timezone.now())
            return (where,)
        kind, _space, text_state = about.rpartition(" ")
        is_edition = kind == "edition" or name == "may_offer_edition"
        text = (
            Edition(framework=self.framework, state=text_state, ordinal=1) if is_edition else self._version(text_state)
        )
        if name.startswith("may_offer"):
            return (text, where)
        return (Subject(phase=where, **{"edition" if is_edition else "version": text}),)

    def _version(self, state: str) -> Version:
        strategy = LocalStrategy.objects.create(organisation=self.cast.olpe, framework=self.framework)
        return Version(strategy=strategy, number=1, state=state)

    def _of_questionnaire(self, name: str, state: str) -> object:
        """The questions of a phase of Olpe, or the phase."""
        days, publication = {"coming": 1, "over": -30}.get(state, -1), "draft" if state == "draft" else "published"
        starts = timezone.now() + timedelta(days=days)
        made = process(self.cast.olpe, "questions", starts=starts, lasts=timedelta(days=14), publication=publication)
        found = Questionnaire.objects.create(phase=phase(made, "questions"))
        if state == "answered":
            Submission.objects.create(questionnaire=found)
        return found if name in {"may_change_questions", "may_enter_paper"} else found.phase

    def _of_newsletter(self, _name: str, state: str) -> Issue:
        """An issue of the agency, with something in it unless it is called empty."""
        empty, _draft, kept = state.rpartition(" ")
        return Issue(organisation=self.cast.agency, state=kept, sections=[] if empty else [{"text": "Neues."}])

    def _of_events(self, name: str, state: str) -> object:
        """An event of Olpe in four weeks, tomorrow or four weeks ago, or somebody's registration for one."""
        if name in {"may_answer_registration", "may_have_data"}:
            return self._registration(state)
        state, _comma, when = state.partition(", ")
        starts_at = timezone.now() + {"": timedelta(weeks=4), "over": timedelta(weeks=-4), "tomorrow": TOMORROW}[when]
        if name in {"may_decide_registration", "may_cancel_for"}:
            return Registration(event=event(self.cast.olpe, starts_at=starts_at), state=state)
        return event(self.cast.olpe, state=state, starts_at=starts_at)

    def _registration(self, state: str) -> Registration:
        state, _comma, more = state.partition(", ")
        now = timezone.now()
        values = {"format": "online"} if more == "online" else {}
        made = event(self.cast.olpe, starts_at=now + timedelta(weeks=-4 if more == "over" else 4), **values)
        return Registration(
            event=made, allotment=made.allotments.get(), state="cancelled" if state == "anonymised" else state,
            anonymised_at=now if state == "anonymised" else None,
        )  # fmt: skip

    def _of_register(self, name: str, state: str) -> object:
        if name == "may_answer":
            return self._link(state)
        return self._declaration(state) if state else self.framework

    def _of_strategy(self, _name: str, state: str) -> object:
        return self._edition(state) if state else self.framework

    def _attending(self, attendance: str, state: str) -> Registration:
        """Somebody's registration for an event of Olpe."""
        made = Event(organisation=self.cast.olpe, state="cancelled" if state == "event cancelled" else "published")
        kept = "confirmed" if state == "event cancelled" else state
        return Registration(event=made, allotment=Allotment(event=made, attendance=attendance), state=kept)

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


def client_of(cast: Cast, who: str) -> Client:
    client = Client()
    if who != "anonymous":
        client.force_login(getattr(cast, who))
    return client


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
