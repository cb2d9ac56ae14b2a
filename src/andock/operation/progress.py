"""How far a long command is: a bar on a terminal, one line per step elsewhere."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def shown(*, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A function ``(what, done, of)`` that shows the progress on standard error."""
    console = Console(stderr=True, quiet=quiet)
    bar = Progress(TextColumn("{task.description}"), BarColumn(), console=console, disable=not console.is_terminal)
    tasks: dict[str, TaskID] = {}

    def step(what: str, done: int, of: int) -> None:
        if what not in tasks:
            tasks[what] = bar.add_task(what)
            if not console.is_terminal:
                console.print(f"{what} …")
        bar.update(tasks[what], completed=done, total=max(of, 1))

    with bar:
        yield step
        for task in tasks.values():
            bar.update(task, completed=bar.tasks[task].total)
