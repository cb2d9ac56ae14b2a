"""The style of the tile map's own document, light and dark, for screens, phones and forced colours.

A map is a document of its own, so it cannot read the page's tokens: the values repeat `css/10-tokens.css`, and a test
proves that they agree. Media queries see the size of the map, not of the window: that is what makes the letters fit.
"""

import base64
import hashlib

from django.templatetags.static import static

_SHEET = """
@font-face{font-family:"Fira Sans";font-weight:500;font-display:swap;src:url("%(medium)s") format("woff2")}
@font-face{font-family:"Fira Sans";font-weight:600;font-display:swap;src:url("%(semibold)s") format("woff2")}
:root{color-scheme:light dark;--forest:#1F5240;--on-forest:#FFFFFF;--sandstone:#A8B89E;--surface:#FFFFFF;--ink:#1D262B;--ink-muted:#4B575E;--edge:#717D84;--ore:#9C3F1B}
@media (prefers-color-scheme:dark){:root{--forest:#8FCBAB;--on-forest:#0D1F17;--sandstone:#4C6152;--surface:#1D2427;--ink:#ECEEE8;--ink-muted:#B4BEC1;--edge:#7F8B91;--ore:#F0A07C}}
text{font:500 16.5px "Fira Sans","Segoe UI","Helvetica Neue",Arial,sans-serif;text-anchor:middle;fill:var(--ink)}
a{text-decoration:none}
.t>use{fill:var(--surface);stroke:var(--edge);stroke-width:1.5}
.none .n,.none .k{fill:var(--ink-muted)}
.pioneer>use{fill:var(--forest);stroke:var(--forest)}
.participating>use{fill:var(--sandstone);stroke:var(--ink)}
.supporter>use{stroke:var(--ink);stroke-dasharray:6 4}
.pioneer text{fill:var(--on-forest)}
.t>.m{fill:var(--ink);stroke:none}
.pioneer>.m{fill:var(--on-forest)}
.supporter>.m{fill:none;stroke:var(--ink);stroke-dasharray:none}
.open>use:first-of-type{fill:url(#y);stroke:var(--ink)}
.y{fill:var(--surface)}
.y+path{stroke:var(--sandstone);stroke-width:13}
.open>.m{fill:var(--surface);stroke:var(--ink);stroke-width:1.5}
.open text{fill:var(--ink)}
.t:hover>use:first-of-type{stroke:var(--ink);stroke-width:4}
.t:target>use:first-of-type{stroke:var(--ore);stroke-width:8}
.o{fill:none;stroke:var(--ink);stroke-width:4;stroke-linejoin:round;pointer-events:none}
.l{font-weight:600;font-size:19px;fill:var(--ink-muted)}
.start{text-anchor:start}
.end{text-anchor:end}
.k{display:none}
@media (max-width:36rem){.n,.m,.l{display:none}.k{display:block;font-size:29px}}
@media (max-width:17rem){.k{display:none}}
@media (forced-colors:active){.pioneer:not(.open)>use:first-of-type{fill:Highlight;stroke:CanvasText;forced-color-adjust:none}.pioneer:not(.open) text,.pioneer:not(.open)>.m{fill:HighlightText}.o{stroke:CanvasText}}
@media print{:root{--forest:#123528;--on-forest:#FFFFFF;--sandstone:#C9D3C2;--surface:#FFFFFF;--ink:#000000;--ink-muted:#333333;--edge:#555555;--ore:#6E2C12}}
"""


def sheet() -> str:
    """The style with the addresses of the two cuts it needs."""
    cuts = {cut: static(f"vendor/fira-sans/fira-sans-{cut}.woff2") for cut in ("medium", "semibold")}
    return _SHEET.strip() % cuts


def policy(style: str) -> str:
    """Content security policy of the map: nothing but this style, by its hash, and our fonts."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; font-src 'self'; frame-ancestors 'self'"
