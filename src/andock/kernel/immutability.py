"""Rows that the database itself refuses to change, on SQLite and PostgreSQL alike.

Modules declare ``Frozen`` rules in their manifest; they are (re)installed as triggers after every
``migrate``, because SQLite drops a table's triggers when a migration rebuilds the table. It also refuses to rebuild
a table that another table's trigger asks, so there they are taken away while migrations run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True, slots=True)
class Frozen:
    """Refuse ``event`` (INSERT, UPDATE or DELETE) on ``table`` where ``condition`` holds.

    ``condition`` is SQL over OLD and NEW, may hold sub-queries and is written so that both engines read it.
    """

    table: str
    event: str
    condition: str
    message: str

    @property
    def name(self) -> str:
        return f"frozen_{self.table}_{self.event}".lower()


def install_all(*, using: str = "default", **_kwargs: Any) -> None:
    """Install the rules of all modules whose table exists. Receiver of ``post_migrate``."""
    from .modules import modules

    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for rule in (rule for module in modules() for rule in module.frozen if rule.table in tables):
            for statement in _statements(connection, rule):
                cursor.execute(statement)


def make_room(*, using: str = "default", plan: Any = (), **_kwargs: Any) -> None:
    """Let SQLite rebuild tables that rules speak of. Receiver of ``pre_migrate``; nothing to do, nothing taken away."""
    if plan and connections[using].vendor == "sqlite":
        remove_all(using=using)


def remove_all(*, using: str = "default") -> None:
    """Take the rules away, for test databases that must be emptied."""
    from .modules import modules

    connection = connections[using]
    with connection.cursor() as cursor:
        for rule in (rule for module in modules() for rule in module.frozen):
            for statement in _drops(connection, rule):
                cursor.execute(statement)


def missing(*, using: str = "default") -> list[str]:
    """The names of rules whose table exists while their trigger does not."""
    from .modules import modules

    connection = connections[using]
    tables = set(connection.introspection.table_names())
    source = {"sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'"}
    with connection.cursor() as cursor:
        cursor.execute(source.get(connection.vendor, "SELECT tgname FROM pg_trigger"))
        present = {row[0] for row in cursor.fetchall()}
    rules = (rule for module in modules() for rule in module.frozen if rule.table in tables)
    return sorted({rule.name for rule in rules} - present)


def _drops(connection: BaseDatabaseWrapper, rule: Frozen) -> Iterator[str]:
    on_table = f" ON {rule.table}" if connection.vendor == "postgresql" else ""
    yield f"DROP TRIGGER IF EXISTS {rule.name}{on_table}"
    if connection.vendor == "postgresql" and rule.event == "DELETE":
        yield f"DROP TRIGGER IF EXISTS {rule.name}_all{on_table}"


def _statements(connection: BaseDatabaseWrapper, rule: Frozen) -> Iterator[str]:
    yield from _drops(connection, rule)
    message = rule.message.replace("'", "''")
    head = f"CREATE TRIGGER {rule.name} BEFORE {rule.event} ON {rule.table} FOR EACH ROW"
    if connection.vendor == "sqlite":
        condition = rule.condition.replace("IS DISTINCT FROM", "IS NOT")
        yield f"{head} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END"
        return
    row = "OLD" if rule.event == "DELETE" else "NEW"
    yield (
        f"CREATE OR REPLACE FUNCTION {rule.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {rule.condition} THEN RAISE EXCEPTION USING MESSAGE = '{message}', ERRCODE = 'check_violation'; END IF; "
        f"RETURN {row}; END $$"
    )
    yield f"{head} EXECUTE FUNCTION {rule.name}()"
    if rule.event == "DELETE":
        yield from _against_truncate(rule, message)


def _against_truncate(rule: Frozen, message: str) -> Iterator[str]:
    """PostgreSQL empties a table at once without asking the rules for rows; here every row is OLD."""
    name = f"{rule.name}_all"
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ #variable_conflict use_column\n"  # noqa: S608  constants
        f"BEGIN IF EXISTS (SELECT 1 FROM {rule.table} AS old WHERE {rule.condition}) THEN "
        f"RAISE EXCEPTION USING MESSAGE = '{message}', ERRCODE = 'check_violation'; END IF; RETURN NULL; END $$"
    )
    yield f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {rule.table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
