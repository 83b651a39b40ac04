"""The error browser, in a real browser: filters show the right errors and the page loads nothing."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.evaluate.make import gold, mention, observation, predicted

from extract.evaluate.browser import error_page
from extract.evaluate.differences import differences
from extract.evaluate.scores import evaluate

if TYPE_CHECKING:
    from playwright.sync_api import Page

TEXT = "Kent Police recorded 120 offences in 2017/18 & 260 <in> 2018/19, up 34%.\n</script> 77 online"
WANTED = (
    gold(
        "kent",
        TEXT,
        (mention(TEXT, "FORCE", "Kent Police", "kent"), mention(TEXT, "COUNT", "120", 120)),
        (observation(TEXT, "120", value=120.0), observation(TEXT, "260", value=260.0)),
    ),
    gold("hidden", "A secret 99 of the test split.", (), (), split="test"),
)
FOUND = (
    predicted(
        "kent",
        TEXT,
        (mention(TEXT, "AREA", "Kent", "kent"), mention(TEXT, "COUNT", "120", 120), mention(TEXT, "COUNT", "77", 77)),
        (observation(TEXT, "120", value=120.0, bound=">", rules={"bound": "bound.more"}), observation(TEXT, "34%")),
    ),
)


def page_source() -> str:
    return error_page(differences(FOUND, WANTED), evaluate(FOUND, WANTED), "Errors <of> dev")


def test_the_page_is_whole_and_shows_no_test_release() -> None:
    source = page_source()
    assert "{{" not in source
    assert "secret" not in source
    assert "Errors &lt;of&gt; dev" in source
    # Neither addresses nor a script that ends early.
    assert re.search(r"https?://|src=|@import|url\(", source) is None
    assert source.count("</script>") == 2


def _executable() -> str | None:
    named = os.environ.get("CHROMIUM")
    return named or next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    executable = _executable()
    if executable is None:
        pytest.skip("no Chromium found; install it or name it in CHROMIUM")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Iterator[Page]:
    (tmp_path / "errors.html").write_text(page_source(), "utf-8")
    opened: Page = browser.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto((tmp_path / "errors.html").as_uri())
    yield opened
    opened.close()
    assert complaints == []


def kinds(page: Page) -> list[str]:
    return page.locator("#list li .kind").all_text_contents()


def test_all_errors_are_listed_in_their_sentence(page: Page) -> None:
    assert kinds(page) == [
        "mention wrong: span, label",
        "mention spurious",
        "observation wrong: bound",
        "observation missed",
        "observation spurious",
    ]
    assert page.locator("#list mark").all_text_contents() == ["Kent Police", "77", "120", "260", "34%"]
    assert page.locator("#count").text_content() == "5 of 5"


def test_filters_narrow_the_list_and_reset_widens_it(page: Page) -> None:
    page.select_option("select[name=layer]", "observation")
    assert len(kinds(page)) == 3
    page.select_option("select[name=field]", "bound")
    assert kinds(page) == ["observation wrong: bound"]
    cells = page.locator("#list td.wrong").all_text_contents()
    assert cells == ["bound", "=", ">"]
    assert page.locator("#list .rules").all_text_contents() == ["bound: bound.more"]
    page.click("button[type=reset]")
    page.wait_for_function("document.querySelectorAll('#list li').length === 5")
    page.select_option("select[name=rule]", "bound.more")
    assert len(kinds(page)) == 1
    page.select_option("select[name=rule]", "")
    page.select_option("select[name=label]", "COUNT")
    assert kinds(page) == ["mention spurious"]


def test_the_text_filter_reads_the_sentence(page: Page) -> None:
    page.fill("input[name=text]", "online")
    assert kinds(page) == ["mention spurious"]
    assert page.locator("#count").text_content() == "1 of 5"
