from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(models.TextChoices):
    REGION = "region", _("Region")
    DISTRICT = "district", _("District")
    MUNICIPALITY = "municipality", _("Municipality")
    ASSOCIATION = "association", _("Association of municipalities")
    AGENCY = "agency", _("Agency")
    COMPANY = "company", _("Company")
    CLUB = "club", _("Club")
    IT_PROVIDER = "it_provider", _("Municipal IT provider")
    OTHER = "other", _("Other organisation")


class MunicipalityKind(models.TextChoices):
    """What the municipal code calls it."""

    TOWN = "town", _("Town")
    MUNICIPALITY = "municipality", _("Municipality (Gemeinde)")


class VocabularyName(models.TextChoices):
    TOPICS = "topics", _("Topic")
    FIELDS = "fields", _("Field of action")
    PRINCIPLES = "principles", pgettext_lazy("vocabulary", "Principle")


class SuccessionKind(models.TextChoices):
    """All but ABSORBED make a new organisation, which did not exist before the date."""

    MERGER = "merger", _("Merger")
    ABSORBED = "absorbed", _("Joined to an existing organisation")
    SPLIT = "split", pgettext_lazy("organisation", "Split")
    NEW_KEY = "new_key", _("New official key")
    RENAMED = "renamed", _("Renamed")


class Role(models.TextChoices):
    """What a person does in an organisation. The agency has AGENCY_ROLES, all others LOCAL_ROLES."""

    AGENCY_EDITOR = "agency_editor", _("Agency editor")
    MUNICIPAL_EDITOR = "municipal_editor", _("Editor")
    MUNICIPAL_RELEASER = "municipal_releaser", _("Releaser")
    MODERATOR = "moderator", _("Moderator")
    READER = "reader", _("Reader")


RELEASING_ROLES = frozenset({Role.AGENCY_EDITOR, Role.MUNICIPAL_RELEASER})
EDITING_ROLES = frozenset(set(Role) - {Role.READER})
AGENCY_ROLES = (Role.AGENCY_EDITOR, Role.MODERATOR, Role.READER)
LOCAL_ROLES = (Role.MUNICIPAL_RELEASER, Role.MUNICIPAL_EDITOR, Role.MODERATOR, Role.READER)
