"""What is asked in a phase, and what people answered."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .choices import CAN_LEAD_ON, HIGHEST, QuestionKind


class Questionnaire(models.Model):
    """The questions of one phase. ``thanks`` is what people read after sending."""

    phase = models.OneToOneField("participation.Phase", on_delete=models.CASCADE, related_name="+")
    introduction = models.TextField(_("what people should know before they answer"), blank=True)
    thanks = models.TextField(_("thanks"), blank=True)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"{_('Questions')} {self.phase_id}"


class Question(models.Model):
    """One question. ``options`` and ``rows`` are lists of ``{"key", "label"}``; what is stored of an answer are the keys.

    ``shown_if`` and ``shown_if_option``: it is asked only of those who chose this answer there.
    """

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind of answer"), max_length=10, choices=QuestionKind.choices)
    label = models.CharField(_("question"), max_length=300)
    help = models.CharField(_("hint"), max_length=500, blank=True)
    options = models.JSONField(_("answers to choose from"), default=list, blank=True)
    rows = models.JSONField(_("rows"), default=list, blank=True)
    low = models.PositiveSmallIntegerField(_("scale begins with"), null=True, blank=True)
    high = models.PositiveSmallIntegerField(_("scale ends with"), null=True, blank=True)
    low_label = models.CharField(_("what the lowest number means"), max_length=80, blank=True)
    high_label = models.CharField(_("what the highest number means"), max_length=80, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    shown_if = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, blank=True, related_name="leads_to")
    shown_if_option = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=QuestionKind.values), name="question_kind_known"),
            models.CheckConstraint(condition=~Q(label=""), name="question_asks_something"),
            models.CheckConstraint(
                condition=Q(
                    kind=QuestionKind.SCALE, low__isnull=False, low__lt=F("high"), high__isnull=False, high__lte=HIGHEST
                )
                | ~Q(kind=QuestionKind.SCALE) & Q(low=None, high=None),
                name="question_scale_has_bounds",
            ),
            models.CheckConstraint(
                condition=Q(shown_if=None, shown_if_option="") | Q(shown_if__isnull=False) & ~Q(shown_if_option=""),
                name="question_shown_if_whole",
            ),
            models.CheckConstraint(
                condition=Q(shown_if=None) | ~Q(shown_if=F("id")), name="question_hangs_not_on_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def field(self) -> str:
        """Its name in a form, and its key in ``Submission.answers``."""
        return f"q{self.pk}"

    @property
    def can_lead_on(self) -> bool:
        return self.kind in CAN_LEAD_ON

    def option_labels(self) -> dict[str, str]:
        return {option["key"]: option["label"] for option in self.options}

    def row_labels(self) -> dict[str, str]:
        return {row["key"]: row["label"] for row in self.rows}

    def condition(self) -> str:
        """The words of the answer it is asked for; empty where it is asked of everybody."""
        return self.shown_if.option_labels().get(self.shown_if_option, "") if self.shown_if else ""


class Submission(models.Model):
    """What one person answered. It counts once ``confirmed_at`` is set, and of one person only one counts.

    What came from a device that nobody knows waits beside what counts already, so that a stranger's words change nothing of
    it; confirmed, it takes its place. ``answers`` has the keys of the questions (``Question.field``) and what ``answers.py``
    lets through. ``released`` lists the questions whose answer in own words everybody may read. Whoever was erased, and whoever
    answered on paper, is no ``participant``. ``request_key`` makes a repeated request the same.
    """

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="submissions")
    participant = models.ForeignKey(
        "participation.Participant", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answers = models.JSONField(default=dict)
    released = models.JSONField(default=list)
    is_on_paper = models.BooleanField(_("came on paper"), default=False)
    paper_number = models.PositiveIntegerField(_("number on the paper"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    request_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    sent_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("sent_at", "pk")
        indexes = [models.Index(fields=["questionnaire", "confirmed_at"], name="submission_counted")]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "participant"], condition=Q(confirmed_at__isnull=False),
                name="submission_counts_once_per_person",
            ),
            models.UniqueConstraint(fields=["questionnaire", "paper_number"], name="submission_paper_once"),
            models.CheckConstraint(
                condition=Q(is_on_paper=False, paper_number=None)
                | Q(is_on_paper=True, paper_number__isnull=False, confirmed_at__isnull=False, participant=None),
                name="submission_paper_has_a_number",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.questionnaire_id}: {self.pk}"
