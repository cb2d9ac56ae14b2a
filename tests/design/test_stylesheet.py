"""One stylesheet from many parts."""

from pathlib import Path

import pytest

from andock.design.finders import SOURCES, STYLESHEET, StylesheetFinder, joined_stylesheet


def test_stylesheet_joins_all_parts_in_order():
    text = joined_stylesheet()

    assert text.index("@font-face") < text.index("--an-ground") < text.index(".head ") < text.index("@media print")
    assert "/*" not in text


def test_stylesheet_asks_no_other_host_and_imports_nothing():
    text = joined_stylesheet()

    assert "http" not in text.replace('a[href^="http"]', "")
    assert "@import" not in text


@pytest.mark.parametrize("part", sorted(SOURCES.glob("*.css")), ids=lambda part: part.name)
def test_part_closes_what_it_opens(part):
    text = part.read_text(encoding="utf-8")

    assert text.count("{") == text.count("}")


def test_finder_offers_the_stylesheet_to_both_ways_of_serving():
    finder = StylesheetFinder()
    ((path, storage),) = finder.list([])

    assert path == STYLESHEET
    with storage.open(path) as offered:
        assert offered.read().decode() == joined_stylesheet()
    assert Path(finder.find(STYLESHEET)).is_file()
    assert not finder.find("design/other.css")
