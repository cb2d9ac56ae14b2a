from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from andock.docking import items, local, synopsis


class VersionState(models.TextChoices):
    DRAFTING = "drafting", _("Being drafted")
    PARTICIPATION = "participation", _("In participation")
    SUBMITTED = "submitted", _("Submitted for decision")
    IN_FORCE = "in_force", pgettext_lazy("version", "In force")
    SUPERSEDED = "superseded", pgettext_lazy("version", "Superseded")


OPEN_STATES = (VersionState.DRAFTING, VersionState.PARTICIPATION, VersionState.SUBMITTED)
EDITABLE_STATES = (VersionState.DRAFTING, VersionState.PARTICIPATION)
FROZEN_STATES = (VersionState.IN_FORCE, VersionState.SUPERSEDED)


class DecisionState(models.TextChoices):
    """What has been decided about an element. ``ended``: the region has withdrawn it and it was let go."""

    UNDECIDED = local.UNDECIDED, _("Undecided")
    ADOPTED = local.ADOPTED, _("Adopted")
    DECLINED = local.DECLINED, _("Declined")
    DEFERRED = local.DEFERRED, _("Deferred")
    ENDED = local.ENDED, _("Ended")


class ShownState(models.TextChoices):
    """What people see: adapted is adopted with local changes, covered is not adopted but served by an own element."""

    ADOPTED = local.ADOPTED, _("Adopted")
    ADAPTED = local.ADAPTED, _("Adapted")
    COVERED = "covered", _("Covered by own element")
    DECLINED = local.DECLINED, _("Declined")
    DEFERRED = local.DEFERRED, _("Deferred")
    UNDECIDED = local.UNDECIDED, _("Undecided")
    ENDED = local.ENDED, _("Ended")


class Weight(models.TextChoices):
    """The class of a change: who may decide on it."""

    EDITORIAL = synopsis.EDITORIAL, _("Editorial: staff decide")
    ADMINISTRATIVE = synopsis.ADMINISTRATIVE, _("Administrative: the head of administration decides")
    SUBSTANTIAL = synopsis.SUBSTANTIAL, _("Substantial: the council decides")


class Outcome(models.TextChoices):
    APPROVED = "approved", _("Approved")
    WITH_CHANGES = "with_changes", _("Approved with changes")
    POSTPONED = "postponed", _("Postponed")
    REJECTED = "rejected", _("Rejected")


class Relation(models.TextChoices):
    """How an own element relates to the regional one it serves."""

    EQUAL = local.EQUAL, _("Says the same")
    PART_OF = local.PART_OF, _("Is a part of it")
    WIDER = local.WIDER, _("Goes further")
    NONE = local.UNRELATED, _("Belongs to none")


COVERING = (Relation.EQUAL, Relation.PART_OF, Relation.WIDER)


class RunState(models.TextChoices):
    OPEN = "open", _("Open")
    FINISHED = "finished", _("Finished")
    DROPPED = "dropped", _("Dropped")


class ItemKind(models.TextChoices):
    CONFLICT = items.CONFLICT, _("Both have changed it")
    REVIEW = items.REVIEW, _("New wording beside your addition")
    SPLIT = items.SPLIT, _("Split by the region")
    JOINED = items.JOINED, _("Joined by the region")
    REPLACED = items.REPLACED, _("Replaced by the region")
    WITHDRAWN_IN_USE = items.WITHDRAWN_IN_USE, _("Withdrawn, in use here")
    WITHDRAWN_CLEAN = items.WITHDRAWN_CLEAN, _("Withdrawn by the region")
    NEW = items.NEW, _("New")
    PROMOTED = items.PROMOTED, _("Your own element, taken up by the region")
    REINSTATED = items.REINSTATED, _("Brought back by the region")
    DECLINED_CHANGED = items.DECLINED_CHANGED, _("Declined here, changed by the region")
    UPSTREAM_ONLY = items.UPSTREAM_ONLY, _("Changed by the region only")
    MERGED = items.MERGED, _("Put together: different paragraphs")
    SET_MERGE = items.SET_MERGE, _("Put together: topics")
    CONVERGED = items.CONVERGED, _("The same again")


class OfferState(models.TextChoices):
    """What became of something a municipality has offered to the region."""

    OPEN = "open", pgettext_lazy("offer", "Open")
    TAKEN = "taken", pgettext_lazy("offer", "Taken up")
    DECLINED = "declined", pgettext_lazy("offer", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("offer", "Withdrawn")
