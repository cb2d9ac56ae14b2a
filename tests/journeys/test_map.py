"""Saying where an idea is: by pointing, with the keyboard, by name without script; and all ideas on the large map."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests.journeys.conftest import ARGUMENTS, PATIENCE

LIST = "/beteiligung/ideen-fuer-das-hoenneufer/ideen/"
NEW = f"{LIST}neu/"
# The map needs WebGL, which a machine without a graphics card only pretends.
PRETENDED = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


@pytest.fixture(scope="module")
def drawing(driver: Playwright, chromium: str) -> Iterator[Browser]:
    arguments = [argument for argument in ARGUMENTS if argument != "--disable-gpu"]
    browser = driver.chromium.launch(executable_path=chromium, args=[*arguments, *PRETENDED])
    yield browser
    browser.close()


@pytest.fixture
def window(drawing: Browser, site: str) -> Iterator[Callable[[int], Page]]:
    opened: list[BrowserContext] = []

    def of(width: int) -> Page:
        context = drawing.new_context(base_url=site, locale="de-DE", viewport={"width": width, "height": 900})
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context.new_page()

    yield of
    for context in opened:
        context.close()


def open_picker(page: Page) -> None:
    page.goto(NEW)
    page.click("[data-open]")
    page.wait_for_selector(".pick canvas")
    page.wait_for_function("() => document.querySelector('.pick .map-canvas').andockMap?.loaded()")


def point(page: Page) -> tuple[float, ...]:
    return tuple(float(number) for number in page.input_value("[name=point]").split(", "))


@pytest.mark.parametrize("width", [360, 1280])
def test_place_is_pointed_at_moved_by_keyboard_and_taken_back(window: Callable[[int], Page], width: int) -> None:
    page = window(width)
    open_picker(page)
    status = page.locator(".pick [role=status]")

    page.locator(".pick canvas").click(position={"x": 100, "y": 100})
    expect(status).to_contain_text("Der Ort ist gewählt")
    latitude, longitude = point(page)
    assert 51.43 < latitude < 51.46
    assert 7.77 < longitude < 7.82

    canvas = page.locator(".pick canvas")
    canvas.focus()
    page.keyboard.press("Enter")
    middle = point(page)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => !document.querySelector('.pick .map-canvas').andockMap.isMoving()")
    page.keyboard.press("Enter")
    assert point(page)[1] > middle[1]
    assert point(page)[0] == pytest.approx(middle[0], abs=0.0001)

    page.click("[data-clear]")
    assert page.input_value("[name=point]") == ""
    expect(status).to_contain_text("kein Ort mehr")


def test_large_map_shows_all_ideas_and_leads_to_one(window: Callable[[int], Page]) -> None:
    page = window(1280)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(LIST)
    assert not any("maplibre" in url for url in asked), "Who reads the list fetches no map library."

    page.click("[data-swap]")
    page.wait_for_selector(".ideas-map canvas")
    expect(page.locator("[data-picture]")).to_be_hidden()
    page.wait_for_function("() => document.querySelector('.ideas-map .map-canvas').andockMap?.areTilesLoaded()")
    spot = page.wait_for_function(
        """() => {
            const map = document.querySelector('.ideas-map .map-canvas').andockMap
            const found = map.getLayer('ideas') && map.queryRenderedFeatures({layers: ['ideas']}).find(one => one.properties.number)
            return found && map.project(found.geometry.coordinates)
        }"""
    ).json_value()
    page.locator(".ideas-map canvas").click(position=spot)
    link = page.locator(".maplibregl-popup a")
    title = link.inner_text()
    link.click()
    assert page.locator("main h1").inner_text() == title
    assert page.locator("svg.place-map circle").count() == 1
    assert all(url.startswith((page.url.split("/beteiligung")[0], "data:", "blob:")) for url in asked)


def test_place_is_found_by_its_name_without_script(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto(NEW)
    page.fill("[name=title]", "Bücherschrank")
    page.fill("[name=place]", "uferstr. 5")

    page.click("[name=find]")

    assert page.input_value("[name=title]") == "Bücherschrank"
    assert not page.locator(".bad").count(), "Nothing was sent, so nothing is missing."
    page.get_by_label("Uferstraße, Straße in Menden").check()
    page.fill("[name=text]", "Ein Schrank zum Tauschen von Büchern.")
    page.fill("[name=pseudonym]", "Ada")
    page.fill("[name=email]", "ada.karte@demo.example")
    page.locator("[name=email]").press("Enter")
    page.wait_for_url("**/danke/**")


def test_where_no_map_can_be_drawn_the_form_says_so_and_works(open_context: Callable[..., BrowserContext]) -> None:
    page = open_context().new_page()
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(NEW)

    page.click("[data-open]")

    expect(page.locator(".pick [role=status]")).to_contain_text("lässt sich in diesem Browser nicht zeigen")
