"""What somebody follows, by the link: see, change, leave out, leave; and what is forgotten by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from andock.audit.models import Entry
from andock.following.addresses import DIGEST, MINE, NEWSLETTER, link_to_stop, token
from andock.following.models import Follow, Follower, News
from andock.following.services import forgetting
from andock.following.services.asking import ask
from andock.kernel.jobs.worker import Worker
from andock.notifications.delivery import bounced
from andock.notifications.models import Message
from tests.accounts.cast import Cast

from .people import MONDAY, TUESDAY, digests, follows, last_mail, link_in, noted, published, send, thing

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def mine(follower: Follower) -> str:
    return f"/folgen/meine/{token(MINE, follower.pk)}/"


def stop(follower: Follower, which: str) -> str:
    return "/" + link_to_stop(follower, which).split("/", 3)[3]


def test_page_shows_everything_that_is_followed(cast: Cast) -> None:
    follower = follows(thing("kommune", "olpe"), thing("suche", q="Rad & <b>Weg</b>"))

    page = Client().get(mine(follower)).content.decode()

    assert "ada@example.org" in page
    assert '<a href="/kommunen/olpe/">Olpe</a>' in page
    assert "„Rad &amp; &lt;b&gt;Weg&lt;/b&gt;“" in page


def test_pending_follow_is_shown_to_nobody(cast: Cast) -> None:
    follower = follows(thing("kommune", "olpe"))
    ask(email="ada@example.org", thing=thing("kommune", "soest"), frequency="daily", language="de", now=MONDAY)

    assert "Soest" not in Client().get(mine(follower)).content.decode()


def test_frequency_is_changed(cast: Cast) -> None:
    follower = follows(thing("kommune", "olpe"))

    answer = Client().post(mine(follower), {"frequency": "weekly"}, follow=True)

    assert "Gespeichert" in answer.content.decode()
    assert Follower.objects.get().frequency == "weekly"


def test_unknown_frequency_is_refused_with_a_sentence(cast: Cast) -> None:
    answer = Client().post(mine(follows(thing("kommune", "olpe"))), {"frequency": "hourly"})

    assert answer.status_code == 422
    assert Follower.objects.get().frequency == "daily"


def test_one_is_left_out_and_with_the_last_everything_goes(cast: Cast) -> None:
    follower = follows(thing("kommune", "olpe"), thing("kommune", "soest"))
    first, second = follower.follows.all()

    assert Client().post(mine(follower), {"remove": first.pk}).url == mine(follower)
    assert list(follower.follows.all()) == [second]
    assert Client().post(mine(follower), {"remove": second.pk}).url == "/folgen/beendet/"
    assert not Follower.objects.exists()


def test_nobody_leaves_out_what_another_follows(cast: Cast) -> None:
    ada, bea = follows(thing("kommune", "olpe")), follows(thing("kommune", "olpe"), email="bea@example.org")

    Client().post(mine(ada), {"remove": bea.follows.get().pk})

    assert Follow.objects.count() == 2


def test_who_leaves_is_forgotten_with_every_mail(cast: Cast) -> None:
    follower = follows(thing("kommune", "olpe"))
    follows(thing("kommune", "olpe"), email="bea@example.org")
    published(cast.olpe, "Baumsensoren")
    noted(MONDAY + timedelta(hours=1))
    send(TUESDAY)
    page = f"{mine(follower)}loeschen/"
    assert Client().get(page).status_code == 200
    assert Follower.objects.count() == 2

    assert Client().post(page).url == "/folgen/beendet/"

    assert list(Follower.objects.values_list("email", flat=True)) == ["bea@example.org"]
    assert not Message.objects.filter(to="ada@example.org").exists()
    assert Message.objects.filter(to="bea@example.org").count() == 2
    entry = Entry.objects.get(action="following.forgotten")
    assert entry.data == {"addresses": 1, "by_link": True}
    assert Client().get(mine(follower)).status_code == 404


def test_one_click_of_a_mail_program_ends_digests_and_keeps_the_newsletter(cast: Cast) -> None:
    follower = follows(thing("kommune", "olpe"), thing("rundbrief"))
    client = Client(enforce_csrf_checks=True)

    assert client.get(stop(follower, DIGEST)).status_code == 200
    assert follower.follows.count() == 2, "opening the link changes nothing"
    assert client.post(stop(follower, DIGEST), {"List-Unsubscribe": "One-Click"}).status_code == 302

    assert [one.kind for one in follower.follows.all()] == ["newsletter"]


def test_one_click_ends_the_newsletter_and_keeps_digests(cast: Cast) -> None:
    follower = follows(thing("kommune", "olpe"), thing("rundbrief"))

    Client().post(stop(follower, NEWSLETTER), {"List-Unsubscribe": "One-Click"})

    assert [one.kind for one in follower.follows.all()] == ["municipality"]


def test_one_click_that_leaves_nothing_forgets_the_address(cast: Cast) -> None:
    follower = follows(thing("kommune", "olpe"))
    address = stop(follower, DIGEST)

    assert Client().post(address).url == "/folgen/beendet/"

    assert not Follower.objects.exists()
    assert Client().post(address).url == "/folgen/beendet/", "pressed again it says the same"


@pytest.mark.parametrize(
    "address",
    ["/folgen/meine/x/", "/folgen/meine/x/loeschen/", "/folgen/bestaetigen/x/", "/folgen/abbestellen/neues/x/"],
)
def test_link_that_is_not_ours_opens_nothing(cast: Cast, address: str) -> None:
    assert Client().get(address).status_code == 404
    assert Client().post(address).status_code == 404


def test_token_of_one_page_opens_no_other(cast: Cast) -> None:
    follower = follows(thing("kommune", "olpe"))
    of_stop = stop(follower, DIGEST).split("/")[-2]

    assert Client().get(f"/folgen/meine/{of_stop}/").status_code == 404
    assert Client().get(f"/folgen/abbestellen/rundbrief/{of_stop}/").status_code == 404


def test_pages_by_link_are_told_to_nobody(cast: Cast) -> None:
    answer = Client().get(mine(follows(thing("kommune", "olpe"))))

    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"]


# --- what is forgotten by itself ------------------------------------------------------------------------------------------
def test_what_is_never_confirmed_is_deleted_after_a_week(cast: Cast) -> None:
    ask(email="ada@example.org", thing=thing("kommune", "olpe"), frequency="daily", language="de", now=MONDAY)
    link = link_in(last_mail(), "bestaetigen")

    forgetting.forget_due(now=MONDAY + 6 * DAY)
    assert Follow.objects.exists()
    forgetting.forget_due(now=MONDAY + 8 * DAY)

    assert not Follower.objects.exists()
    assert not Message.objects.filter(to="ada@example.org").exists()
    assert Client().get(link).status_code == 404


def test_origin_is_known_for_a_day(cast: Cast) -> None:
    ask(
        email="ada@example.org", thing=thing("kommune", "olpe"), frequency="daily", language="de", now=MONDAY,
        origin_hash="abc",
    )  # fmt: skip

    forgetting.forget_due(now=MONDAY + DAY + timedelta(hours=1))

    assert Follow.objects.get().origin_hash == ""


def test_old_news_are_deleted_with_what_was_told(cast: Cast) -> None:
    follows(thing("kommune", "olpe"))
    published(cast.olpe, "Baumsensoren")
    noted(MONDAY + timedelta(hours=1))
    send(TUESDAY)

    forgetting.forget_due(now=MONDAY + 61 * DAY)

    assert not News.objects.exists()
    assert len(digests()) == 1
    assert Follower.objects.exists()


def test_address_whose_mails_come_back_three_times_is_given_up(cast: Cast) -> None:
    follows(thing("kommune", "olpe"))
    mail = last_mail()

    for left in (1, 1, 0):
        bounced(mail)
        Worker().run_until_idle()
        assert Follower.objects.count() == left


def test_address_nobody_confirmed_is_given_up_with_the_first(cast: Cast) -> None:
    ask(email="ada@example.org", thing=thing("kommune", "olpe"), frequency="daily", language="de", now=timezone.now())

    bounced(last_mail())
    Worker().run_until_idle()

    assert not Follower.objects.exists()
