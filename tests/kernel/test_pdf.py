"""Uploaded PDFs are judged by what is inside."""

from __future__ import annotations

import io

import pikepdf
import pytest
from django.core.exceptions import ValidationError

from andock.kernel import pdf as checking
from andock.kernel.pdf import MOST_BYTES, check_pdf
from tests.factories.pdfs import pdf, script, upload


def refusal(content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        check_pdf(upload(content))
    return " ".join(caught.value.messages)


def test_plain_pdf_passes_and_stays_as_it_is() -> None:
    content = pdf()
    file = upload(content, name="brief.txt")

    check_pdf(file)

    assert file.read() == content


@pytest.mark.parametrize("content", [b"", b"MZ\x90", b"<html>%PDF</html>", b"PK\x03\x04" + b"x" * 2000])
def test_what_is_no_pdf_is_refused_whatever_its_name(content: bytes) -> None:
    assert "kein PDF" in refusal(content)


def test_locked_pdf_is_refused_with_the_way_out() -> None:
    assert "ohne Schutz" in refusal(pdf(encrypted=True))


def test_pdf_without_a_page_is_refused() -> None:
    assert "keine Seite" in refusal(pdf(pages=0))


@pytest.mark.parametrize("content", [b"%PDF-1.7\nhello", pdf()[: len(pdf()) // 3]])
def test_damaged_pdf_is_refused(content: bytes) -> None:
    assert "beschädigt" in refusal(content)


@pytest.mark.parametrize(
    "root",
    [
        {"OpenAction": script()},
        {"AA": pikepdf.Dictionary(WC=script())},
        {"OpenAction": pikepdf.Dictionary(S=pikepdf.Name("/Launch"), F=pikepdf.String("cmd.exe"))},
        {"Names": pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary())},
        {"AcroForm": pikepdf.Dictionary(XFA=pikepdf.Array())},
        {"Deep": pikepdf.Array([pikepdf.Array([pikepdf.Dictionary(A=script())])])},
    ],
    ids=["script", "on closing", "program", "attached file", "form", "deep inside"],
)
def test_pdf_with_something_active_is_refused(root: dict) -> None:
    assert "Skripte" in refusal(pdf(**root))


def test_signature_field_is_fine() -> None:
    field = pikepdf.Dictionary(FT=pikepdf.Name("/Sig"), T=pikepdf.String("Unterschrift"))

    check_pdf(upload(pdf(AcroForm=pikepdf.Dictionary(Fields=pikepdf.Array([field]), SigFlags=3))))


def test_file_that_is_too_large_is_refused_unread() -> None:
    file = upload()
    file.size = MOST_BYTES + 1

    with pytest.raises(ValidationError, match="größer als"):
        check_pdf(file)


def test_bomb_that_unpacks_to_gigabytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    file = pikepdf.new()
    file.add_blank_page()
    bomb = file.make_indirect(pikepdf.Stream(file, b" " * 300_000_000))
    bomb.Type, bomb.N, bomb.First = pikepdf.Name("/ObjStm"), 1, 4
    target = io.BytesIO()
    file.Root.Bomb = bomb
    file.save(target, compress_streams=True)
    monkeypatch.setattr(checking, "PATIENCE", 30)

    content = target.getvalue()

    assert len(content) < 1_000_000
    try:
        check_pdf(upload(content))  # harmless where the reader never unpacks it
    except ValidationError as refused:
        assert "beschädigt" in str(refused)  # noqa: PT017


def test_process_that_dies_over_a_file_refuses_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking.sys, "executable", "/bin/false")

    assert "beschädigt" in refusal(pdf())
