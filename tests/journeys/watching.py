"""Looking at one page as people with different needs meet it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

from tests.journeys.server import ROOT
from tests.journeys.state import State

AXE = (ROOT / "frontend/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
OURS = Path(__file__).with_name("page.js").read_text(encoding="utf-8")
# No rule is off; the size of targets (WCAG 2.5.8) is off by default and switched on.
RUN_AXE = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } });
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.html.slice(0, 120)} ${node.any.map(a => a.message).join("; ").slice(0, 160)}`));
}"""
REDIRECTS = range(300, 400)
TELL_VIOLATIONS = """
  document.addEventListener("securitypolicyviolation", (event) => {
    console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`);
  });
"""


class Watch:
    """Collects what a page does that it must not: foreign requests, policy violations, errors."""

    def __init__(self, page: Page, state: State, site: str) -> None:
        self.found: list[str] = []
        self.state = state
        self.hosts = {urlsplit(site).netloc, urlsplit(state.address).netloc}
        page.add_init_script(TELL_VIOLATIONS)
        self.answers: list[Response] = []
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.found.append(f"error: {error}"))

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc not in self.hosts:
            self.found.append(f"request to {request.url}")

    def _response(self, answer: Response) -> None:
        """The page itself, neither a redirect nor a file it needs."""
        is_page = answer.request.is_navigation_request() and answer.frame == answer.frame.page.main_frame
        if is_page and answer.status not in REDIRECTS:
            self.answers.append(answer)

    def html(self) -> bytes:
        """The page that is shown as the server sent it, before any script."""
        return self.answers[-1].body()

    def _console(self, message: ConsoleMessage) -> None:
        """The browser itself notes an answer that is meant to be a refusal; nothing else may be an error."""
        refusal = message.text.startswith("Failed to load resource") and "/static/" not in message.location["url"]
        # The made-up host of the 400 page has no TLS, and is not loopback by its name.
        insecure = "not-ours.example" in self.state.address and message.text.startswith(
            "The Cross-Origin-Opener-Policy"
        )
        if message.type == "error" and not (refusal or insecure):
            self.found.append(f"console: {message.text}")


def look(page: Page, name: str, *arguments: str) -> list[str]:
    """Findings of one function of ``page.js``."""
    return list(page.evaluate(f"arguments_ => ({OURS}).{name}(...arguments_)", list(arguments)))


def run_axe(page: Page) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    return list(page.evaluate(RUN_AXE))
