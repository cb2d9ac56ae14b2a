"""Events of Olpe with people in every state; run inside the server's own installation (``server.gather``)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import uuid4

from django.utils import timezone

from andock.accounts.demo import PASSWORD
from andock.accounts.queries import people_of
from andock.events.forms.registration import RECORDING
from andock.events.models import Event, Registration
from andock.events.services import participants
from andock.events.services.attending import Arrival, check_in
from andock.events.services.registering import cancel
from andock.ideas.services import merging, supporting
from andock.organisations.choices import Role
from andock.organisations.models import Boundary, Municipality
from andock.organisations.queries import organisations
from andock.participation.choices import PhaseKind
from andock.participation.models import CodeBatch
from andock.participation.services import answering, contributing, moderating, residence
from andock.participation.services.people import Introduction
from tests.factories.accounts import member, person
from tests.factories.events import VISITOR, confirmed, event, registered
from tests.factories.participation import held, participant, phase, process, said
from tests.ideas.scenes import idea, known, picture, remark
from tests.journeys import crowd_of_tools
from tests.journeys.pages_of_ideas import BANDSTAND, MARKET
from tests.journeys.pages_of_participation import DRAFT, HERE, OPEN, READY
from tests.journeys.people import ENSE, RELEASER

TONIGHT, EMPTY, OVER = "heute-abend", "noch-leer", "schon-vorbei"
LOVELACE, MUELLER, CELIK = "Ada Lovelace", "Jörg Müller", "Çem Çelik"


def gather() -> None:
    """Make the events, unless they are there."""
    if not Event.objects.filter(slug=TONIGHT).exists():
        _tonight()
        _of_olpe(slug=EMPTY, title="Abend, zu dem noch niemand kommt")
        _over()
        _talking()
        _having_ideas()
        crowd_of_tools.gather(_releaser())


def somebody_of_ense() -> None:
    """A project manager of a town of 12,000."""
    ense = organisations().get(slug="ense")
    member(person(ENSE.partition("@")[0], password=PASSWORD), ense, Role.MUNICIPAL_RELEASER)


def _of_olpe(**values: object) -> Event:
    olpe = organisations().get(slug="olpe")
    soon = timezone.now() + timedelta(hours=2)
    return event(olpe, **{"starts_at": soon, "seats": 8, "seats_each": 3, "asks_catering": True} | values)


def _tonight() -> None:
    made = _of_olpe(slug=TONIGHT, title="Abend im Stadtlabor", format="hybrid", is_recorded=True)
    now = timezone.now()
    ada = confirmed(
        made, LOVELACE, email="ada@example.org", seats=3, companions=["Charles Babbage"], now=now - timedelta(days=9),
        access_needs="Stufenloser Zugang", catering_needs="Vegetarisch", answers={RECORDING: True}, consent="Meine Daten werden nach 90 Tagen gelöscht.",
    )  # fmt: skip
    for number, name in enumerate((MUELLER, CELIK, "עדה לבלייס", "Elisabeth von Hohenlimburg-Nachrodt-Wiblingwerde")):
        confirmed(made, name, email=f"gast{number}@example.org", now=now - timedelta(days=7 - number))
    registered(made, "Emil Unbestätigt", email="emil@example.org", now=now - timedelta(minutes=5))
    for name in ("Wanda Wartet", "Waltraud Wartet"):
        confirmed(made, name, email=f"{name[:6].strip()}@example.org", seats=3, now=now - timedelta(days=2))
    participants.note(actor=_releaser(), registration=ada, text="Braucht einen Platz am Gang.", now=now)
    Registration.objects.filter(event=made, name=CELIK).update(email_bounced_at=now)


def _over() -> None:
    now = timezone.now()
    made = _of_olpe(slug=OVER, title="Vortrag vor einem Monat", starts_at=now - timedelta(days=30))
    begin = made.starts_at
    people = [
        confirmed(made, f"Gast {place}", email=f"g{place}@example.org", now=begin - timedelta(days=20 - 2 * place))
        for place in range(9)
    ]
    cancel(actor=VISITOR, registration=people[1], now=begin - timedelta(days=3))
    arrivals = [Arrival(uuid4(), one.pk, 0, begin) for one in people[2:7]]
    check_in(actor=_releaser(), event=made, arrivals=arrivals, now=now)


def _releaser() -> object:
    return people_of(organisations().get(slug="olpe"), {Role.MUNICIPAL_RELEASER}).get(email=RELEASER)


def _talking() -> None:
    """A process of Olpe in which people have their say, one that lacks something, and one that lacks nothing."""
    olpe, now = organisations().get(slug="olpe"), timezone.now()
    made = process(
        olpe, PhaseKind.IDEAS, PhaseKind.SUPPORT, slug=OPEN, title="Reden wir mit", starts=now - timedelta(days=3),
        asks_age=True, asks_place=True, text="Der Marktplatz wird neu.\n\nEntschieden wird im Mai.",
    )  # fmt: skip
    ada = participant("Ada", now=now)
    seats, rude = said(made, "Mehr Bänke.", by=ada, now=now), said(made, "Ihr seid alle …", by=ada, now=now)
    answering.answer(
        actor=_releaser(), process=made, office=olpe, contribution_ids=[seats.pk], stance="adopted", now=now,
        reason="Vier Bänke kommen im Mai.",
    )  # fmt: skip
    moderating.decide(
        actor=_releaser(), contribution=rude, verdict="hidden", reason="insult", text="Bitte sachlich.", now=now
    )
    reported = said(made, "Kauft bei mir!", now=now)
    moderating.report(contribution=reported, reason="advertising", text="Werbung", origin_hash="", now=now)
    held(made, "Vielleicht eine Maschine", now=now)
    stranger = Introduction(email="neu@example.org", pseudonym="Neu")
    contributing.submit(
        person=stranger, phase=phase(made), kind="idea", text="Noch nicht bestätigt", address="/beteiligung/", now=now,
        request_key=uuid4(),
    )  # fmt: skip
    process(olpe, slug=DRAFT, title="Noch nicht fertig", publication="draft", summary="", starts=now)
    process(olpe, slug=READY, title="Fertig geplant", publication="draft", starts=now + timedelta(days=3))
    _living_here()


def _living_here() -> None:
    """A process for people who live in Olpe: letters for two parts of the town, some of them lost."""
    olpe, now = organisations().get(slug="olpe"), timezone.now()
    made = process(
        olpe, slug=HERE, title="Nur für Menschen aus Olpe", starts=now - timedelta(days=2), needs_residence=True
    )
    make = partial(residence.make_codes, actor=_releaser(), process=made, now=now)
    printed: list[str] = []
    make(number=3, note="Rhode", print_all=lambda codes: printed.extend(codes) or b"")
    make(number=2, note="Sondern", print_all=lambda _codes: b"")
    residence.revoke_codes(actor=_releaser(), batch=CodeBatch.objects.get(note="Sondern"), now=now)
    contributing.submit(
        person=Introduction(known=participant("Berta", now=now), code=printed[0]), phase=phase(made), kind="idea", now=now,
        text="Ein Steg am Ufer.", address=f"/beteiligung/{HERE}/", request_key=uuid4(),
    )  # fmt: skip


def _having_ideas() -> None:
    """Ideas for Olpe's market on a map of invented borders: discussed, answered, joined, and one that might be."""
    olpe, now = organisations().get(slug="olpe"), timezone.now()
    corners = [[7.8, 51.0], [7.92, 51.0], [7.95, 51.06], [7.83, 51.08], [7.8, 51.0]]
    Boundary.objects.create(
        municipality=Municipality.objects.get(organisation=olpe), attribution="erfunden",
        geometry={"type": "Polygon", "coordinates": [corners]},
    )  # fmt: skip
    market = process(olpe, slug=MARKET, title="Ideen am Markt", starts=now - timedelta(days=3))
    ada, topic = known("Ada Ideenreich"), {"place": "vor dem Rathaus", "latitude": 51.03, "longitude": 7.85}
    stage = idea(market, BANDSTAND, ada, photo=picture(), photo_alt="Der Markt mit einer leeren Ecke", **topic)
    question = remark(stage, "Wann wird dort gespielt?", "question")
    remark(stage, "Samstags.", "pro", question)
    remark(stage, "Das wird laut.", "contra")
    supporting.support(participant=known("Bo"), idea=stage, now=now)
    roof, whole = idea(market, "Ein Dach", ada), idea(market, "Alles unter einem Dach", ada, **topic)
    merging.propose(actor=_releaser(), idea=roof, target=whole, now=now)
    merging.propose(actor=_releaser(), idea=idea(market, "Noch eine Bühne", known("Cy")), target=stage, now=now)
    answering.answer(
        actor=_releaser(), process=market, office=olpe, contribution_ids=[stage.pk], stance="partly", now=now,
        reason="Eine kleine Bühne kommt im Mai.",
    )  # fmt: skip
