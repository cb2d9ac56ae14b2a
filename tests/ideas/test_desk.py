"""What offices do with ideas."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from andock.audit.models import Entry
from andock.ideas.mail import merge_token
from andock.ideas.models import Idea, Support
from andock.ideas.services import merging
from andock.notifications.models import Message
from andock.participation.models import Contribution, Process
from andock.participation.services import forgetting
from tests.accounts.cast import Cast
from tests.factories.knowledge import solution
from tests.ideas.scenes import collecting, idea, known

DESK = "/verwaltung/olpe/beteiligung/verfahren/park/ideen/"


@pytest.fixture
def office(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.olpe_editor)
    return client


def test_ticked_ideas_get_one_status(park: Process, office: Client) -> None:
    first, second, third = idea(park), idea(park), idea(park)

    assert office.get(DESK).status_code == 200
    office.post(DESK, {"chosen": [first.pk, second.pk], "status": "in_work"})

    assert dict(Idea.objects.values_list("pk", "status")) == {
        first.pk: "in_work", second.pk: "in_work", third.pk: "new",
    }  # fmt: skip
    assert Entry.objects.filter(action="ideas.status_set").count() == 1


@pytest.mark.parametrize("page", [DESK, DESK.replace("ideen", "beitraege")])
def test_number_nobody_can_tick_is_no_error(park: Process, office: Client, page: str) -> None:
    idea(park)

    assert office.post(page, {"act": "answer", "chosen": "9" * 5000, "status": "done"}).status_code == 400


def test_no_paper_comes_into_a_draft(park: Process, office: Client) -> None:
    Process.objects.update(publication="draft", published_at=None)

    assert office.post(f"{DESK}papier/", {"title": "Bank", "text": "Eine Bank."}).status_code == 403
    assert not Idea.objects.exists()


def test_idea_of_another_process_gets_no_status_here(park: Process, cast: Cast, office: Client) -> None:
    other = idea(collecting(cast.soest, slug="see"))

    assert office.post(DESK, {"chosen": [other.pk], "status": "done"}).status_code == 400
    assert office.get(f"{DESK}{other.pk}/ort/").status_code == 404


def test_unlocated_idea_gets_its_place_and_loses_it_again(park: Process, office: Client) -> None:
    one = idea(park, place="am Teich")
    way = f"{DESK}{one.pk}/ort/"

    office.post(way, {"place": "am Biggesee", "point": "51.1, 7.9"})
    one.refresh_from_db()
    assert (one.place, one.latitude, one.longitude) == ("am Biggesee", 51.1, 7.9)
    assert office.post(way, {"place": "", "point": "0, 0"}).status_code == 400
    office.post(way, {"place": "am Biggesee", "point": ""})
    one.refresh_from_db()
    assert one.latitude is None


def test_idea_and_solution_lead_to_each_other(park: Process, cast: Cast, office: Client) -> None:
    one, card = idea(park, "Schattige Bank"), solution(cast.olpe)

    office.post(
        f"{DESK}{one.pk}/verknuepfen/", {"solutions": f"https://x.example/loesungen/{card.slug}/", "element": ""}
    )

    assert f"/loesungen/{card.slug}/" in Client().get(one.contribution.address).content.decode()
    assert one.contribution.address in Client().get(f"/loesungen/{card.slug}/").content.decode()
    refused = office.post(f"{DESK}{one.pk}/verknuepfen/", {"solutions": "gibt-es-nicht", "element": ""})
    assert refused.status_code == 400


def test_idea_on_paper_stands_in_the_list_marked(park: Process, office: Client) -> None:
    office.post(f"{DESK}papier/", {"title": "Wasserspender", "text": "Im Foyer.", "place": "Rathaus"})

    made = Idea.objects.get()
    assert made.contribution.is_on_paper
    assert "auf Papier" in Client().get(made.contribution.address).content.decode()


def test_joining_waits_for_the_author_and_counts_each_person_once(park: Process, office: Client) -> None:
    ada, bo, cy = known("Ada"), known("Bo"), known("Cy")
    one, other = idea(park, "Bank", ada), idea(park, "Sitzbank", bo)
    for person, about in ((ada, one), (cy, one), (cy, other), (bo, other)):
        Support.objects.create(idea=about, participant=person)
    erased = known("Weg")
    Support.objects.create(idea=one, participant=erased)
    forgetting.erase(participant=erased, keeps_words=True)

    office.post(f"{DESK}{one.pk}/zusammenlegen/", {"target": other.pk})
    asked = Message.objects.get(to="ada@example.org")
    one.refresh_from_db()
    assert one.merged_into is None
    assert "Bank" in Client().get("/beteiligung/park/ideen/").content.decode()

    way = f"/beteiligung/ideen/zusammenlegen/{merge_token(one)}/"
    assert way in asked.text
    assert Client().get(way).status_code == 200
    Client().post(way, {"agree": "1", "into": other.pk})

    one.refresh_from_db()
    assert one.merged_into == other
    assert Support.objects.filter(idea=other).count() == 4
    assert not Support.objects.filter(idea=one).exists()
    page, target = (Client().get(each.contribution.address).content.decode() for each in (one, other))
    assert other.contribution.address in page
    assert one.contribution.address in target
    assert one.contribution.address not in Client().get("/beteiligung/park/ideen/").content.decode()


def test_author_refuses_and_nothing_changes(park: Process, office: Client) -> None:
    one, other = idea(park), idea(park)
    office.post(f"{DESK}{one.pk}/zusammenlegen/", {"target": other.pk})
    way = f"/beteiligung/ideen/zusammenlegen/{merge_token(one)}/"

    Client().post(way, {"refuse": "1"})

    one.refresh_from_db()
    assert (one.merged_into, one.proposed_into) == (None, None)
    assert Client().get(way)["Location"] == one.contribution.address


def test_proposal_taken_back_cannot_be_agreed_to(park: Process, office: Client) -> None:
    one, other = idea(park), idea(park)
    office.post(f"{DESK}{one.pk}/zusammenlegen/", {"target": other.pk})
    office.post(f"{DESK}{one.pk}/zusammenlegen/zurueck/")

    Client().post(f"/beteiligung/ideen/zusammenlegen/{merge_token(one)}/", {"agree": "1", "into": other.pk})

    one.refresh_from_db()
    assert one.merged_into is None


def test_author_agrees_to_what_they_read_and_to_nothing_else(park: Process, office: Client) -> None:
    one, other, third = idea(park), idea(park, "Sitzbank"), idea(park, "Rutsche")
    way = f"/beteiligung/ideen/zusammenlegen/{merge_token(one)}/"
    office.post(f"{DESK}{one.pk}/zusammenlegen/", {"target": other.pk})
    read = Client().get(way).content.decode()
    office.post(f"{DESK}{one.pk}/zusammenlegen/", {"target": third.pk})

    answers = [Client().post(way, {"agree": "1", "into": into}) for into in (other.pk, "")]

    one.refresh_from_db()
    assert f'name="into" value="{other.pk}"' in read
    assert [found.status_code for found in answers] == [409, 409]
    assert "inzwischen eine andere Idee" in answers[0].content.decode()
    assert one.merged_into is None
    Client().post(way, {"agree": "1", "into": third.pk})
    one.refresh_from_db()
    assert one.merged_into == third


def test_ideas_of_one_author_are_joined_at_once(park: Process, office: Client) -> None:
    ada = known()
    one, other = idea(park, "", ada), idea(park, "", ada)

    office.post(f"{DESK}{one.pk}/zusammenlegen/", {"target": other.pk})

    one.refresh_from_db()
    assert one.merged_into == other


def test_chain_of_joinings_leads_to_the_last(park: Process, cast: Cast) -> None:
    ada = known()
    first, second, third = (idea(park, "", ada) for _ in range(3))
    merging.propose(actor=cast.olpe_editor, idea=first, target=second, now=timezone.now())
    merging.propose(actor=cast.olpe_editor, idea=second, target=third, now=timezone.now())

    assert set(Idea.objects.filter(merged_into=third)) == {first, second}


def test_hidden_idea_is_not_named_by_what_became_part_of_it(park: Process, cast: Cast) -> None:
    ada = known()
    one, other = idea(park, "Bank", ada), idea(park, "Geheim gehalten", ada)
    merging.propose(actor=cast.olpe_editor, idea=one, target=other, now=timezone.now())
    Contribution.objects.filter(pk=other.pk).update(state="hidden")

    assert "Geheim gehalten" not in Client().get(one.contribution.address).content.decode()


@pytest.mark.parametrize("which", ["itself", "foreign", "none", "merged"])
def test_joining_that_makes_no_sense_is_refused_in_words(park: Process, cast: Cast, office: Client, which: str) -> None:
    ada = known()
    one, two, three = (idea(park, "", ada) for _ in range(3))
    merging.propose(actor=cast.olpe_editor, idea=two, target=three, now=timezone.now())
    foreign = idea(collecting(cast.soest, slug="see"))
    target = {"itself": one.pk, "foreign": foreign.pk, "none": 999_999, "merged": two.pk}[which]

    response = office.post(f"{DESK}{one.pk}/zusammenlegen/", {"target": target})

    assert response.status_code == 400
    assert Idea.objects.get(pk=one.pk).merged_into is None


def test_foreign_office_neither_sees_nor_steers(park: Process, cast: Cast) -> None:
    one, client = idea(park), Client()
    client.force_login(cast.soest_releaser)

    for way in ("", "papier/", f"{one.pk}/ort/", f"{one.pk}/verknuepfen/", f"{one.pk}/zusammenlegen/"):
        assert client.get(f"{DESK}{way}").status_code == 403
