"""How a text is cut into the parts of a page, and that tables and note marks reach the reader."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from tests.render.build import Plan, render
from tests.render.parts import note_marks, page_of

from extract.evaluate.gold import GoldRelease
from extract.read import read_bytes
from extract.records import Mention

ROWS = "\n".join(f"Town {n} | {n * 37} | {n * 41} | {n}%" for n in range(1, 15))
TEXT = (
    "Crimes up, figures show\n\n"
    "Police recorded 38,0001 crimes, a freedom of information request2 shows.\n"
    "  • Kent: 12\n"
    "- -1% in Essex\n\n"
    "A spokeswoman said that the rise was felt in every part of the country, and that officers, teachers and parents "
    "all had a part in turning it round before another year of such figures was published.\n"
    "A closing word 3\n"
    "Force | 2017/18 | 2018/19 | Change\n"
    f"{ROWS}\n"
    "1 Source: each force.\n"
    "2. All but one answered.\n"
)
START = TEXT.index("38,000")
GOLD = GoldRelease(
    "notes", TEXT, (Mention("COUNT", START, START + 6, "38,000", 38000),), (), title="Crimes up, figures show"
)
# Two narrow columns hold no table: the plan never gives one to them.
FORMS = ["html-a", "html-b", "pdf-one", "pdf-table"]


def test_note_marks_are_digits_glued_to_mentions_and_words() -> None:
    assert [TEXT[a - 5 : b] for a, b in note_marks(GOLD)] == ["8,0001", "quest2", "word 3"]


def test_lines_become_parts() -> None:
    page = page_of(GOLD)
    assert page.headline == (("Crimes up, figures show", False),)
    assert [b.kind for b in page.blocks] == ["paragraph", "list", "paragraph", "paragraph", "table", "notes"]
    assert page.blocks[0].rows[0][0][:2] == (("Police recorded 38,000", False), ("1", True))
    assert [row[0] for row in page.blocks[1].rows] == [(("Kent: 12", False),), (("-1% in Essex", False),)]
    assert [cell[0][0] for cell in page.blocks[4].rows[0]] == ["Force", "2017/18", "2018/19", "Change"]
    assert len(page.blocks[5].rows) == 2


@pytest.mark.parametrize("design", ["a", "b"])
def test_a_page_has_one_headline_real_tables_and_raised_marks(design: str) -> None:
    soup = BeautifulSoup(render(GOLD, Plan("notes", f"html-{design}", "A Publisher", "")), "lxml")
    assert [h.get_text() for h in soup.find_all("h1")] == ["Crimes up, figures show"]
    assert soup.body is not None
    assert soup.body.get_text().count("Crimes up, figures show") == 1
    assert len(soup.find_all("tr")) == 15
    assert [s.get_text() for s in soup.find_all("sup")] == ["1", "2", "3"]
    assert soup.find("nav") or soup.find(role="navigation")
    assert not soup.find(class_="undefined")


@pytest.mark.parametrize("form", FORMS)
def test_a_table_is_read_as_its_rows(form: str) -> None:
    read = read_bytes(render(GOLD, Plan("notes", form, "A Publisher", "")), f"notes.{form.split('-')[0]}")
    lines = read.text.split("\n")
    assert lines[0] == "Crimes up, figures show"
    assert [line for line in lines if " | " in line] == ["Force | 2017/18 | 2018/19 | Change", *ROWS.split("\n")]
    assert "38,000" in read.text
    assert "38,0001" not in read.text


def test_class_names_and_order_differ_from_release_to_release() -> None:
    pages = [render(GoldRelease(f"r{n}", TEXT, (), ()), Plan(f"r{n}", "html-b", "A Publisher", "")) for n in range(6)]
    classes = [{c for e in BeautifulSoup(p, "lxml").find_all(class_=True) for c in e["class"]} for p in pages]
    assert set.intersection(*classes) == set()
    orders = {p.index(b"Comments (") < p.index(b"More stories") for p in pages}
    assert orders == {True, False}
