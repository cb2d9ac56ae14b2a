"""One page in one state, and the two deeds nearly every state needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from playwright.sync_api import Page

from tests.journeys.people import VISITOR

# Security keys are bound to a name, so these go by one instead of by the number of this machine.
LOCAL = "http://localhost:{port}"


def stay(page: Page) -> None:
    """The address alone shows the state."""


@dataclass(frozen=True)
class State:
    """One page in one state; ``reach`` does what a person does there before the state shows."""

    name: str
    address: str
    person: str = VISITOR
    status: int = 200
    reach: Callable[[Page], None] = field(default=stay)
    language: str = "de"

    def at(self, places: Mapping[str, str]) -> State:
        """The state at the addresses of this run: ``{port}`` of the site, ``{empty}`` and ``{broken}`` beside it."""
        return replace(self, address=self.address.format_map(places))

    def open(self, page: Page) -> None:
        """Go there and check that it is the page meant."""
        answer = page.goto(self.address)
        assert answer is not None
        assert answer.status == self.status, f"{self.address} answers {answer.status}"
        self.reach(page)


def click(selector: str) -> Callable[[Page], None]:
    """Press a button that leads to a page."""

    def press(page: Page) -> None:
        with page.expect_navigation():
            page.click(selector)

    return press


def send(page: Page) -> None:
    """Send the first form as browsers do that check nothing themselves."""
    page.eval_on_selector_all("main form", "forms => forms.forEach(form => { form.noValidate = true })")
    click("main form:not([hidden]) [type=submit]:not(.vh, [name=find]):visible")(page)


def send_file(content: str) -> Callable[[Page], None]:
    def choose(page: Page) -> None:
        page.set_input_files("[name=file]", {"name": "a.json", "mimeType": "", "buffer": content.encode()})
        send(page)

    return choose
