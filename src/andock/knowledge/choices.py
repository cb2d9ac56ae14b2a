from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

RESERVED_SLUGS = ("alle", "datei", "neu", "rueckmeldungen", "unterlagen")
"""Words that stand in addresses where a card's own word stands; the database refuses them."""
ADDRESS_WORDS = (*RESERVED_SLUGS, "passend")
"""All that no address is made of; the last came later, and only files and titles make addresses."""


class SolutionKind(models.TextChoices):
    SOFTWARE = "software", pgettext_lazy("solution", "Software, app or portal")
    DATA = "data", pgettext_lazy("solution", "Data, maps and models")
    SENSORS = "sensors", pgettext_lazy("solution", "Sensors and radio networks")
    EQUIPMENT = "equipment", pgettext_lazy("solution", "Equipment on site")
    PLACE = "place", pgettext_lazy("solution", "Place to meet and try things")
    BUILDING = "building", pgettext_lazy("solution", "Building and quarter")
    OFFER = "offer", pgettext_lazy("solution", "Service for people")
    PARTICIPATION = "participation", pgettext_lazy("solution", "Participation")
    PROCESS = "process", pgettext_lazy("solution", "Procedure, concept or strategy")
    GUIDE = "guide", pgettext_lazy("solution", "Guide or template")
    PROCUREMENT = "procurement", pgettext_lazy("solution", "Joint procurement")
    PROGRAMME = "programme", pgettext_lazy("solution", "Bundle of measures")


WITH_SOURCE_CODE = frozenset({SolutionKind.SOFTWARE, SolutionKind.DATA})
"""Kinds whose code or data lie somewhere others can fetch them from."""
WITH_INTERFACES = frozenset({SolutionKind.SOFTWARE, SolutionKind.DATA, SolutionKind.SENSORS, SolutionKind.EQUIPMENT})
"""Kinds that have to fit into the technology of whoever takes them over."""


class SolutionState(models.TextChoices):
    """How far it is at its owner's, as of the date of the source or of the last confirmation."""

    OPERATION = "operation", pgettext_lazy("solution", "in operation")
    PILOT = "pilot", pgettext_lazy("solution", "pilot")
    IMPLEMENTING = "implementing", pgettext_lazy("solution", "being implemented")
    PLANNED = "planned", pgettext_lazy("solution", "planned")
    IDEA = "idea", pgettext_lazy("solution", "idea")
    FINISHED = "finished", pgettext_lazy("solution", "finished")
    STOPPED = "stopped", pgettext_lazy("solution", "stopped")
    UNKNOWN = "", pgettext_lazy("solution", "state not known")


class SpatialEffect(models.TextChoices):
    UNKNOWN = "", pgettext_lazy("spatial effect", "not known")
    BUILDING = "building", pgettext_lazy("spatial effect", "a building")
    QUARTER = "quarter", pgettext_lazy("spatial effect", "a quarter or village")
    TOWN = "town", pgettext_lazy("spatial effect", "a town or municipality")
    DISTRICT = "district", pgettext_lazy("spatial effect", "a district")
    REGION = "region", pgettext_lazy("spatial effect", "the region")


class SizeClass(models.TextChoices):
    """People in the municipality it was tried in; the classes of the overview of who takes over what."""

    UNKNOWN = "", pgettext_lazy("size", "not known")
    UP_TO_10000 = "up_to_10000", _("below 10,000 people")
    UP_TO_25000 = "up_to_25000", _("10,000 to 25,000 people")
    UP_TO_50000 = "up_to_50000", _("25,000 to 50,000 people")
    FROM_50000 = "from_50000", _("50,000 people and more")

    @classmethod
    def of(cls, people: int | None) -> SizeClass:
        """The class of a town of so many people."""
        if people is None:
            return cls.UNKNOWN
        bounds = ((10_000, cls.UP_TO_10000), (25_000, cls.UP_TO_25000), (50_000, cls.UP_TO_50000))
        return next((found for below, found in bounds if people < below), cls.FROM_50000)


class SettlementType(models.TextChoices):
    """Degree of urbanisation, as Eurostat tells three apart (DEGURBA)."""

    UNKNOWN = "", pgettext_lazy("settlement", "not known")
    CITY = "city", pgettext_lazy("settlement", "city, densely populated")
    TOWN = "town", pgettext_lazy("settlement", "town or suburb, of middling density")
    RURAL = "rural", pgettext_lazy("settlement", "rural, thinly populated")


class OperatorModel(models.TextChoices):
    """Who runs it."""

    UNKNOWN = "", pgettext_lazy("operator", "not known")
    OWN = "own", _("the municipality itself")
    DISTRICT = "district", _("the district for its municipalities")
    IT_ASSOCIATION = "it_association", _("the municipal IT provider")
    UTILITY = "utility", _("the municipal utility or another own company")
    SERVICE = "service", _("a company, as a service")
    VOLUNTEERS = "volunteers", _("a club or volunteers")
    OTHER = "other", pgettext_lazy("operator", "somebody else")


class ProcurementPath(models.TextChoices):
    """How another municipality comes to it lawfully."""

    UNKNOWN = "", pgettext_lazy("procurement", "not known")
    IN_HOUSE = "in_house", _("in-house, through an own IT provider")
    AGREEMENT = "agreement", _("agreement between municipalities")
    GOVDIGITAL = "govdigital", _("govdigital")
    FRAMEWORK = "framework", _("frame contract")
    TENDER = "tender", _("own tender or direct order")
    NONE = "none", _("nothing to buy")


class Publication(models.TextChoices):
    """Who sees a card or guide. Archived: still at its address, and in no list."""

    DRAFT = "draft", pgettext_lazy("card", "Draft")
    PUBLISHED = "published", pgettext_lazy("card", "Published")
    ARCHIVED = "archived", pgettext_lazy("card", "Archived")


PUBLIC = (Publication.PUBLISHED, Publication.ARCHIVED)


class DocumentKind(models.TextChoices):
    MANUAL = "manual", pgettext_lazy("document", "Manual or description")
    COUNCIL_PAPER = "council_paper", pgettext_lazy("document", "Council paper")
    TENDER = "tender", pgettext_lazy("document", "Text for a tender")
    CONTRACT = "contract", pgettext_lazy("document", "Contract or agreement")
    DATA_PROTECTION = "data_protection", pgettext_lazy("document", "Data protection paper")
    ACCESSIBILITY = "accessibility", pgettext_lazy("document", "Accessibility paper")
    EVIDENCE = "evidence", pgettext_lazy("document", "Evaluation or evidence")
    OTHER = "other", pgettext_lazy("document", "Document")


class FileKind(models.TextChoices):
    """What belongs to a guide."""

    WORDING = "wording", pgettext_lazy("guide", "The guide as a file")
    CHECKLIST = "checklist", pgettext_lazy("guide", "Checklist")
    TEMPLATE = "template", pgettext_lazy("guide", "Template to fill in")
    OTHER = "other", pgettext_lazy("guide", "More")


class Stage(models.TextChoices):
    """How far somebody is with taking a solution over, in the order of a transfer that goes well.

    Retracted: what another row said never happened. It counts for nothing.
    """

    INTERESTED = "interested", pgettext_lazy("transfer", "interested")
    IN_CONTACT = "in_contact", pgettext_lazy("transfer", "in contact")
    DECIDED = "decided", pgettext_lazy("transfer", "decided")
    IMPLEMENTING = "implementing", pgettext_lazy("transfer", "being implemented")
    IN_OPERATION = "in_operation", pgettext_lazy("transfer", "in operation")
    ENDED = "ended", pgettext_lazy("transfer", "ended")
    RETRACTED = "retracted", pgettext_lazy("transfer", "retracted")
