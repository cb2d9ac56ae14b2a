"""People who follow, and what happens meanwhile: through the pages and services themselves."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from django.test import Client

from andock.following.models import Follower, News
from andock.following.services import asking, digesting
from andock.following.things import Thing, asked_for
from andock.kernel.jobs.worker import Worker
from andock.knowledge.documents import renew_all
from andock.knowledge.models import Solution
from andock.notifications.models import Message
from andock.organisations.models import Organisation, Term
from tests.factories.knowledge import solution

MONDAY = datetime(2026, 5, 4, 10, tzinfo=UTC)
"""When most scenes begin: noon here."""
TUESDAY = datetime(2026, 5, 5, 5, 30, tzinfo=UTC)
"""Half past seven here, when the daily digests of the next morning are due."""


def thing(word: str, identity: str = "", **more: str) -> Thing:
    found = asked_for({"was": word, "id": identity} | more)
    assert found
    return found


def follows(
    *things: Thing,
    email: str = "ada@example.org",
    frequency: str = "daily",
    now: datetime = MONDAY,
    language: str = "de",
) -> Follower:
    """Somebody follows these, and has confirmed each."""
    for one in things:
        asking.ask(email=email, thing=one, frequency=frequency, language=language, now=now)
        follower = Follower.objects.get(email=email)
        asking.confirm(follow=follower.follows.get(kind=one.kind, identity=one.identity), now=now)
    return Follower.objects.get(email=email)


def published(owner: Organisation, title: str, *terms: Term, **values: object) -> Solution:
    """A new card is public: the search learns of it as from the services, and the job notes it."""
    made = solution(owner, title=title, **values)
    made.terms.set(terms)
    renew_all(made)
    return made


def noted(at: datetime) -> None:
    """The jobs have run, and what they noted happened at this moment."""
    known = set(News.objects.values_list("pk", flat=True))
    Worker().run_until_idle()
    News.objects.exclude(pk__in=known).update(at=at, day=at.date())
    Follower.objects.filter(frequency="at_once", next_due__isnull=False).update(next_due=at + timedelta(minutes=2))


def send(now: datetime) -> int:
    """The job that sends has its turn; returns how many mails it wrote."""
    return digesting.send_due(now=now)


def digests(email: str = "ada@example.org") -> list[Message]:
    return list(Message.objects.filter(to=email, key__contains="-digest-").order_by("pk"))


def last_mail(email: str = "ada@example.org") -> Message:
    return Message.objects.filter(to=email).latest("pk")


def link_in(message: Message, part: str) -> str:
    """The path of the link in a mail that holds these words."""
    return re.search(rf"https?://[^/\s]+(/\S*{part}\S*)", message.text)[1]


def topic(slug: str, label: str) -> Term:
    return Term.objects.create(vocabulary="topics", slug=slug, labels={"de": label}, position=1)


def form(client: Client, address: str) -> dict[str, str]:
    """What a browser sends of the form, with an address typed in."""
    key = re.search(r'name="key" value="([^"]+)"', client.get(address).content.decode())[1]
    return {"email": "ada@example.org", "frequency": "weekly", "key": key, "work": ""}
