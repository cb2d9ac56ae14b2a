from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils import timezone

from andock.accounts.models import Invitation, Membership, User
from andock.accounts.services.invitations import AlreadyMember, accept_invitation, invitation_for, invite, revoke
from andock.audit.models import Entry
from andock.kernel.permissions import Denied
from andock.notifications.models import Message
from andock.organisations.choices import Role
from tests.factories.accounts import PASSWORD

from .cast import Cast

NOBODY = AnonymousUser()


def _invite(cast: Cast, email: str = "neu@example.org", role: str = Role.MUNICIPAL_EDITOR) -> tuple[Invitation, str]:
    return invite(actor=cast.olpe_releaser, email=email, organisation=cast.olpe, role=role)


def test_invitation_of_releaser_is_mailed_and_recorded(cast: Cast) -> None:
    invitation, token = _invite(cast)

    message = Message.objects.get()
    assert message.to == "neu@example.org"
    assert f"/konto/einladung/{token}/" in message.text
    assert token not in invitation.token_hash
    entry = Entry.objects.get()
    assert (entry.action, entry.actor, entry.organisation) == ("accounts.invited", cast.olpe_releaser, cast.olpe)
    assert "neu@example.org" not in str(entry.data)


@pytest.mark.parametrize("who", ["olpe_editor", "olpe_moderator", "olpe_reader", "soest_releaser", "resident"])
def test_invitation_of_anyone_else_is_refused(cast: Cast, who: str) -> None:
    with pytest.raises(Denied, match="Olpe"):
        invite(actor=getattr(cast, who), email="neu@example.org", organisation=cast.olpe, role=Role.READER)

    assert not Invitation.objects.exists()


def test_invitation_of_agency_to_a_town_is_possible(cast: Cast) -> None:
    invitation, _token = invite(
        actor=cast.coordinator, email="neu@example.org", organisation=cast.soest, role=Role.MUNICIPAL_RELEASER
    )

    assert invitation.is_open_at(timezone.now())


def test_invitation_as_agency_editor_of_a_town_is_refused(cast: Cast) -> None:
    with pytest.raises(Denied):
        _invite(cast, role=Role.AGENCY_EDITOR)


def test_invitation_of_somebody_with_that_role_is_refused(cast: Cast) -> None:
    with pytest.raises(AlreadyMember):
        _invite(cast, email=cast.olpe_editor.email.upper())


def test_second_invitation_revokes_the_first(cast: Cast) -> None:
    first, first_token = _invite(cast)

    second, _token = _invite(cast, email="NEU@example.org")

    first.refresh_from_db()
    assert first.revoked_at
    assert second.is_open_at(timezone.now())
    with pytest.raises(Denied):
        accept_invitation(actor=NOBODY, invitation=invitation_for(first_token), name="Neu", password=PASSWORD)


def test_accepting_makes_account_and_membership_but_signs_nobody_in(cast: Cast) -> None:
    invitation, _token = _invite(cast)

    membership = accept_invitation(actor=NOBODY, invitation=invitation, name="Nele Neu", password=PASSWORD)

    user = User.objects.get(email="neu@example.org")
    assert membership.user == user
    assert user.holds({Role.MUNICIPAL_EDITOR}, cast.olpe)
    assert user.emailaddress_set.get().verified
    assert user.last_login is None


def test_accepting_with_own_account_adds_the_role(cast: Cast) -> None:
    invitation, _token = _invite(cast, email=cast.resident.email)

    accept_invitation(actor=cast.resident, invitation=invitation)

    cast.resident.refresh_from_db()
    assert cast.resident.holds({Role.MUNICIPAL_EDITOR}, cast.olpe)


def test_accepting_somebody_elses_invitation_is_refused(cast: Cast) -> None:
    invitation, _token = _invite(cast, email="neu@example.org")

    with pytest.raises(Denied, match="another"):
        accept_invitation(actor=cast.resident, invitation=invitation)


def test_accepting_signed_out_although_an_account_exists_is_refused(cast: Cast) -> None:
    invitation, _token = _invite(cast, email=cast.resident.email)

    with pytest.raises(Denied, match="sign in"):
        accept_invitation(actor=NOBODY, invitation=invitation, name="X", password=PASSWORD)


def test_accepting_twice_is_refused(cast: Cast) -> None:
    invitation, _token = _invite(cast)
    accept_invitation(actor=NOBODY, invitation=invitation, name="Neu", password=PASSWORD)

    with pytest.raises(Denied):
        accept_invitation(actor=User.objects.get(email="neu@example.org"), invitation=invitation)


def test_accepting_after_fourteen_days_is_refused(cast: Cast) -> None:
    invitation, _token = _invite(cast)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(Denied, match="expired"):
        accept_invitation(actor=NOBODY, invitation=invitation, name="Neu", password=PASSWORD)

    assert not User.objects.filter(email="neu@example.org").exists()


def test_accepting_with_short_password_is_refused_and_leaves_nothing(cast: Cast) -> None:
    invitation, _token = _invite(cast)

    with pytest.raises(ValidationError):
        accept_invitation(actor=NOBODY, invitation=invitation, name="Neu", password="zu kurz")

    assert not User.objects.filter(email="neu@example.org").exists()


def test_role_with_end_ends(cast: Cast) -> None:
    today = timezone.localdate()
    invitation, _token = invite(
        actor=cast.olpe_releaser, email="neu@example.org", organisation=cast.olpe, role=Role.READER,
        until=today + timedelta(days=3),
    )  # fmt: skip

    accept_invitation(actor=NOBODY, invitation=invitation, name="Neu", password=PASSWORD)

    user = User.objects.get(email="neu@example.org")
    assert user.holds({Role.READER}, cast.olpe, today + timedelta(days=2))
    assert not user.holds({Role.READER}, cast.olpe, today + timedelta(days=3))


def test_revoking_closes_the_link(cast: Cast) -> None:
    invitation, token = _invite(cast)

    revoke(actor=cast.olpe_releaser, invitation=invitation)

    assert not invitation_for(token).is_open_at(timezone.now())


@pytest.mark.parametrize("who", ["olpe_editor", "soest_releaser", "resident"])
def test_revoking_by_anyone_else_is_refused(cast: Cast, who: str) -> None:
    invitation, _token = _invite(cast)

    with pytest.raises(Denied):
        revoke(actor=getattr(cast, who), invitation=invitation)


def test_nothing_of_another_town_changes(cast: Cast) -> None:
    before = list(Membership.objects.filter(organisation=cast.soest).values())
    invitation, _token = _invite(cast)

    accept_invitation(actor=NOBODY, invitation=invitation, name="Neu", password=PASSWORD)

    assert list(Membership.objects.filter(organisation=cast.soest).values()) == before
