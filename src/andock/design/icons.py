"""Andock's own icons: 24 px grid, 1.75 px line, square ends. Always beside a word, so always hidden from screen readers.

A shape is (style, path): `line` is stroked, `fill` is filled, `gap` is cut out of a filled shape, `dash` is a dashed line.
"""

Shape = tuple[str, str]

_RING = "M21 12A9 9 0 1 1 3 12A9 9 0 1 1 21 12Z"
_DISC = "M22 12A10 10 0 1 1 2 12A10 10 0 1 1 22 12Z"
_HEXAGON = "M12 2L20.7 7V17L12 22L3.3 17V7Z"

ICONS: dict[str, tuple[Shape, ...]] = {
    "arrow": (("line", "M4 12h15M13 6l6 6-6 6"),),
    "back": (("line", "M20 12H5M11 6l-6 6 6 6"),),
    "calendar": (("line", "M3.5 5.5h17v15h-17zM3.5 10h17M8 3v5M16 3v5"),),
    "changed": (("line", "M4 9h16M4 15h16M16 4L8 20"),),
    "clock": (("line", _RING), ("line", "M12 6.5V12l4 2.5")),
    "conflict": (("line", "M12 3L22 20.5H2zM12 9.5v5M12 16.6v1"),),
    "declined": (("line", _RING), ("line", "M5.6 5.6l12.8 12.8")),
    "down": (("line", "M12 4v15M6 13l6 6 6-6"),),
    "download": (("line", "M12 3v12M6.5 10l5.5 5.5L17.5 10M4 20.5h16"),),
    "edit": (("line", "M4 20l1-4.5L16.500 4l3.500 3.500L8.500 19zM14 6.500l3.500 3.500"),),
    "external": (("line", "M10 4.500H4.500v15h15V14M14 4h6v6M20 4l-9 9"),),
    "half": (("line", _RING), ("fill", "M12 3a9 9 0 0 1 0 18z")),
    "info": (("line", _RING), ("line", "M12 11v6M12 7v.5")),
    "joined": (("line", "M6 3v5c0 5 6 4 6 9v4M18 3v5c0 5-6 4-6 9"),),
    "link": (
        (
            "line",
            "M10 14l4-4M9 8l3-3a4 4 0 0 1 6 0l1 1a4 4 0 0 1 0 6l-3 3M15 16l-3 3a4 4 0 0 1-6 0l-1-1a4 4 0 0 1 0-6l3-3",
        ),
    ),
    "local": (("line", "M4 21V10l8-7 8 7v11z"),),
    "lock": (("line", "M5 10.500h14v10H5zM8 10.500V7a4 4 0 0 1 8 0v3.500"),),
    "mail": (("line", "M3 5.500h18v13H3zM3.500 6l8.500 7 8.500-7"),),
    "menu": (("line", "M4 6h16M4 12h16M4 18h16"),),
    "minus": (("line", "M4 12h16"),),
    "mixed": (
        ("line", "M12 2.500L20.200 7.250V16.750L12 21.500L3.800 16.750V7.250Z"),
        ("fill", "M12 2.500L20.200 7.250V16.750L12 21.500Z"),
    ),
    "moved": (("line", "M7 20V5M3.500 8.500L7 5l3.500 3.500M17 4v15M13.500 15.500L17 19l3.500-3.500"),),
    "permalink": (("line", "M9 4.500L7 19.500M17 4.500L15 19.500M4.500 9.500h16M3.500 14.500h16"),),
    "plus": (("line", "M12 4v16M4 12h16"),),
    "print": (("line", "M7 9V3.500h10V9M7 17H3.500V9h17v8H17M7 14h10v6.500H7z"),),
    "region": (("fill", _HEXAGON),),
    "review": (
        ("line", "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12z"),
        ("fill", "M15 12A3 3 0 1 1 9 12A3 3 0 1 1 15 12Z"),
    ),
    "search": (("line", "M17 10.500A6.500 6.500 0 1 1 4 10.500A6.500 6.500 0 1 1 17 10.500ZM15.300 15.300L21 21"),),
    "split": (("line", "M12 3v4c0 5-6 4-6 9v5M12 7c0 5 6 4 6 9v5"),),
    "tick": (("fill", _DISC), ("gap", "M7 12.500l3.500 3.500L17 8.500")),
    "trash": (("line", "M4 6.500h16M9 6V3.500h6V6M6 6.500l1 14h10l1-14M10 10.500v6M14 10.500v6"),),
    "undecided": (("dash", _RING),),
    "up": (("line", "M12 20V5M6 11l6-6 6 6"),),
    "user": (("line", "M16 8A4 4 0 1 1 8 8A4 4 0 1 1 16 8ZM4 21c0-5 3-7.500 8-7.500s8 2.500 8 7.500"),),
    "warning": (("line", "M12 3L22 20.5H2zM12 9.5v5M12 16.6v1"),),
    "withdraw": (("line", "M4 12h16"),),
}
