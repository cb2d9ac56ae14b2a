"""The colours of the tokens, by the WCAG formula, in light and in dark."""

import re
from pathlib import Path

import pytest

from andock.design import finders
from andock.design.tilesheet import sheet

TOKENS = (Path(finders.SOURCES) / "10-tokens.css").read_text(encoding="utf-8")
LIGHT, DARK = TOKENS.split("@media (prefers-color-scheme: dark)")


def colours(text):
    return dict(re.findall(r"--(?:an-)?([a-z-]+): ?(#[0-9A-Fa-f]{6})", text))


SCHEMES = {"light": colours(LIGHT), "dark": {**colours(LIGHT), **colours(DARK)}}

SOFT = ["ore", "lake", "heather", "ochre", "danger"]
TEXT = [
    *(
        (ink, ground)
        for ink in ("ink", "ink-muted", "forest")
        for ground in ("ground", "surface", "sunken", "sandstone-soft")
    ),
    *(("ink", f"{colour}-soft") for colour in SOFT),
    *((colour, f"{colour}-soft") for colour in SOFT),
    *((colour, "surface") for colour in SOFT),
    *((colour, "ground") for colour in SOFT),
    ("ink", "sandstone"),
    ("on-forest", "forest"),
    ("on-forest", "forest-hover"),
    ("on-deep", "forest-deep"),
    ("on-deep-muted", "forest-deep"),
    ("ground", "ink"),
]
PARTS = [
    *(("edge", ground) for ground in ("ground", "surface", "sunken")),
    ("forest", "sandstone"),
    ("focus", "focus-gap"),
]


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first, second):
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_formula_gives_21_for_black_on_white():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_reaches_4_5(scheme, front, back):
    assert contrast(SCHEMES[scheme][front], SCHEMES[scheme][back]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("front", "back"), PARTS)
def test_part_that_carries_meaning_reaches_3(scheme, front, back):
    assert contrast(SCHEMES[scheme][front], SCHEMES[scheme][back]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_tile_map_repeats_the_colours_of_the_tokens(scheme):
    light, dark = sheet().split("@media (prefers-color-scheme:dark)")
    used = colours({"light": light, "dark": dark.split("}}")[0]}[scheme])

    assert {"forest", "sandstone", "ink", "ore"} <= set(used)
    assert used == {name: SCHEMES[scheme][name] for name in used}
