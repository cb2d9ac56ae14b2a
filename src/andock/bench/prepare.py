"""Run as a process of its own: fills the data folder of one server and prints what to ask it for, as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import django
from django.core.management import call_command
from django.db import connection

from .settings import IDEAS_SCHEMA


def prepare_empty_site() -> dict[str, object]:
    """Database and static files, the same for every region."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    return {}


def prepare_region(folder: str) -> dict[str, object]:
    """The region and a signed-in reader."""
    call_command("load_region", folder, verbosity=0)
    return {"pages": pages(), "cookie": signed_in_cookie()}


def pages() -> dict[str, str]:
    """The pages to measure, by name."""
    from andock.organisations.queries import municipalities
    from andock.strategy.queries import edition_in_force, versions_of

    slugs = list(municipalities().values_list("organisation__slug", flat=True))
    edition = edition_in_force()
    elements = list(versions_of(edition)) if edition else []
    return {
        "home": "/",
        "municipalities": "/kommunen/",
        "municipality": f"/kommunen/{'olpe' if 'olpe' in slugs else slugs[0]}/",
        "strategy": "/strategie/",
        "element": f"/strategie/stelle/{elements[len(elements) // 2].element_id}/",
        "comparison": "/strategie/vergleich/?von=1&bis=3",
        "edition as JSON": "/strategie/auflagen/3.json",
        "home in English": "/en/",
    }


def signed_in_cookie() -> str:
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.create(email="bench@localhost"))
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


def prepare_wagtail() -> dict[str, object]:
    """A bare Wagtail site with its page."""
    call_command("migrate", verbosity=0, interactive=False)

    from andock.bench.bare.models import make_bare_page

    make_bare_page()
    return {}


def prepare_rush(folder: str, people: str) -> dict[str, object]:
    """A site with one event more, for which so many people want a hundred seats, and the keys of their forms."""
    from datetime import timedelta

    from django.utils import timezone

    from andock.bench.rush import EVENT, SEATS
    from andock.bench.turnstile.models import Gate
    from andock.events.form_key import new_key
    from andock.events.models import Allotment, Event
    from andock.organisations.queries import municipalities

    prepare_empty_site()
    call_command("load_region", folder, verbosity=0)
    town = municipalities()[0].organisation
    event = Event(organisation=town, slug=EVENT, title="Andrang", kind="talk", state="published", door="here")
    event.starts_at = timezone.now() + timedelta(days=20)
    event.first_day, event.last_day = event.days()
    event.save()
    Allotment.objects.create(event=event, attendance="room", capacity=SEATS)
    Gate._default_manager.create()  # noqa: SLF001  the types know only installed apps
    return {"keys": [new_key(event, timezone.now()) for _person in range(int(people))]}


def count_rush() -> dict[str, object]:
    """What the rush left behind."""
    from andock.events.choices import HOLDING
    from andock.events.models import Registration

    held = Registration.objects.filter(state__in=HOLDING).values_list("seats", flat=True)
    return {"held": sum(held), "registrations": Registration.objects.count()}


def prepare_participation(folder: str, people: str, remarks: str, *sizes: str) -> dict[str, object]:
    """A site with collections of ideas of these sizes, what to ask it for, and what so many people and one more send with."""
    import time

    from django.utils import timezone

    from andock.bench import ideas
    from andock.bench.participation import KEYED
    from andock.bench.turnstile.models import Gate
    from andock.participation.views.sending import first_key

    _own_schema()
    prepare_empty_site()
    call_command("load_region", folder, verbosity=0)
    began = time.perf_counter()
    now = timezone.now()
    made = ideas.fill([int(size) for size in sizes], now, remarks=int(remarks))
    ideas.index(made[0])
    ideas.settle()
    Gate._default_manager.create()  # noqa: SLF001
    into = made[-1]
    return {
        "filled_in": time.perf_counter() - began,
        "lists": {one.size: one.address for one in made},
        "idea": f"{made[-1].address}{made[-1].first}/",
        "remarks": int(remarks),
        "cookie": signed_in_cookie(),
        "process": f"/beteiligung/{into.process.slug}/",
        "into": into.address,
        "searched": made[0].address,
        "supported": f"{into.address}{into.first + 1}/",  # by nobody so far
        "words": " ".join(ideas.WORDS[:4]),
        "keys": {name: [first_key(into.process, now) for _person in range(int(people) + 1)] for name in KEYED},
        "devices": [ideas.device_of(number) for number in range(int(people) + 1)],
    }


def count_participation(process: str, idea: str) -> dict[str, object]:
    """What people have left behind in this process, by the name of what they sent."""
    from andock.bench.participation import IDEA, LINK, SIMILAR, STRANGERS, SUPPORT
    from andock.ideas.models import Support
    from andock.participation.models import Contribution, Participant

    slug, number = process.split("/")[-2], int(idea.split("/")[-2])
    ideas = Contribution._default_manager.filter(process__slug=slug, kind="idea")  # noqa: SLF001
    return {
        SUPPORT: Support._default_manager.filter(idea=number).count(),  # noqa: SLF001
        LINK: Participant._default_manager.filter(email__endswith="@link.example").count(),  # noqa: SLF001
        SIMILAR: 0,
        IDEA: ideas.filter(state="public").count(),
        STRANGERS: ideas.filter(state="unconfirmed").count(),
    }


def end_participation() -> dict[str, object]:
    """Nothing stays of it where others' tables are."""
    if connection.vendor == "postgresql":
        _execute(f"DROP SCHEMA IF EXISTS {IDEAS_SCHEMA} CASCADE")
    return {}


def _own_schema() -> None:
    end_participation()
    if connection.vendor == "postgresql":
        _execute(f"CREATE SCHEMA {IDEAS_SCHEMA}")


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


WHAT: dict[str, Callable[..., dict[str, object]]] = {
    "site": prepare_empty_site,
    "region": prepare_region,
    "wagtail": prepare_wagtail,
    "rush": prepare_rush,
    "rush-count": count_rush,
    "participation": prepare_participation,
    "participation-count": count_participation,
    "participation-end": end_participation,
}

if __name__ == "__main__":
    django.setup()
    print(json.dumps(WHAT[sys.argv[1]](*sys.argv[2:])))  # noqa: T201
