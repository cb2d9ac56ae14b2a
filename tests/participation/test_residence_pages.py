"""Proof of residence as people and offices meet it."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from andock.accounts.models import Home
from andock.kernel.pagecache.models import Version
from andock.notifications.models import Message
from andock.participation.choices import PhaseKind
from andock.participation.codes import shown
from andock.participation.models import CodeBatch, Contribution, Process, ResidenceCode, ResidenceProof, WrongCode
from andock.participation.services import residence
from andock.questionnaire.models import Question, Questionnaire
from tests.accounts.cast import Cast
from tests.factories.participation import participant, phase
from tests.ideas.scenes import device_of, idea

from .test_pages import text_of
from .test_residence import asking, codes_for

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FILE = "name;strasse;plz;ort\nAda Öz;Am Markt 1;57462;Olpe\nBea Blum;Weg 2;57462;Olpe\n"


def running(cast: Cast, *kinds: str, **values) -> Process:
    return asking(cast.olpe, *kinds, starts=timezone.now() - DAY, **values)


def office(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.olpe_editor)
    return client


def desk(made: Process) -> str:
    return f"/verwaltung/olpe/beteiligung/verfahren/{made.slug}/wohnsitz/"


def address(made: Process) -> str:
    return f"/beteiligung/{made.slug}/ideen/neu/"


def entry(**values: str) -> dict[str, str]:
    return {
        "title": "Bänke", "text": "Mehr Bänke am Ufer.", "pseudonym": "Ada", "email": "ada@example.org", "anyway": "1",
    } | values  # fmt: skip


def as_file(text: str, name: str = "adressen.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/csv")


def words_in(pdf: bytes) -> tuple[int, str]:
    """How many pages it has, and what its form says of it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages), str(document.docinfo.get("/Title", ""))


# --- the office -------------------------------------------------------------------------------------------------------
def test_office_makes_letters_once_and_sees_only_numbers_afterwards(cast: Cast) -> None:
    made, client = running(cast), office(cast)

    answer = client.post(desk(made), {"how": "letters", "number": "3", "note": "Rhode"})

    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert words_in(answer.content) == (3, "Ihr Code für „Grün am Fluss“")
    page = text_of(client.get(desk(made)))
    assert "3 Codes wurden erzeugt" in page
    assert "Rhode" in page
    assert not re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page)


def test_letters_are_in_the_language_of_the_site_whatever_the_office_reads(cast: Cast) -> None:
    answer = office(cast).post(f"/en{desk(running(cast))}", {"how": "letters", "number": "1"})

    assert words_in(answer.content) == (1, "Ihr Code für „Grün am Fluss“")


def test_addresses_stand_on_the_letters_and_nowhere_here(cast: Cast) -> None:
    made, client = running(cast), office(cast)

    letters = client.post(desk(made), {"how": "letters", "addresses": as_file(FILE)})
    table = client.post(desk(made), {"how": "table", "addresses": as_file(FILE)})

    assert words_in(letters.content)[0] == 2
    head, *rows = table.content.decode("utf-8-sig").splitlines()
    assert head == "number;code;name;street;postcode;town"
    assert [row.split(";")[2:] for row in rows] == [line.split(";") for line in FILE.splitlines()[1:]]
    assert ResidenceCode.objects.count() == 4
    with connection.cursor() as cursor:
        for name in ("participation_codebatch", "participation_residencecode", "audit_entry"):
            cursor.execute(f"SELECT * FROM {name}")  # noqa: S608  names of tables
            assert "Am Markt" not in str(cursor.fetchall())


def test_codes_of_a_table_are_those_that_are_good(cast: Cast) -> None:
    made = running(cast)

    table = office(cast).post(desk(made), {"how": "table", "number": "2"}).content.decode("utf-8-sig")
    [code, _other] = [line.split(";")[1] for line in table.splitlines()[1:]]
    client = device_of(participant("Ada"))

    assert client.post(address(made), entry(code=code.lower().replace("-", " "))).status_code == 302
    assert Contribution.objects.get().is_public


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"how": "letters"}, "wie viele Codes Sie brauchen"),
        ({"how": "letters", "number": "1001"}, "1000"),
        ({"how": "letters", "number": "0"}, "1"),
        ({"number": "1"}, "Bitte wählen Sie, was Sie brauchen."),
        ({"how": "letters", "number": "2", "addresses": FILE}, "Zahl leer"),
        ({"how": "letters", "addresses": "name;plz\nAda;57462\n"}, "Diese Spalte fehlt"),
        ({"how": "letters", "addresses": FILE + "Ada Öz;Am Markt 1;57462;Olpe\n"}, "In Zeile 2 stehen schon"),
        ({"how": "letters", "addresses": "name;strasse;plz;ort\n"}, "keine Adresse"),
        ({"how": "letters", "addresses": FILE + "Carla;;57462;Olpe\n"}, "street"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_and_makes_no_codes(cast: Cast, sent: dict, told: str) -> None:
    made = running(cast)
    if "addresses" in sent:
        sent = sent | {"addresses": as_file(sent["addresses"])}

    answer = office(cast).post(desk(made), sent)

    assert answer.status_code == 400
    assert told in text_of(answer)
    assert not CodeBatch.objects.exists()


def test_hostile_words_stand_in_letters_and_tables_as_words(cast: Cast) -> None:
    bad = '#panic("x")\u202e\ufeff\x07🙈'
    made = running(cast, title=bad, summary=bad)
    file = f"name;strasse;plz;ort\n=1+1;{bad.replace(chr(34), chr(39))};57462;<b>Olpe\n"

    letters = office(cast).post(desk(made), {"how": "letters", "addresses": as_file(file), "note": bad})
    table = office(cast).post(desk(made), {"how": "table", "addresses": as_file(file)})

    assert words_in(letters.content)[0] == 1
    assert ";'=1+1;" in table.content.decode("utf-8-sig")


def test_lost_letters_are_revoked_with_one_question(cast: Cast) -> None:
    made, client = running(cast), office(cast)
    [code, _other] = codes_for(cast, made, 2)
    way = f"{desk(made)}{CodeBatch.objects.get().pk}/widerrufen/"

    assert "2 Codes widerrufen?" in text_of(client.get(way))
    assert "2 Codes gelten nicht mehr." in text_of(client.post(way, follow=True))
    assert client.post(way).status_code == 403
    assert client.post(f"{desk(made)}999/widerrufen/").status_code == 404

    answer = device_of(participant("Ada")).post(address(made), entry(code=code))
    assert answer.status_code == 422
    assert "verloren gegangen" in text_of(answer)


def test_what_was_printed_last_stands_first(cast: Cast) -> None:
    made = running(cast)
    for note in ("Rhode", "Sondern", "Dahl"):
        codes_for(cast, made, note=note)
    CodeBatch.objects.filter(note="Rhode").update(made_at=timezone.now())

    page = text_of(office(cast).get(desk(made)))

    assert page.index("Rhode") < page.index("Dahl") < page.index("Sondern")


def test_other_process_of_the_same_office_does_not_revoke_these(cast: Cast) -> None:
    made, other = running(cast), running(cast)
    codes_for(cast, made)

    assert office(cast).post(f"{desk(other)}{CodeBatch.objects.get().pk}/widerrufen/").status_code == 404


def test_desk_of_a_process_that_needs_no_proof_says_where_to_choose_it(cast: Cast) -> None:
    made, client = running(cast), office(cast)
    assert "Nachweis des Wohnsitzes" in text_of(client.get(desk(made).removesuffix("wohnsitz/")))
    Process.objects.update(needs_residence=False)

    page = text_of(client.get(desk(made)))
    assert "Wählen Sie das zuerst unter „Text und Phasen“" in page
    assert client.post(desk(made), {"how": "letters", "number": "1"}).status_code == 400
    assert "Nachweis des Wohnsitzes" not in text_of(client.get(desk(made).removesuffix("wohnsitz/")))


@pytest.mark.parametrize("number", [1, 4])
def test_desk_takes_the_same_queries_however_many_codes_there_are(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made, client = running(cast), office(cast)
    for _batch in range(number):
        codes_for(cast, made, number * 3)
    client.get(desk(made))

    with django_assert_num_queries(DESK_QUERIES):
        client.get(desk(made))


DESK_QUERIES = 12


# --- people -----------------------------------------------------------------------------------------------------------
def test_field_stands_only_where_it_is_needed_and_not_proved_yet(cast: Cast) -> None:
    made, ada = running(cast), participant("Ada")
    [code] = codes_for(cast, made)
    field = 'name="code"'
    home = Client()
    home.force_login(cast.resident)

    assert field in text_of(Client().get(address(made)))
    assert field in text_of(device_of(ada).get(address(made)))
    assert field in text_of(home.get(address(made)))

    residence.prove(participant=ada, process=made, code=code, now=timezone.now())
    Home.objects.create(user=cast.resident, municipality=cast.olpe, said_on=timezone.localdate())
    assert field not in text_of(device_of(ada).get(address(made)))
    assert field not in text_of(home.get(address(made)))
    Process.objects.update(needs_residence=False)
    assert field not in text_of(Client().get(address(made)))


def test_citizen_uses_a_code_and_the_second_use_is_refused_with_a_way_on(cast: Cast) -> None:
    made = running(cast)
    [code, other] = [shown(one) for one in codes_for(cast, made, 2)]
    for name in ("ada", "bea"):
        sent = Client().post(address(made), entry(code=code, email=f"{name}@example.org", title=f"Bänke {name}"))
        assert sent.status_code == 302
    ada, bea = [
        re.search(r"/beteiligung/bestaetigen/\S+", Message.objects.get(to=f"{name}@example.org").text)[0]
        for name in ("ada", "bea")
    ]

    assert 'name="code"' not in text_of(Client().get(ada))
    assert Client().post(ada).status_code == 302
    refused = Client().post(bea)
    assert refused.status_code == 422
    assert "schon benutzt" in text_of(refused)
    assert 'name="code"' in text_of(refused)
    assert Contribution.objects.get(title="Bänke bea").state == "unconfirmed", "and nothing is lost"

    assert Client().post(bea, {"code": "zu kurz"}).status_code == 422
    assert Client().post(bea, {"code": other}).status_code == 302
    assert ResidenceProof.objects.count() == 2


@pytest.mark.parametrize("typed", ["", "kurz", "\x00", "<b>" * 30, "0000-0000-0000"])
def test_code_that_is_none_comes_back_with_what_was_typed(cast: Cast, typed: str) -> None:
    made = running(cast)

    answer = Client().post(address(made), entry(code=typed))

    assert answer.status_code == 422
    page = text_of(answer)
    assert "Mehr Bänke am Ufer." in page
    assert "<b><b>" not in page
    assert WrongCode.objects.count() == (1 if typed.startswith("0000") else 0)
    assert not Contribution.objects.exists()


def test_whoever_guesses_is_stopped_and_others_go_on(cast: Cast) -> None:
    made = running(cast)
    [code] = codes_for(cast, made)
    guesser, home = device_of(participant("Ada")), {"REMOTE_ADDR": "192.0.2.7"}
    for number in range(residence.WRONG_AN_HOUR):
        assert guesser.post(address(made), entry(code=f"0000-0000-{number:04}"), **home).status_code == 422

    stopped = guesser.post(address(made), entry(code=code), **home)
    assert stopped.status_code == 429
    assert "eine Stunde" in text_of(stopped)
    assert ResidenceCode.objects.get().used_on is None

    assert guesser.post(address(made), entry(code=code), REMOTE_ADDR="192.0.2.8").status_code == 302


def test_account_that_lives_here_sends_without_a_code(cast: Cast) -> None:
    made, client = running(cast), Client()
    client.force_login(cast.resident)
    Home.objects.create(user=cast.resident, municipality=cast.olpe, said_on=timezone.localdate())

    assert client.post(address(made), entry()).status_code == 302

    assert ResidenceProof.objects.get().way == "account"
    assert "mit einem Konto, das den Wohnort kennt" in text_of(Client().get(f"/beteiligung/{made.slug}/ergebnis/"))


def test_support_asks_for_the_code_where_the_button_is(cast: Cast) -> None:
    made = running(cast)
    code, other = codes_for(cast, made, 2)
    author = participant("Autor")
    residence.prove(participant=author, process=made, code=other, now=timezone.now())
    way = f"/beteiligung/{made.slug}/ideen/{idea(made, author=author).pk}/unterstuetzen/"
    client = device_of(participant("Ada"))

    assert 'name="code"' in text_of(client.get(way))
    assert client.post(way).status_code == 422
    assert "Diesen Code gibt es" in text_of(client.post(way, {"code": "0000-0000-0000"}))
    assert client.post(way, {"code": code}).status_code == 302
    page = text_of(client.get(way))
    assert "Sie unterstützen diese Idee" in page
    assert 'name="code"' not in page
    assert client.post(way, {"zurueck": "1"}).status_code == 302


def test_questions_ask_for_the_code_and_for_another_when_it_is_used(cast: Cast) -> None:
    made = running(cast, PhaseKind.QUESTIONS)
    asked = Questionnaire.objects.create(phase=phase(made, PhaseKind.QUESTIONS))
    question = Question.objects.create(questionnaire=asked, position=1, kind="text", label="Was fehlt?")
    code, other = codes_for(cast, made, 2)
    way = f"/beteiligung/{made.slug}/fragen/"
    values = {question.field: "Bänke", "pseudonym": "Ada", "email": "ada@example.org"}

    refused = Client().post(way, values)
    assert refused.status_code == 422
    assert f"/beteiligung/{made.slug}/link/?weiter={way}" in text_of(refused), "for whoever proved it elsewhere"
    assert Client().post(way, values | {"code": code}).status_code == 302
    residence.prove(participant=participant("Bea"), process=made, code=code, now=timezone.now())
    link = re.search(r"/beteiligung/\S+/bestaetigen/\S+", Message.objects.get().text)[0]

    assert 'name="code"' in text_of(Client().post(link))
    assert Client().post(link, {"code": other}).status_code == 302


def test_public_pages_say_who_takes_part_and_how_it_was_proved(cast: Cast) -> None:
    made = running(cast)
    [code] = codes_for(cast, made)

    page = text_of(Client().get(f"/beteiligung/{made.slug}/"))
    assert "Menschen, die hier wohnen: Olpe" in page
    assert "den Code aus Ihrem Brief" in page
    assert "nimmt nur teil, wer seinen Wohnsitz nachweist" in text_of(
        Client().get(f"/beteiligung/{made.slug}/ergebnis/")
    )

    device_of(participant("Ada")).post(address(made), entry(code=code))
    assert "mit einem Code aus einem Brief" in text_of(Client().get(f"/beteiligung/{made.slug}/ergebnis/"))
    other = asking(cast.olpe)
    Process.objects.filter(pk=other.pk).update(needs_residence=False)
    assert "Wohnsitz" not in text_of(Client().get(f"/beteiligung/{other.slug}/ergebnis/"))


def test_open_data_hold_nothing_of_it(cast: Cast) -> None:
    made = running(cast)
    [code] = codes_for(cast, made)
    device_of(participant("Ada")).post(address(made), entry(code=code))

    for name in ("beitraege.csv", "beitraege.json", "zahlen.csv"):
        content = Client().get(f"/beteiligung/{made.slug}/{name}").content.decode().lower()
        assert code.lower() not in content
        assert not re.search(r"residence|wohnsitz|proof|nachweis", content)


def test_kept_pages_say_how_many_took_part_though_what_was_sent_is_held_back(cast: Cast) -> None:
    made = running(cast, holds_back=True)
    stamps = []

    for name, code in zip(("Ada", "Bea"), codes_for(cast, made, 2), strict=True):
        device_of(participant(name)).post(address(made), entry(code=code))
        stamps.append(list(Version.objects.filter(scope=f"process:{made.slug}").values_list("stamp", flat=True)))

    assert len(stamps[0]) == 1
    assert stamps[0] != stamps[1], "two people now"


@pytest.mark.parametrize("number", [1, 3])
def test_form_takes_the_same_queries_however_many_proved(
    cast: Cast, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = running(cast)
    for place, code in enumerate(codes_for(cast, made, number)):
        residence.prove(participant=participant(f"P{place}"), process=made, code=code, now=timezone.now())
    client = device_of(participant("Ada"))
    client.get(address(made))

    with django_assert_num_queries(FORM_QUERIES):
        client.get(address(made))


FORM_QUERIES = 10
