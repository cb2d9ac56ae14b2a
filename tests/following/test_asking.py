"""Beginning to follow: the form, the mail, the button behind its link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from andock.following.models import Follow, Follower
from andock.following.queries import CROWD
from andock.following.services.asking import MAILS_A_DAY, MOST_FOLLOWS
from andock.kernel.jobs import queue
from andock.notifications.models import Message
from andock.strategy.models import Framework
from tests.accounts.cast import Cast
from tests.factories.knowledge import solution
from tests.factories.strategy import identity
from tests.strategy.editing import in_force

from .people import follows, form, last_mail, link_in, thing, topic

pytestmark = pytest.mark.django_db
OLPE = "/folgen/?was=kommune&id=olpe"


def ask(address: str = OLPE, **typed: str):
    client = Client()
    return client.post(address, form(client, address) | typed)


def test_whoever_asks_and_confirms_follows_without_an_account(cast: Cast) -> None:
    answer = ask()

    assert (answer.status_code, answer.url) == (302, "/folgen/danke/")
    mail = last_mail()
    assert mail.subject == "Bitte bestätigen: Neues per E-Mail"
    assert "Kommune: Olpe" in mail.text
    link = link_in(mail, "bestaetigen")
    page = Client().get(link)
    assert "Olpe" in page.content.decode()
    assert Follower.objects.get().confirmed_at is None, "mail scanners open links, too"

    done = Client().post(link, follow=True)

    assert "ada@example.org" in done.content.decode()
    follower = Follower.objects.get()
    assert follower.confirmed_at
    assert (follower.frequency, follower.language) == ("weekly", "de")
    assert timezone.localtime(follower.next_due).strftime("%A %H") == "Monday 07"
    assert follower.follows.get().identity == str(cast.olpe.pk)
    assert follower.follows.get().origin_hash == ""


def test_button_pressed_twice_changes_nothing_more(cast: Cast) -> None:
    ask()
    link = link_in(last_mail(), "bestaetigen")
    Client().post(link)
    first = Follow.objects.get().confirmed_at

    assert Client().post(link).status_code == 302
    assert Client().get(link).status_code == 302
    assert Follow.objects.get().confirmed_at == first


def test_known_address_gets_the_answer_of_a_new_one(cast: Cast) -> None:
    follows(thing("kommune", "olpe"))

    known, new = ask(), ask(email="neu@example.org")

    assert (known.status_code, known.url) == (new.status_code, new.url)
    assert last_mail().subject == "Dem folgen Sie schon"
    assert "/folgen/meine/" in last_mail().text
    assert last_mail("neu@example.org").subject == "Bitte bestätigen: Neues per E-Mail"


def test_stranger_changes_nothing_of_whom_they_know_the_address(cast: Cast) -> None:
    follower = follows(thing("kommune", "olpe"), frequency="daily")

    client = Client()
    address = f"/en/folgen/{OLPE[8:].replace('olpe', 'soest')}"
    client.post(address, form(client, address) | {"frequency": "at_once"})

    follower.refresh_from_db()
    assert (follower.frequency, follower.language) == ("daily", "de")
    assert Follow.objects.filter(confirmed_at__isnull=False).count() == 1
    assert last_mail().subject.startswith("Bitte bestätigen"), "in the language of whoever owns the mailbox"


def test_words_of_a_stranger_stand_in_no_mail(cast: Cast) -> None:
    ask("/folgen/?was=suche&q=gewonnen+http://boese.example")

    assert "boese" not in last_mail().text + last_mail().subject
    assert "Eine Suche mit eigenen Worten" in last_mail().text


def test_form_sent_twice_sends_one_mail(cast: Cast) -> None:
    client = Client()
    typed = form(client, OLPE)
    client.post(OLPE, typed)
    client.post(OLPE, typed)

    assert Message.objects.count() == 1
    assert Follow.objects.count() == 1


def test_address_in_capitals_or_with_a_plus_is_the_same(cast: Cast) -> None:
    ask()
    ask(email="Ada+region@Example.org")

    assert Follower.objects.count() == 1


def test_address_that_was_written_to_very_often_waits_until_tomorrow(cast: Cast) -> None:
    for number in range(MAILS_A_DAY):
        topic(f"t{number}", f"Thema {number}")
        ask(f"/folgen/?was=thema&id=t{number}")

    answer = ask()

    assert answer.status_code == 429
    assert "bis morgen" in answer.content.decode()
    assert 'value="ada@example.org"' in answer.content.decode()
    assert ask(email="neu@example.org").status_code == 302
    Message.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert ask().status_code == 302


def test_crowd_from_one_place_lets_all_other_mails_pass(cast: Cast) -> None:
    for number in range(CROWD + 1):
        ask(email=f"p{number}@example.org")

    priorities = [job.priority for job in queue.jobs().filter(task_path__endswith=".deliver").order_by("enqueued_at")]

    assert priorities == [0] * CROWD + [-20]
    assert Message.objects.count() == CROWD + 1, "nobody is refused"


def test_who_follows_as_much_as_one_can_is_told_by_mail(cast: Cast) -> None:
    follower = follows(thing("kommune", "olpe"))
    Follow.objects.bulk_create(
        Follow(follower=follower, kind="topic", identity=f"t{number}", frequency="daily", confirmed_at=timezone.now())
        for number in range(MOST_FOLLOWS - 1)
    )

    answer = ask("/folgen/?was=kommune&id=soest")

    assert answer.url == "/folgen/danke/"
    assert "50 Dingen" in last_mail().text
    assert follower.follows.count() == MOST_FOLLOWS


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": ""}, "Bitte geben Sie Ihre E-Mail-Adresse an"),
        ({"email": "ada"}, "keine vollständige E-Mail-Adresse"),
        ({"frequency": ""}, "Bitte wählen Sie, wie oft"),
        ({"frequency": "none"}, "ist keine"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(cast: Cast, typed: dict, sentence: str) -> None:
    answer = ask(**typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    if typed.get("email") != "":
        assert f'value="{typed.get("email", "ada@example.org")}"' in answer.content.decode()
    assert not Follower.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        "",
        "was=kommune&id=bielefeld",
        "was=loesung&id=x",
        "was=stelle&id=x",
        "was=thema&id=x",
        "was=suche&q=",
        "was=x&id=x",
        "was=kommune&id=%00",
        "was=suche&q=" + 200 * "%F0%9F%8C%B3",
    ],
)
def test_what_is_not_there_cannot_be_followed(cast: Cast, query: str) -> None:
    answer = Client().get(f"/folgen/?{query}")

    assert answer.status_code == 404
    assert "/kommunen/" in answer.content.decode()


def test_draft_cannot_be_followed(cast: Cast) -> None:
    made = solution(cast.olpe, publication="draft")

    assert Client().get(f"/folgen/?was=loesung&id={made.slug}").status_code == 404


def test_signed_in_people_find_their_address_filled_in(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.olpe_editor)

    assert f'value="{cast.olpe_editor.email}"' in client.get(OLPE).content.decode()


def test_every_page_of_a_thing_leads_to_the_form(cast: Cast) -> None:
    topic("klima", "Klima")
    in_force(Framework.objects.create(slug="rahmenstrategie", title="Rahmen", owner=cast.agency))
    made = solution(cast.olpe)
    ways = {
        "/kommunen/olpe/": "/folgen/?was=kommune&amp;id=olpe",
        "/themen/klima/": "/folgen/?was=thema&amp;id=klima",
        f"/strategie/stelle/{identity('g1')}/": f"/folgen/?was=stelle&amp;id={identity('g1')}",
        f"/loesungen/{made.slug}/": f"/folgen/?was=loesung&amp;id={made.slug}",
        "/suche/?q=rad+weg&art=solution": "/folgen/?was=suche&amp;q=rad+weg&amp;art=solution",
        "/rundbrief/": "/folgen/?was=rundbrief&amp;id=",
    }

    for page, way in ways.items():
        assert way in Client().get(page).content.decode(), page
        assert Client().get(way.replace("&amp;", "&")).status_code == 200, way


@pytest.mark.parametrize("page", ["/kommunen/olpe/", "/folgen/danke/", "/folgen/beendet/"])
def test_pages_for_everybody_hold_no_token(cast: Cast, page: str) -> None:
    answer = Client().get(page)

    assert "csrf" not in answer.content.decode()
    assert not answer.cookies
    assert "public" in answer.headers["Cache-Control"]


def test_form_and_own_pages_are_kept_nowhere(cast: Cast) -> None:
    ask()
    for page in (OLPE, link_in(last_mail(), "bestaetigen")):
        assert "no-store" in Client().get(page).headers["Cache-Control"]


def test_draft_card_and_question_without_words_offer_nothing_to_follow(cast: Cast) -> None:
    made = solution(cast.olpe, publication="archived")

    assert "/folgen/" not in Client().get(f"/loesungen/{made.slug}/").content.decode()
    assert "/folgen/" not in Client().get("/suche/").content.decode()
