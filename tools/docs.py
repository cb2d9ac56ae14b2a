"""Check the documentation: every link inside the repository leads somewhere, every setting and command is described.

Prints each finding and ends with 1 when there is one; there are no mere warnings.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/andock"
LINK = re.compile(r"!?\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)")
ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
FENCED = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
SETTING = re.compile(r"\benv\.\w+\(\s*\"(\w+)\"")


def main() -> int:
    """Print what is wrong; 1 if anything is."""
    findings = [*broken_links(), *undescribed("setting", settings()), *undescribed("command", commands())]
    print("\n".join(findings) or "Documentation is sound.")
    return 1 if findings else 0


def pages() -> list[Path]:
    """Every page of the documentation, and the ones in the root."""
    return sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("regions/**/*.md")])


def broken_links() -> Iterator[str]:
    """Links to files or headings that are not there."""
    for page in pages():
        for target in LINK.findall(without_code(page)):
            if not ELSEWHERE.match(target) and not leads_somewhere(page, unquote(target)):
                yield f"{page.relative_to(ROOT)}: the link {target} leads nowhere"


def leads_somewhere(page: Path, target: str) -> bool:
    """Whether a relative link has a file, and its anchor a heading."""
    name, _, anchor = target.partition("#")
    file = (page.parent / name).resolve() if name else page
    if not file.exists() or not file.is_relative_to(ROOT):
        return False
    return not anchor or file.suffix != ".md" or anchor in anchors(file)


def anchors(page: Path) -> set[str]:
    """The anchors that headings get, written the usual way: lower case, hyphens, no punctuation."""
    titles = (re.sub(r"[^\w\s-]", "", title.lower()) for title in HEADING.findall(without_code(page)))
    return {re.sub(r"\s", "-", title.strip()) for title in titles}


def without_code(page: Path) -> str:
    """The text of a page without its fenced blocks."""
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def undescribed(kind: str, names: set[str]) -> Iterator[str]:
    """Names that no page below `docs/` mentions."""
    text = "\n".join(page.read_text(encoding="utf-8") for page in ROOT.glob("docs/**/*.md"))
    for name in sorted(names):
        if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
            yield f"docs: the {kind} {name} is described nowhere"


def settings() -> set[str]:
    """The variables that an operator may set."""
    return set(SETTING.findall((SOURCE / "config/environment.py").read_text(encoding="utf-8"))) | {"HOST", "PORT"}


def commands() -> set[str]:
    """The project's own commands, as one types them: with hyphens."""
    files = SOURCE.glob("**/management/commands/*.py")
    return {file.stem.replace("_", "-") for file in files if not file.stem.startswith("_")}


if __name__ == "__main__":
    sys.exit(main())
