"""Learning groups: everybody reads what they are about, the board is for the members' people alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from andock.audit.models import Entry
from andock.audit.queries import entries_visible_to
from andock.colleagues.models import Group, GroupMember, Post
from andock.colleagues.services.board import PER_DAY
from andock.kernel.pagecache.models import Version
from andock.organisations.choices import Role
from andock.organisations.models import Region, Term
from tests.accounts.cast import Cast
from tests.factories.accounts import member, organisation
from tests.factories.events import event
from tests.factories.knowledge import solution

from .scenes import client

pytestmark = pytest.mark.django_db
DESK = "/verwaltung/{}/lerngruppen/"
BOARD = "/verwaltung/{}/lerngruppen/sensoren/"
PUBLIC = "/lerngruppen/sensoren/"


def found(cast: Cast, who: str = "olpe_editor", town: str = "olpe", **typed: Any) -> Any:
    return client(cast, who).post(f"{DESK.format(town)}neu/", {"title": "Sensoren", "text": "Wir messen."} | typed)


def join(cast: Cast, who: str = "soest_releaser", town: str = "soest") -> Any:
    return client(cast, who).post(f"{BOARD.format(town)}beitreten/")


def post(cast: Cast, text: str = "Guten Tag", who: str = "olpe_editor", town: str = "olpe", **typed: Any) -> Any:
    return client(cast, who).post(BOARD.format(town), {"text": text, "key": str(uuid4())} | typed)


def stamp() -> int:
    return dict(Version.objects.values_list("scope", "stamp")).get("groups", 0)


# --- the public page --------------------------------------------------------------------------------------------------
def test_group_is_public_with_its_members_and_meetings(cast: Cast) -> None:
    now = timezone.now()
    coming = event(cast.olpe, title="Nächstes Treffen", starts_at=now + timedelta(days=9))
    past = event(cast.olpe, title="Letztes Treffen", starts_at=now - timedelta(days=9))
    draft = event(cast.olpe, title="Entwurf", state="draft")
    Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})

    answer = found(
        cast, events=f"https://x.example/veranstaltungen/{coming.slug}/\n{past.slug}", terms=["topics/klima"]
    )
    join(cast)

    assert answer.status_code == 302
    page = Client().get(PUBLIC).content.decode()
    for words in ("Wir messen.", "/kommunen/olpe/", "/kommunen/soest/", "/themen/klima/"):
        assert words in page
    assert page.index("Nächstes Treffen") < page.index("Letztes Treffen")
    assert draft.title not in page
    assert "2 Mitglieder" in Client().get("/lerngruppen/").content.decode()
    assert "Guten Tag" not in page


def test_event_that_is_not_public_is_no_meeting(cast: Cast) -> None:
    draft = event(cast.olpe, state="draft")

    answer = found(cast, events=draft.slug)

    assert answer.status_code == 400
    assert "ist hier nicht bekannt" in answer.content.decode()
    assert "Wir messen." in answer.content.decode()


def test_region_names_its_groups_itself(cast: Cast) -> None:
    found(cast)
    plain = Client().get(PUBLIC).content.decode()
    labels = {"group": "Klasse", "groups": "Klassen", "meetings": "Klassentreffen", "school": "Schule"}
    Region.objects.update(labels={"de": labels})

    page, listing = (Client().get(path).content.decode() for path in (PUBLIC, "/lerngruppen/"))

    assert ("Lerngruppe" in plain, "Treffen" in plain) == (True, True)
    assert '<p class="eyebrow">Klasse</p>' in page
    assert '<h2 id="treffen">Klassentreffen</h2>' in page
    assert "<h1>Klassen</h1>" in listing
    assert '<p class="eyebrow">Schule</p>' in listing


def test_page_of_a_member_says_where_it_learns(cast: Cast) -> None:
    found(cast)

    assert PUBLIC in Client().get("/kommunen/olpe/").content.decode()
    assert PUBLIC not in Client().get("/kommunen/soest/").content.decode()
    join(cast)
    assert PUBLIC in Client().get("/kommunen/soest/").content.decode()


def test_demonstration_is_marked_everywhere(cast: Cast) -> None:
    found(cast)
    Group.objects.update(is_demonstration=True)

    for path in (PUBLIC, "/lerngruppen/", "/kommunen/olpe/"):
        assert "Demonstration" in Client().get(path).content.decode()
    assert "Diese Gruppe ist erfunden" in Client().get(PUBLIC).content.decode()


def test_unknown_group_is_not_found(cast: Cast) -> None:
    assert Client().get("/lerngruppen/gibt-es-nicht/").status_code == 404


# --- founding, describing, joining, leaving ---------------------------------------------------------------------------
def test_founder_is_the_first_member_and_readers_see_it_at_once(cast: Cast) -> None:
    before = stamp()

    found(cast)

    made = Group.objects.get()
    assert (made.organisation, made.memberships.get().organisation) == (cast.olpe, cast.olpe)
    assert stamp() != before
    assert Entry.objects.latest("pk").action == "colleagues.group_founded"


def test_group_called_new_gets_an_address_of_its_own(cast: Cast) -> None:
    found(cast, title="Neu")

    assert Group.objects.get().slug == "gruppe-neu"


def test_agency_describes_every_group_and_reads_no_board_of_others(cast: Cast) -> None:
    found(cast)
    edit = f"{BOARD.format('agentur')}bearbeiten/"
    page = client(cast, "coordinator").get(edit)
    typed = {"title": "Sensoren und Netze", "seen": page.context["form"]["seen"].value()}

    assert client(cast, "coordinator").post(edit, typed).status_code == 302
    assert Group.objects.get().title == "Sensoren und Netze"
    assert client(cast, "coordinator").get(BOARD.format("agentur")).status_code == 403
    assert client(cast, "coordinator").get(BOARD.format("olpe")).status_code == 403


def test_other_member_does_not_describe_it(cast: Cast) -> None:
    found(cast)
    join(cast)

    assert client(cast, "soest_releaser").get(f"{BOARD.format('soest')}bearbeiten/").status_code == 403


def test_two_people_who_describe_a_group_at_once_both_keep_their_words(cast: Cast) -> None:
    found(cast)
    edit = f"{BOARD.format('olpe')}bearbeiten/"
    typed = {"title": "Sensoren", "seen": Group.objects.get().changed_at.isoformat()}
    client(cast, "olpe_releaser").post(edit, typed | {"text": "Zuerst gespeichert"})

    answer = client(cast, "olpe_editor").post(edit, typed | {"text": "Zur selben Zeit"})

    assert answer.status_code == 409
    assert "Zuerst gespeichert" in answer.content.decode()
    assert "Zur selben Zeit" in answer.content.decode()


def test_form_of_a_group_comes_back_as_it_was_saved(cast: Cast) -> None:
    Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    evening = event(cast.olpe)
    found(cast, events=evening.slug, terms=["topics/klima"], summary="Kurz")

    form = client(cast, "olpe_editor").get(f"{BOARD.format('olpe')}bearbeiten/").context["form"]

    shown = {name: form[name].value() for name in ("title", "summary", "text", "events", "terms")}
    assert shown == {
        "title": "Sensoren", "summary": "Kurz", "text": "Wir messen.", "events": evening.slug, "terms": ["topics/klima"],
    }  # fmt: skip


def test_joining_twice_is_joining_once(cast: Cast) -> None:
    found(cast)

    soest = client(cast, "soest_releaser")

    for _time in range(2):
        soest.post(f"{BOARD.format('soest')}beitreten/")

    assert GroupMember.objects.filter(organisation=cast.soest).count() == 1
    assert "schon dabei" in soest.get(DESK.format("soest")).content.decode()


def test_member_that_left_reads_no_more_and_can_come_back(cast: Cast) -> None:
    found(cast)
    join(cast)
    soest = client(cast, "soest_releaser")

    assert soest.post(f"{BOARD.format('soest')}austreten/").status_code == 302
    assert soest.get(BOARD.format("soest")).status_code == 403
    assert "/kommunen/soest/" not in Client().get(PUBLIC).content.decode()
    join(cast)
    assert soest.get(BOARD.format("soest")).status_code == 200


@pytest.mark.parametrize("who", ["olpe_reader", "olpe_moderator"])
def test_readers_and_moderators_found_and_leave_nothing(cast: Cast, who: str) -> None:
    assert found(cast, who).status_code == 403
    found(cast)

    client(cast, who).post(f"{BOARD.format('olpe')}austreten/")

    assert Group.objects.get().has_member(cast.olpe)


# --- the board --------------------------------------------------------------------------------------------------------
def test_members_people_read_what_was_written_and_nobody_else(cast: Cast) -> None:
    found(cast)
    join(cast)
    card = solution(cast.soest, slug="karte", title="Bodenfeuchte")
    post(cast, "Schauen Sie", link="https://a.example/x", solution=f"https://x.example/loesungen/{card.slug}/")

    for who, town in (("olpe_reader", "olpe"), ("soest_releaser", "soest")):
        page = client(cast, who).get(BOARD.format(town)).content.decode()
        assert "Olpe, Redaktion" in page
        for words in ("Schauen Sie", 'href="https://a.example/x"', "/loesungen/karte/"):
            assert words in page
        assert cast.olpe_editor.email not in page
    for who in ("resident", "coordinator"):
        assert client(cast, who).get(BOARD.format("olpe")).status_code == 403


def test_reader_reads_and_does_not_write(cast: Cast) -> None:
    found(cast)

    page = client(cast, "olpe_reader").get(BOARD.format("olpe")).content.decode()

    assert "<textarea" not in page
    assert "Mit der Rolle „Lesen“" in page
    assert post(cast, who="olpe_reader").status_code == 403


def test_answers_stand_below_what_they_answer_and_are_flat(cast: Cast) -> None:
    found(cast)
    post(cast, "Frage")
    question = Post.objects.get()
    post(cast, "Antwort", answers_to=question.pk)
    answer = Post.objects.get(text="Antwort")

    refused = post(cast, "Antwort auf Antwort", answers_to=answer.pk)

    assert answer.answers_to == question
    assert refused.status_code == 400
    assert "Antwort auf Antwort" in refused.content.decode()
    page = client(cast, "olpe_editor").get(f"{BOARD.format('olpe')}?antwort={question.pk}").content.decode()
    assert f'name="answers_to" value="{question.pk}"' in page
    assert "<blockquote" in page


@pytest.mark.parametrize("number", ["x", "-1", "99999999999999999999999", ""])
def test_answer_to_nothing_is_a_new_post(cast: Cast, number: str) -> None:
    found(cast)

    assert client(cast, "olpe_editor").get(f"{BOARD.format('olpe')}?antwort={number}").status_code == 200


def test_post_sent_twice_is_one_post(cast: Cast) -> None:
    found(cast)
    key = str(uuid4())

    post(cast, "Einmal", key=key)
    post(cast, "Einmal", key=key)
    post(cast, "Anders", key=key)

    assert sorted(Post.objects.values_list("text", flat=True)) == ["Anders", "Einmal"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"link": "javascript:alert(1)"}, "<textarea"),
        ({"solution": "gibt-es-nicht"}, "ist hier nicht bekannt"),
        ({"text": "x" * 20_001}, "Höchstens 20000 Zeichen"),
        ({"text": ""}, "Bitte schreiben Sie etwas"),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_lost(cast: Cast, typed: dict, sentence: str) -> None:
    found(cast)

    answer = post(cast, **{"text": "Meine Worte"} | typed)

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert typed.get("text", "Meine Worte") in answer.content.decode()
    assert not Post.objects.exists()


def test_own_post_is_deleted_and_answers_of_others_stay(cast: Cast) -> None:
    found(cast)
    join(cast)
    post(cast, "Frage")
    question = Post.objects.get()
    post(cast, "Antwort aus Soest", "soest_releaser", "soest", answers_to=question.pk)
    post(cast, "Allein")
    alone = Post.objects.get(text="Allein")

    for made in (question, alone):
        assert (
            client(cast, "olpe_editor").post(f"{BOARD.format('olpe')}beitraege/{made.pk}/loeschen/").status_code == 302
        )

    page = client(cast, "soest_releaser").get(BOARD.format("soest")).content.decode()
    assert "Frage" not in page.partition('id="beitraege"')[2]
    assert "Dieser Beitrag wurde gelöscht" in page
    assert "Antwort aus Soest" in page
    assert page.count("<li class=") + page.count("<li><h3") == 1


def test_post_of_others_stays_but_the_founder_clears_up(cast: Cast) -> None:
    found(cast)
    join(cast)
    post(cast, "Aus Olpe")
    post(cast, "Aus Soest", "soest_releaser", "soest")
    of_olpe, of_soest = Post.objects.get(text="Aus Olpe"), Post.objects.get(text="Aus Soest")

    client(cast, "soest_releaser").post(f"{BOARD.format('soest')}beitraege/{of_olpe.pk}/loeschen/")
    client(cast, "olpe_releaser").post(f"{BOARD.format('olpe')}beitraege/{of_soest.pk}/loeschen/")

    of_olpe.refresh_from_db()
    of_soest.refresh_from_db()
    assert (of_olpe.text, of_soest.text) == ("Aus Olpe", "")


def test_what_is_written_stands_in_no_foreign_trail(cast: Cast) -> None:
    found(cast)
    post(cast)

    assert Entry.objects.filter(action="colleagues.post_written").count() == 1
    assert not entries_visible_to(cast.coordinator).filter(action="colleagues.post_written").exists()
    assert entries_visible_to(cast.coordinator).filter(action="colleagues.group_founded").exists()


def test_a_hundred_posts_a_day_are_enough(cast: Cast) -> None:
    found(cast)
    now = timezone.now()
    Post.objects.bulk_create(
        Post(
            group=Group.objects.get(),
            organisation=cast.olpe,
            role=Role.MODERATOR,
            text="x",
            written_at=now,
            key=uuid4(),
        )
        for _number in range(PER_DAY)
    )

    answer = post(cast, "Meine Worte")

    assert answer.status_code == 400
    assert "Meine Worte" in answer.content.decode()
    Post.objects.update(written_at=now - timedelta(days=2))
    assert post(cast, "Meine Worte").status_code == 302


def test_writing_on_the_board_shows_the_public_nothing(cast: Cast) -> None:
    found(cast)
    before = stamp()

    post(cast)

    assert stamp() == before


# --- pages and rows -----------------------------------------------------------------------------------------------------
def test_pages_take_the_same_queries_for_one_and_for_many(cast: Cast) -> None:
    found(cast)
    topic = Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    olpe, made = client(cast, "olpe_editor"), Group.objects.get()
    counts = []
    for number in (1, 3):
        for index in range(number):
            town = member(cast.resident, organisation(f"ort-{number}-{index}"), Role.READER).organisation
            GroupMember.objects.create(group=made, organisation=town, joined_on=timezone.localdate())
            made.events.add(event(cast.olpe))
            made.terms.add(topic)
            other = Group.objects.create(slug=f"g-{number}-{index}", title="Andere", organisation=town)
            GroupMember.objects.create(group=other, organisation=cast.olpe, joined_on=timezone.localdate())
            post(cast, f"Beitrag {number} {index}", solution=solution(cast.olpe).slug)
            post(cast, f"Antwort {number} {index}", answers_to=Post.objects.latest("pk").pk)
        for path in ("/lerngruppen/", PUBLIC, "/kommunen/olpe/", DESK.format("olpe"), BOARD.format("olpe")):
            with CaptureQueriesContext(connection) as queries:
                assert olpe.get(path).status_code == 200
            counts.append(len(queries))

    assert counts[:5] == counts[5:]


def test_database_keeps_memberships_and_posts_in_order(cast: Cast) -> None:
    found(cast)
    made, today = Group.objects.get(), timezone.localdate()
    own = {"group": made, "organisation": cast.olpe}
    post_of = own | {"role": Role.MODERATOR, "written_at": timezone.now()}
    for table, wrong in (
        (GroupMember, own | {"joined_on": today}),
        (GroupMember, own | {"joined_on": today, "left_on": today - timedelta(days=1)}),
        (Post, post_of | {"text": "", "key": uuid4()}),
        (Post, post_of | {"text": "noch da", "deleted_at": timezone.now(), "key": uuid4()}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            table.objects.create(**wrong)


def test_public_pages_are_the_same_for_a_member_and_for_a_stranger(cast: Cast) -> None:
    found(cast)

    for path in ("/lerngruppen/", PUBLIC):
        pages = [
            one.get(path).content.decode().partition("<main")[2] for one in (Client(), client(cast, "olpe_editor"))
        ]
        assert pages[0] == pages[1]
        assert "csrfmiddlewaretoken" not in pages[0]
