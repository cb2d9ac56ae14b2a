"""The HTML that is sent, checked by html-validate against the standard and the rules for accessibility."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.pages import ALL
from tests.journeys.server import ROOT

NODE = Path(sys.executable).with_name("node")
VALIDATE = ROOT / "frontend/node_modules/html-validate/bin/html-validate.mjs"
# What differs from its presets, and why: the doctype is written small; a name that comes several times is a list to
# Django (check boxes, the order of paragraphs); a title may be as long as an edition's own; Django's tags leave blanks
# at line ends and its names colons in ids; rich text closes its line breaks with a slash.
RULES = Path(__file__).with_name("htmlvalidate.json")
# allauth's forms for security keys are sent by its script, or by a button elsewhere on the page.
EXCEPTIONS = {(name, "wcag/h32") for name in ("second-factor-key", "password-link-old", "factor-sign-in")}


@pytest.fixture(scope="module")
def sent(open_html, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the server sent for every state, one file each."""
    folder = tmp_path_factory.mktemp("html")
    for state in ALL:
        (folder / f"{state.name}.html").write_bytes(open_html(state))
    return folder


def test_every_page_is_valid_html(sent: Path) -> None:
    command = [NODE, VALIDATE, "--config", RULES, "--formatter", "json", *sorted(sent.glob("*.html"))]
    done = subprocess.run(command, cwd=sent, capture_output=True, text=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    found = {
        f"{Path(page['filePath']).stem}:{one['line']} {one['ruleId']}: {one['message']}"
        for page in json.loads(done.stdout)
        for one in page["messages"]
        if (Path(page["filePath"]).stem, one["ruleId"]) not in EXCEPTIONS
    }
    assert not sorted(found)
