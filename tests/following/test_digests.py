"""What people who follow are told: grouped, never empty, never twice, in their language."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from andock.following.models import Follower, News, Told
from andock.following.services import digesting, managing, noting
from andock.following.services.digesting import groups_for
from andock.kernel.jobs.worker import Worker
from andock.knowledge.documents import renew_all
from andock.knowledge.models import Solution
from andock.knowledge.services import stages, transfers
from andock.search.building import build
from andock.search.services import renew
from andock.strategy.models import Framework
from andock.strategy.services.docking import dock
from andock.strategy.services.drafts import begin_draft, open_consultation
from andock.strategy.services.drafts import publish as put_in_force
from andock.strategy.services.editing import Submission, edit_element
from tests.accounts.cast import Cast
from tests.at_once import acting_at_once
from tests.factories.strategy import identity
from tests.strategy.editing import in_force, typed, uid, version

from .people import MONDAY, TUESDAY, digests, follows, noted, published, send, thing, topic

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_new_card_is_told_to_who_follows_its_town_topic_or_words_once(cast: Cast) -> None:
    climate = topic("klima", "Klima")
    follows(thing("kommune", "olpe"), thing("thema", "klima"), thing("suche", q="Baum"))
    published(cast.olpe, "Baumsensoren", climate)
    published(cast.soest, "Regentonne", climate)
    published(cast.soest, "Baumscheiben")
    published(cast.soest, "Radweg")
    noted(MONDAY + HOUR)

    assert send(TUESDAY) == 1

    [mail] = digests()
    assert mail.subject == "Neues: Olpe und 2 mehr"
    order = ["Kommune: Olpe", "Baumsensoren", "Thema: Klima", "Regentonne", "Suche: „Baum“", "Baumscheiben"]
    assert sorted(order, key=mail.text.index) == order
    assert [mail.text.count(title) for title in ("Baumsensoren", "Regentonne", "Baumscheiben", "Radweg")] == [
        1,
        1,
        1,
        0,
    ]
    assert "Neu, Lösung: Regentonne\nhttp" in mail.text
    assert "/folgen/meine/" in mail.text


def test_digest_is_never_empty(cast: Cast) -> None:
    follows(thing("kommune", "olpe"))
    published(cast.soest, "Radweg")
    noted(MONDAY + HOUR)

    assert send(TUESDAY) == 0
    assert digests() == []
    assert Follower.objects.get().next_due == TUESDAY.replace(hour=5, minute=0) + DAY


def test_nothing_is_told_twice_however_often_the_job_runs(cast: Cast) -> None:
    follows(thing("kommune", "olpe"))
    made = published(cast.olpe, "Baumsensoren")
    noted(MONDAY + HOUR)

    assert [send(TUESDAY + step) for step in (0 * HOUR, HOUR, DAY, 8 * DAY)] == [1, 0, 0, 0]

    Solution.objects.filter(pk=made.pk).update(publication="archived")
    renew_all(made)
    Solution.objects.filter(pk=made.pk).update(publication="published")
    renew_all(Solution.objects.get(pk=made.pk))
    noted(TUESDAY + 8 * DAY + HOUR)

    assert send(TUESDAY + 9 * DAY) == 0, "taken away and shown again is not new"


def test_digest_that_died_is_made_again_with_the_same_news(cast: Cast, monkeypatch) -> None:
    follows(thing("kommune", "olpe"))
    published(cast.olpe, "Baumsensoren")
    noted(MONDAY + HOUR)

    def dies(*_: object, **__: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(digesting.Told.objects, "bulk_create", dies)
        with pytest.raises(RuntimeError):
            send(TUESDAY)
    assert digests() == []

    assert send(TUESDAY + HOUR) == 1
    assert len(digests()) == 1


def test_after_days_without_a_worker_one_digest_tells_everything(cast: Cast) -> None:
    follows(thing("kommune", "olpe"))
    for number in range(3):
        published(cast.olpe, f"Karte {number}")
        noted(MONDAY + number * DAY)

    assert send(TUESDAY + 5 * DAY) == 1

    [mail] = digests()
    assert [f"Karte {number}" in mail.text for number in range(3)] == [False, True, True], "the first was before"
    assert send(TUESDAY + 5 * DAY + HOUR) == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("emptied_afterwards")
def test_two_workers_at_the_same_time_write_one_mail(cast: Cast, tmp_path, monkeypatch) -> None:
    follower = follows(thing("kommune", "olpe"))
    published(cast.olpe, "Baumsensoren")
    noted(MONDAY + HOUR)

    with acting_at_once(tmp_path, monkeypatch) as at_once:
        answers = at_once(*[lambda: digesting.send(follower_id=follower.pk, now=TUESDAY)] * 4)
        told = at_once.look(lambda: (len(digests()), Told.objects.count()))

    assert sorted(map(str, answers)) == ["False", "False", "False", "True"]
    assert told == (1, 1)


def test_change_is_told_to_who_follows_the_card_and_not_to_who_follows_its_town(cast: Cast) -> None:
    made = published(cast.olpe, "Baumsensoren")
    noted(MONDAY - DAY)
    follows(thing("loesung", made.slug))
    follows(thing("kommune", "olpe"), email="bea@example.org")
    for words in ("Weniger gießen", "Seltener gießen"):
        Solution.objects.filter(pk=made.pk).update(benefit=words)
        renew_all(Solution.objects.get(pk=made.pk))
    noted(MONDAY + HOUR)

    send(TUESDAY)

    [mail] = digests()
    assert mail.text.count("Geändert, Lösung: Baumsensoren") == 1, "twice on one day is one change"
    assert digests("bea@example.org") == []


def test_what_is_no_longer_public_is_not_told(cast: Cast) -> None:
    follows(thing("kommune", "olpe"))
    made = published(cast.olpe, "Baumsensoren")
    noted(MONDAY + HOUR)
    Solution.objects.filter(pk=made.pk).update(publication="archived")
    renew_all(made)
    noted(MONDAY + 2 * HOUR)

    assert send(TUESDAY) == 0


def test_who_follows_later_hears_nothing_of_before(cast: Cast) -> None:
    published(cast.olpe, "Baumsensoren")
    noted(MONDAY)
    follower = follows(thing("kommune", "soest"), now=MONDAY - DAY)
    follows(thing("kommune", "olpe"), now=MONDAY + HOUR)

    assert list(groups_for(follower, TUESDAY)) == []


def test_pause_tells_nothing_and_what_happened_in_it_stays_untold(cast: Cast) -> None:
    follower = follows(thing("kommune", "olpe"))
    managing.set_frequency(follower=follower, frequency="none", now=MONDAY)
    published(cast.olpe, "Baumsensoren")
    noted(MONDAY + HOUR)
    assert send(TUESDAY) == 0

    follower = managing.set_frequency(follower=Follower.objects.get(), frequency="daily", now=TUESDAY)
    published(cast.olpe, "Radweg")
    noted(TUESDAY + HOUR)
    assert send(TUESDAY + DAY) == 1

    assert "Baumsensoren" not in digests()[0].text
    assert "Radweg" in digests()[0].text


def test_at_once_is_within_minutes_and_only_with_news(cast: Cast) -> None:
    follower = follows(thing("kommune", "olpe"), frequency="at_once")
    assert follower.next_due is None
    published(cast.olpe, "Baumsensoren")
    noted(MONDAY + HOUR)

    assert send(MONDAY + HOUR + timedelta(minutes=1)) == 0, "what comes with it may come along"
    assert send(MONDAY + HOUR + timedelta(minutes=3)) == 1
    assert Follower.objects.get().next_due is None


def test_job_wakes_who_wants_to_be_told_at_once(cast: Cast) -> None:
    follows(thing("kommune", "olpe"), frequency="at_once", now=MONDAY)
    follows(thing("kommune", "olpe"), email="bea@example.org", frequency="daily", now=MONDAY)
    before = Follower.objects.get(email="bea@example.org").next_due

    noting.note(source="knowledge", added=["solution:x"], changed=[], now=MONDAY + HOUR)

    assert Follower.objects.get(email="ada@example.org").next_due == MONDAY + HOUR + timedelta(minutes=2)
    assert Follower.objects.get(email="bea@example.org").next_due == before


def test_weekly_digest_comes_on_monday_morning(cast: Cast) -> None:
    follows(thing("kommune", "olpe"), frequency="weekly")
    published(cast.olpe, "Baumsensoren")
    noted(MONDAY + HOUR)

    assert send(TUESDAY + 5 * DAY) == 0, "on Sunday"
    assert send(TUESDAY + 6 * DAY) == 1


def test_each_reads_in_their_language(cast: Cast) -> None:
    follows(thing("kommune", "olpe"), language="en")
    follows(thing("kommune", "olpe"), email="bea@example.org", language="de-simple")
    published(cast.olpe, "Baumsensoren")
    noted(MONDAY + HOUR)

    send(TUESDAY)

    [english], [simple] = digests(), digests("bea@example.org")
    assert english.subject == "News: Olpe"
    assert "New, Solution: Baumsensoren (in German)\nhttp" in english.text
    assert "/en/loesungen/" in english.text
    assert english.language == "en"
    assert "/de-simple/loesungen/" in simple.text
    assert "(in German)" not in simple.text


def test_making_the_index_anew_tells_nobody(cast: Cast) -> None:
    published(cast.olpe, "Baumsensoren")
    noted(MONDAY - DAY)
    count = News.objects.count()

    build(afresh=True)
    Worker().run_until_idle()

    assert News.objects.count() == count


def test_passage_is_told_when_it_reads_differently_and_when_it_comes_into_force(cast: Cast) -> None:
    topic("klima", "Klima")
    framework = Framework.objects.create(slug="rahmenstrategie", title="Rahmen", owner=cast.agency)
    in_force(framework)
    noted(MONDAY - DAY)
    follows(thing("stelle", identity("g1")))
    follows(thing("stelle", identity("g2")), email="bea@example.org")
    draft = begin_draft(actor=cast.coordinator, framework=framework)
    words = Submission(typed(version(draft, "g1"), title="Offen für alle"))
    edit_element(actor=cast.coordinator, edition=draft, element_id=uid("g1"), submission=words)
    noted(MONDAY + HOUR)
    assert send(TUESDAY) == 0, "a draft is nobody's business"

    open_consultation(actor=cast.coordinator, edition=draft)
    noted(TUESDAY + HOUR)
    assert send(TUESDAY + DAY) == 1
    assert ": 1 Offen für alle" in digests()[0].text

    draft.refresh_from_db()
    put_in_force(actor=cast.coordinator, edition=draft, day=timezone.localdate())
    noted(TUESDAY + DAY + HOUR)
    assert send(TUESDAY + 2 * DAY) == 2
    assert ": 1 Offen für alle" in digests()[1].text
    assert [mail.text.count("Jetzt in Kraft") for mail in (*digests(), *digests("bea@example.org"))] == [0, 1, 1]


def test_municipality_that_docks_is_news_of_its_own(cast: Cast) -> None:
    framework = Framework.objects.create(slug="rahmenstrategie", title="Rahmen", owner=cast.agency)
    renew("organisations", str(cast.olpe.pk))
    noted(MONDAY - DAY)
    follows(thing("kommune", "olpe"))
    values = {"framework": framework, "day": timezone.localdate() - DAY, "source": "Brief"}
    for basis in ("letter_of_intent", "council_resolution"):
        dock(actor=cast.coordinator, organisation=cast.olpe, basis=basis, **values)
        values["day"] += DAY
    noted(MONDAY + HOUR)

    send(TUESDAY)

    assert digests()[0].text.count("Angedockt, Kommune: Olpe\nhttp") == 1


def test_take_over_is_told_to_who_follows_the_solution_and_what_never_happened_is_not(cast: Cast) -> None:
    card = published(cast.soest, "Baumsensoren", slug="baumsensoren")
    noted(MONDAY - DAY)
    follows(thing("loesung", "baumsensoren"))
    follows(thing("loesung", "baumsensoren"), email="bea@example.org", frequency="weekly", now=TUESDAY)
    said = {"stage": "decided", "date_text": "2026-05", "source": "", "note": ""}
    made = transfers.begin(
        actor=cast.olpe_editor, solution=card, receiver=cast.olpe, said=said, today=timezone.localdate()
    )
    noted(MONDAY + HOUR)
    stages.correct(
        actor=cast.olpe_editor, stage=made.stages.get(), said=said | {"stage": "retracted"}, today=timezone.localdate()
    )
    noted(TUESDAY + HOUR)

    send(TUESDAY)
    send(TUESDAY + 14 * DAY)

    assert digests()[0].text.count("Neuer Stand einer Übernahme, Lösung: Baumsensoren\nhttp") == 1
    assert len(digests()) == 1
    assert digests("bea@example.org") == []


def test_more_news_than_a_mail_holds_lead_to_the_page(cast: Cast) -> None:
    follows(thing("kommune", "olpe"))
    for number in range(23):
        published(cast.olpe, f"Karte {number:02}")
    noted(MONDAY + HOUR)

    send(TUESDAY)

    [mail] = digests()
    assert mail.text.count("Neu, Lösung") == 20
    assert "3 weitere Neuigkeiten stehen auf der Seite:\nhttp" in mail.text
    assert Told.objects.count() == 23


@pytest.mark.parametrize("number", [1, 3])
def test_digest_asks_as_often_for_many_news_and_follows_as_for_one(cast: Cast, number: int) -> None:
    towns = [cast.olpe, cast.soest, cast.agency][:number]
    follower = follows(*(thing("kommune", town.slug) for town in towns))
    for town in towns:
        published(town, f"Karte aus {town}")
    noted(MONDAY + HOUR)

    with CaptureQueriesContext(connection) as queries:
        assert digesting.send(follower_id=follower.pk, now=TUESDAY)

    assert len(queries) == 16


def test_mail_says_to_programs_how_to_end_it(cast: Cast, mail_server, settings) -> None:
    settings.ANDOCK_DEMO = False
    follows(thing("kommune", "olpe"))
    published(cast.olpe, "Bäume <b>fühlen</b>")
    noted(MONDAY + HOUR)
    send(TUESDAY)
    Worker().run_until_idle()

    [mail] = [
        mail for raw in mail_server.taken
        if "Neues: Olpe" in (mail := message_from_bytes(raw, policy=policy.default))["Subject"]
    ]  # fmt: skip
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].strip().startswith("<http")
    assert "/folgen/abbestellen/neues/" in mail["List-Unsubscribe"]
    assert mail["To"] == "ada@example.org"
    assert "Agentur" in mail["From"]
    html = mail.get_body(("html",)).get_content()
    assert "Bäume &lt;b&gt;fühlen&lt;/b&gt;" in html
    assert '<html lang="de"' in html
    confirm = message_from_bytes(mail_server.taken[0], policy=policy.default)
    assert confirm["List-Unsubscribe"] is None
