"""Collections of invented ideas, the same for the same sizes: written in bulk, with what only a measurement may skip.

Nobody is told, nothing is noted and nothing is searched for; ``index`` files one collection in the search afterwards.
Ideas stand all over the region, one in four is supported by up to eight people, one in ten discussed, one in fifty answered.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection, transaction
from django.db.models import Max

from andock.ideas.choices import IdeaStatus, Stand
from andock.participation.choices import Blueprint, ContributionKind, ContributionState, PhaseKind, Publication, Stance

if TYPE_CHECKING:
    from andock.organisations.models import Organisation, Term
    from andock.participation.models import Contribution, Participant, Phase, Process

T = TypeVar("T")
SIZES, REMARKS, AUTHORS = (1_000, 20_000, 200_000), 500, 2_000
SOURCE = "participation"
AT_ONCE, TEXTS = 5_000, 200
DAY = timedelta(days=1)
SUPPORTED, MOST_SUPPORTS, DISCUSSED, ANSWERED = 4, 8, 10, 50
"""One idea in so many, and how many people support one."""
NORTH, SOUTH, EAST, WEST = 51.75, 50.70, 8.95, 7.20
WORDS = [
    "Bank",
    "Weg",
    "Park",
    "Schatten",
    "Brunnen",
    "Spielplatz",
    "Radweg",
    "Halt",
    "Bus",
    "Bühne",
    "Garten",
    "Wiese",
    "Licht",
    "Treppe",
    "Brücke",
    "Schule",
    "Markt",
    "Platz",
    "Baum",
    "Hecke",
    "Ufer",
    "Steg",
    "Werkstatt",
    "Bücherei",
    "Halle",
    "Laden",
    "Stand",
    "Tafel",
    "Karte",
    "Netz",
    "Strom",
    "Wärme",
    "Dach",
    "Hof",
    "Tor",
    "Zaun",
    "Kante",
]


@dataclass(frozen=True, slots=True)
class Ground:
    """What ideas of a region are made from."""

    towns: Sequence[Organisation]
    topics: Sequence[Term]
    authors: Sequence[Participant]
    texts: Sequence[tuple[str, str]]
    now: datetime


@dataclass(slots=True)
class Collection:
    """A process as it is written; ``first`` is the number of its first idea, those of the others follow."""

    process: Process
    phase: Phase
    first: int
    size: int
    remarks: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311  repeatable, not secret

    @property
    def address(self) -> str:
        return f"/beteiligung/{self.process.slug}/ideen/"


def slug_of(size: int) -> str:
    return f"ideen-{size}"


def fill(sizes: Sequence[int], now: datetime, *, remarks: int = REMARKS) -> list[Collection]:
    """A public process for each size; the first idea of the last one has so many remarks."""
    ground = _ground(now)
    made = []
    for place, size in enumerate(sizes, start=1):
        with transaction.atomic():
            found = _collection(ground, size, remarks if place == len(sizes) else 0)
            _write(found, ground)
        made.append(found)
    _go_on()
    return made


def index(collection: Collection) -> None:
    """File the ideas of a collection in the search."""
    from andock.participation.documents import idea_group, make
    from andock.search.services import put_all

    groups = [idea_group(number) for number in range(collection.first, collection.first + collection.size)]
    put_all(source=SOURCE, groups={group: list(make(group)) for group in groups})


def device_of(number: int) -> str:
    """The cookie of a device that belongs to one of the authors."""
    from django.core import signing

    from andock.participation.device import COOKIE, SALT
    from andock.participation.models import Participant

    somebody = Participant._default_manager.get(email_key=email_of(number))  # noqa: SLF001
    return f"{COOKIE}={signing.TimestampSigner(salt=SALT).sign(somebody.pk.hex)}"


def email_of(number: int) -> str:
    return f"person-{number}@bench.example"


def _ground(now: datetime) -> Ground:
    from andock.organisations.queries import municipalities, terms
    from andock.participation.models import Participant

    chance = random.Random(2)  # noqa: S311  repeatable, not secret
    Participant._default_manager.bulk_create(  # noqa: SLF001  the types know only installed apps
        Participant(
            email=email_of(number), email_key=email_of(number), pseudonym=f"Person {number}", created_at=now,
            confirmed_at=now, active_on=now.date(),
        )
        for number in range(AUTHORS)
    )  # fmt: skip
    return Ground(
        towns=[one.organisation for one in municipalities()], topics=list(terms("topics")),
        authors=list(Participant._default_manager.order_by("email_key")),  # noqa: SLF001
        texts=[(" ".join(chance.choices(WORDS, k=4)), " ".join(chance.choices(WORDS, k=40))) for _number in range(TEXTS)],
        now=now,
    )  # fmt: skip


def _collection(ground: Ground, size: int, remarks: int) -> Collection:
    from andock.participation.models import Contribution, Phase, Process

    begun = ground.now - 30 * DAY
    process = Process._default_manager.create(  # noqa: SLF001
        slug=slug_of(size), title=f"{size} Ideen", summary="Was fehlt?", organisation=ground.towns[0], is_region_wide=True,
        blueprint=Blueprint.IDEAS, publication=Publication.PUBLISHED, published_at=begun, contact_email="amt@bench.example",
    )  # fmt: skip
    phase = Phase._default_manager.create(  # noqa: SLF001
        process=process, kind=PhaseKind.IDEAS, title="Sammeln", starts_at=begun, ends_at=ground.now + 30 * DAY
    )
    last: int = Contribution._default_manager.aggregate(last=Max("pk"))["last"] or 0  # noqa: SLF001
    return Collection(process, phase, last + 1, size, remarks)


def _write(made: Collection, ground: Ground) -> None:
    """Row by row of each table, in steps; numbers are given here, because addresses hold them."""
    from andock.ideas.models import Idea, Remark, Support
    from andock.participation.models import Answered, Contribution, Response

    answer = Response._default_manager.create(  # noqa: SLF001
        process=made.process, office=ground.towns[0], stance=Stance.PARTLY, reason="Wird geprüft.", given_at=ground.now
    )
    first_remark = made.first + made.size
    remarks = [(first_remark + place, *one) for place, one in enumerate(_remarks(made, first_remark))]
    _put(Contribution, _contributions(made, ground))
    _put(Idea, _ideas(made, ground))
    _put(Support, _supports(made, ground), without="id")
    _put(Contribution, (_said(made, ground, number, idea) for number, idea, _answers_to in remarks))
    _put(Remark, (
        Remark(contribution_id=number, idea_id=idea, stand=Stand.values[number % 3], answers_to_id=answers_to)
        for number, idea, answers_to in remarks
    ))  # fmt: skip
    answered = range(made.first, made.first + made.size, ANSWERED)
    rows = (Answered(response=answer, contribution_id=number, told_at=ground.now) for number in answered)
    _put(Answered, rows, without="id")


def _contributions(made: Collection, ground: Ground) -> Iterator[Contribution]:
    for place in range(made.size):
        title, _text = ground.texts[place % TEXTS]
        town = ground.towns[place % len(ground.towns)]
        yield _contribution(
            made, ground, made.first + place, ContributionKind.IDEA, ground.now - DAY * 29 * (1 - place / made.size),
            title=f"{title} {place}", municipality_id=town.pk, office_id=town.pk, address=f"{made.address}{made.first + place}/",
        )  # fmt: skip


def _said(made: Collection, ground: Ground, number: int, idea: int) -> Contribution:
    return _contribution(
        made, ground, number, ContributionKind.REMARK, ground.now - DAY / 2, office_id=ground.towns[0].pk,
        address=f"{made.address}{idea}/#beitrag-{number}",
    )  # fmt: skip


def _contribution(
    made: Collection, ground: Ground, number: int, kind: ContributionKind, at: datetime, **more: Any
) -> Contribution:
    from andock.participation.models import Contribution

    return Contribution(
        pk=number, process_id=made.process.pk, phase_id=made.phase.pk, kind=kind, state=ContributionState.PUBLIC,
        participant_id=ground.authors[number % len(ground.authors)].pk, text=ground.texts[number % TEXTS][1],
        about=made.process.title, sent_at=at, confirmed_at=at, published_at=at, **more,
    )  # fmt: skip


def _ideas(made: Collection, ground: Ground) -> Iterator[Any]:
    from andock.ideas.models import Idea

    for place in range(made.size):
        topic = ground.topics[place % len(ground.topics)].pk if ground.topics else None
        yield Idea(
            contribution_id=made.first + place, topic_id=topic, status=IdeaStatus.values[place % len(IdeaStatus.values)],
            latitude=round(made.chance.uniform(SOUTH, NORTH), 5), longitude=round(made.chance.uniform(WEST, EAST), 5),
        )  # fmt: skip


def _supports(made: Collection, ground: Ground) -> Iterator[Any]:
    from andock.ideas.models import Support

    for place in range(0, made.size, SUPPORTED):
        for turn in range(made.chance.randint(1, MOST_SUPPORTS)):
            somebody = ground.authors[(place * 7 + turn) % len(ground.authors)]
            yield Support(idea_id=made.first + place, participant_id=somebody.pk, supported_at=ground.now)


def _remarks(made: Collection, first: int) -> Iterator[tuple[int, int | None]]:
    """The idea of each remark and the remark it answers: many about the first idea, every third of them an answer."""
    for place in range(made.remarks):
        yield made.first, first + place - place % 3 if place % 3 == 2 else None  # noqa: PLR2004
    for place in range(1, made.size, DISCUSSED):
        yield made.first + place, None


def _put(model: Any, rows: Iterator[Any], *, without: str = "") -> None:
    """As ``bulk_create`` in half the time: one statement for all rows. ``without`` is a column the database fills."""
    columns = [one for one in model._meta.concrete_fields if one.attname != without]
    names, marks = ", ".join(connection.ops.quote_name(one.column) for one in columns), ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        while step := list(islice(rows, AT_ONCE)):
            values = [[one.get_db_prep_save(getattr(row, one.attname), connection) for one in columns] for row in step]
            cursor.executemany(statement, values)


def _go_on() -> None:
    """The numbers of later rows stand behind those that were given here."""
    from andock.participation.models import Contribution

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(_no_style(), [Contribution]):
            cursor.execute(statement)


def settle() -> None:
    """PostgreSQL knows how the rows are spread, as autovacuum leaves it; not within a transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _no_style() -> Any:
    from django.core.management.color import no_style

    return no_style()
