from datetime import date, timedelta

import pytest
from django.utils import timezone

from andock.accounts import queries
from andock.accounts.models import Membership, User
from andock.accounts.services.memberships import change_role, end_membership, name_deputy
from andock.audit.models import Entry
from andock.kernel.permissions import Denied
from andock.organisations.choices import Role
from andock.organisations.models import Organisation
from tests.factories.accounts import member, person

from .cast import Cast

TODAY = timezone.localdate
RELEASER = {Role.MUNICIPAL_RELEASER}


def _of(user: User, organisation: Organisation) -> Membership:
    return Membership.objects.get(user=user, organisation=organisation, until=None)


def _days(count: int) -> date:
    return TODAY() + timedelta(days=count)


def test_last_releaser_cannot_leave(cast: Cast) -> None:
    with pytest.raises(Denied, match="last releaser"):
        end_membership(actor=cast.olpe_releaser, membership=_of(cast.olpe_releaser, cast.olpe))

    assert cast.olpe_releaser.holds(RELEASER, cast.olpe)


@pytest.mark.parametrize("days", [0, 30])
def test_last_releaser_cannot_be_ended_by_the_agency_now_or_later(cast: Cast, days: int) -> None:
    with pytest.raises(Denied, match="another releaser first"):
        end_membership(actor=cast.coordinator, membership=_of(cast.olpe_releaser, cast.olpe), last_day=_days(days))


def test_last_releaser_cannot_become_editor(cast: Cast) -> None:
    with pytest.raises(Denied, match="last releaser"):
        change_role(actor=cast.coordinator, membership=_of(cast.olpe_releaser, cast.olpe), role=Role.MUNICIPAL_EDITOR)


def test_last_agency_editor_cannot_leave(cast: Cast) -> None:
    with pytest.raises(Denied, match="last releaser"):
        end_membership(actor=cast.coordinator, membership=_of(cast.coordinator, cast.agency))


def test_releaser_leaves_when_another_stays(cast: Cast) -> None:
    member(person("zweite"), cast.olpe, Role.MUNICIPAL_RELEASER)

    end_membership(actor=cast.olpe_releaser, membership=_of(cast.olpe_releaser, cast.olpe))

    cast.olpe_releaser.refresh_from_db()
    assert not cast.olpe_releaser.holds(RELEASER, cast.olpe)
    assert Entry.objects.get().action == "accounts.ended"


@pytest.mark.parametrize(
    "second",
    [{"until": _days(10)}, {"since": _days(5)}, {"until": _days(40), "deputy": True}],
    ids=["ends", "begins later", "deputy"],
)
def test_releaser_cannot_leave_to_somebody_who_does_not_last(cast: Cast, second: dict) -> None:
    first = _of(cast.olpe_releaser, cast.olpe)
    deputy_of = first if second.pop("deputy", False) else None
    member(person("zweite"), cast.olpe, Role.MUNICIPAL_RELEASER, deputy_of=deputy_of, **second)

    with pytest.raises(Denied, match="last releaser"):
        end_membership(actor=cast.olpe_releaser, membership=first)


def test_releaser_with_closed_account_does_not_count(cast: Cast) -> None:
    member(person("zweite", is_active=False), cast.olpe, Role.MUNICIPAL_RELEASER)

    with pytest.raises(Denied, match="last releaser"):
        end_membership(actor=cast.olpe_releaser, membership=_of(cast.olpe_releaser, cast.olpe))


def test_releaser_may_end_when_the_next_begins(cast: Cast) -> None:
    member(person("zweite"), cast.olpe, Role.MUNICIPAL_RELEASER, since=_days(5))

    ended = end_membership(actor=cast.olpe_releaser, membership=_of(cast.olpe_releaser, cast.olpe), last_day=_days(6))

    assert ended.last_day == _days(6)


def test_editor_may_leave_by_oneself(cast: Cast) -> None:
    end_membership(actor=cast.olpe_editor, membership=_of(cast.olpe_editor, cast.olpe))

    assert not Membership.objects.get(user=cast.olpe_editor).holds_on(TODAY())


@pytest.mark.parametrize("who", ["olpe_moderator", "olpe_reader", "soest_releaser", "resident"])
def test_membership_of_others_cannot_be_ended_or_changed(cast: Cast, who: str) -> None:
    membership, actor = _of(cast.olpe_editor, cast.olpe), getattr(cast, who)

    with pytest.raises(Denied):
        end_membership(actor=actor, membership=membership)
    with pytest.raises(Denied):
        change_role(actor=actor, membership=membership, role=Role.READER)


def test_membership_cannot_end_in_the_past(cast: Cast) -> None:
    with pytest.raises(Denied, match="past"):
        end_membership(actor=cast.olpe_releaser, membership=_of(cast.olpe_editor, cast.olpe), last_day=_days(-2))


def test_changed_role_begins_where_the_old_ends(cast: Cast) -> None:
    membership = _of(cast.olpe_editor, cast.olpe)

    changed = change_role(actor=cast.olpe_releaser, membership=membership, role=Role.MUNICIPAL_RELEASER)

    membership.refresh_from_db()
    assert membership.until == changed.since == TODAY()
    cast.olpe_editor.refresh_from_db()
    assert queries.roles_of(cast.olpe_editor, cast.olpe) == RELEASER


def test_deputy_holds_the_role_only_in_the_time_given(cast: Cast) -> None:
    membership = _of(cast.olpe_releaser, cast.olpe)

    name_deputy(
        actor=cast.olpe_releaser, membership=membership, deputy=cast.olpe_editor, since=_days(1), last_day=_days(7)
    )

    cast.olpe_editor.refresh_from_db()
    held = [cast.olpe_editor.holds(RELEASER, cast.olpe, _days(count)) for count in (0, 1, 7, 8)]
    assert held == [False, True, True, False]


def test_deputy_from_outside_is_refused(cast: Cast) -> None:
    with pytest.raises(Denied, match="already work"):
        name_deputy(
            actor=cast.olpe_releaser, membership=_of(cast.olpe_releaser, cast.olpe), deputy=cast.soest_releaser,
            since=TODAY(), last_day=_days(7),
        )  # fmt: skip


def test_deputy_named_by_a_stranger_is_refused(cast: Cast) -> None:
    with pytest.raises(Denied):
        name_deputy(
            actor=cast.soest_releaser, membership=_of(cast.olpe_releaser, cast.olpe), deputy=cast.olpe_editor,
            since=TODAY(), last_day=_days(7),
        )  # fmt: skip


def test_deputy_ends_with_the_person_deputised_for(cast: Cast) -> None:
    membership = _of(cast.olpe_releaser, cast.olpe)
    member(person("zweite"), cast.olpe, Role.MUNICIPAL_RELEASER)
    named = name_deputy(
        actor=cast.olpe_releaser, membership=membership, deputy=cast.olpe_editor, since=TODAY(), last_day=_days(7)
    )

    end_membership(actor=cast.olpe_releaser, membership=membership)

    named.refresh_from_db()
    assert not named.holds_on(TODAY())


def test_agency_sees_towns_without_releaser(cast: Cast) -> None:
    Membership.objects.filter(user=cast.soest_releaser).update(until=TODAY())
    member(cast.resident, cast.soest, Role.READER)

    found = queries.organisations_without_releaser(TODAY())

    assert list(found) == [cast.soest]


def test_people_of_another_town_are_not_visible(cast: Cast) -> None:
    seen = {membership.organisation for membership in queries.memberships_visible_to(cast.olpe_reader)}

    assert seen == {cast.olpe}
    assert cast.soest in {membership.organisation for membership in queries.memberships_visible_to(cast.coordinator)}


def test_roles_are_read_once_for_many_questions(cast: Cast, django_assert_num_queries) -> None:
    user = User.objects.get(pk=cast.olpe_editor.pk)

    with django_assert_num_queries(2):
        for _ in range(5):
            assert user.holds({Role.MUNICIPAL_EDITOR}, cast.olpe)
            assert not user.is_agency_editor
