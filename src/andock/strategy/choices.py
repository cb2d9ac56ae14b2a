from django.db import models
from django.utils.translation import gettext_lazy as _


class EditionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    CONSULTATION = "consultation", _("In consultation")
    IN_FORCE = "in_force", _("In force")
    SUPERSEDED = "superseded", _("Superseded")


FROZEN_STATES = (EditionState.IN_FORCE, EditionState.SUPERSEDED)


class EditionKind(models.TextChoices):
    MAJOR = "major", _("New edition")
    MINOR = "minor", _("Partial revision")
    ERRATUM = "erratum", _("Correction")


class ElementType(models.TextChoices):
    SECTION = "section", _("Section")
    PRINCIPLE = "principle", _("Principle")
    VISION = "vision", _("Vision")
    GOAL = "goal", _("Goal")
    FIELD = "field", _("Field of action")
    CRITERION = "criterion", _("Criterion")
    RULE = "rule", _("Rule")
    ROLE = "role", _("Role")
    BUNDLE = "bundle", _("Bundle of measures")
    MEASURE = "measure", _("Measure template")
    PROJECT = "project", _("Lead project")
    INDICATOR = "indicator", _("Indicator reference")


class Obligation(models.TextChoices):
    CORE = "core", _("Core")
    RECOMMENDED = "recommended", _("Recommended")
    OPTIONAL = "optional", _("Optional")


class BlockKind(models.TextChoices):
    PARAGRAPH = "paragraph", _("Paragraph")
    LIST = "list", _("List")
    QUOTE = "quote", _("Quotation")
    TABLE = "table", _("Table")


class ParameterType(models.TextChoices):
    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    PERCENT = "percent", _("Percentage")
    YEAR = "year", _("Year")
    DATE = "date", _("Date")
    CHOICE = "choice", _("Choice")
    OFFICE = "office", _("Office")


class LineageKind(models.TextChoices):
    CONTINUED = "continued", _("Continued")
    MOVED = "moved", _("Moved")
    SPLIT = "split", _("Split")
    JOINED = "joined", _("Joined")
    REPLACED = "replaced", _("Replaced")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REINSTATED = "reinstated", _("Reinstated")
    PROMOTED = "promoted", _("Taken up from a municipality")


class DockingRole(models.TextChoices):
    PIONEER = "pioneer", _("Pioneer municipality")
    PARTICIPATING = "participating", _("Participating municipality")
    SUPPORTER = "supporter", _("Supporter")


TAKING_PART = (DockingRole.PIONEER, DockingRole.PARTICIPATING)


class PeriodEnding(models.TextChoices):
    """Why a period is over; empty where nobody said so. After an upgrade the next period begins on the same day."""

    UPGRADED = "upgraded", _("On a better basis since")
    PAUSED = "paused", _("Paused")
    ENDED = "ended", _("Ended")


class DockingBasis(models.TextChoices):
    LETTER_OF_INTENT = "letter_of_intent", _("Letter of intent")
    COUNCIL_RESOLUTION = "council_resolution", _("Council resolution")
    FUNDER_SELECTION = "funder_selection", _("Selection by the funder")
    TAKEN_OVER = "taken_over", _("Taken over from its predecessor")
    NOT_DOCUMENTED = "not_documented", _("Not documented")


class AfterSuccession(models.TextChoices):
    """What becomes of the docking of organisations that another one follows."""

    TAKEN_OVER = "taken_over", _("The successor takes their place and takes part from that day")
    ENDED = "ended", _("It ends with them. The successor does not take part, and can join later")
