"""Solutions as files: out and in the same; what is wrong is named, and nothing of a bad file is written."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import dj_database_url
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db.utils import ConnectionHandler
from django.test import Client

from andock.audit.models import Entry
from andock.kernel.pagecache.models import Version
from andock.knowledge.exchange import COLUMNS, PLAIN
from andock.knowledge.models import Solution, SolutionDocument
from andock.organisations.models import Term
from andock.strategy.models import Framework
from andock.strategy.services.editions import import_edition
from tests.accounts.cast import Cast
from tests.factories.events import event
from tests.factories.knowledge import solution
from tests.factories.strategy import block, document, element, identity

from .desk import DESK, client, demo  # noqa: F401

pytestmark = pytest.mark.django_db
IMPORT = f"{DESK}datei/"
HEAD = "id;organisation;title;kind\n"


def exported(cast: Cast) -> str:
    answer = client(cast).get(f"{DESK}alle.csv")
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def send(cast: Cast, content: str | bytes, name: str = "karten.csv") -> Any:
    content = content.encode() if isinstance(content, str) else content
    return client(cast).post(IMPORT, {"file": SimpleUploadedFile(name, content)})


def full(cast: Cast) -> None:
    """Every column filled at least once, with words that spreadsheets stumble over."""
    Framework.objects.create(slug="rahmenstrategie", title="Rahmenstrategie", owner=cast.agency)
    import_edition(document=document(element("g7", block("b1")), state="in_force", date="2025-01-01"), actor=None)
    topic = Term.objects.create(vocabulary="topics", slug="klima", labels={"de": "Klima"})
    made = solution(
        cast.olpe, code="P001", slug="baum", title='=cmd|" /C calc"!A0', kind="software", state="pilot", benefit="@SUM(1)",
        text='Zeile 1\n\n-2; "x"\n🎉 עברית', keywords="-a, b", spatial_effect="town", start_text="2024-23", end_text="[..2026]", budget=3_600_000_000,
        problem="'=schon markiert", target_group="''-doppelt", results="+1", evidence_url="https://e.example/?a=b;c", failures="%", prerequisites="|",
        size_class="up_to_25000", settlement_type="rural", cost_once_from=0, cost_once_to=0, cost_yearly_from=5, cost_yearly_to=9,
        staff_days_from=1, staff_days_to=1, staff_days_yearly_from=0, staff_days_yearly_to=3, operator_model="own", operator_note="-5,3",
        licence="=EUPL\\|1.2", repository_url="https://c.example", standards="MQTT", procurement_path="tender", procurement_note="p",
        data_protection="d", accessibility="a", adaptation="ad", transfer_note="t", contact_office="Amt", answers_until=date(2030, 1, 31),
        website="https://w.example", opencode_url="https://o.example", publiccode_url="https://p.example", wissensspeicher_url="https://ws.example",
        version="1.0", confirmed_on=date(2026, 4, 1), source="Pressebericht; 2021", as_of="2024", verified=False, note="@n",
    )  # fmt: skip
    made.partners.add(cast.soest)
    made.terms.add(topic)
    made.elements.add(identity("g7"))
    made.events.add(event(cast.olpe, slug="abend"))
    made.related.add(solution(cast.olpe, publication="draft", slug="ohne-code"), solution(cast.olpe, code="P002"))
    SolutionDocument.objects.create(solution=made, kind="tender", title="=Text", url="https://d.example/?a=b;c")
    solution(cast.olpe, publication="archived", slug="archiv", code="P003")


# --- out and in --------------------------------------------------------------------------------------------------------
def test_every_column_of_a_card_is_exported() -> None:
    held = {field.name for field in Solution._meta.get_fields() if getattr(field, "editable", False)}
    ranges = {
        f"{name}_{end}"
        for name in ("cost_once", "cost_yearly", "staff_days", "staff_days_yearly")
        for end in ("from", "to")
    }
    apart = {"slug", "publication", "organisation", "partners", "terms", "elements", "events", "related"}

    assert held == set(PLAIN) - {"confirmed_on"} | ranges | apart


def test_export_read_into_an_empty_region_is_exported_equally(cast: Cast) -> None:
    full(cast)
    first = exported(cast)
    before = list(Solution.objects.order_by("slug").values())
    Solution.objects.all().delete()

    answer = send(cast, first)

    assert answer.status_code == 302, answer.content.decode()
    assert sorted(exported(cast).splitlines()) == sorted(first.splitlines())
    for was, now in zip(before, Solution.objects.order_by("slug").values(), strict=True):
        changed = {"changed_at", "published_at"} | ({"id"} if was["code"] else set())
        assert {key: value for key, value in now.items() if key not in changed} == {
            key: value for key, value in was.items() if key not in changed
        }
    assert Entry.objects.latest("pk").data == {"number": 4}


def test_export_runs_nothing_in_a_spreadsheet(cast: Cast) -> None:
    full(cast)

    text = exported(cast)

    cells = [cell for row in csv.reader(StringIO(text), delimiter=";") for cell in row]
    assert [cell for cell in cells if cell[:1] in {*"=@+-%|"} and cell != "-5,3"] == []
    assert sum(cell.startswith("'") for cell in cells) > 8


def test_public_file_holds_what_the_list_shows(cast: Cast) -> None:
    full(cast)

    text = Client().get("/loesungen/loesungen.csv").content.decode("utf-8-sig")

    assert text.splitlines()[0].split(";") == list(COLUMNS)
    assert {row.partition(";")[0] for row in text.splitlines()[1:]} >= {"P001", "P002"}
    assert "P003" not in text.replace("P002;P003", "")
    assert "ohne-code" not in text


def test_card_that_is_here_already_stays_as_its_owner_keeps_it(cast: Cast) -> None:
    full(cast)
    text = exported(cast)
    Solution.objects.filter(code="P001").update(title="Am Pult geändert")
    Solution.objects.filter(code="P003").delete()

    answer = client(cast).post(IMPORT, {"file": SimpleUploadedFile("k.csv", text.encode())}, follow=True)

    assert "Eine Karte wurde eingelesen. 3 waren schon hier" in answer.content.decode()
    assert Solution.objects.get(code="P001").title == "Am Pult geändert"
    assert Solution.objects.count() == 4


def test_related_cards_find_each_other_whichever_names_the_other(cast: Cast) -> None:
    send(cast, "id;organisation;title;kind;related\nA;olpe;a;data;\nB;olpe;b;data;A;\n".replace("A;\n", "A\n"))
    send(cast, "id;organisation;title;kind;related\nC;olpe;c;data;B;\n".replace("B;\n", "B\n"))

    assert {one.code: {other.code for other in one.related.all()} for one in Solution.objects.all()} == {
        "A": {"B"}, "B": {"A", "C"}, "C": {"B"},
    }  # fmt: skip


# --- what is refused ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (f"{HEAD}P1;soest;Fremd;data\n", "Dies sind Lösungen von Olpe"),
        (f"{HEAD}P1;olpe;;data\n", "karten.csv, Zeile 2, title: "),
        (f"{HEAD}P1;olpe;a;data\nP2;olpe;b;zauberei\n", "karten.csv, Zeile 3, kind: „zauberei“"),
        ("id;organisation;title\nP1;olpe;a\n", "kind: Diese Spalte fehlt"),
        ("id;organisation;title;kind;farbe\nP1;olpe;a;data;rot\n", "farbe: Diese Spalte ist nicht bekannt"),
        (f"{HEAD}P1;olpe;a;data;zu viel\n", "mehr Zellen"),
        (HEAD, "keine Karte"),
        ("", "Die Datei ist leer"),
        ("id;organisation;title;kind;opencode_url\nP1;olpe;a;data;javascript:alert(1)\n", "opencode_url: „javascript:alert(1)“ ist keine Webadresse"),
        (f"id;organisation;title;kind;text\nP1;olpe;a;data;{'x' * 1_000_000}\n", "Eine Zelle enthält mehr als"),
        (f"id;organisation;title;kind;text\nP1;olpe;a;data;{'x' * 100_000}\n", "text: Das ist länger als 20000 Zeichen"),
        ("\n".join([HEAD.strip(), *(f"P{number};olpe;a;data" for number in range(501))]), "mehr als 500 Karten"),
        (b"MZ\x90\x00\x03\x00 program", "keine CSV-Datei"),
        (b"%PDF-1.7 ...", "keine CSV-Datei"),
        (b"PK\x03\x04 tabelle", "keine CSV-Datei"),
        ("id;titel\nP1;ä".encode("latin-1"), "nicht UTF-8"),
        (b"x" * 5_000_001, "größer als 5 MB"),
    ],
    ids=range(17),
)  # fmt: skip
def test_bad_file_is_refused_with_its_reason_and_nothing_is_written(
    cast: Cast, content: str | bytes, sentence: str
) -> None:
    answer = send(cast, content)

    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not Solution.objects.exists()
    assert not Version.objects.exists()


def test_formula_in_a_title_is_only_text_wherever_it_goes(cast: Cast) -> None:
    send(cast, f"{HEAD}P1;olpe;'=1+1;data\n")

    made = Solution.objects.get()

    assert made.title == "=1+1"
    assert "'=1+1" in exported(cast)


def test_reader_may_neither_export_nor_import(cast: Cast) -> None:
    assert client(cast, "olpe_reader").get(f"{DESK}alle.csv").status_code == 403
    assert client(cast, "olpe_reader").post(IMPORT).status_code == 403


# --- the command -------------------------------------------------------------------------------------------------------
def table(folder: Path, lines: Iterable[str]) -> Path:
    path = folder / "karten.csv"
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(path: Path, **options: Any) -> str:
    out = StringIO()
    call_command("import_solutions", str(path), stdout=out, verbosity=0, **options)
    return out.getvalue()


def test_command_imports_for_every_organisation_and_again_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    path = table(
        tmp_path, [f"P{number};{'olpe' if number % 2 else 'soest'};Karte {number};data" for number in range(250)]
    )

    first = run(path)
    stamp = Version.objects.get(scope="solutions").stamp
    second = run(path)

    assert "250 Karten sind neu, 0 waren schon hier" in first
    assert "0 Karten sind neu, 250 waren schon hier" in second
    assert Version.objects.get(scope="solutions").stamp == stamp
    assert Solution.objects.filter(organisation=cast.soest).count() == 125
    assert sum(entry.data["number"] for entry in Entry.objects.all()) == 250


def test_command_goes_on_where_it_was_stopped(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A signal after the first step: that step is whole, the rest comes with the next run."""
    from andock.knowledge.management.commands import import_solutions as command

    path = table(tmp_path, [f"P{number};olpe;Karte {number};data" for number in range(250)])
    steps = command.recorded_steps

    def interrupted(*arguments: Any) -> Any:
        for progress in steps(*arguments):
            os.kill(os.getpid(), signal.SIGINT)
            yield progress

    monkeypatch.setattr(command, "recorded_steps", interrupted)
    with pytest.raises(CommandError, match="Angehalten nach 100 von 250"):
        run(path)
    assert Solution.objects.count() == 100

    monkeypatch.undo()
    assert "150 Karten sind neu, 100 waren schon hier" in run(path)
    assert Solution.objects.count() == 250
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_command_names_every_bad_place_and_writes_nothing(cast: Cast, tmp_path: Path) -> None:
    path = table(tmp_path, ["P1;olpe;gut;data", "P2;nirgends;a;data", "P3;olpe;;zauberei"])

    with pytest.raises(CommandError) as refused:
        run(path)

    told = str(refused.value)
    for place in ("Zeile 3, organisation", "Zeile 4, title", "Zeile 4, kind"):
        assert place in told, place
    assert not Solution.objects.exists()


def test_command_only_looks_on_demand(cast: Cast, tmp_path: Path) -> None:
    assert "1 Karten, nichts ist falsch" in run(table(tmp_path, ["P1;olpe;a;data"]), check=True)
    assert not Solution.objects.exists()


@pytest.mark.parametrize("content", [b"\xff\xfe", None], ids=["not UTF-8", "not there"])
def test_command_refuses_what_it_cannot_read(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "karten.csv"
    if content:
        path.write_bytes(content)

    with pytest.raises(CommandError, match=r"UTF-8|nicht lesbar"):
        run(path)


PREPARE = """
from andock.organisations.models import Organisation, Region
agency = Organisation.objects.create(slug="agentur", name="Agentur", kind="agency")
region = Organisation.objects.create(slug="region", name="Region", kind="region")
Region.objects.create(organisation=region, agency=agency)
"""


class Machine:
    """Real processes on a database of their own."""

    def __init__(self, url: str) -> None:
        self.trial = ConnectionHandler({"default": dict(dj_database_url.parse(url))})["default"]
        self.environment = os.environ | {
            "TRIAL_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.kernel.trial_settings",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }  # fmt: skip

    def andock(self, *words: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "andock", *words]
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def said(self, *words: str) -> str:
        process = self.andock(*words)
        out, error = process.communicate(timeout=500)
        assert process.returncode == 0, error
        return out

    def cards(self) -> list[int]:
        """How many there are, and how many different ones."""
        with self.trial.cursor() as cursor:
            cursor.execute("SELECT COUNT(*), COUNT(DISTINCT code) FROM knowledge_solution")
            return list(cursor.fetchone())


def test_five_thousand_cards_survive_a_killed_process(own_database_url: str, tmp_path: Path) -> None:
    """A real process is killed in the middle; the next one brings the rest, and no card is there twice."""
    path = table(tmp_path, [f"P{number};agentur;Karte {number};data" for number in range(5000)])
    machine = Machine(own_database_url)
    machine.said("shell", "-c", PREPARE)

    victim = machine.andock("import-solutions", str(path))
    while victim.poll() is None and machine.cards()[0] < 200:
        time.sleep(0.02)
    victim.kill()
    victim.communicate()
    left, different = machine.cards()

    assert 200 <= left < 5000
    assert left == different
    assert left % 100 == 0  # whole steps only

    told = machine.said("import-solutions", str(path))

    assert f"{left} waren schon hier" in told
    assert machine.cards() == [5000, 5000]
    machine.trial.close()
