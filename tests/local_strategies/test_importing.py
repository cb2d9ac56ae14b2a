"""A strategy that already exists becomes own elements."""

from __future__ import annotations

import io
import zipfile
from urllib.parse import urlencode

import docx
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from andock.accounts.models import User
from andock.local_strategies import existing, word_file
from andock.local_strategies.existing import before_first, elements_of, outlined
from andock.local_strategies.models import Version
from andock.local_strategies.services.importing import import_own, read_outline
from andock.local_strategies.services.storing import CannotChange
from andock.local_strategies.word_file import read_word
from tests.local_strategies.desk import DESK, told
from tests.local_strategies.test_desk_pages import at_desk

COPIED = """Digitalstrategie der Stadt
1 Leitbild
Olpe nutzt Technik, wo sie Menschen hilft.
1.1 Offene Daten
Die Stadt veröffentlicht ihre Daten. Sie nennt dabei Quelle und Stand, damit jeder Mensch sie nachvollziehen kann.
•\tHaushalt
•\tBaustellen
2 Mobilität
Ein Bürgerbus fährt.
"""


# --- pasted text -----------------------------------------------------------------------------------------------------
def test_numbered_lines_become_headings_and_bullets_a_list() -> None:
    outline = outlined(COPIED)

    assert [(one.level, one.title) for one in elements_of(outline)] == [
        (1, "Leitbild"),
        (2, "Offene Daten"),
        (1, "Mobilität"),
    ]
    assert elements_of(outline)[1].text.endswith("- Haushalt\n- Baustellen")
    assert before_first(outline) == "Digitalstrategie der Stadt"


def test_short_lines_before_text_become_headings() -> None:
    outline = outlined(
        "Unser Ziel\nWir wollen, dass alle mitkommen.\n\nWege dorthin\n- Kurse\n- Treffpunkte\nDas ist ein Satz."
    )

    assert [(one.title, one.text) for one in elements_of(outline)] == [
        ("Unser Ziel", "Wir wollen, dass alle mitkommen."),
        ("Wege dorthin", "- Kurse\n- Treffpunkte\n\nDas ist ein Satz."),
    ]


class Counted(list):
    """Lines that count how many of them were copied."""

    copied = 0

    def __getitem__(self, place):
        found = super().__getitem__(place)
        self.copied += len(found) if isinstance(place, slice) else 0
        return found


def test_a_long_list_of_short_lines_is_not_copied_for_every_line() -> None:
    lines = Counted(["Kurz"] * 1_000)

    assert len(list(existing._marked(lines))) > 1_000
    assert lines.copied <= 1_000


def test_a_heading_too_long_for_a_title_stands_whole_above_its_text() -> None:
    heading = "Ziel " * 50 + "Ende"

    (found,) = elements_of(f"# {heading}\nText.")

    assert (len(found.title) <= 200, found.title.endswith("Ziel …")) == (True, True)
    assert found.text == f"{heading}\n\nText."


def test_marks_set_by_hand_are_believed_and_no_level_is_left_out() -> None:
    assert [one.level for one in elements_of(outlined("# A\n1 nicht\n### B\nText."))] == [1, 2]


def test_text_without_headings_is_refused() -> None:
    with pytest.raises(CannotChange, match="No headings were found"):
        read_outline("nur ein satz.")


def test_two_megabytes_of_text_are_refused() -> None:
    with pytest.raises(CannotChange, match=r"has 2\D000\D004 characters; 1\D000\D000 are the most"):
        read_outline("# A\n" + "wort " * 400_000)


@pytest.mark.parametrize(("text", "sentence"), [("wort " * 5_000, "Divide it"), ("wort\n\n" * 501, "501 paragraphs")])
def test_what_is_too_much_for_one_element_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(CannotChange, match=sentence):
        read_outline(f"# A\n{text}")


def test_everything_is_taken_over_nested_with_lists_and_tables(editor: User, draft: Version) -> None:
    import_own(
        actor=editor, version=draft, text="# A\nSatz.\n\n- eins\n- zwei\n\nJahr | Ziel\n2027 | viel\n## B\nText.\n# C"
    )

    first, below, last = draft.own_parts.order_by("position")
    assert [block["kind"] for block in first.content["blocks"]] == ["paragraph", "list", "table"]
    assert (below.content["parent"], last.content["parent"]) == (str(first.identity), None)


def test_a_second_click_does_not_take_everything_over_twice(editor: User, draft: Version) -> None:
    text = "# A\nSatz.\n## B\nText."
    first = import_own(actor=editor, version=draft, text=text)

    assert import_own(actor=editor, version=draft, text=text) == first
    import_own(actor=editor, version=draft, text="# C\nNeu.")
    import_own(actor=editor, version=draft, text=text)

    assert draft.own_parts.count() == 5


# --- Word ------------------------------------------------------------------------------------------------------------
def word(*, headings: bool = True) -> docx.document.Document:
    document = docx.Document()
    if headings:
        document.add_heading("Leitbild", 1)
    document.add_paragraph("Olpe nutzt Technik.")
    if headings:
        document.add_heading("Offene Daten", 2)
    document.add_paragraph("Haushalt", style="List Bullet")
    document.add_paragraph("Baustellen", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip([*table.rows[0].cells, *table.rows[1].cells], ["Jahr", "Ziel", "2027", "a|b"], strict=True):
        cell.text = text
    return document


def uploaded(document: docx.document.Document | bytes) -> SimpleUploadedFile:
    if isinstance(document, bytes):
        return SimpleUploadedFile("strategie.docx", document)
    found = io.BytesIO()
    document.save(found)
    return SimpleUploadedFile("strategie.docx", found.getvalue())


def test_headings_lists_and_tables_of_a_document_are_read() -> None:
    assert read_word(uploaded(word())) == (
        "# Leitbild\n\nOlpe nutzt Technik.\n\n## Offene Daten\n\n- Haushalt\n- Baustellen\n\nJahr | Ziel\n2027 | a/b"
    )


def test_tracked_insertions_count_and_deletions_do_not() -> None:
    document = word()
    paragraph = document.paragraphs[1]._p
    for tag, name, text in (("w:ins", "w:t", " Sehr."), ("w:del", "w:delText", " Nie.")):
        mark, run, letters = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(name)
        letters.text = text
        run.append(letters)
        mark.append(run)
        paragraph.append(mark)

    assert "Olpe nutzt Technik. Sehr.\n" in read_word(uploaded(document))


def test_a_style_of_ones_own_with_an_outline_level_is_a_heading() -> None:
    document = word(headings=False)
    style = document.styles.add_style("Kapitel Olpe", 1)
    style.element.get_or_add_pPr().append(level := OxmlElement("w:outlineLvl"))
    level.set(qn("w:val"), "0")
    document.add_paragraph("Mobilität", style="Kapitel Olpe")

    assert "# Mobilität" in read_word(uploaded(document))


def test_a_text_box_and_a_content_control_are_read_once() -> None:
    """Word keeps a text box inside the paragraph it hangs on, and a control around a whole cell."""
    document = word()
    box, inside = OxmlElement("w:txbxContent"), OxmlElement("w:p")
    _with_run(inside, "Im Kasten.")
    box.append(inside)
    run = OxmlElement("w:r")
    run.append(box)
    document.paragraphs[1]._p.append(run)
    row = document.tables[0].rows[1]._tr
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    cell = row.tc_lst[1]
    row.replace(cell, control)
    content.append(cell)
    control.append(content)

    assert read_word(uploaded(document)) == (
        "# Leitbild\n\nOlpe nutzt Technik.\n\nIm Kasten.\n\n## Offene Daten\n\n- Haushalt\n- Baustellen"
        "\n\nJahr | Ziel\n2027 | a/b"
    )


def test_a_table_inside_a_cell_is_read_once() -> None:
    document = word()
    inner = document.tables[0].cell(1, 0).add_table(1, 1)
    inner.cell(0, 0).text = "innen"

    assert read_word(uploaded(document)).endswith("Jahr | Ziel\n2027 innen | a/b")


def _with_run(paragraph, text: str) -> None:
    run, letters = OxmlElement("w:r"), OxmlElement("w:t")
    letters.text = text
    run.append(letters)
    paragraph.append(run)


def zipped(**files: bytes) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/"), content)
    return found.getvalue()


BOMB = zipped(**{"[Content_Types].xml": b"<x/>", "word__document.xml": b" " * (word_file.MOST_TEXT + 1)})
SWOLLEN = zipped(
    **{
        "[Content_Types].xml": b"<x/>",
        "word__document.xml": b"<x/>",
        "word__styles.xml": b" " * (word_file.MOST_TEXT + 1),
    }
)
TORN = zipped(**{"[Content_Types].xml": b"<x/>", "word__document.xml": b"<no"})


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7 not Word", "not a Word document"),
        (zipped(readme=b"x"), "not a Word document"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "locked with a password"),
        (BOMB, "unpacks to far more"),
        (SWOLLEN, "unpacks to far more"),
        (TORN, "damaged"),
        (b"PK\x03\x04 torn", "not a Word document"),
    ],
)
def test_what_is_no_document_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        read_word(uploaded(content))


def test_document_without_headings_is_refused_with_what_to_do() -> None:
    with pytest.raises(ValidationError, match="Heading 1, 2, 3"):
        read_word(uploaded(word(headings=False)))


def test_a_file_that_is_too_large_is_not_even_opened() -> None:
    large = uploaded(b"x")
    large.size = word_file.MOST_BYTES + 1

    with pytest.raises(ValidationError, match="Remove the pictures"):
        read_word(large)


# --- the pages -------------------------------------------------------------------------------------------------------
@pytest.fixture(autouse=True)
def demo(settings) -> None:
    settings.ANDOCK_DEMO = True


def test_file_is_looked_at_put_right_and_taken_over(editor: User, draft: Version) -> None:
    client = at_desk(editor)
    page = client.post(f"{DESK}einlesen/", {"file": uploaded(word())})
    assert "2 own elements" in told(page)
    assert f'data-keep="{editor.pk}/local/{draft.pk}/import"' in page.content.decode()
    assert not draft.own_parts.exists()
    outline = page.context["form"]["text"].value() + "\n\n# Mobilität\nEin Bus."

    assert "3 own elements" in told(client.post(f"{DESK}einlesen/", {"action": "look", "text": outline}))
    answer = client.post(f"{DESK}einlesen/", {"action": "take", "text": outline}, follow=True)
    assert "3 own elements were taken over" in told(answer)
    assert f'data-kept-saved="{editor.pk}/local/{draft.pk}/import"' in answer.content.decode()
    assert draft.own_parts.count() == 3


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Choose a Word document, or paste text"),
        ({"text": "nur ein satz."}, "No headings were found"),
        ({"text": "wort " * 400_000}, "Import it in parts"),
        ({"action": "take", "text": "kein titel"}, "No headings were found"),
        ({"action": "take", "text": "# A\n" + "wort " * 5_000}, "Divide it"),
        ({"action": "take", "text": ""}, "The text as it was read"),
    ],
)
def test_refusals_stand_on_the_form(editor: User, draft: Version, data: dict, sentence: str) -> None:
    answer = at_desk(editor).post(f"{DESK}einlesen/", data)

    assert answer.status_code == 400
    assert sentence in told(answer)
    assert not draft.own_parts.exists()


def test_two_megabytes_of_umlauts_are_refused_on_the_form_with_every_word_still_there(
    editor: User, draft: Version
) -> None:
    """Browsers may write every umlaut as six signs."""
    text = "wört " * 400_000
    answer = at_desk(editor).post(f"{DESK}einlesen/", urlencode({"text": text}), "application/x-www-form-urlencoded")

    assert answer.status_code == 400
    assert "Import it in parts" in told(answer)
    assert text.strip() in answer.content.decode()
