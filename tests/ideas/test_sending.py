"""How an idea and a remark come in."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from andock.ideas.models import Idea, Remark
from andock.notifications.models import Message
from andock.organisations.models import Term
from andock.participation.models import Contribution, Process
from tests.accounts.cast import Cast
from tests.events.post import run_jobs
from tests.ideas.scenes import as_municipality, collecting, device_of, end_phases, idea, known, picture, remark

NEW = "/beteiligung/park/ideen/neu/"


def typed(**values: object) -> dict:
    return {
        "title": "Schattige Bank", "text": "Eine Bank unter der Linde.", "place": "am Teich", "point": "51.5, 7.5",
        "photo_alt": "", "website": "", "key": "", "work": "",
    } | values  # fmt: skip


def test_idea_of_a_known_device_stands_in_the_list_with_all_it_says(park: Process) -> None:
    topic = Term.objects.create(vocabulary="topics", slug="gruen", labels={"de": "Grün"})
    ada = device_of(known())

    response = ada.post(NEW, typed(topic="gruen", photo=picture(), photo_alt="Die alte Bank"))

    made = Idea.objects.select_related("contribution").get()
    assert response["Location"] == made.contribution.address == f"/beteiligung/park/ideen/{made.pk}/"
    assert (made.topic, made.place, made.latitude, made.longitude) == (topic, "am Teich", 51.5, 7.5)
    assert made.photo_alt == "Die alte Bank"
    assert default_storage.exists(made.photo.name)
    assert made.contribution.state == "public"


def test_idea_of_a_stranger_waits_for_the_mailbox(park: Process) -> None:
    response = Client().post(NEW, typed(email="bo@example.org", pseudonym="Bo"))

    assert response["Location"] == "/beteiligung/park/danke/?stand=bestaetigen"
    assert Idea.objects.get().contribution.state == "unconfirmed"
    assert Message.objects.get().to == "bo@example.org"


def test_trap_takes_nothing_and_says_the_same(park: Process) -> None:
    response = Client().post(NEW, typed(email="bo@example.org", pseudonym="Bo", website="x"))

    assert response["Location"] == "/beteiligung/park/danke/?stand=bestaetigen"
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"title": ""},
        {"text": " "},
        {"point": "0, 0"},
        {"point": "91, 7"},
        {"point": "hier"},
        {"photo": SimpleUploadedFile("bild.jpg", b"<svg>", "image/jpeg")},
    ],
)
def test_idea_that_lacks_something_comes_again_with_what_was_typed(park: Process, values: dict) -> None:
    response = device_of(known()).post(NEW, typed(**values))

    assert response.status_code == 422
    assert "am Teich" in response.content.decode()
    assert not Idea.objects.exists()


def test_photo_without_words_is_refused_and_kept(park: Process) -> None:
    ada = device_of(known())

    refused = ada.post(NEW, typed(photo=picture()))
    kept = refused.context["form"].data["kept_photo"]
    ada.post(NEW, typed(kept_photo=kept, photo_alt="Die alte Bank"))

    assert refused.status_code == 422
    assert Idea.objects.get().photo


def test_similar_idea_is_shown_first_and_the_own_one_sent_all_the_same(park: Process) -> None:
    other = idea(park, "Schattige Bänke")
    run_jobs()
    ada = device_of(known())

    asked = ada.post(NEW, typed(photo=picture(), photo_alt="Die alte Bank"))
    page = asked.content.decode()
    sent = ada.post(
        NEW, typed(anyway="1", photo_alt="Die alte Bank", kept_photo=asked.context["form"].data["kept_photo"])
    )

    assert asked.status_code == 200
    assert other.contribution.address in page
    assert "Eine Bank unter der Linde." in page
    assert sent.status_code == 302
    assert Idea.objects.exclude(pk=other.pk).get().photo


def test_similar_idea_of_another_process_or_hidden_is_not_shown(park: Process, cast: Cast) -> None:
    idea(collecting(cast.soest, slug="see"), "Schattige Bank")
    Contribution.objects.filter(pk=idea(park, "Schattige Bank").pk).update(state="hidden")

    assert device_of(known()).post(NEW, typed()).status_code == 302


def test_text_that_is_too_long_is_not_cut_off_but_comes_again_with_how_long_it_is(park: Process) -> None:
    text = "Eine Bank. " * 600

    form = device_of(known()).get(NEW).content.decode()
    answer = device_of(known()).post(NEW, typed(text=text))

    assert "maxlength" not in form.partition("<textarea")[2].partition(">")[0]
    assert answer.status_code == 422
    assert f"Bitte kürzen Sie auf 5000 Zeichen, es sind {len(text.strip())}." in answer.content.decode()
    assert text.strip() in answer.content.decode()


def test_late_idea_is_refused_with_the_day_and_what_was_typed(park: Process) -> None:
    ada = device_of(known())
    end_phases(park)

    late = ada.post(NEW, typed())

    assert late.status_code == 403
    assert "endete am" in late.content.decode()
    assert "Eine Bank unter der Linde." in late.content.decode()
    assert ada.get(NEW).status_code == 403


def test_region_wide_idea_is_answered_by_its_municipality(cast: Cast) -> None:
    as_municipality(cast.soest, "05974040")
    wide = collecting(cast.agency, slug="region", is_region_wide=True)

    device_of(known()).post(f"/beteiligung/{wide.slug}/ideen/neu/", typed(municipality="soest"))

    made = Idea.objects.get().contribution
    assert (made.municipality, made.office) == (cast.soest, cast.soest)


def test_remark_stands_below_its_idea(park: Process) -> None:
    one = idea(park)

    response = device_of(known()).post(
        f"{one.contribution.address}beitragen/", {"stand": "question", "text": "Was kostet das?", "website": ""}
    )

    made = Remark.objects.get()
    assert (made.idea, made.stand, made.answers_to) == (one, "question", None)
    assert response["Location"] == f"{one.contribution.address}#beitrag-{made.pk}"


def test_answer_is_not_answered_and_belongs_to_its_idea(park: Process) -> None:
    one, other, ada = idea(park), idea(park), device_of(known())
    first = remark(one)
    way = f"{one.contribution.address}beitragen/?antwort="

    ada.post(f"{way}{first.pk}", {"stand": "pro", "text": "Genau."})
    answer = Remark.objects.get(answers_to=first)

    assert ada.get(f"{way}{answer.pk}").status_code == 404
    assert ada.get(f"{way}{remark(other).pk}").status_code == 404
    assert ada.get(f"{way}unsinn").status_code == 404


def test_late_remark_is_refused(park: Process) -> None:
    one, ada = idea(park), device_of(known())
    end_phases(park)

    late = ada.post(f"{one.contribution.address}beitragen/", {"stand": "pro", "text": "Doch noch."})

    assert late.status_code == 403
    assert "Doch noch." in late.content.decode()
    assert not Remark.objects.exists()


def test_address_that_is_longer_folded_than_typed_is_refused_with_a_sentence(park: Process) -> None:
    """PostgreSQL keeps no more than 254 signs, and ß is two of them."""
    address = f"ada@{'.'.join(['ß' * 60] * 4)}.de"
    typed = {"title": "Bank", "text": "Eine Bank.", "pseudonym": "Ada", "email": address}

    answer = Client().post("/beteiligung/park/ideen/neu/", typed)

    assert answer.status_code == 422
    assert "keine vollständige E-Mail-Adresse" in answer.content.decode()
