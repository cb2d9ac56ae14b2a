"""The form on a page of its own, through the client, in English so that the sentences read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from andock.events.choices import RegistrationState as State
from andock.events.models import Question, Registration, Series
from andock.events.queries import CROWD
from andock.events.services.registering import cancel
from tests.accounts.cast import Cast
from tests.events.pages import ADA, coming, form_of, key_in, link_of, send, text, work_for
from tests.events.test_registering import told
from tests.factories.events import VISITOR, confirmed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def only() -> Registration:
    return Registration.objects.get()


def test_form_says_the_exact_number_of_seats(cast: Cast) -> None:
    event = coming(cast.olpe, seats=12)

    assert "On site: 12 seats free" in text(Client().get(form_of(event)))


def test_form_without_account_or_script_takes_a_registration(cast: Cast) -> None:
    event = coming(cast.olpe)

    answer = send(event, key=key_in(Client().get(form_of(event))))

    assert (answer.status_code, answer.url) == (302, f"/en/veranstaltungen/{event.slug}/danke/")
    assert (only().name, only().email, only().state) == ("Ada Lovelace", "ada@example.org", State.UNCONFIRMED)
    assert told(only()) == ["confirm"]


def test_consent_is_kept_word_by_word(cast: Cast) -> None:
    send(coming(cast.olpe, keep_days=30))

    assert only().consent.text.startswith(f"{cast.olpe} may use what I fill in")
    assert "30 days after the event" in only().consent.text
    assert only().consented_at


def test_empty_form_says_each_thing_that_is_missing(cast: Cast) -> None:
    event = coming(cast.olpe)

    page = send(event, name="", email="", consent=None)

    assert page.status_code == 422
    for sentence in ("Please give your name", "Please give your e-mail address", "Without your yes"):
        assert sentence in text(page)
    assert not Registration.objects.exists()


def test_refusal_loses_nothing_that_was_typed(cast: Cast) -> None:
    event = coming(cast.olpe, seats_each=3, asks_catering=True)

    page = send(
        event, email="ada@", seats="2", companions="Grace Hopper", access="sign", access_more="Front row",
        catering_more="No nuts",
    ).content.decode()  # fmt: skip

    for words in ("Ada Lovelace", "ada@", "Grace Hopper", "Front row", "No nuts"):
        assert words in page
    assert 'name="access" value="sign" id="id_access_0" checked' in page


def test_hybrid_event_asks_how_one_takes_part(cast: Cast) -> None:
    event = coming(cast.olpe, format="hybrid", seats=5)

    assert "Please choose how you take part" in text(send(event))
    send(event, attendance="online")

    assert only().allotment.attendance == "online"


def test_way_without_any_seat_cannot_be_chosen(cast: Cast) -> None:
    event = coming(cast.olpe, format="hybrid", seats=1, has_waiting_list=False)
    event.allotments.filter(attendance="room").update(taken=1)

    page = Client().get(form_of(event)).content.decode()

    assert "On site: fully booked" in page
    assert page.count(" disabled") == 1


def test_full_event_without_waiting_list_has_no_form(cast: Cast) -> None:
    event = coming(cast.olpe, seats=0, has_waiting_list=False)

    page = Client().get(form_of(event))

    assert "no waiting list" in text(page)
    assert 'method="post"' not in page.content.decode()


def test_last_seat_taken_meanwhile_is_said_and_the_form_stays(cast: Cast) -> None:
    event = coming(cast.olpe, seats=0, has_waiting_list=False)

    page = send(event)

    assert page.status_code == 409
    assert "All seats are taken" in text(page)
    assert "Ada Lovelace" in page.content.decode()


def test_full_event_with_waiting_list_says_so_before_and_afterwards(cast: Cast) -> None:
    event = coming(cast.olpe, seats=1)
    confirmed(event, "Bob", now=timezone.now())

    assert "waiting list, all seats are taken" in text(Client().get(form_of(event)))
    answer = send(event)

    assert answer.url.endswith("/danke/?stand=warteliste")
    assert "waiting list" in text(Client().get(answer.url))


def test_several_who_do_not_fit_together_learn_that_fewer_might(cast: Cast) -> None:
    event = coming(cast.olpe, seats=1, seats_each=2)

    answer = send(event, seats="2")

    assert answer.url.endswith("/danke/?stand=warteliste-zusammen")
    page = text(Client().get(answer.url))
    assert "Not enough seats are free together" in page
    assert "All seats are taken" not in page


def test_event_that_accepts_each_registration_promises_no_seat(cast: Cast) -> None:
    event = coming(cast.olpe, needs_approval=True)

    thanks = text(Client().get(send(event).url))
    mine = text(Client().get(link_of(only())))

    assert "Olpe decides who can come" in thanks
    assert "it is yours" not in thanks + mine
    assert "the organiser decides on it" in mine


def test_form_that_comes_back_counts_the_seats_anew(cast: Cast) -> None:
    event = coming(cast.olpe, seats=40)
    assert "40 seats free" in text(send(event, email="ada@"))
    confirmed(event, "Bob", now=timezone.now())

    assert "39 seats free" in text(send(event, email="ada@"))


def test_lost_cookie_loses_nothing_and_asks_nobody_to_sign_in(cast: Cast) -> None:
    event, browser = coming(cast.olpe), Client(enforce_csrf_checks=True)

    page = browser.post(form_of(event), ADA, headers={"origin": "http://testserver"})

    assert page.status_code == 403
    assert "did not send our cookie" in text(page)
    assert "Ada Lovelace" in page.content.decode()
    assert "Sign in" not in text(page)
    assert not Registration.objects.exists()
    token = page.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    again = browser.post(form_of(event), ADA | {"csrfmiddlewaretoken": token, "key": key_in(page)})
    assert again.status_code == 302
    assert only().email == "ada@example.org"


def test_form_of_another_site_is_not_shown_with_what_it_says(cast: Cast) -> None:
    page = Client(enforce_csrf_checks=True).post(
        form_of(coming(cast.olpe)), ADA, headers={"origin": "https://boese.example"}
    )

    assert page.status_code == 403
    assert "Ada Lovelace" not in page.content.decode()


def test_far_too_much_is_refused_without_sending_it_back(cast: Cast) -> None:
    event = coming(cast.olpe)

    page = send(event, name="x" * 1_100_000)

    assert page.status_code == 413
    assert "far more than this form can hold" in text(page)
    assert len(page.content) < 50_000
    assert not Registration.objects.exists()


def test_event_that_is_full_promises_nothing_on_its_page(cast: Cast) -> None:
    event = coming(cast.olpe, seats=0, has_waiting_list=False)

    page = text(Client().get(f"/en/veranstaltungen/{event.slug}/"))

    assert "Fully booked" in page
    assert "It takes a minute" not in page


def test_event_of_a_series_names_the_registration_for_all(cast: Cast) -> None:
    series = Series.objects.create(organisation=cast.olpe, slug="abende", title="Evenings", at_once=True)
    event = coming(cast.olpe, series=series)

    page = Client().get(f"/en/veranstaltungen/{event.slug}/").content.decode()

    assert "/en/veranstaltungen/reihen/abende/anmelden/" in page


# --- the organiser's own questions ------------------------------------------------------------------------------------
@pytest.fixture
def asking(cast: Cast):
    event = coming(cast.olpe)
    for number, (kind, options, required) in enumerate(
        [
            ("text", [], True), ("choice", ["Bus", "Bike"], True), ("choice", ["Yes", "No"], False),
            ("several", ["Maps", "Data"], True), ("number", [], True), ("consent", [], True),
        ]
    ):  # fmt: skip
        Question.objects.create(
            event=event, position=number, kind=kind, label=f"Question {number}", options=options, is_required=required
        )
    event.fields = [question.field for question in event.questions.all()]
    return event


def test_questions_of_every_kind_are_asked_and_kept(asking) -> None:
    text_, choice, _optional, several, number, consent = asking.fields

    send(asking, **{text_: "Because", choice: "Bus", several: ["Maps", "Data"], number: "3", consent: "on"})

    assert only().answers == {text_: "Because", choice: "Bus", several: ["Maps", "Data"], number: 3, consent: True}
    assert only().consent.text.endswith("\nQuestion 5")


def test_none_is_an_answer_to_a_number(cast: Cast) -> None:
    event = coming(cast.olpe)
    question = Question.objects.create(event=event, kind="number", label="How many children?", is_required=True)

    send(event, **{question.field: "0"})

    assert only().answers == {question.field: 0}
    page = Client().get(link_of(only())).content.decode()
    assert "<dt>How many children?</dt><dd><bdi>0</bdi></dd>" in page


def test_questions_are_checked_on_both_sides(asking) -> None:
    text_, choice, _optional, several, number, _consent = asking.fields

    form = Client().get(form_of(asking)).content.decode()
    page = send(asking, **{text_: "x" * 501, choice: "Plane", several: ["Sea"], number: "three"})

    assert f'name="{text_}" maxlength="500"' in form
    assert f'type="number" name="{number}" min="0"' in form
    assert form.count(" required") == 8  # name, address, consent, and five questions; browsers know none for "several"
    for sentence in ("500 characters; it has 501", "Plane", "Sea", "a number and nothing else", "Without this yes"):
        assert sentence in text(page)
    assert not Registration.objects.exists()


def test_companions_must_fit_the_seats(cast: Cast) -> None:
    event = coming(cast.olpe, seats=9, seats_each=3)

    page = send(event, seats="2", companions="Bob\nCem")
    send(event, seats="3", companions="Bob\r\n\r\n Cem ")

    assert "You named 2 people besides yourself, but take 2 seats" in text(page)
    assert (only().seats, only().companions) == (3, ["Bob", "Cem"])


def test_needs_are_kept_as_the_organiser_reads_them(cast: Cast) -> None:
    event = coming(cast.olpe, asks_catering=True)

    page = Client().get(form_of(event))
    send(event, access=["sign", "step_free"], access_more="Front row", catering=["vegan"])

    assert "7 days after the event" in text(page)
    assert only().access_needs == "Gebärdensprache\nStufenloser Zugang\nFront row"
    assert only().catering_needs == "Vegan"


def test_consent_to_the_recording_is_free_and_kept(cast: Cast) -> None:
    event = coming(cast.olpe, is_recorded=True)

    send(event, recording="on")

    assert only().answers == {"recording": True}
    assert "seen and heard in the recording" in only().consent.text


# --- bad input --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Zoë 🎉 Müller", "Zoë 🎉 Müller"),
        ("عُمَر ابن الخطّاب", "عُمَر ابن الخطّاب"),
        ("Eva\r\nBcc: all@example.org", "Eva Bcc: all@example.org"),
        ("Eva\x00\x07\x9b Adam", "Eva Adam"),
        ("Eva\u202egnp.exe", "Evagnp.exe"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("<b>Eva</b>", "<b>Eva</b>"),
    ],
)
def test_any_name_is_kept_as_one_harmless_line(cast: Cast, typed: str, kept: str) -> None:
    assert send(coming(cast.olpe), name=typed).status_code == 302
    assert only().name == kept


def test_name_with_a_web_address_is_refused_because_it_goes_into_mails(cast: Cast) -> None:
    page = send(coming(cast.olpe), name="Win at https://example.com")

    assert "A name holds no web address" in text(page)
    assert not Registration.objects.exists()


@pytest.mark.parametrize(
    "email", ["ada@example.org\r\nBcc: eva@example.org", "ada", "ada@", "a da@example.org", "🎉@x"]
)
def test_what_is_no_address_is_refused_with_an_example(cast: Cast, email: str) -> None:
    assert "for example name@example.org" in text(send(coming(cast.olpe), email=email))
    assert not Registration.objects.exists()


def test_name_with_marks_comes_back_as_text(cast: Cast) -> None:
    page = send(coming(cast.olpe), name='"><script>alert(1)</script>', email="").content.decode()

    assert "<script>alert" not in page


def test_long_answer_is_refused_with_both_numbers_and_stays(cast: Cast) -> None:
    page = send(coming(cast.olpe), access_more="ä" * 100_000)

    assert "Please shorten this to 300 characters; it has 100000." in text(page)
    assert "ä" * 100_000 in page.content.decode()


def test_answer_too_long_for_its_field_is_refused_with_both_numbers(cast: Cast) -> None:
    page = send(coming(cast.olpe), access_more="x" * 100_000)

    assert page.status_code == 422
    assert "Please shorten this to 300 characters; it has 100000." in text(page)


def test_answer_larger_than_any_form_is_refused_with_what_to_do(cast: Cast) -> None:
    event, client = coming(cast.olpe), Client(enforce_csrf_checks=True)
    token = client.get(form_of(event)).context["csrf_token"]

    page = send(event, client, access_more="x" * 13_000_000, csrfmiddlewaretoken=str(token))

    assert page.status_code == 413
    assert "nothing was changed" in text(page)


def test_form_without_token_is_refused(cast: Cast) -> None:
    assert send(coming(cast.olpe), Client(enforce_csrf_checks=True)).status_code == 403


# --- again, late, too many --------------------------------------------------------------------------------------------
def test_double_click_is_one_registration(cast: Cast) -> None:
    event = coming(cast.olpe)
    key = key_in(Client().get(form_of(event)))

    answers = [send(event, key=key).status_code for _click in range(3)]

    assert answers == [302, 302, 302]
    assert told(only()) == ["confirm"]


def test_form_sent_again_with_another_address_asks_once_more(cast: Cast) -> None:
    event = coming(cast.olpe, seats=5)
    key = key_in(Client().get(form_of(event)))
    send(event, key=key, email="ada@exampel.org")

    page = send(event, key=key)
    send(event, key=key_in(page))

    assert page.status_code == 409
    assert "sent before, with another address" in text(page)
    assert set(Registration.objects.values_list("email", flat=True)) == {"ada@exampel.org", "ada@example.org"}


def test_form_corrected_and_sent_again_brings_the_link_to_change(cast: Cast) -> None:
    """A correction is no double click: whoever has the form may not be whom the address belongs to."""
    event = coming(cast.olpe, seats=1, seats_each=3, has_waiting_list=False)
    key = key_in(Client().get(form_of(event)))
    send(event, key=key, name="Ad", seats="1")

    answers = [send(event, key=key, name="Ada", seats="2").status_code for _click in range(2)]

    assert answers == [302, 302]
    assert told(only()) == ["confirm", "again", "again"]
    assert (only().name, event.allotments.get().taken) == ("Ad", 1)


def test_form_of_a_registration_that_has_ended_registers_anew_with_another_key(cast: Cast) -> None:
    event = coming(cast.olpe, seats=5)
    key = key_in(Client().get(form_of(event)))
    send(event, key=key)
    cancel(actor=VISITOR, registration=only(), now=timezone.now())

    page = send(event, key=key)
    answer = send(event, key=key_in(page))

    assert (page.status_code, answer.status_code) == (409, 302)
    assert "that registration has ended" in text(page)
    assert sorted(Registration.objects.values_list("state", flat=True)) == [State.CANCELLED, State.UNCONFIRMED]


def test_key_of_another_event_is_no_key(cast: Cast) -> None:
    first, second = coming(cast.olpe), coming(cast.olpe)
    key = key_in(Client().get(form_of(first)))

    send(first, key=key)
    send(second, key=key)

    assert Registration.objects.filter(request_key__isnull=True).get().event == second


@pytest.mark.parametrize("seats", [1, 2])
@pytest.mark.parametrize("has_waiting_list", [True, False])
def test_page_does_not_tell_whether_an_address_is_registered(cast: Cast, seats: int, has_waiting_list: bool) -> None:
    """The same answer to a registered address as to a strange one, be the event full or not."""
    event = coming(cast.olpe, seats=seats, has_waiting_list=has_waiting_list)
    ada = confirmed(event, "Ada", now=timezone.now())

    known, strange = send(event), send(event, email="eve@example.org")

    assert (known.status_code, known.get("Location")) == (strange.status_code, strange.get("Location"))
    assert told(ada)[-1] == "again"


def test_late_form_is_refused_with_the_date_and_keeps_what_was_typed(cast: Cast) -> None:
    event = coming(cast.olpe, closes_at=timezone.now() - timedelta(days=1))
    page = send(event)

    assert page.status_code == 403
    assert "Registration closed on" in text(page)
    assert "Ada Lovelace" in page.content.decode()
    assert "Registration closed on" in text(Client().get(form_of(event)))


def test_cancelled_event_says_so(cast: Cast) -> None:
    event = coming(cast.olpe, state="cancelled")

    assert "This event is cancelled" in text(Client().get(form_of(event)))


def test_draft_and_unknown_events_are_not_found(cast: Cast) -> None:
    assert Client().get(form_of(coming(cast.olpe, state="draft"))).status_code == 404
    assert Client().get("/veranstaltungen/gibt-es-nicht/anmelden/").status_code == 404


def test_one_address_400_times_is_one_registration_and_two_mails(cast: Cast) -> None:
    event = coming(cast.olpe, seats=500)

    answers = {send(event, email=f"ada+{number}@example.org").status_code for number in range(400)}

    assert answers == {302}
    assert told(only()) == ["confirm", *["again"] * 399]  # jobs; their key makes it one mail an hour


def test_one_address_for_many_events_is_told_to_wait(cast: Cast) -> None:
    for _number in range(10):
        send(coming(cast.olpe))

    page = send(coming(cast.olpe))

    assert page.status_code == 429
    assert "Please try again later" in text(page)
    assert "Ada Lovelace" in page.content.decode()


# --- a crowd from one place -------------------------------------------------------------------------------------------
def crowd(event) -> None:
    for number in range(CROWD):
        send(event, email=f"p{number}@example.org")


def test_crowd_from_one_place_gets_seats_only_by_confirming(cast: Cast) -> None:
    event = coming(cast.olpe, seats=50)
    crowd(event)

    answer = send(event)

    assert answer.url.endswith("?stand=ohne-platz")
    assert Registration.objects.get(email="ada@example.org").state == State.HELD_BACK
    assert event.allotments.get().taken == CROWD
    assert "when you press the button" in text(Client().get(answer.url))


def test_work_of_the_browser_holds_a_seat_in_a_crowd_once(cast: Cast) -> None:
    event = coming(cast.olpe, seats=50)
    crowd(event)
    key = key_in(Client().get(form_of(event)))
    work = work_for(key)

    send(event, key=key, work=work)
    page = send(event, key=key, work=work, email="eve@example.org")

    assert Registration.objects.get(email="ada@example.org").state == State.UNCONFIRMED
    assert page.status_code == 409
    assert not Registration.objects.filter(email="eve@example.org").exists()


def test_other_places_and_confirmed_people_are_no_crowd(cast: Cast) -> None:
    event = coming(cast.olpe, seats=50)
    crowd(event)

    assert (
        Client(REMOTE_ADDR="192.0.2.7").post(form_of(event), ADA | {"email": "eve@example.org"}).url.endswith("/danke/")
    )
    Registration.objects.update(confirmed_at=timezone.now())
    assert send(event).url.endswith("/danke/")


def test_town_hall_behind_one_address_is_never_turned_away(cast: Cast) -> None:
    event = coming(cast.olpe, seats=50)

    answers = {send(event, email=f"p{number}@example.org").status_code for number in range(40)}

    assert answers == {302}
    assert Registration.objects.count() == 40


def test_address_of_the_network_is_not_kept(cast: Cast) -> None:
    Client(REMOTE_ADDR="192.0.2.7").post(form_of(coming(cast.olpe)), ADA)

    assert "192.0.2.7" not in str(Registration.objects.values().get())
    assert only().origin_hash


# --- pages ------------------------------------------------------------------------------------------------------------
def test_form_is_not_kept_and_not_found_by_search_engines(cast: Cast) -> None:
    page = Client().get(form_of(coming(cast.olpe)))

    assert "no-store" in page["Cache-Control"]
    assert 'name="robots" content="noindex"' in page.content.decode()


@pytest.mark.parametrize("stand", ["", "warteliste", "ohne-platz", "anything"])
def test_page_of_thanks_says_what_to_do_next(cast: Cast, stand: str) -> None:
    event = coming(cast.olpe)

    page = Client().get(f"/en/veranstaltungen/{event.slug}/danke/", {"stand": stand})

    assert "press the button" in text(page)
    assert "ada@example.org" not in page.content.decode()


@pytest.mark.parametrize(("prefix", "language"), [("", "de"), ("/en", "en"), ("/de-simple", "de-simple")])
def test_registration_speaks_the_language_of_the_form(cast: Cast, prefix: str, language: str) -> None:
    Client().post(form_of(coming(cast.olpe)).replace("/en", prefix), ADA)

    assert only().language == language


def test_signed_in_person_registers_like_anybody(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.olpe_editor)

    assert send(coming(cast.olpe), client).status_code == 302


def test_sending_the_form_takes_few_queries(cast: Cast) -> None:
    event = coming(cast.olpe, seats=100)
    send(event, email="first@example.org")  # the text of consent is known from then on

    with CaptureQueriesContext(connection) as queries:
        send(event)

    kinds = [query["sql"].split()[0] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    # Event with ways and questions are read once until they change, which this client, without page cache, does not see:
    # event and ways, questions, crowd | allotment locked, known address, text of consent, count, row, mail's job.
    assert kinds == ["SELECT", "SELECT", "SELECT", "SELECT", "SELECT", "INSERT", "UPDATE", "INSERT", "INSERT"]
