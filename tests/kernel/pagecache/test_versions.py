"""One bump a transaction, the last thing before its commit."""

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from andock.kernel.pagecache.models import Version
from andock.kernel.pagecache.versions import bump, public_transaction
from andock.organisations.models import Term

pytestmark = pytest.mark.django_db


@public_transaction()
def inner(slug: str) -> None:
    bump("terms")
    Term.objects.create(vocabulary="topics", slug=slug, labels={})


@public_transaction()
def outer() -> None:
    bump("strategy")
    inner("klima")
    inner("umwelt")


def test_nested_changes_are_bumped_once_and_last() -> None:
    with CaptureQueriesContext(connection) as queries:
        outer()

    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert [("pagecache_version" in sql) for sql in statements] == [False, False, True]
    assert set(Version.objects.values_list("scope", flat=True)) == {"strategy", "terms"}


def test_transaction_without_bump_writes_no_version() -> None:
    with public_transaction():
        Term.objects.create(vocabulary="topics", slug="klima", labels={})

    assert not Version.objects.exists()


def test_every_bump_gives_another_stamp() -> None:
    stamps = set()
    for _time in range(20):
        with transaction.atomic():
            bump("terms")
        stamps.add(Version.objects.get().stamp)

    assert len(stamps) == 20


def test_failed_inner_change_leaves_the_outer_one_usable() -> None:
    with public_transaction():
        with pytest.raises(ZeroDivisionError), public_transaction():
            1 / 0  # noqa: B018
        bump("terms")

    assert Version.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_bump_outside_a_transaction_is_refused(emptied_afterwards: None) -> None:
    with pytest.raises(TransactionManagementError):
        bump("terms")
