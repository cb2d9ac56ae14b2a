"""Whatever a file, a form or an address holds: a reader answers or refuses with its own error, never with another."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from andock.kernel.dates import parse_date
from andock.kernel.text import normalise, slugify, without_control_characters
from andock.organisations.geometry import BadGeometry, read_geojson
from andock.strategy.exchange import InvalidDocument, dump, parse
from tests.factories.strategy import block, document, element, identity

DATE_PARTS = st.text(alphabet="0123456789-[].", max_size=30)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40)
JSON = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=20,
)
FULL = dump(
    document(
        element("g7", block("b1"), block("b2", "a|b\nc|d", "table"), terms=("topics/klima",)),
        element("g8", parent=identity("g7")),
    )
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place inside a JSON value, as the keys that lead there."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, part in inner for found in places(part, (*path, key)))]


def with_other(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    """A copy of a JSON value with something else at one place."""
    if not path:
        return other
    copy = json.loads(json.dumps(value))
    target = copy
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = other
    return copy


@given(DATE_PARTS | st.text(max_size=40))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    with suppress(ValueError):
        found = parse_date(text)
        assert found.earliest is None or found.earliest <= found.latest


@given(JSON)
def test_any_json_is_refused_as_an_edition(data: Any) -> None:
    with suppress(InvalidDocument):
        parse(data)


@given(st.sampled_from(places(FULL)), JSON)
def test_edition_with_any_one_place_replaced_is_read_or_refused(path: tuple[Any, ...], other: Any) -> None:
    with suppress(InvalidDocument):
        found = parse(with_other(FULL, path, other))
        assert parse(json.loads(json.dumps(dump(found)))) == found


@given(st.binary(max_size=400) | JSON.map(lambda data: json.dumps({"features": [data]}).encode()))
def test_any_bytes_are_borders_or_refused(content: bytes) -> None:
    with suppress(BadGeometry):
        read_geojson(content)


@given(JSON, st.sampled_from(["Polygon", "MultiPolygon", "Point", "Nonsense"]))
def test_any_coordinates_are_borders_or_refused(coordinates: Any, kind: str) -> None:
    feature = {"properties": {"AGS": "05966024"}, "geometry": {"type": kind, "coordinates": coordinates}}
    with suppress(BadGeometry):
        read_geojson(json.dumps({"features": [feature]}).encode())


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert slugify(slugify(text)) == slugify(text)
    assert without_control_characters(without_control_characters(text)) == without_control_characters(text)
