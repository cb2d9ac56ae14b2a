"""An edition in force can't change, whoever asks the database."""

import pytest
from django.core.management import call_command
from django.db import Error, connection, transaction

from andock.kernel.immutability import missing
from andock.organisations.services.register import rename_organisation
from andock.strategy.choices import EditionState
from andock.strategy.exchange import SignatoryEntry, content_hash
from andock.strategy.models import Edition, Framework
from andock.strategy.queries import edition_document
from andock.strategy.services.editions import import_edition
from tests.factories.strategy import document, element

pytestmark = pytest.mark.django_db

STATEMENTS = {
    "title": "UPDATE strategy_edition SET title = 'x'",
    "state": "UPDATE strategy_edition SET state = 'draft'",
    "edition": "DELETE FROM strategy_edition",
    "wording": "UPDATE strategy_elementversion SET title = 'x'",
    "element": "DELETE FROM strategy_elementversion",
    "terms": "INSERT INTO strategy_elementversion_terms (elementversion_id, term_id) SELECT MIN(v.id), MIN(t.id) FROM strategy_elementversion v, organisations_term t",
    "signatory": "UPDATE strategy_signatory SET name = 'x'",
}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_direct_statement_on_edition_in_force_is_refused(framework: Framework, statement: str) -> None:
    import_edition(document=document(state="in_force"), actor=None)

    with (
        pytest.raises(Error, match=r"cannot change|publication only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


REPLACEMENTS = {
    "edition": "INSERT OR REPLACE INTO strategy_edition SELECT * FROM strategy_edition",
    "wording moved into a draft": "UPDATE OR REPLACE strategy_elementversion SET id = (SELECT MIN(id) FROM strategy_elementversion) WHERE id = (SELECT MAX(id) FROM strategy_elementversion)",
}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own statement")
@pytest.mark.parametrize("statement", REPLACEMENTS.values(), ids=REPLACEMENTS)
def test_replacing_a_row_in_force_is_refused(framework: Framework, statement: str) -> None:
    import_edition(document=document(state="in_force"), actor=None)
    import_edition(document=document(ordinal=2), actor=None)

    with (
        pytest.raises(Error, match=r"cannot change|publication only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def empty(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # PostgreSQL truncates no table with checks still to come
        cursor.execute(f"TRUNCATE {table} CASCADE")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own statement")
@pytest.mark.parametrize(
    "table", ["strategy_edition", "strategy_signatory", "strategy_elementversion_terms, strategy_lineage"]
)
def test_emptying_a_table_that_holds_an_edition_in_force_is_refused(framework: Framework, table: str) -> None:
    edition = document(element("g7", terms=("topics/klima",)), element("g8"), state="in_force", lineage=())
    import_edition(document=edition, actor=None)

    with pytest.raises(Error, match=r"cannot change|publication only"), transaction.atomic():
        empty(table)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own statement")
def test_emptying_a_table_that_holds_drafts_only_is_accepted(framework: Framework) -> None:
    import_edition(document=document(), actor=None)

    empty("strategy_signatory")

    assert not Edition.objects.get().signatories.exists()


@pytest.mark.parametrize("statement", [STATEMENTS["title"], STATEMENTS["wording"], STATEMENTS["element"]])
def test_direct_statement_on_draft_is_accepted(framework: Framework, statement: str) -> None:
    import_edition(document=document(state="draft"), actor=None)

    with connection.cursor() as cursor:
        cursor.execute(statement)

        assert cursor.rowcount == 1


def test_edition_in_force_may_be_superseded(framework: Framework) -> None:
    import_edition(document=document(state="in_force"), actor=None)

    Edition.objects.update(state=EditionState.SUPERSEDED)

    assert Edition.objects.get().state == EditionState.SUPERSEDED


def test_edition_inserted_as_in_force_is_refused(framework: Framework) -> None:
    import_edition(document=document(state="draft"), actor=None)
    fresh = {"ordinal": 9, "label": "9", "title": "x", "state": "in_force", "content_hash": "x"}

    with pytest.raises(Error, match="publication"), transaction.atomic():
        Edition.objects.create(framework=framework, **fresh)


def test_renamed_signatory_leaves_the_hash_of_the_edition_as_it_was(framework: Framework) -> None:
    agency = framework.owner
    signed = document(state="in_force", signatories=(SignatoryEntry("Agentur", "supporter", agency.slug),))
    import_edition(document=signed, actor=None)

    rename_organisation(actor=None, organisation=agency, name="Neue Agentur")

    edition = Edition.objects.get()
    assert content_hash(edition_document(edition)) == edition.content_hash
    assert import_edition(document=signed, actor=None) == "unchanged"


@pytest.mark.django_db(transaction=True)
def test_migrations_rebuild_a_table_that_rules_speak_of(emptied_afterwards: None, framework: Framework) -> None:
    import_edition(document=document(element("g1"), state="in_force"), actor=None)

    call_command("migrate", "strategy", "0002", verbosity=0)
    call_command("migrate", verbosity=0)

    assert Edition.objects.get().was_shown
    assert not missing()
