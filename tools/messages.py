"""Compile the message catalogues (`.po` to `.mo`) without gettext, and tell what is missing in them.

python tools/messages.py            compile what changed
python tools/messages.py --check    red while a German catalogue has an empty or fuzzy entry, lacks one, or contradicts another
"""

from __future__ import annotations

import argparse
import ast
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/andock"


def main() -> int:
    """Compile, or check and return 1 when something is missing."""
    parser = argparse.ArgumentParser(description="Compile or check the message catalogues.")
    parser.add_argument("--check", action="store_true", help="only say what is missing")
    if parser.parse_args().check:
        return check()
    compile_changed()
    return 0


def catalogues() -> Iterator[Path]:
    """Every catalogue of the project."""
    yield from sorted(SOURCE.glob("**/locale/*/LC_MESSAGES/*.po"))


def compile_changed() -> None:
    """Write the `.mo` beside every `.po` that is newer; a broken catalogue stops the set-up."""
    stale = [po for po in catalogues() if is_stale(po)]
    if not stale:
        return
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for po in stale:
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parts[-3].replace("-", "_").split("_simple")[0], abort_invalid=True)
        fresh = po.with_suffix(".mo.new")
        with fresh.open("wb") as target:
            write_mo(target, catalogue)
        fresh.replace(po.with_suffix(".mo"))


def is_stale(po: Path) -> bool:
    """Whether the compiled catalogue is missing or older than its source."""
    mo = po.with_suffix(".mo")
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime


def check() -> int:
    """Print every German entry that is empty, fuzzy or missing; 0 when there is none."""
    from babel.messages.pofile import read_po

    problems = []
    for po in catalogues():
        if po.parts[-3] != "de":
            continue
        with po.open("rb") as source:
            catalogue = read_po(source, locale="de", abort_invalid=True)
        problems += [
            f"{po.relative_to(ROOT)}:{message.lineno}: not translated: {first(message.id)!r}"
            for message in catalogue
            if message.id and (message.fuzzy or not all(strings(message.string)))
        ]
    problems += [f"no German entry for: {text!r}" for text in sorted(used_messages() - translated_messages())]
    problems += contradictions()
    print("\n".join(problems) or "German catalogues are complete.")
    return 1 if problems else 0


def strings(value: str | tuple[str, ...]) -> tuple[str, ...]:
    """All plural forms of an entry."""
    return (value,) if isinstance(value, str) else tuple(value)


def first(value: str | tuple[str, ...]) -> str:
    """The singular of an entry."""
    return strings(value)[0]


def translated_messages() -> set[str]:
    """Every source string that some German catalogue of ours translates."""
    from babel.messages.pofile import read_po

    known: set[str] = set()
    for po in catalogues():
        if po.parts[-3] == "de":
            with po.open("rb") as source:
                known |= {first(message.id) for message in read_po(source, locale="de") if message.id}
    return known


def contradictions() -> Iterator[str]:
    """Texts that two catalogues translate differently: Django merges them, so one place would show the wrong words."""
    from babel.messages.pofile import read_po

    known: dict[tuple[str | None, str], tuple[str, Path]] = {}
    for po in catalogues():
        if po.parts[-3] == "de":
            with po.open("rb") as source:
                for message in (message for message in read_po(source, locale="de") if message.id):
                    german = first(message.string)
                    other, where = known.setdefault((message.context, first(message.id)), (german, po))
                    if other != german:
                        yield (
                            f"{first(message.id)!r} is {other!r} in {where.relative_to(ROOT)} and {german!r} in "
                            f"{po.relative_to(ROOT)}: choose one, or give one of them a context"
                        )


def in_f_strings(source: str) -> set[str]:
    """The source strings inside the f-strings of a module: gettext does not look there, so nobody would miss them."""
    parts = (part for one in ast.walk(ast.parse(source)) if isinstance(one, ast.JoinedStr) for part in ast.walk(one))
    calls = (part for part in parts if isinstance(part, ast.Call) and isinstance(part.func, ast.Name))
    asked = [call for call in calls if call.func.id in {"_", "gettext", "ngettext"} and call.args]
    return {call.args[0].value for call in asked if isinstance(call.args[0], ast.Constant)}


def used_messages() -> set[str]:
    """Every source string in templates and Python: by Django's own `makemessages` in a copy, and what that overlooks.

    Needs gettext (`xgettext`); says so and finds only what is in f-strings where it is missing.
    """
    overlooked = {text for module in SOURCE.rglob("*.py") for text in in_f_strings(module.read_text(encoding="utf-8"))}
    return overlooked | extracted_messages()


def extracted_messages() -> set[str]:
    """What `makemessages` finds."""
    if not shutil.which("xgettext"):
        print("xgettext is missing (Debian: gettext); strings without an entry were not looked for.")
        return set()
    from babel.messages.pofile import read_po

    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "andock"
        shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("vendor", "locale", "*.pyc", "fonts"))
        (copy / "locale").mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "--locale", "de", "--verbosity", "0"]
        subprocess.run([*command, "--no-obsolete", "--extension", "html,txt,py,svg"], cwd=copy, check=True)
        with (copy / "locale/de/LC_MESSAGES/django.po").open("rb") as source:
            return {first(message.id) for message in read_po(source, locale="de") if message.id}


if __name__ == "__main__":
    raise SystemExit(main())
