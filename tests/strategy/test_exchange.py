"""The exchange format: what comes out goes in unchanged."""

from typing import Any

import pytest

from andock.strategy.exchange import InvalidDocument, content_hash, dump, parse
from andock.strategy.models import Edition, Framework
from andock.strategy.queries import edition_document
from andock.strategy.services.editions import CannotPublish, DifferentContent, import_edition
from tests.factories.strategy import block, document, element, identity

pytestmark = pytest.mark.django_db


def full() -> Any:
    goal = element(
        "g7", block("b1"), block("b2", "a|b\nc|d", "table"), terms=("topics/klima",), without_technology=True
    )
    child = element("g8", parent=identity("g7"), verified=False, note="nicht gesehen")
    return document(goal, child, date="[..2021-23]", note="Hinweis")


def test_document_survives_dump_and_parse() -> None:
    assert parse(dump(full())) == full()


def test_imported_edition_exports_the_same_document(framework: Framework) -> None:
    import_edition(document=full(), actor=None)

    exported = edition_document(Edition.objects.get())

    assert exported == full()
    assert content_hash(exported) == content_hash(full())


def test_importing_twice_changes_nothing(framework: Framework) -> None:
    import_edition(document=full(), actor=None)

    assert import_edition(document=full(), actor=None) == "unchanged"


def test_importing_other_words_over_an_edition_in_force_is_refused(framework: Framework) -> None:
    import_edition(document=document(state="in_force"), actor=None)

    with pytest.raises(DifferentContent, match=r"1\. Auflage"):
        import_edition(document=document(element("anderes"), state="in_force"), actor=None)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"format": "x"}, "format"),
        ({"ordinal": "eins"}, "ordinal"),
        ({"title": ""}, "title"),
        ({"state": "fertig"}, "state"),
        ({"date": "gestern"}, "date"),
        ({"elements": "viele"}, "elements"),
        ({"elements": [{"id": "1", "title": "x"}]}, r"elements\[0\].id"),
        ({"sources": [{"title": "x", "url": "javascript:alert(1)"}]}, r"sources\[0\].url"),
    ],
)
def test_wrong_value_is_refused_with_its_place(change: dict[str, Any], place: str) -> None:
    with pytest.raises(InvalidDocument, match=place):
        parse(dump(document()) | change)


def test_child_before_its_parent_is_refused() -> None:
    child = element("g8", parent=identity("g7"))

    with pytest.raises(InvalidDocument, match=r"elements\[0\].parent"):
        parse(dump(document(child, element("g7"))))


def test_identity_that_occurs_twice_is_refused() -> None:
    with pytest.raises(InvalidDocument, match=r"elements\[1\].id"):
        parse(dump(document(element("g7"), element("g7", block("other")))))


def test_vanished_element_without_lineage_blocks_publication(framework: Framework) -> None:
    import_edition(document=document(element("g7"), element("g8"), state="in_force"), actor=None)

    with pytest.raises(CannotPublish, match="g8"):
        import_edition(document=document(element("g7"), ordinal=2, state="in_force"), actor=None)

    assert Edition.objects.filter(ordinal=2).count() == 0
