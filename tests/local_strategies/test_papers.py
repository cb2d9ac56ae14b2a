"""What is read: the public page and its files, the paper for the council in four forms, the draft by link."""

import io
import itertools
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone, translation
from docx import Document
from docx.oxml.ns import qn
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from andock.accounts.models import User
from andock.docking import plain
from andock.docking.items import Resolution
from andock.local_strategies.council_paper import council_paper
from andock.local_strategies.models import Version
from andock.local_strategies.services import council, drafts, own, runs, sharing
from andock.local_strategies.services.states import weight_needed
from andock.organisations.models import Organisation, Profile
from andock.strategy.field_lock import Submitted
from andock.strategy.models import Framework
from tests.factories.accounts import organisation
from tests.factories.strategy import block, element, identity
from tests.strategy.test_exports import structure

from .scenes import COUNCIL, G1, choose, in_force, published, row, second_edition, write

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.fixture
def data(settings: Settings, tmp_path: Path) -> Path:
    settings.ANDOCK_DATA = settings.MEDIA_ROOT = tmp_path
    settings.ANDOCK_DEMO = True
    return tmp_path


@pytest.fixture
def first(releaser: User, draft: Version, data: Path) -> Version:
    """Olpe's first version in force: g1 adapted, g2 adopted, m1 declined without saying why, and an own passage."""
    write(releaser, draft, "g1", block__b1="Offene Daten in Olpe.", add__b2="Auch für Vereine.")
    choose(releaser, draft, "declined", "m1", reason="Zu teuer.")
    own.add_own(
        actor=releaser, version=draft,
        own=own.OwnText("Stadtführung", "Die Führung ist digital.\n\n- am Markt\n- am See", serves=identity("g2"), relation="part_of"),
    )  # fmt: skip
    in_force(releaser, draft)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def second(editor: User, first: Version) -> Version:
    """The next draft: g1 reads differently again, m1 is put off instead of declined."""
    version = drafts.begin_draft(actor=editor, strategy=first.strategy)
    write(editor, version, "g1", block__b1="Offene Daten überall in Olpe.")
    choose(editor, version, "deferred", "m1", reason="Erst nach dem Haushalt.", until=TOMORROW)
    return version


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


# --- the public page -------------------------------------------------------------------------------------------------
def test_everybody_reads_the_version_in_force_with_the_origin_of_each_part(first: Version, client: Client) -> None:
    text = page(client, "/kommunen/olpe/strategie/")

    assert "Offene Daten in Olpe." in text
    assert "gemischt: Region, 1. Auflage, in Olpe geändert" in text
    assert "örtlich, Olpe" in text
    assert "Stadtverordnetenversammlung" in text
    assert first.content_hash in text


def test_a_reason_is_shown_only_after_it_was_released(first: Version, releaser: User, client: Client) -> None:
    assert "Zu teuer." not in page(client, "/kommunen/olpe/strategie/")

    version = drafts.begin_draft(actor=releaser, strategy=first.strategy)
    write(releaser, version, "m1", reason_public="on")
    in_force(releaser, version)

    assert "Zu teuer." in page(client, "/kommunen/olpe/strategie/")
    assert "Zu teuer." not in page(client, "/kommunen/olpe/strategie/fassungen/1/")


def test_a_draft_is_nobodys_business(draft: Version, client: Client) -> None:
    assert "noch keine örtliche Strategie in Kraft" in page(client, "/kommunen/olpe/strategie/")
    assert "noch keine örtliche Strategie in Kraft" in page(client, "/kommunen/olpe/strategie/unterschied/")
    page(client, "/kommunen/olpe/strategie/fassungen/1/", 404)
    page(client, "/kommunen/olpe/strategie/fassungen/1.json", 404)
    page(client, "/kommunen/olpe/strategie/fassungen/1/synopse/", 404)


def test_an_unknown_municipality_is_not_found_and_a_former_name_leads_on(first: Version, client: Client) -> None:
    first.strategy.organisation.former_slugs.create(slug="olpe-alt")

    page(client, "/kommunen/nirgends/strategie/", 404)
    answer = client.get("/kommunen/olpe-alt/strategie/fassungen/1/")
    assert (answer.status_code, answer.url) == (301, "/kommunen/olpe/strategie/fassungen/1/")


def test_the_difference_names_every_passage_and_shows_the_words(first: Version, client: Client) -> None:
    text = page(client, "/kommunen/olpe/strategie/unterschied/")

    assert '<ins><span class="vh">[neu: </span> in Olpe<span class="vh">]</span></ins>' in text
    assert "Stadtführung" in text
    assert "abgelehnt" in text
    assert "Unverändert übernommen" in text  # g2 reads as the region has it


def test_an_older_version_says_what_is_in_force(
    first: Version, second: Version, releaser: User, client: Client
) -> None:
    in_force(releaser, second)

    assert "Diese Fassung gilt nicht mehr." in page(client, "/kommunen/olpe/strategie/fassungen/1/")
    assert page(client, "/kommunen/olpe/strategie/fassungen/").count('aria-labelledby="fassung-') == 2


def test_the_page_of_the_municipality_leads_to_the_strategy(first: Version, client: Client) -> None:
    assert '"/kommunen/olpe/strategie/"' in page(client, "/kommunen/olpe/")
    assert "/kommunen/olpe/strategie/</loc>" in page(client, "/sitemap.xml")


@pytest.mark.parametrize("more", [0, 2])
def test_reading_asks_the_database_as_often_for_long_texts(
    first: Version, releaser: User, client: Client, django_assert_num_queries: DjangoAssertNumQueries, more: int
) -> None:
    version = drafts.begin_draft(actor=releaser, strategy=first.strategy)
    for number in range(more):
        own.add_own(actor=releaser, version=version, own=own.OwnText(f"Eigene {number}", "Text."))
    in_force(releaser, version)
    client.get("/kommunen/olpe/strategie/")

    for path, queries in (("", 11), ("unterschied/", 11), ("fassungen/", 6), ("fassungen/2/synopse/", 14)):
        with django_assert_num_queries(queries):
            page(client, f"/kommunen/olpe/strategie/{path}")


# --- files -----------------------------------------------------------------------------------------------------------
def test_json_can_be_checked_and_keeps_unreleased_reasons_to_itself(first: Version, client: Client) -> None:
    found = json.loads(page(client, "/kommunen/olpe/strategie/fassungen/1.json"))

    assert found["format"] == "andock-local-strategy/1"
    assert found["hash"] == first.content_hash
    assert found["text_hash"] == plain.digest(found["text"])
    assert [one["state"] for one in found["decisions"]] == ["adapted", "adopted", "declined"]
    assert "Zu teuer." not in json.dumps(found)
    assert found["edition"]["ordinal"] == 1


def test_pdf_of_a_version_is_tagged_with_headings_in_order(first: Version, client: Client) -> None:
    answer = client.get("/kommunen/olpe/strategie/fassungen/1.pdf")

    file = pikepdf.open(io.BytesIO(answer.content))
    assert answer["Content-Disposition"] == 'inline; filename="olpe-strategie-1.pdf"'
    assert str(file.Root.Lang) == "de"
    with file.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
    check_headings(structure(file))


def check_headings(roles: list[str]) -> None:
    levels = [int(role[2:]) for role in roles if role[:2] == "/H" and role[2:].isdigit()]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize(
    "strange", ["Der Bus 🚌 fährt ✅.", "\ufeffAus Windows.", "".join(chr(sign) for sign in range(0x4E00, 0x4E20))]
)
def test_a_sign_no_typeface_has_does_not_cost_the_document(
    draft: Version, releaser: User, data: Path, client: Client, strange: str
) -> None:
    own.add_own(actor=releaser, version=draft, own=own.OwnText("Bus", strange))
    drafts.describe_version(actor=releaser, version=draft, values={"resolution_text": f"1.\t{strange}"})
    in_force(releaser, draft)

    for path in ("fassungen/1.pdf", "fassungen/1/synopse.pdf"):
        assert client.get(f"/kommunen/olpe/strategie/{path}").content.startswith(b"%PDF-")


# --- the paper for the council ---------------------------------------------------------------------------------------
@pytest.fixture
def desk(editor: User, client: Client, data: Path) -> Client:
    client.force_login(editor)
    return client


def test_the_paper_shows_three_columns_and_what_is_not_followed(second: Version, desk: Client) -> None:
    text = page(desk, "/verwaltung/olpe/strategie/synopse/")

    assert '<ins><span class="vh">[neu: </span>überall<span class="vh">]</span></ins>' in text
    assert "Olpe, Fassung 1" in text
    assert "Olpe, Fassung 2" in text
    assert "Erst nach dem Haushalt." in text
    assert "Fassung 1 endet am selben Tag" in text


def test_the_paper_lists_what_goes_on_because_the_answer_was_put_off(
    first: Version, releaser: User, framework: Framework, desk: Client, client: Client
) -> None:
    """The council reads that a core element stays behind the region, though its own text does not change."""
    run = runs.start_run(actor=releaser, strategy=first.strategy, target=second_edition(framework))
    later = Resolution(
        f"{identity('g1')}/block:{identity('b1')}", "defer", reason="Nach der Wahl.", until=TOMORROW.isoformat()
    )
    for resolution in (later, Resolution(identity("g3"), "adopt")):
        runs.answer_item(actor=releaser, run=run, resolution=resolution)
    draft = runs.finish_run(actor=releaser, run=run)

    for text in (
        page(desk, "/verwaltung/olpe/strategie/synopse/"),
        page(desk, "/verwaltung/olpe/strategie/synopse.txt"),
    ):
        assert "die Änderung der Region ist zurückgestellt bis" in text
        assert "Nach der Wahl." in text

    in_force(releaser, draft)
    text = page(client, f"/kommunen/olpe/strategie/fassungen/{draft.number}/synopse/")
    assert "die Änderung der Region ist zurückgestellt bis" in text
    assert "Nach der Wahl." not in text


def test_putting_everything_off_is_for_the_head_of_administration(
    first: Version, releaser: User, framework: Framework, desk: Client
) -> None:
    run = runs.start_run(actor=releaser, strategy=first.strategy, target=second_edition(framework))
    later = {"reason": "Nach der Wahl.", "until": TOMORROW.isoformat()}
    for key in (f"{identity('g1')}/block:{identity('b1')}", identity("g3")):
        runs.answer_item(actor=releaser, run=run, resolution=Resolution(key, "defer", **later))
    draft = runs.finish_run(actor=releaser, run=run)

    assert weight_needed(draft) == "administrative"
    text = page(desk, "/verwaltung/olpe/strategie/synopse.txt")
    assert "- Verwaltung: die Verwaltungsleitung entscheidet (2):\n  - 1 g1\n  - 3 g3\n" in text
    assert text.count("die Änderung der Region ist zurückgestellt bis") == 1


def test_class_of_a_decision_without_text_is_chosen_like_any_other(second: Version, desk: Client) -> None:
    assert weight_needed(second) == "substantial"
    field = f"weight-{identity('m1')}"
    assert "wie vorgeschlagen: Wesentlich" in page(desk, HEAD)

    desk.post(HEAD, head(desk) | {field: "administrative"})

    assert weight_needed(second) == "administrative"
    assert "administrative" in [group.weight for group in council_paper(second).groups if "M01 m1" in group.names]


def test_the_paper_of_a_first_version_says_that_nothing_is_in_force(draft: Version, editor: User, desk: Client) -> None:
    choose(editor, draft, "adopted", "g1")

    text = page(desk, "/verwaltung/olpe/strategie/synopse/")

    assert text.count("noch keine örtliche Strategie") == 2
    assert "Wesentlich: der Rat entscheidet" in text


def test_the_paper_names_every_refusal_that_goes_on(first: Version, editor: User, desk: Client) -> None:
    version = drafts.begin_draft(actor=editor, strategy=first.strategy)
    choose(editor, version, "declined", "g2", reason="Macht der Kreis.")

    text = page(desk, "/verwaltung/olpe/strategie/synopse.txt")

    assert "- M01 m1: Abgelehnt (wie bisher). Zu teuer." in text
    assert "- 2 g2: Abgelehnt. Macht der Kreis." in text


def test_passages_of_a_class_are_listed_in_reading_order(draft: Version, editor: User, desk: Client) -> None:
    choose(editor, draft, "declined", "g1", reason="Haben wir nicht.")
    choose(editor, draft, "adopted", "g2", "m1")

    (group,) = council_paper(draft).groups
    assert group.names == ("1 g1", "2 g2", "M01 m1")
    assert '<ul class="plain"><li>1 g1</li><li>2 g2</li>' in page(desk, "/verwaltung/olpe/strategie/synopse/")


def test_a_number_of_an_older_edition_is_said_with_its_edition(
    first: Version, releaser: User, framework: Framework, desk: Client
) -> None:
    changed = element("m1", block("mb", "Neu."), label="M02", parent=identity("g2"), type="measure")
    target = published(framework, 2, G1, element("g2", label="2"), element("m9", label="M01"), changed)
    run = runs.start_run(actor=releaser, strategy=first.strategy, target=target)
    later = Resolution(identity("m1"), "defer", reason="Nach der Wahl.", until=TOMORROW.isoformat())
    for resolution in (Resolution(identity("m9"), "adopt"), later):
        runs.answer_item(actor=releaser, run=run, resolution=resolution)
    runs.finish_run(actor=releaser, run=run)

    text = page(desk, "/verwaltung/olpe/strategie/synopse.txt")
    assert "- M01 m1 (1. Auflage): die Änderung der Region ist zurückgestellt bis" in text
    assert "### M01 m9 (neu" in text


def test_a_decided_paper_takes_body_and_day_from_the_decision(first: Version, client: Client) -> None:
    text = page(client, "/kommunen/olpe/strategie/fassungen/1/synopse/")

    assert "Stadtverordnetenversammlung" in text
    assert "20. Januar 2026" in text
    for words in ("noch nicht eingetragen", "Federführend", "Finanzielle"):
        assert words not in text


@pytest.mark.usefixtures("data")
@pytest.mark.parametrize(
    ("is_invented", "words"), [(False, "Paper of the council"), (True, "Report this invented decision leans on")]
)
def test_source_of_an_invented_decision_is_no_paper_of_the_council(
    draft: Version, releaser: User, client: Client, is_invented: bool, words: str
) -> None:
    Version.objects.filter(pk=draft.pk).update(demonstration=is_invented)
    in_force(releaser, draft, replace(COUNCIL, reference="https://example.org/zeitung"))

    for path in ("", "fassungen/"):
        text = page(client, f"/en/kommunen/olpe/strategie/{path}")
        assert f'rel="external">{words}</a>' in text


def test_before_submitting_the_head_of_the_paper_is_asked_for(second: Version, editor: User, desk: Client) -> None:
    drafts.describe_version(actor=editor, version=second, values={"committee": "Rat", "agenda_item": "7"})
    assert "sagt noch nicht: Sitzung am, Federführend, Finanzielle" in page(desk, "/verwaltung/olpe/strategie/stand/")


HEAD = "/verwaltung/olpe/strategie/synopse/kopf/"


def head(desk: Client) -> dict[str, str]:
    """The head of the paper as a browser has loaded it."""
    form = desk.get(HEAD).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_two_people_at_the_head_of_the_paper_lose_nothing(second: Version, desk: Client) -> None:
    first, other = head(desk), head(desk)
    desk.post(
        HEAD,
        first
        | {"committee": "Rat", "resolution_text": "Der Rat beschließt.", f"weight-{identity('g1')}": "substantial"},
    )

    answer = desk.post(HEAD, other | {"agenda_item": "7", "resolution_text": "Der Ausschuss empfiehlt."})

    second.refresh_from_db()
    assert (second.committee, second.agenda_item, second.resolution_text) == ("Rat", "7", "Der Rat beschließt.")
    assert row(second, "g1").weight == "substantial"
    assert answer.status_code == 409
    assert "Der Rat beschließt." in answer.content.decode()
    form = answer.context["form"]
    assert form["resolution_text"].value() == "Der Ausschuss empfiehlt."

    desk.post(HEAD, {name: form[name].value() or "" for name in form.fields})
    second.refresh_from_db()
    assert second.resolution_text == "Der Ausschuss empfiehlt."


def test_head_and_classes_are_entered_and_shown(second: Version, desk: Client) -> None:
    typed = head(desk) | {
        "title": "Strategie für Olpe", "committee": "Rat", "meeting_on": "2026-12-09", "agenda_item": "7",
        "financial_impact": "keine", "responsible_office": "Stabsstelle", "resolution_text": "Der Rat beschließt.",
        f"weight-{identity('g1')}": "substantial",
    }  # fmt: skip

    assert desk.post(HEAD, typed).status_code == 302

    text = page(desk, "/verwaltung/olpe/strategie/synopse/")
    for words in (
        "Strategie für Olpe",
        "9. Dezember 2026",
        "Stabsstelle",
        "Der Rat beschließt.",
        "Wesentlich: der Rat",
    ):
        assert words in text
    assert row(second, "g1").weight == "substantial"


def test_an_untouched_proposal_stays_a_proposal(second: Version, desk: Client) -> None:
    desk.post(HEAD, head(desk))

    second.refresh_from_db()
    assert second.resolution_text == ""


def test_a_wrong_day_is_refused_and_nothing_typed_is_lost(second: Version, desk: Client) -> None:
    answer = desk.post(HEAD, head(desk) | {"title": "Olpe", "meeting_on": "31.02.", "committee": "Hauptausschuss"})

    assert answer.status_code == 400
    assert "Hauptausschuss" in answer.content.decode()
    assert "kein Tag im Kalender" in answer.content.decode()


def test_a_passage_removed_meanwhile_is_told(second: Version, editor: User) -> None:
    with pytest.raises(council.CannotChange, match="meanwhile"):
        council.prepare_paper(
            actor=editor,
            version=second,
            fields={"weight-00000000-0000-4000-8000-000000000000": Submitted("editorial", "")},
        )


def test_pdf_of_the_paper_has_table_heads_language_and_crest(second: Version, olpe: Organisation, desk: Client) -> None:
    give_crest(olpe)

    answer = desk.get("/verwaltung/olpe/strategie/synopse.pdf")

    file = pikepdf.open(io.BytesIO(answer.content))
    roles = structure(file)
    check_headings(roles)
    assert str(file.Root.Lang) == "de"
    assert roles.count("/Table") == 3
    assert roles.count("/TH") >= 3 + 3 + 3 + 1
    assert "/Figure" in roles
    with file.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert meta["dc:title"].startswith("Local strategy of Olpe")


def give_crest(town: Organisation) -> None:
    picture = io.BytesIO()
    Image.new("RGBA", (8, 10), "green").save(picture, "PNG")
    profile = Profile.objects.create(organisation=town)
    profile.crest.save("olpe.png", ContentFile(picture.getvalue()))


def test_word_file_has_real_headings_table_heads_and_marks(second: Version, olpe: Organisation, desk: Client) -> None:
    give_crest(olpe)

    document = Document(io.BytesIO(desk.get("/verwaltung/olpe/strategie/synopse.docx").content))

    styles = [part.style.name for part in document.paragraphs]
    assert styles.count("Title") == 1
    assert styles.count("Heading 1") == 4
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables)
    assert {tag.get(qn("w:val")) for tag in document.styles.element.iter(qn("w:lang"))} == {"de-DE"}
    assert document.core_properties.title.startswith("Local strategy of Olpe")
    assert document.inline_shapes[0]._inline.docPr.get("descr") == "Wappen von Olpe"
    columns = [cell.text.split("\n")[0] for cell in document.tables[-1].rows[0].cells]
    assert columns == ["In Kraft", "Vorgeschlagen", "Wortlaut der Region"]
    runs = [run for cell in document.tables[-1].rows[2].cells for part in cell.paragraphs for run in part.runs]
    assert [run.text for run in runs if run.font.underline] == ["überall"]
    assert document.tables[-1].rows[1].cells[0].paragraphs[0].style.name == "Heading 2"


def test_text_keeps_headings_and_lists_and_marks(second: Version, desk: Client) -> None:
    answer = desk.get("/verwaltung/olpe/strategie/synopse.txt")

    text = answer.content.decode()
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert text.startswith("# Local strategy of Olpe\n")
    assert "\n## Gegenüberstellung\n" in text
    assert "Offene Daten [neu: überall] in Olpe." in text
    assert "- M01 m1: Zurückgestellt bis" in text


def test_a_decided_paper_stays_readable_without_unreleased_reasons(first: Version, client: Client) -> None:
    text = page(client, "/kommunen/olpe/strategie/fassungen/1/synopse/")

    assert "Beschlossene Vorlage" in text
    assert "Zu teuer." not in text
    assert client.get("/kommunen/olpe/strategie/fassungen/1/synopse.pdf").content.startswith(b"%PDF-")


def test_without_a_draft_the_paper_says_what_to_do(first: Version, desk: Client) -> None:
    assert "Beginnen Sie einen" in page(desk, "/verwaltung/olpe/strategie/synopse/", 404)


@pytest.mark.parametrize("more", [0, 2])
def test_the_paper_asks_the_database_as_often_for_long_texts(
    second: Version, editor: User, desk: Client, django_assert_num_queries: DjangoAssertNumQueries, more: int
) -> None:
    for number in range(more):
        own.add_own(actor=editor, version=second, own=own.OwnText(f"Eigene {number}", "Text."))
    desk.get("/verwaltung/olpe/strategie/synopse/")

    for path, queries in (("synopse/", 22), ("synopse/kopf/", 21), ("weitergeben/", 11)):
        with django_assert_num_queries(queries):
            page(desk, f"/verwaltung/olpe/strategie/{path}")


# --- the draft by link -----------------------------------------------------------------------------------------------
def test_a_link_is_shown_once_and_opens_the_draft_for_anybody(second: Version, desk: Client) -> None:
    typed = {"label": "Bürgermeister", "until": (timezone.localdate() + timedelta(days=90)).isoformat()}
    made = desk.post("/verwaltung/olpe/strategie/weitergeben/", typed)
    address = made.context["address"]

    assert address in made.content.decode()
    assert address not in page(desk, "/verwaltung/olpe/strategie/weitergeben/")
    answer = Client().get(address.removeprefix("http://testserver"))
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Referrer-Policy"] == "no-referrer"
    text = answer.content.decode()
    assert "Entwurf, nicht öffentlich" in text
    assert "Offene Daten überall in Olpe." in text
    assert "Erst nach dem Haushalt." in text


@pytest.mark.parametrize("typed", [{"label": "", "until": "2099-01-01"}, {"label": "Rat", "until": "2099-01-01"}])
def test_a_link_without_name_or_for_too_long_is_refused(second: Version, desk: Client, typed: dict) -> None:
    assert desk.post("/verwaltung/olpe/strategie/weitergeben/", typed).status_code == 400
    assert not second.links.exists()


def test_a_revoked_or_ended_link_says_so(second: Version, editor: User, desk: Client) -> None:
    with translation.override("de"):
        soon = timezone.now() + timedelta(days=1)
        link, token = sharing.share(actor=editor, version=second, label="Rat", expires_at=soon)
    path = f"/kommunen/olpe/strategie/entwurf/{token}/"
    assert Client().get(path).status_code == 200

    desk.post(f"/verwaltung/olpe/strategie/weitergeben/{link.pk}/widerrufen/")

    answer = Client().get(path)
    assert answer.status_code == 404
    assert "Bitten Sie" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store, private"


def test_a_link_opens_no_other_municipality(second: Version, editor: User) -> None:
    organisation("soest")
    _link, token = sharing.share(
        actor=editor, version=second, label="Rat", expires_at=timezone.now() + timedelta(days=1)
    )

    assert Client().get(f"/kommunen/soest/strategie/entwurf/{token}/").status_code == 404
