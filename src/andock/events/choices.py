from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

RESERVED_SLUGS = ("anmeldung", "kalender", "monat", "neu", "reihen")
"""Words that stand in addresses where an event's own word stands."""


class EventKind(models.TextChoices):
    """What sort of date it is. A region names these in its own words: ``labels`` of region.yaml, key ``event_<kind>``."""

    CONFERENCE = "conference", _("Conference")
    FORUM = "forum", _("Forum")
    SYMPOSIUM = "symposium", _("Symposium")
    WORKSHOP = "workshop", _("Workshop")
    TALK = "talk", _("Talk")
    EXCHANGE = "exchange", _("Exchange of experience")
    NETWORK_MEETING = "network_meeting", _("Network meeting")
    PARTICIPATION = "participation", _("Citizens' participation")
    GUIDED_TOUR = "guided_tour", _("Guided tour")
    FAIR = "fair", _("Fair")
    OPENING = "opening", _("Opening")
    PRESENTATION = "presentation", _("Presentation")
    COMMITTEE = "committee", _("Committee meeting")
    DEADLINE = "deadline", pgettext_lazy("event", "Deadline")
    MILESTONE = "milestone", _("Milestone")


WITHOUT_REGISTRATION = frozenset({EventKind.COMMITTEE, EventKind.DEADLINE, EventKind.MILESTONE})
"""Listed as dates; nobody registers for them."""


class EventState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("event", "Draft")
    PUBLISHED = "published", pgettext_lazy("event", "Published")
    CANCELLED = "cancelled", pgettext_lazy("event", "Cancelled")


PUBLIC_STATES = (EventState.PUBLISHED, EventState.CANCELLED)


class Format(models.TextChoices):
    ON_SITE = "on_site", _("On site")
    ONLINE = "online", pgettext_lazy("event", "Online")
    HYBRID = "hybrid", _("On site and online")
    UNKNOWN = "unknown", pgettext_lazy("event format", "Not documented")


class Attendance(models.TextChoices):
    """The way in which somebody attends; a hybrid event offers both."""

    ROOM = "room", _("On site")
    ONLINE = "online", pgettext_lazy("event", "Online")


ATTENDANCES = {
    Format.ON_SITE: (Attendance.ROOM,),
    Format.ONLINE: (Attendance.ONLINE,),
    Format.HYBRID: (Attendance.ROOM, Attendance.ONLINE),
    Format.UNKNOWN: (),
}


class StepFree(models.TextChoices):
    UNKNOWN = "", pgettext_lazy("step-free access", "Not known")
    YES = "yes", _("Step-free")
    PARTLY = "partly", _("Partly step-free")
    NO = "no", _("Not step-free")


class Door(models.TextChoices):
    """How people register."""

    NONE = "none", _("Nobody needs to register")
    HERE = "here", _("People register here")
    ELSEWHERE = "elsewhere", _("People register on another website")


class Room(models.TextChoices):
    """How many seats are left, as the public sees it; the exact number stands on the form."""

    FREE = "free", _("Seats free")
    FEW = "few", _("Few seats left")
    WAITING_LIST = "waiting_list", _("Waiting list")
    FULL = "full", _("Fully booked")


class Standing(models.TextChoices):
    """What matters about an event to somebody who might come, in one word."""

    CANCELLED = "cancelled", pgettext_lazy("event", "Cancelled")
    OVER = "over", pgettext_lazy("event", "Over")
    RUNNING = "running", _("Takes place now")
    DATE = "date", pgettext_lazy("event", "Date only")
    WITHOUT = "without", _("Without registration")
    ELSEWHERE = "elsewhere", _("Registration elsewhere")
    NOT_YET = "not_yet", _("Registration opens later")
    CLOSED = "closed", _("Registration is closed")
    FREE = "free", _("Seats free")
    FEW = "few", _("Few seats left")
    WAITING_LIST = "waiting_list", _("Waiting list")
    FULL = "full", _("Fully booked")


class QuestionKind(models.TextChoices):
    TEXT = "text", pgettext_lazy("question", "Short text")
    CHOICE = "choice", _("One of several answers")
    SEVERAL = "several", _("Several of the answers")
    NUMBER = "number", _("A number")
    CONSENT = "consent", _("A consent to tick")


class DocumentKind(models.TextChoices):
    PROGRAMME = "programme", _("Programme")
    SLIDES = "slides", _("Slides")
    MINUTES = "minutes", _("Minutes")
    OTHER = "other", pgettext_lazy("document", "Document")


class RegistrationState(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("Not confirmed yet")
    """A seat is held until the mail is confirmed, half an hour at most."""
    HELD_BACK = "held_back", _("Not confirmed yet, without a seat")
    """As UNCONFIRMED, but no seat is held: too many came from one place in a short time."""
    PENDING = "pending", _("Waits for the organiser's yes")
    CONFIRMED = "confirmed", pgettext_lazy("registration", "Confirmed")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("A seat is offered")
    CANCELLED = "cancelled", pgettext_lazy("registration", "Cancelled")
    DECLINED = "declined", _("Offered seat declined")
    REJECTED = "rejected", _("Not accepted by the organiser")
    EXPIRED = "expired", pgettext_lazy("registration", "Expired")


HOLDING = (
    RegistrationState.UNCONFIRMED,
    RegistrationState.PENDING,
    RegistrationState.CONFIRMED,
    RegistrationState.OFFERED,
)
"""States that take seats."""
ACTIVE = (*HOLDING, RegistrationState.HELD_BACK, RegistrationState.WAITING)
"""States of which one address has one per event."""


class Origin(models.TextChoices):
    ONLINE = "online", _("Registered on the website")
    BY_HAND = "by_hand", _("Entered by the organiser")
    IMPORTED = "imported", _("Imported")


class Occasion(models.TextChoices):
    """What a mail to somebody who registered tells; part of the mail's key."""

    CONFIRM = "confirm", _("Please confirm")
    AGAIN = "again", _("You are registered already")
    CONFIRMED = "confirmed", _("Registered")
    PENDING = "pending", _("Waits for the organiser's yes")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("A seat is offered")
    LAPSED = "lapsed", _("The offer has lapsed")
    REJECTED = "rejected", _("Not accepted")
    CANCELLED = "cancelled", _("Registration cancelled")
    CHANGED = "changed", _("Registration changed")
    EVENT_CHANGED = "event_changed", _("The event has changed")
    EVENT_CANCELLED = "event_cancelled", _("The event is cancelled")
    ROOM_MOVED = "room_moved", _("The online room has moved")
    ROOM_KNOWN = "room_known", _("The online room is known")
    REMINDER = "reminder", _("Reminder")
    MESSAGE = "message", _("Message of the organiser")


class Group(models.TextChoices):
    """What part of the participants a list shows; the values stand in addresses."""

    COMING = "angemeldet", _("Registered")
    PENDING = "zu-entscheiden", _("To be decided")
    WAITING = "warteliste", _("Waiting list")
    OFFERED = "angebot", _("Seat offered")
    UNCONFIRMED = "unbestaetigt", _("Not confirmed yet")
    ENDED = "beendet", pgettext_lazy("registrations", "Cancelled, rejected or expired")
    CAME = "gekommen", _("Came")
    BOUNCED = "unzustellbar", _("Mail came back")
