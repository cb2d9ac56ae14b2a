from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Publication(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", pgettext_lazy("process", "Published")


class PhaseKind(models.TextChoices):
    """What people do in a phase. Each but the first is a tool of an app of its own."""

    INFORMATION = "information", pgettext_lazy("phase", "Read up")
    TEXT = "text", pgettext_lazy("phase", "Comment on a text")
    IDEAS = "ideas", pgettext_lazy("phase", "Collect ideas")
    SUPPORT = "support", pgettext_lazy("phase", "Support ideas")
    QUESTIONS = "questions", pgettext_lazy("phase", "Answer questions")


class PhaseTime(models.TextChoices):
    """Where a phase stands at a moment: ``starts_at <= now < ends_at`` is running."""

    COMING = "coming", pgettext_lazy("phase", "Coming")
    RUNNING = "running", pgettext_lazy("phase", "Running")
    OVER = "over", pgettext_lazy("phase", "Over")


class Blueprint(models.TextChoices):
    TEXT = "text", _("Consult on a draft strategy")
    IDEAS = "ideas", _("Collect ideas")
    IDEAS_THEN_SUPPORT = "ideas_support", _("Collect ideas, then support them")
    QUESTIONS = "questions", _("Ask questions after an event")


class ContributionKind(models.TextChoices):
    IDEA = "idea", _("Idea")
    REMARK = "remark", pgettext_lazy("below an idea", "Remark")
    COMMENT = "comment", pgettext_lazy("on a passage", "Comment")
    WORDING = "wording", _("Other wording")


class ContributionState(models.TextChoices):
    """Only PUBLIC is for everybody. UNCONFIRMED waits for the mailbox, HELD for a moderator."""

    UNCONFIRMED = "unconfirmed", _("Address not confirmed")
    HELD = "held", _("Waits to be checked")
    PUBLIC = "public", pgettext_lazy("contribution", "Public")
    HIDDEN = "hidden", pgettext_lazy("contribution", "Hidden")
    WITHDRAWN = "withdrawn", pgettext_lazy("contribution", "Withdrawn")


class Stance(models.TextChoices):
    """The official answer in one word."""

    ADOPTED = "adopted", pgettext_lazy("answer", "Adopted")
    PARTLY = "partly", pgettext_lazy("answer", "Partly adopted")
    NOT = "not", pgettext_lazy("answer", "Not adopted")
    FORWARDED = "forwarded", pgettext_lazy("answer", "Forwarded")


class AgeBand(models.TextChoices):
    UNDER_18 = "under_18", _("under 18")
    TO_29 = "18_29", _("18 to 29")
    TO_44 = "30_44", _("30 to 44")
    TO_64 = "45_64", _("45 to 64")
    FROM_65 = "65_over", _("65 and older")


class ResidenceWay(models.TextChoices):
    """How somebody has proved that they live where they take part."""

    CODE = "code", _("by a code from a letter")
    ACCOUNT = "account", _("by an account that knows where they live")


class LetterForm(models.TextChoices):
    """How an office gets new codes."""

    LETTERS = "letters", _("Letters to print (PDF)")
    TABLE = "table", _("A table for letters of our own (CSV)")


class Reason(models.TextChoices):
    """Why a contribution is not shown; the list stands on a public page."""

    INSULT = "insult", _("It insults or threatens people.")
    HATE = "hate", _("It runs groups of people down.")
    PRIVATE = "private", _("It names private matters of somebody.")
    ADVERTISING = "advertising", _("It advertises, or is sent very many times.")
    OFF_TOPIC = "off_topic", _("It has nothing to do with this process.")
    UNLAWFUL = "unlawful", _("It breaks the law.")


class Verdict(models.TextChoices):
    """What a moderator decided about a contribution."""

    SHOWN = "shown", pgettext_lazy("moderation", "Shown")
    HIDDEN = "hidden", pgettext_lazy("moderation", "Not shown")


SENT = (ContributionState.HELD, ContributionState.PUBLIC, ContributionState.HIDDEN)
"""Contributions whose address is confirmed and that were not taken back."""
SMALLEST_SHOWN = 5
"""Groups of fewer people are not shown as numbers: they could be recognised."""
KEEP_UNCONFIRMED = timedelta(days=7)
