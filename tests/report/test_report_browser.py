"""The site in a real browser: light both ways, keyboard, filter, search; no error, no network, nothing hostile runs."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.report.make import ALONE, make_site, make_store

from builders import observe, released
from extract.report import links
from extract.report import releases as site_releases

FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
HOSTILE = links.release("../hostile <b>")
DRAWN = "[...document.querySelectorAll('.vega')].every((one) => one.hasAttribute('data-drawn'))"


def _executable():
    named = os.environ.get("CHROMIUM")
    return named or next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    executable = _executable()
    if executable is None:
        pytest.skip("no Chromium found; install it or name it in CHROMIUM")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser, site):
    """Open pages of the site; at the end nothing was said on the console and nothing left the folder."""
    wrong, contexts = [], []

    def opened(path, folder=site, **more):
        contexts.append(browser.new_context(**more))
        page = contexts[-1].new_page()
        page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        inside = (folder.resolve().as_uri() + "/", "data:")
        page.on("request", lambda one: None if one.url.startswith(inside) else wrong.append(f"asked for {one.url}"))
        page.goto(f"{folder.resolve().as_uri()}/{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def texts(page, selector):
    return [text.strip() for text in page.locator(selector).all_text_contents()]


def test_three_clicks_from_the_first_page_to_the_sentence(open_page):
    page = open_page("index.html")
    page.wait_for_function(DRAWN)
    cell = page.locator("#coverage svg path[aria-roledescription='rect mark'][aria-label*='Kent Police']").first
    # The number over the cell's middle is a mark of its own; a person's click meets either.
    box = cell.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**/places/kent.html#series")
    page.locator("table.grid td a.fig", has_text="80").first.click()
    assert page.locator(".card.lit .pick b").text_content() == "80"
    assert "Kent Police" in "".join(texts(page, "#text .lit-s"))
    assert "Kent Police recorded 120 offences" in page.locator(".card.lit blockquote").text_content()
    assert page.locator("#text .m.lit").first.is_visible()


def test_a_row_lights_what_it_rests_on(open_page):
    page = open_page("releases/kent.html")
    page.locator(".card .pick").nth(3).click()
    assert texts(page, "#text .m.lit") == ["Kent PoliceF", "2018/19Y", "SnapchatS", "40%P"]
    assert texts(page, ".card.lit .pick b") == ["40%"]
    assert page.locator("#said").text_content() == "Lit: 1 figure, 4 mentions."
    page.keyboard.press("Escape")
    assert page.locator(".lit, .lit-s").count() == 0


def test_a_mention_lights_the_rows_that_rest_on_it(open_page):
    page = open_page("releases/kent.html")
    page.locator("#text .m", has_text="2017/18").click()
    assert texts(page, ".card.lit .pick b") == ["80", "+50%"]
    assert texts(page, "#text .m.lit") == ["2017/18Y"]


def test_all_of_it_works_by_keyboard(open_page):
    page = open_page("releases/kent.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#text .m-force')"):
            break
    page.keyboard.press("Enter")
    assert texts(page, ".card.lit .pick b") == ["120", "80", "+50%", "40%"]
    page.locator(".card summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".card .rules").first.is_visible()
    page.locator("[data-label=year]").press("Space")
    assert page.locator("#text .m-year .tag").first.is_hidden()


def test_a_row_lights_its_box_on_the_page_and_the_box_its_row(open_page):
    page = open_page("releases/printed.html")
    page.locator(".card .pick").nth(1).click()
    assert [one.get_attribute("aria-label") for one in page.locator(".boxes a.lit").all()] == ["2,075"]
    box = page.locator(".boxes a", has_text="61")
    box.scroll_into_view_if_needed()
    # The image has its place and the box lies on it, without a style in the page.
    sheet, at = page.locator(".sheet img").first.bounding_box(), box.locator("rect").bounding_box()
    assert page.evaluate("[...document.images].every((one) => one.complete && one.naturalWidth > 0)")
    assert sheet["x"] < at["x"] < sheet["x"] + sheet["width"] - at["width"]
    assert sheet["y"] < at["y"] < sheet["y"] + sheet["height"] - at["height"]
    assert page.locator("[style]").count() == 0
    box.focus()
    page.keyboard.press("Enter")
    assert texts(page, ".card.lit .pick b") == ["61"]
    assert "61" in texts(page, "#text .m.lit")[0]
    page.locator(".card .onpage a").nth(1).click()
    assert texts(page, ".card.lit .pick b") == ["2,075"]
    pytest.importorskip("playwright.sync_api").expect(page.locator(".boxes a.lit rect")).to_be_in_viewport()


def test_without_script_a_row_leads_to_its_box(open_page):
    page = open_page("releases/printed.html", java_script_enabled=False)
    page.locator(".card .onpage a").nth(1).click()
    assert page.locator(".boxes a:target").get_attribute("aria-label") == "2,075"


def test_a_filter_narrows_and_says_so(open_page):
    page = open_page("places/kent.html")
    page.fill("input[data-filter]", "snapchat")
    assert page.locator("#all-figures tbody tr:visible").count() == 1
    assert page.locator("[data-filtered]").text_content() == "1 of 5"


def test_search_finds_the_sentence(open_page):
    page = open_page("index.html")
    page.fill(".find input", "snapchat used")
    page.keyboard.press("Enter")
    page.wait_for_selector("#results li")
    assert page.locator("#found").text_content() == "1 release"
    page.locator("#results li li a").click()
    assert texts(page, ".card.lit .pick b") == ["40%"]


def test_a_long_search_shows_the_latest_and_goes_on_when_asked(open_page, tmp_path, monkeypatch):
    monkeypatch.setattr(site_releases, "PART", 30)
    many = [
        released(f"r{n:03d}", ALONE, observe(ALONE, "55", geography=(), period=None), published=f"{1900 + n}-05-01")
        for n in range(70)
    ]
    make_site(make_store(tmp_path / "a.db", many), tmp_path / "site")
    page = open_page("search.html?q=rang%20times", folder=tmp_path / "site")
    more = page.locator("#more")
    more.wait_for(state="visible")
    assert page.locator("#found").text_content() == "50 releases, the latest; older ones are not searched yet"
    assert page.locator("#results > li").first.text_content().startswith("A title 1969-05-01")
    assert page.evaluate("index.length") == 2
    more.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#results > li:nth-child(70)")
    assert page.locator("#found").text_content() == "70 releases"
    assert more.is_hidden()
    page.fill("#q", "no such words")
    page.keyboard.press("Enter")
    page.locator("#found", has_text="0 releases").wait_for()
    assert page.locator("#results li").count() == 0


def test_hostile_texts_do_nothing(open_page):
    page = open_page(HOSTILE)
    assert page.evaluate("typeof window.hit") == "undefined"
    assert "<script>window.hit = 1</script>" in page.locator("#text").inner_text()
    assert "{{ 7 * 7 }}" in page.locator("#text").inner_text()
    page = open_page("search.html?q=essex%20recorded")
    page.wait_for_selector("#results li li")
    assert page.evaluate("typeof window.hit") == "undefined"
    assert page.locator("#results img, #results script").count() == 0


def test_charts_are_drawn_and_lead_to_evidence(open_page):
    page = open_page("places/kent.html")
    page.wait_for_function(DRAWN)
    page.locator("#series svg path[aria-roledescription=point]").first.click()
    page.wait_for_url("**/releases/*.html#o-*")
    assert page.locator(".card.lit").count() == 1


def test_a_bound_is_drawn_hollow_with_its_sign(open_page):
    page = open_page("places/norfolk.html")
    page.wait_for_function(DRAWN)
    points = page.locator("#series svg path[aria-roledescription=point]")
    drawn = {one.get_attribute("aria-label"): one.get_attribute("fill") for one in points.all()}
    hollow = {next(said for said in ("more than 9", "about 20", "22") if said in label) for label in drawn}
    assert hollow == {"more than 9", "about 20", "22"}
    assert sorted(fill == "white" for fill in drawn.values()) == [False, True, True]
    assert {text.strip() for text in page.locator("#series svg .mark-text.role-mark text").all_text_contents()} == {
        ">",
        "~",
    }
    assert page.locator("#series > .note").text_content() == (
        "A hollow mark is no exact figure: > is “more than”, ~ is “about”."
    )
    assert "more than 9 in 2017/18" in page.locator("#series .vega").get_attribute("aria-label")


def test_without_script_the_image_and_the_evidence_are_there(open_page):
    page = open_page("places/kent.html", java_script_enabled=False)
    assert page.locator("#series noscript img").first.bounding_box()["width"] > 300
    page.locator("table.grid td a.fig", has_text="80").first.click()
    assert page.locator(".card:target .pick b").text_content() == "80"


@pytest.mark.parametrize(
    "path", ["index.html", "places/kent.html", "releases/kent.html", "releases/printed.html", "releases/index.html"]
)
def test_pages_fit_a_narrow_screen(open_page, path):
    page = open_page(path, viewport={"width": 360, "height": 700})
    page.wait_for_function(DRAWN)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.fixture(scope="module")
def axe(tmp_path_factory):
    folder = tmp_path_factory.mktemp("axe")
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed, so axe-core cannot be fetched")
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "axe-core@4"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    script = folder / "node_modules/axe-core/axe.min.js"
    if not script.is_file():
        pytest.skip(f"axe-core cannot be fetched: {done.stderr.strip()[-120:]}")
    return Path(script)


AXE_PAGES = (
    *("index.html", "places/kent.html", "releases/kent.html", "places/index.html", "years/2018-19.html"),
    *("platforms/snapchat.html", "doubts/revisions.html", "search.html?q=kent", "rules/year.html"),
    "releases/printed.html",
)


@pytest.mark.parametrize(
    ("path", "scheme"), [*((path, "light") for path in AXE_PAGES), *((path, "dark") for path in AXE_PAGES[:3])]
)
def test_axe_finds_nothing_serious(open_page, axe, path, scheme):
    page = open_page(path, color_scheme=scheme)
    page.wait_for_function(DRAWN)
    if path.startswith("releases"):
        page.locator(".card .pick").first.click()
        page.locator(".card summary").first.click()
    page.evaluate(axe.read_text("utf-8"))
    found = page.evaluate("axe.run(document, { preload: false }).then((made) => made.violations)")
    serious = [
        (one["id"], [node["html"][:120] for node in one["nodes"][:3]])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
    assert serious == []
