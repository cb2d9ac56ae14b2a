"""People who sign in. What they may do hangs on their memberships, not on flags of the account."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q, prefetch_related_objects
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from andock.organisations.choices import EDITING_ROLES, RELEASING_ROLES, Role

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from andock.organisations.models import Organisation


class UserManager(BaseUserManager["User"]):
    """Makes accounts; ``createsuperuser`` of the command line ends here."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
    """A person with an account, known by the e-mail address."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, help_text="Made by demo mode; never on a real site.")
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique")]

    def __str__(self) -> str:
        return self.name or self.email

    def memberships_on(self, day: date) -> list[Membership]:
        """The memberships that hold on ``day``; read once per request, as the account itself is."""
        prefetch_related_objects([self], "memberships__organisation")
        return [membership for membership in self.memberships.all() if membership.holds_on(day)]

    def holds(self, roles: Collection[str], organisation: Organisation | None = None, day: date | None = None) -> bool:
        """Whether one of ``roles`` is held in ``organisation`` (anywhere if None) on ``day`` (today if None)."""
        return any(
            membership.role in roles and (organisation is None or membership.organisation_id == organisation.pk)
            for membership in self.memberships_on(day or timezone.localdate())
        )

    @property
    def is_agency_editor(self) -> bool:
        return self.holds({Role.AGENCY_EDITOR})

    @property
    def is_editing(self) -> bool:
        """Whether this person may change anything, so that a second factor is due."""
        return self.is_superuser or self.holds(EDITING_ROLES)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by the day on which they hold."""

    def holding_on(self, day: date) -> MembershipQuerySet:
        return self.filter(Q(until__isnull=True) | Q(until__gt=day), since__lte=day)

    def releasers_of(self, organisation: Any, day: date) -> MembershipQuerySet:
        """Who may release for an organisation on ``day``. Deputies do not count: their time is borrowed."""
        return self.holding_on(day).filter(
            organisation=organisation, role__in=RELEASING_ROLES, deputy_of=None, user__is_active=True
        )


class Membership(models.Model):
    """A person's role in an organisation from one day until, not including, another."""

    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True, help_text="The first day on which it holds no more.")
    deputy_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="deputies")
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("organisation", "role", "since")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="membership_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(deputy_of__isnull=True) | Q(until__isnull=False), name="membership_deputy_ends"
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], condition=Q(until__isnull=True), name="membership_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.organisation}"

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds, as people write it."""
        return self.until - timedelta(days=1) if self.until else None

    def is_last_releaser(self, day: date) -> bool:
        """Whether nobody else would release from ``day`` on for at least as long as this one would."""
        if self.role not in RELEASING_ROLES or self.deputy_of_id:
            return False
        long_enough = Q(until__isnull=True)
        if self.until:
            long_enough |= Q(until__gte=self.until)
        others = Membership.objects.releasers_of(self.organisation_id, day).exclude(user=self.user_id)
        return not others.filter(long_enough).exists()


class Home(models.Model):
    """A municipality in which the linked outside account says its owner lives, as of the last sign-in with it.

    Several rows of one person: a postcode that several municipalities share, so only the region is sure.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="homes")
    municipality = models.ForeignKey("organisations.Organisation", on_delete=models.CASCADE, related_name="+")
    said_on = models.DateField(_("as of"))

    class Meta:
        ordering = ("municipality__name",)
        constraints = [models.UniqueConstraint(fields=["user", "municipality"], name="home_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.municipality}"


class Invitation(models.Model):
    """A role offered to an e-mail address. The link's token is kept only as its SHA-256."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="invitations",
    )
    role = models.CharField(_("role"), max_length=30, choices=Role.choices)
    until = models.DateField(_("until"), null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True), name="invitation_not_accepted_and_revoked"
            ),
            models.UniqueConstraint(
                Lower("email"), "organisation", "role",
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_open_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"

    def is_open_at(self, now: datetime) -> bool:
        return self.accepted_at is None and self.revoked_at is None and now < self.expires_at
