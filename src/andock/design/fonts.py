"""Fira Sans cut down to what German, its neighbours and our figures need.

A whole cut weighs about 130 kB, four of them more than three times what the home page may weigh; cut down it is 14 kB.
Letters outside of it (Greek, Cyrillic) fall back to the reader's own sans serif. Source: KERN's package, licence OFL-1.1.
"""

from pathlib import Path

from fontTools import subset

CUTS = {
    "Regular": "fira-sans-regular",
    "Italic": "fira-sans-italic",
    "Medium": "fira-sans-medium",
    "SemiBold": "fira-sans-semibold",
}
CHARACTERS = "20-7E,A0-17F,2010-2026,2030-203A,20AC,2212"
FEATURES = "kern,liga,calt,ccmp,locl,mark,tnum,lnum,pnum"


def write_cut(source: Path, target: Path) -> None:
    """Write the subset of one woff2 file as woff2; needs fonttools with brotli."""
    options = subset.Options(flavor="woff2", hinting=False, layout_features=FEATURES.split(","))
    with subset.load_font(str(source), options) as font:
        chosen = subset.Subsetter(options)
        chosen.populate(unicodes=subset.parse_unicodes(CHARACTERS))
        chosen.subset(font)
        subset.save_font(font, str(target), options)


def write_cuts(source: Path, target: Path) -> list[Path]:
    """Write the four cuts from KERN's folder `dist/fonts/fira-sans` into `target` and return their paths."""
    target.mkdir(parents=True, exist_ok=True)
    written = [target / f"{name}.woff2" for name in CUTS.values()]
    for cut, path in zip(CUTS, written, strict=True):
        write_cut(source / f"FiraSans-{cut}.woff2", path)
    return written
