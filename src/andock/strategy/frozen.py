"""An edition in force can't change: neither through the site nor by a statement to the database."""

from andock.kernel.immutability import Frozen

MESSAGE = "An edition in force cannot change; publish a new edition."
STATES = "('in_force', 'superseded')"
COLUMNS = (
    "framework_id",
    "ordinal",
    "label",
    "title",
    "kind",
    "date_text",
    "note",
    "demonstration",
    "sources",
    "content_hash",
)


def _edition_is_frozen(edition_id: str) -> str:
    return f"EXISTS (SELECT 1 FROM strategy_edition e WHERE e.id = {edition_id} AND e.state IN {STATES})"  # noqa: S608  constants


def _version_is_frozen(version_id: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM strategy_elementversion v JOIN strategy_edition e ON e.id = v.edition_id "  # noqa: S608  constants
        f"WHERE v.id = {version_id} AND e.state IN {STATES})"
    )


def _rows_of(table: str, is_frozen: str) -> tuple[Frozen, ...]:
    """Refuse new, changed and deleted rows of a frozen edition; ``is_frozen`` holds ``{row}``."""
    old, new = is_frozen.format(row="OLD"), is_frozen.format(row="NEW")
    return (
        Frozen(table, "INSERT", new, MESSAGE),
        Frozen(table, "UPDATE", f"({old} OR {new})", MESSAGE),
        Frozen(table, "DELETE", old, MESSAGE),
    )


_CHANGED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in COLUMNS)
_WRONG_STEP = "NOT (NEW.state = OLD.state OR (OLD.state = 'in_force' AND NEW.state = 'superseded'))"

FROZEN = (
    Frozen(
        "strategy_edition", "INSERT", f"(NEW.state IN {STATES})", "An edition comes into force by publication only."
    ),
    Frozen("strategy_edition", "UPDATE", f"(OLD.state IN {STATES} AND ({_CHANGED} OR {_WRONG_STEP}))", MESSAGE),
    Frozen("strategy_edition", "DELETE", f"(OLD.state IN {STATES})", MESSAGE),
    *_rows_of("strategy_elementversion", _edition_is_frozen("{row}.edition_id")),
    *_rows_of("strategy_lineage", _edition_is_frozen("{row}.edition_id")),
    *_rows_of("strategy_signatory", _edition_is_frozen("{row}.edition_id")),
    *_rows_of("strategy_elementversion_terms", _version_is_frozen("{row}.elementversion_id")),
)
