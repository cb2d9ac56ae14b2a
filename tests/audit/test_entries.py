import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import Error, connection, transaction

from andock.accounts.models import User
from andock.audit.models import Entry
from andock.audit.queries import entries_visible_to
from andock.audit.services import content_hash, record
from andock.kernel.modules import actions, private_actions
from tests.accounts.cast import Cast
from tests.factories.accounts import person


def _entry(cast: Cast, **fields: object) -> Entry:
    given = {"actor": cast.olpe_releaser, "action": "accounts.invited", "thing": cast.olpe, "organisation": cast.olpe}
    return record(**{**given, **fields})


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET reason = 'x'", "DELETE FROM audit_entry"])
def test_entry_cannot_change_even_by_direct_statement(cast: Cast, statement: str) -> None:
    _entry(cast)

    with pytest.raises(Error, match="cannot change"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Entry.objects.count() == 1


def test_entry_is_read_by_the_organisation_concerned_and_the_agency_only(cast: Cast) -> None:
    entry = _entry(cast)

    readers = {
        name for name, user in vars(cast).items() if isinstance(user, User) and entry in entries_visible_to(user)
    }

    assert readers == {"coordinator", "olpe_releaser", "olpe_editor", "olpe_moderator", "olpe_reader"}
    assert not entries_visible_to(AnonymousUser()).exists()


@pytest.mark.parametrize("action", ["local_strategies.decided", "local_strategies.begun", "events.drafted"])
def test_agency_does_not_read_that_a_town_works_on_a_draft(cast: Cast, action: str) -> None:
    drafted, submitted = _entry(cast, action=action), _entry(cast, action="local_strategies.submitted")

    assert set(entries_visible_to(cast.coordinator)) == {submitted}
    assert set(entries_visible_to(cast.olpe_reader)) == {drafted, submitted}


def test_agency_reads_of_its_own_drafts(cast: Cast) -> None:
    own = _entry(cast, actor=cast.coordinator, action="events.drafted", organisation=cast.agency)

    assert set(entries_visible_to(cast.coordinator)) == {own}


def test_every_private_action_is_one() -> None:
    assert private_actions() < actions().keys()


def test_entry_keeps_the_role_and_only_a_hash_of_the_text(cast: Cast) -> None:
    entry = _entry(cast, before={"text": "alt"}, after={"text": "neu"})

    assert entry.actor_roles == "municipal_releaser"
    assert entry.before_hash == content_hash({"text": "alt"}) != entry.after_hash
    assert len(entry.after_hash) == 64


def test_entry_survives_the_account_without_its_name(cast: Cast) -> None:
    leaver = person("leaver")
    entry = _entry(cast, actor=leaver)
    number = leaver.pk
    leaver.emailaddress_set.all().delete()

    leaver.delete()

    kept = entries_visible_to(cast.coordinator).get(pk=entry.pk)
    assert kept.actor_id == number
    assert "leaver" not in kept.actor_name.lower()


def test_entry_with_unknown_action_is_refused(cast: Cast) -> None:
    with pytest.raises(ValueError, match="manifest"):
        _entry(cast, action="accounts.something")
