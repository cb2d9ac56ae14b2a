"""What the layouts can draw, each with its word. Meaning is never colour alone: shape and word travel together."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Mark:
    """A word with its icon and the class that carries its colour and line style."""

    word: Promise
    icon: str
    css: str


ROLES: dict[str, Promise] = {
    "pioneer": _("Pioneer municipality"),
    "participating": _("Participating municipality"),
    "supporter": _("Supporter"),
    "none": _("not yet taking part"),
}

DECISIONS: dict[str, Mark] = {
    "undecided": Mark(_("still open"), "undecided", "d-undecided"),
    "adopted": Mark(_("adopted"), "tick", "d-adopted"),
    "adapted": Mark(_("adapted"), "half", "d-adapted"),
    "declined": Mark(_("declined"), "declined", "d-declined"),
    "deferred": Mark(_("deferred"), "clock", "d-deferred"),
}

CHANGES: dict[str, Mark] = {
    "added": Mark(_("new"), "plus", "k-add"),
    "changed": Mark(_("changed"), "changed", "k-chg"),
    "moved": Mark(_("moved"), "moved", "k-mov"),
    "split": Mark(_("split"), "split", "k-mov"),
    "joined": Mark(_("joined"), "joined", "k-mov"),
    "replaced": Mark(_("replaced"), "changed", "k-chg"),
    "withdrawn": Mark(_("withdrawn"), "minus", "k-del"),
    "reinstated": Mark(_("reinstated"), "plus", "k-add"),
    "conflict": Mark(_("Conflict"), "conflict", "k-con"),
    "review": Mark(_("Please review"), "review", "k-chg"),
}

PROVENANCES: dict[str, Mark] = {
    "region": Mark(_("Region"), "region", ""),
    "mixed": Mark(_("mixed"), "mixed", "mixed"),
    "local": Mark(_("local"), "local", "local"),
}
