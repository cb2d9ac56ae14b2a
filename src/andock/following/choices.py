from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What can be followed, in the order in which a digest tells of it: the narrowest first."""

    SOLUTION = "solution", _("Solution")
    ELEMENT = "element", _("Passage of the strategy")
    PROCESS = "process", _("Participation")
    MUNICIPALITY = "municipality", _("Municipality")
    TOPIC = "topic", _("Topic")
    SEARCH = "search", pgettext_lazy("followed", "Search")
    NEWSLETTER = "newsletter", _("Newsletter")


WORDS = {
    "loesung": Kind.SOLUTION,
    "stelle": Kind.ELEMENT,
    "verfahren": Kind.PROCESS,
    "kommune": Kind.MUNICIPALITY,
    "thema": Kind.TOPIC,
    "suche": Kind.SEARCH,
    "rundbrief": Kind.NEWSLETTER,
}
"""How addresses name the kinds."""
DIGESTED = tuple(kind for kind in Kind if kind != Kind.NEWSLETTER)


class Frequency(models.TextChoices):
    """How often digests come. The newsletter comes when it appears, but never to whom nothing shall come."""

    AT_ONCE = "at_once", _("At once, within minutes")
    DAILY = "daily", _("Once a day, in the morning")
    WEEKLY = "weekly", _("Once a week, on Monday morning")
    NONE = "none", _("Not now: no mails, but keep what I follow")


OFFERED = tuple((value, label) for value, label in Frequency.choices if value != Frequency.NONE)
"""What whoever begins to follow chooses from."""


class What(models.TextChoices):
    """What has happened to a thing, the weightiest first."""

    ADDED = "added", pgettext_lazy("news", "New")
    IN_FORCE = "in_force", pgettext_lazy("news", "Now in force")
    DOCKED = "docked", pgettext_lazy("news", "Has docked")
    RESULT = "result", pgettext_lazy("news", "What came of it")
    ANSWERED = "answered", pgettext_lazy("news", "There are official answers")
    CLOSING = "closing", pgettext_lazy("news", "A part of it ends soon")
    OPENED = "opened", pgettext_lazy("news", "A part of it begins")
    TAKEN_OVER = "taken_over", pgettext_lazy("news", "A take-over has come further")
    CHANGED = "changed", pgettext_lazy("news", "Changed")


TOLD_AROUND = frozenset({What.ADDED, What.RESULT, What.ANSWERED, What.CLOSING, What.OPENED})
"""What is told of a thing to those too who follow its municipality, topic or a search; the rest only to who follows itself."""
ORDER = {what.value: number for number, what in enumerate(What)}


class Occasion(models.TextChoices):
    """What a mail to somebody who follows is for: an answer to a request, a digest, an issue of the newsletter.

    Part of its key.
    """

    ASKED = "asked"
    DIGEST = "digest"
    ISSUE = "issue"
