"""Borders that the import contracts cannot see."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src/andock"
INNER = {"services", "queries", "rules", "models"}
DOORS = re.compile(r"django\.(http|shortcuts|views|template)\b")
VAGUE_NAMES = {"utils", "helpers", "common", "manager", "misc"}


def modules() -> Iterator[Path]:
    """Every Python file of the package, without migrations."""
    yield from (path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts)


def inner_modules() -> list[Path]:
    """The files of services, queries, rules and models, be they modules or folders."""
    return [path for path in modules() if INNER & {*path.relative_to(PACKAGE).with_suffix("").parts}]


def imports(path: Path) -> Iterator[str]:
    """The absolute names a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_inner_modules_are_found() -> None:
    assert len(inner_modules()) > 3


@pytest.mark.parametrize("path", inner_modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_inner_module_knows_no_request_or_page(path: Path) -> None:
    assert [name for name in imports(path) if DOORS.match(name)] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in modules() if path.stem in VAGUE_NAMES] == []


def test_other_apps_models_are_not_fetched_by_name() -> None:
    reached = [
        f"{path.relative_to(PACKAGE)}: {label}"
        for path in modules()
        for label in re.findall(r"get_model\(\s*[\"'](\w+)", path.read_text(encoding="utf-8"))
        if label not in path.relative_to(PACKAGE).parts
    ]
    assert reached == []
