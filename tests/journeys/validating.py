"""The HTML that is sent, checked by html-validate against the standard and the rules for accessibility."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.journeys.server import ROOT

NODE = Path(sys.executable).with_name("node")
MODULE = ROOT / "frontend/node_modules/html-validate/dist/esm/index.js"
SCRIPT = Path(__file__).with_name("validate.mjs")
# What differs from its presets, and why: the doctype is written small; a name that comes several times is a list to
# Django (check boxes, the order of paragraphs); a title may be as long as an edition's own; Django's tags leave blanks
# at line ends and its names colons in ids; rich text closes its line breaks with a slash.
RULES = Path(__file__).with_name("htmlvalidate.json")
# allauth's forms for security keys are sent by its script, or by a button elsewhere on the page.
EXCEPTIONS = {(name, "wcag/h32") for name in ("second-factor-key", "password-link-old", "factor-sign-in")}
# The door's script fills buttons into its templates, and words into the buttons.
EXCEPTIONS |= {
    (name, rule)
    for name in ("door", "door-found", "door-here", "door-waiting")
    for rule in ("wcag/h32", "text-content")
}


class Validator:
    """One process that checks page after page: starting it takes as long as checking twenty."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [NODE, SCRIPT, MODULE, RULES], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def findings(self, name: str, html: bytes) -> list[str]:
        """What is wrong with the page of that state."""
        self.process.stdin.write(json.dumps(html.decode()) + "\n")
        self.process.stdin.flush()
        found = json.loads(self.process.stdout.readline())
        return [
            f"html, line {one['line']}: {one['ruleId']}: {one['message']}"
            for one in found
            if (name, one["ruleId"]) not in EXCEPTIONS
        ]

    def close(self) -> None:
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=20)
