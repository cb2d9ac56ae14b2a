"""One real server and one browser for all journeys of a process."""

from __future__ import annotations

import gc
import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from tests.journeys import people
from tests.journeys.german import untranslated
from tests.journeys.server import ROOT, gather, prepare, prepare_broken, serve
from tests.journeys.validating import Validator

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox: tests often run as root in a container. The rest keeps the browser from calling home.
# The made-up name leads to the server, which must refuse it; every other name leads nowhere.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP not-ours.example 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
PATIENCE = 60_000  # milliseconds; the machine may be busy
# Playwright's event loop runs in the thread of the tests, where Django would then refuse plain queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser; without one every journey is skipped."""
    found = os.environ.get("ANDOCK_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        pytest.skip("there is no Chromium (Debian: apt-get install chromium-headless-shell)")
    return found


@pytest.fixture(scope="session")
def prepared(chromium: str) -> Path:
    """A data folder with the region; beside it, as ``empty``, one without."""
    return prepare(ROOT / "var" / "journeys") / "region"


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the running site."""
    return tmp_path_factory.mktemp("site") / "data"


@pytest.fixture(scope="session")
def site(prepared: Path, data: Path) -> Iterator[str]:
    """The address of the running site, without a slash at its end."""
    with serve(prepared, data) as address:
        yield address


@pytest.fixture(scope="session")
def crowd(site: str, data: Path) -> None:
    """Events with people in every state."""
    gather(data)


class Places(dict[str, str]):
    """Where addresses of states lead; a server without a region, or with faults, starts when the first state asks."""

    def __init__(self, site: str, starters: dict[str, Callable[[], str]]) -> None:
        super().__init__(port=site.rsplit(":", 1)[1])
        self.starters = starters

    def __missing__(self, name: str) -> str:
        self[name] = self.starters[name]()
        return self[name]


@pytest.fixture(scope="session")
def places(site: str, prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    with ExitStack() as running:

        def start(prepared: Path) -> str:
            return running.enter_context(serve(prepared, tmp_path_factory.mktemp("elsewhere") / "data"))

        def start_broken() -> str:
            return start(prepare_broken(prepared, tmp_path_factory.mktemp("broken") / "prepared"))

        yield Places(site, {"empty": lambda: start(prepared.with_name("empty")), "broken": start_broken})


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver: Playwright, chromium: str) -> Iterator[Browser]:
    browser = driver.chromium.launch(executable_path=chromium, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def sessions(browser: Browser, site: str) -> Callable[[str], dict | None]:
    """The cookies of a signed-in person, who signs in once; none for a visitor."""
    known: dict[str, dict | None] = {people.VISITOR: None}

    def cookies(person: str) -> dict | None:
        if person not in known:
            with browser.new_context(base_url=site) as context:
                people.sign_in(context.new_page(), person, site)
                known[person] = context.storage_state()
        return known[person]

    return cookies


@pytest.fixture
def open_context(
    browser: Browser, site: str, sessions: Callable[[str], dict | None]
) -> Iterator[Callable[..., BrowserContext]]:
    """Opens windows: ``open_context(person, width=1280, **options of Playwright)``."""
    opened = []

    def new(person: str = people.VISITOR, *, width: int = 1280, **options: object) -> BrowserContext:
        context = browser.new_context(
            base_url=site,
            storage_state=sessions(person),
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
            locale="de-DE",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield new
    for context in opened:
        context.close()


@pytest.fixture
def open_page(open_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """As ``open_context``, with one page in it."""
    return lambda *args, **options: open_context(*args, **options).new_page()


@pytest.fixture(scope="session")
def stage(browser: Browser, site: str, sessions: Callable[[str], dict | None], crowd: None) -> None:
    """What pages need to show more than their empty state: a draft (5th edition), an invitation and its mail, a key."""
    sessions(people.SECURED)
    with browser.new_context(base_url=site, storage_state=sessions(people.AGENCY)) as context:
        page = context.new_page()
        page.goto("/strategie/bearbeiten/")
        page.click("main form [type=submit]")
        page.wait_for_url("**/5/angaben/")
        page.goto("/verwaltung/olpe/personen/einladen/")
        page.fill("[name=email]", "neu@demo.example")
        page.locator("[name=role]").first.check()
        page.click("main form [type=submit]")
        page.wait_for_url("**/olpe/personen/")


@pytest.fixture(scope="session")
def english() -> set[str]:
    return untranslated()


@pytest.fixture(scope="session")
def validator() -> Iterator[Validator]:
    validator = Validator()
    yield validator
    validator.close()


@pytest.fixture(autouse=True)
def connections_left_open() -> Iterator[None]:
    """Connections the browser kept open end with its window, unclosed by the test server; that is no leak of ours."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
