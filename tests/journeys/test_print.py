"""What comes out of the printer: the text, its sources written out, and where it is from."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

PAGES = {
    "strategy": ("/strategie/", "3. Auflage"),
    "municipality": ("/kommunen/olpe/", "Olpe"),
}


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")
@pytest.mark.parametrize(("address", "title"), PAGES.values(), ids=PAGES)
def test_printed_page_holds_text_and_origin_without_navigation(open_page, site, address, title) -> None:
    page = open_page()
    page.goto(address)
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", "-", "-"], input=paper, capture_output=True, check=True).stdout.decode()
    text = re.sub(r"\s+", " ", text)
    assert title in text
    for navigation in ("Zum Inhalt", "Hauptmenü", "Neuigkeiten als Feed", "Barriere auf dieser Seite", "Anmelden"):
        assert navigation not in text
    assert re.search(r"https?://(?!127)", text), "addresses of links are written out"
    last = text[-400:]
    assert site.removeprefix("http://") in last
    assert re.search(r"\d{1,2}\. \w+ 20\d\d", last), last


@pytest.mark.parametrize(("address", "title"), PAGES.values(), ids=PAGES)
def test_printed_page_fits_the_paper(open_page, address, title) -> None:
    """Nothing sticks out of a sheet of A4 (18/16 mm margins: about 670 px)."""
    page = open_page(width=670)
    page.goto(address)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert not page.locator("nav.nav").is_visible()
