"""One person, one support."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from andock.ideas.models import Support
from andock.ideas.services import supporting
from andock.kernel.pagecache.models import Version
from andock.kernel.permissions import Denied
from andock.participation.models import Involvement, Process
from andock.participation.services import forgetting
from tests.accounts.cast import Cast
from tests.ideas.scenes import DAY, collecting, device_of, end_phases, idea, known


def test_support_counts_once_and_is_taken_back(park: Process) -> None:
    one, ada = idea(park), known()
    client, way = device_of(ada), f"{one.contribution.address}unterstuetzen/"

    assert client.get(way).status_code == 200
    for _ in range(2):
        done = client.post(way, follow=True).content.decode()
        assert "Danke, Ihre Unterstützung zählt" in done
        assert f'href="{one.contribution.address}"' in done
    assert Support.objects.filter(idea=one, participant=ada).count() == 1
    assert Involvement.objects.filter(participant=ada, confirmed_at__isnull=False).count() == 1

    gone = client.post(way, {"zurueck": "1"}, follow=True).content.decode()
    assert "Ihre Unterstützung ist zurückgenommen" in gone
    assert not Support.objects.exists()


def test_stranger_says_who_they_are_first(park: Process) -> None:
    way = f"{idea(park).contribution.address}unterstuetzen/"

    for response in (Client().get(way), Client().post(way)):
        assert response["Location"] == f"/beteiligung/park/link/?weiter={way.replace('/', '%2F')}"
    assert not Support.objects.exists()


def test_account_supports_as_itself(park: Process, cast: Cast) -> None:
    one, client = idea(park), Client()
    client.force_login(cast.resident)

    client.post(f"{one.contribution.address}unterstuetzen/")

    assert Support.objects.get().participant.user == cast.resident


def test_support_waits_for_its_phase_where_there_is_one(cast: Cast) -> None:
    process = collecting(cast.olpe, supports=True)
    one, client = idea(process), device_of(known())
    way = f"{one.contribution.address}unterstuetzen/"

    early = client.post(way)
    now = timezone.now()
    process.phases.filter(kind="ideas").update(starts_at=now - 2 * DAY, ends_at=now - timedelta(minutes=1))
    process.phases.filter(kind="support").update(starts_at=now - timedelta(minutes=1))
    client.post(way)

    assert early.status_code == 403
    assert f'href="/beteiligung/{process.slug}/"' in early.content.decode(), "it leads back, not to signing in"
    assert Support.objects.count() == 1


def test_support_after_the_end_neither_comes_nor_goes(park: Process) -> None:
    one, ada = idea(park), known()
    client, way = device_of(ada), f"{one.contribution.address}unterstuetzen/"
    client.post(way)
    end_phases(park)

    assert client.post(way, {"zurueck": "1"}).status_code == 403
    assert Support.objects.count() == 1


def stamps() -> dict[str, int]:
    return dict(Version.objects.values_list("scope", "stamp"))


def test_pages_that_show_the_count_are_made_anew_and_no_others(park: Process) -> None:
    first, second, ada = idea(park), idea(park), known()
    supporting.support(participant=ada, idea=first, now=timezone.now())
    before = stamps()

    supporting.support(participant=ada, idea=first, now=timezone.now())
    assert stamps() == before
    supporting.support(participant=ada, idea=second, now=timezone.now())

    assert {scope for scope, stamp in stamps().items() if before.get(scope) != stamp} == {"ideas:park"}


def test_support_of_somebody_who_goes_stays_and_nobody_supports_twice_by_coming_back(park: Process) -> None:
    made, ada = idea(park), known("Ada")
    supporting.support(participant=ada, idea=made, now=timezone.now())

    forgetting.erase(participant=ada, keeps_words=True)

    assert Support.objects.get().participant is None
    with pytest.raises(Denied, match="nicht noch einmal"):
        supporting.support(participant=known("Ada"), idea=made, now=timezone.now())
    answer = device_of(known("Ada")).post(f"{made.contribution.address}unterstuetzen/")
    assert answer.status_code == 403
    assert "nicht noch einmal" in answer.content.decode()
    supporting.support(participant=known("Bea"), idea=made, now=timezone.now())
    assert Support.objects.count() == 2


def test_support_of_somebody_who_goes_afterwards_stays(cast: Cast) -> None:
    made = idea(collecting(cast.olpe, slug="park"))
    ada = known("Ada")
    supporting.support(participant=ada, idea=made, now=timezone.now())
    end_phases(made.contribution.process)

    forgetting.erase(participant=ada, keeps_words=False)

    assert Support.objects.get().participant is None
