"""A version that is or was in force can't change, nor can what was recorded about it."""

from andock.kernel.immutability import Frozen

MESSAGE = "A version in force cannot change; begin a new draft."
STATES = "('in_force', 'superseded')"
COLUMNS = (
    "strategy_id", "number", "title", "edition_id", "introduction", "demonstration", "resolved", "content_hash",
    "in_force_on",
)  # fmt: skip


def _rows_of(table: str) -> tuple[Frozen, ...]:
    def frozen(row: str) -> str:
        return (
            f"EXISTS (SELECT 1 FROM local_strategies_version v WHERE v.id = {row}.version_id AND v.state IN {STATES})"  # noqa: S608  constants
        )

    return (
        Frozen(table, "INSERT", frozen("NEW"), MESSAGE),
        Frozen(table, "UPDATE", f"({frozen('OLD')} OR {frozen('NEW')})", MESSAGE),
        Frozen(table, "DELETE", frozen("OLD"), MESSAGE),
    )


def _text(column: str, row: str) -> str:
    return f"CAST({row}.{column} AS TEXT)"


_CHANGED = " OR ".join(f"{_text(name, 'NEW')} IS DISTINCT FROM {_text(name, 'OLD')}" for name in COLUMNS)
_WRONG_STEP = "NOT (NEW.state = OLD.state OR (OLD.state = 'in_force' AND NEW.state = 'superseded'))"

FROZEN = (
    Frozen(
        "local_strategies_version", "INSERT", f"(NEW.state IN {STATES})", "A version comes into force by a decision."
    ),
    Frozen("local_strategies_version", "UPDATE", f"(OLD.state IN {STATES} AND ({_CHANGED} OR {_WRONG_STEP}))", MESSAGE),
    Frozen("local_strategies_version", "DELETE", f"(OLD.state IN {STATES})", MESSAGE),
    *_rows_of("local_strategies_elementdecision"),
    *_rows_of("local_strategies_ownpart"),
    Frozen("local_strategies_decisionrecord", "UPDATE", "1 = 1", "A recorded decision stays as it was recorded."),
    Frozen("local_strategies_decisionrecord", "DELETE", "1 = 1", "A recorded decision stays as it was recorded."),
)
