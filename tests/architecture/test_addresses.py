"""Every address as every role, against the table of expectations in authorisation_matrix.py."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from andock.accounts.models import Invitation, Membership
from andock.audit.models import Entry
from andock.colleagues.models import Enquiry, Office
from andock.colleagues.services.enquiries import ask
from andock.colleagues.services.groups import found
from andock.consultation.models import Anchor
from andock.events import participant_urls
from andock.events.models import Registration, Series
from andock.events.services.attending import Arrival, check_in
from andock.ideas.models import Idea
from andock.knowledge.models import Finding, Guide, Solution
from andock.local_strategies.services.drafts import begin_strategy
from andock.organisations.choices import Role
from andock.participation.choices import PhaseKind
from andock.participation.models import CodeBatch, Contribution, Process
from andock.questionnaire.models import Question, Questionnaire
from andock.register.models import Declaration
from andock.register.services.approaches import invite
from andock.strategy.models import Edition, Framework
from andock.strategy.services.editions import import_edition
from tests.accounts.cast import Cast, make_cast
from tests.factories.events import confirmed, event
from tests.factories.knowledge import reached, solution, transfer
from tests.factories.participation import phase, process
from tests.factories.pdfs import upload
from tests.factories.strategy import block, document, element, identity

from .authorisation_matrix import OWN, PUBLIC, ROUTES, SIGN_IN, WHO
from .test_authorisation import TOMORROW, client_of

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

OF_TOMORROW = {f"events:{pattern.name}" for pattern in participant_urls.urlpatterns}
"""Addresses about the people of an event; the door opens a day before."""


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Cast, dict[str, object]]]:
    """The cast and what addresses are made of, once for all tests here: each takes back what it changed itself."""
    outermost = transaction.atomic()
    outermost._from_testcase = True
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        with django_db_blocker.unblock():
            outermost.__enter__()
            cast = make_cast()
            arguments = arguments_of(cast)
        yield cast, arguments
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            outermost.__exit__(None, None, None)


@pytest.fixture
def cast(scene: tuple[Cast, dict], db: None) -> Cast:
    return scene[0]


@pytest.fixture
def arguments(scene: tuple[Cast, dict]) -> dict[str, object]:
    return scene[1]


def arguments_of(cast: Cast) -> dict[str, object]:
    """What the addresses of Olpe, and of a draft of the agency, are made of."""
    framework = Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=cast.agency)
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
    Series.objects.create(organisation=cast.olpe, slug="abende", title="Abende")
    event(cast.olpe, state="draft", slug="abend")
    Solution.objects.create(organisation=cast.olpe, slug="sensoren", title="Sensoren", kind="sensors")
    Guide.objects.create(organisation=cast.olpe, slug="wie-wir-messen", title="Wie wir messen")
    collecting = commented(cast)
    told = reached(transfer(solution(cast.soest), cast.olpe), "decided", "2024")
    return between_offices(cast) | {
        "slug": cast.olpe.slug,
        "solution": "sensoren",
        "guide": "wie-wir-messen",
        "feedback_id": 1,
        "transfer": told.transfer.pk,
        "stage": told.pk,
        "finding": Finding.objects.create(organisation=cast.olpe, title="Gelernt").pk,
        "event": "abend",
        "series": "abende",
        "document_id": 1,
        "event_of_tomorrow": "morgen",
        "registration_id": arrived(cast).pk,
        "membership_id": membership,
        "invitation_id": invitation.pk,
        "pk": 1,
        "ordinal": 1,
        "element_id": identity("g7"),
        "declaration_id": declaration.pk,
        "link_id": link.pk,
        "name": "beginnen",
        "share_id": identity("link"),
        "issue_id": 1,
        "process": collecting.slug,
        "number": idea_of(collecting).pk,
        "batch_id": CodeBatch.objects.create(process=collecting, number=1).pk,
        "contribution_id": 1,
        "element": identity("g7"),
        "block": identity("b1"),
        "process_with_questions": "fragen-draft",
        "question_id": asked(cast).pk,
    }


def idea_of(collecting: Process) -> Idea:
    """An idea in a process, whatever its state."""
    now = timezone.now()
    contribution = Contribution.objects.create(
        process=collecting, phase=phase(collecting), office=collecting.organisation, kind="idea", title="Bank",
        text="Am Ufer.", state="public", confirmed_at=now, published_at=now,
    )  # fmt: skip
    return Idea.objects.create(contribution=contribution)


def commented(cast: Cast) -> Process:
    """A draft of a process of Olpe, with something that came in about a paragraph."""
    made = process(cast.olpe, *PhaseKind, publication="draft")
    comment = Contribution.objects.create(
        process=made, phase=phase(made, PhaseKind.TEXT), office=cast.olpe, kind="comment", text="Gut.", state="held",
        confirmed_at=timezone.now(),
    )  # fmt: skip
    place = {"identity": identity("g7"), "block": identity("b1")}
    Anchor.objects.create(contribution=comment, edition=Edition.objects.get(), wording="So war es.", block_kind="paragraph", **place)  # fmt: skip
    return made


def asked(cast: Cast) -> Question:
    """The only question of a draft of Olpe."""
    made = process(cast.olpe, "questions", publication="draft", slug="fragen-draft")
    found = Questionnaire.objects.create(phase=phase(made, "questions"))
    return Question.objects.create(questionnaire=found, position=1, kind="text", label="Was fehlt?")


def between_offices(cast: Cast) -> dict[str, object]:
    """What Soest has asked Olpe, an office of Olpe, and a group that Olpe has founded."""
    now = timezone.now()
    card = solution(cast.olpe, slug="laternen")
    asked: Enquiry = ask(
        actor=cast.soest_releaser, solution=card, organisation=cast.soest, text="Was kostet das?", key=uuid4(), now=now
    )
    office = Office.objects.create(organisation=cast.olpe, name="Stabsstelle", phone="02761 83")
    made = found(
        actor=cast.olpe_editor, organisation=cast.olpe, now=now, today=timezone.localdate(), terms=(), events=(),
        title="Sensoren", summary="", text="",
    )  # fmt: skip
    return {"enquiry_id": asked.pk, "office_id": office.pk, "group": made.slug, "post_id": 1, "card": card.slug}


def arrived(cast: Cast) -> Registration:
    """Somebody who came to Olpe's event of tomorrow."""
    now = timezone.now()
    made = confirmed(event(cast.olpe, slug="morgen", starts_at=now + TOMORROW), "Ada", now=now)
    arrival = Arrival(identity("here"), made.pk, 0, now)
    check_in(actor=cast.olpe_editor, event=made.event, arrivals=[arrival], now=now)
    return made


GUARDED = [name for name, row in ROUTES.items() if row not in (PUBLIC, OWN, SIGN_IN)]


@pytest.mark.parametrize("name", GUARDED)
def test_guarded_address_answers_each_role_as_expected(cast: Cast, arguments: dict, name: str, settings) -> None:
    settings.ANDOCK_DEMO = True
    url = address(name, arguments)

    answers = [client_of(cast, who).get(url).status_code for who in WHO]

    assert answers == [int(code) for code in ROUTES[name].split()]


@pytest.mark.parametrize("name", [name for name, row in ROUTES.items() if row == OWN])
def test_own_account_is_closed_to_anonymous_people(cast: Cast, arguments: dict, name: str) -> None:
    answer = Client().get(address(name, arguments))

    assert answer.status_code == 302
    assert answer.url.startswith("/konto/anmelden/")


@pytest.mark.parametrize("name", GUARDED)
@pytest.mark.parametrize("who", ["olpe_moderator", "olpe_editor", "olpe_releaser", "coordinator"])
def test_editing_address_asks_for_a_second_factor(cast: Cast, arguments: dict, name: str, who: str) -> None:
    answer = client_of(cast, who).get(address(name, arguments))

    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("mfa_activate_totp"))


FOR_EVERY_OFFICE = {"accounts:start", "colleagues:ask"}
"""Addresses that belong to no organisation: nobody who works for one is a stranger there."""


@pytest.mark.parametrize("name", [name for name in GUARDED if name not in FOR_EVERY_OFFICE])
@pytest.mark.parametrize("who", ["anonymous", "resident", "soest_releaser"])
def test_form_sent_by_a_stranger_changes_nothing(cast: Cast, arguments: dict, name: str, who: str, settings) -> None:
    settings.ANDOCK_DEMO = True
    entries = Entry.objects.count()

    answer = client_of(cast, who).post(address(name, arguments), {"role": Role.READER, "text": "x", "title": "x"})

    assert answer.status_code in ((401,) if who == "anonymous" else (403, 404, 405))
    assert Entry.objects.count() == entries


def test_every_guarded_address_lies_behind_the_editing_door() -> None:
    below = {
        "enquiry_id": identity("x"),
        "office_id": 1,
        "group": "sensoren",
        "post_id": 1,
        "card": "laternen",
        "solution": "sensoren",
        "guide": "wie-wir-messen",
        "feedback_id": 1,
        "transfer": identity("transfer"),
        "stage": identity("stage"),
        "finding": identity("finding"),
        "event": "abend",
        "series": "abende",
        "document_id": 1,
        "event_of_tomorrow": "morgen",
        "registration_id": identity("x"),
        "declaration_id": 1,
        "link_id": 1,
        "slug": "olpe",
        "membership_id": 1,
        "invitation_id": 1,
        "ordinal": 1,
        "element_id": identity("g7"),
        "name": "beginnen",
        "share_id": identity("link"),
        "issue_id": 1,
        "process": "gruen",
        "number": 1,
        "batch_id": 1,
        "contribution_id": 1,
        "element": identity("g7"),
        "block": identity("b1"),
        "process_with_questions": "fragen-draft",
        "question_id": 1,
    }

    assert [name for name in GUARDED if not address(name, below).startswith(tuple(settings.ANDOCK_EDITING_PATHS))] == []


def address(name: str, arguments: dict) -> str:
    """The address of Olpe or of the draft, with exactly the arguments its pattern takes."""
    if name in OF_TOMORROW:
        arguments = arguments | {"event": arguments["event_of_tomorrow"]}
    if name == "colleagues:ask":  # about a card that everybody sees
        arguments = arguments | {"solution": arguments["card"]}
    if name.startswith("questionnaire:"):
        arguments = arguments | {"process": arguments["process_with_questions"]}
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
        ("slug", "event"),
        ("slug", "series"),
        ("slug", "event", "document_id"),
        ("slug", "solution"),
        ("slug", "solution", "document_id"),
        ("solution",),
        ("slug", "enquiry_id"),
        ("slug", "office_id"),
        ("slug", "group"),
        ("slug", "group", "post_id"),
        ("slug", "guide"),
        ("slug", "guide", "document_id"),
        ("slug", "guide", "feedback_id"),
        ("slug", "transfer"),
        ("slug", "transfer", "stage"),
        ("slug", "finding"),
        ("slug", "event", "registration_id"),
        ("slug", "issue_id"),
        ("slug", "process"),
        ("slug", "process", "number"),
        ("slug", "process", "element", "block"),
        ("slug", "process", "question_id"),
        ("slug", "process", "batch_id"),
        ("slug", "contribution_id"),
    ):
        try:
            return reverse(name, kwargs={key: arguments[key] for key in wanted if key in arguments})
        except Exception as error:
            if type(error).__name__ != "NoReverseMatch":
                raise
    raise Http404(name)
