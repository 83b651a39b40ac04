"""Images of a PDF's pages: the figures' ink lies in their boxes, excerpts show nothing else, a changed file nothing."""

import io
import json
import random

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from tests.report.make import make_site, make_store

from extract.report import Texts
from extract.report.page_images import MOST_BYTES, encoded

PAGE = "releases/printed.html"


def soup(site, path=PAGE):
    return BeautifulSoup((site / path).read_text("utf-8"), "lxml")


def sheets(site):
    """Return each page image with its boxes in dots."""
    made = []
    for sheet in soup(site).select(".sheet"):
        image = Image.open(site / "releases" / sheet.img["src"]).convert("RGB")
        assert (int(sheet.img["width"]), int(sheet.img["height"])) == image.size
        boxes = {}
        for one in sheet.select("svg a"):
            x, y, w, h = (float(one.rect[name].rstrip("%")) / 100 for name in ("x", "y", "width", "height"))
            wide, tall = image.size
            boxes[one["aria-label"]] = (x * wide, y * tall, (x + w) * wide, (y + h) * tall)
        made.append((image, boxes))
    return made


def ink(image, channel):
    pixels = image.load()
    rest = [n for n in range(3) if n != channel]
    return [
        (x, y)
        for x in range(image.width)
        for y in range(image.height)
        if pixels[x, y][channel] > 150 and max(pixels[x, y][n] for n in rest) < 100
    ]


def inside(dots, box):
    return bool(dots) and all(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in dots)


def test_a_figure_stands_in_its_box_on_its_page(site):
    (first, on_first), (second, on_second) = sheets(site)
    assert (list(on_first), list(on_second)) == (["61"], ["2,075"])
    assert inside(ink(first, 0), on_first["61"])
    assert inside(ink(second, 2), on_second["2,075"])
    for path in (site / "pages").glob("*.png"):
        assert path.stat().st_size <= MOST_BYTES


def test_a_row_leads_to_its_box_and_a_box_to_its_row(site):
    made = soup(site)
    cards = made.select(".card")
    links = [card.select_one(".onpage a") for card in cards]
    assert [link.text for link in links] == ["On page 1 of the PDF", "On page 2 of the PDF"]
    for card, link in zip(cards, links, strict=True):
        box = made.find(id=link["href"][1:])
        assert box["href"] == f"#{card['id']}"
        assert box["data-o"] == card["data-o"]


def test_excerpts_leave_the_rest_of_the_page_blank(store, site, tmp_path):
    make_site(store, tmp_path, Texts.auto)
    (excerpt, boxes), _ = sheets(tmp_path)
    (whole, _), _ = sheets(site)
    assert inside(ink(excerpt, 0), boxes["61"])

    def dark(image):
        grey = image.convert("L").load()
        return {(x, y) for x in range(image.width) for y in range(image.height) if grey[x, y] < 100}

    left, box = dark(excerpt), boxes["61"]
    assert left
    assert left < dark(whole)
    # One line of text is left of the page: the sentence's.
    assert all(box[1] - 4 <= y <= box[3] + 4 for _, y in left)
    assert "blank but for the excerpted sentences" in soup(tmp_path).select_one(".sheet img")["alt"]


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda path: path.unlink(), "does not stand where it was read from"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1] + b" "), "has changed since it was read"),
        (lambda path: path.write_bytes(b"other"), "has changed since it was read"),
    ],
)
def test_a_file_that_is_gone_or_changed_has_no_image_and_the_page_says_so(tmp_path, harm, said):
    store, folder = make_store(tmp_path / "a.db"), tmp_path / "site"
    make_site(store, folder)
    assert len(list((folder / "pages").glob("*.png"))) == 2
    harm(tmp_path / "printed.pdf")
    assert make_site(store, folder).undrawn == 1
    assert said in soup(folder).select_one("#no-pages").text
    assert soup(folder).select(".sheet, .onpage") == []
    assert list((folder / "pages").glob("*.png")) == []


def test_a_second_build_draws_nothing_and_a_lost_image_is_drawn_anew(tmp_path):
    store, folder = make_store(tmp_path / "a.db"), tmp_path / "site"
    first = make_site(store, folder)
    assert make_site(store, folder) == (first.files, 0, 0)
    lost = folder / "pages/printed-2.png"
    before = lost.read_bytes()
    lost.unlink()
    make_site(store, folder)
    assert lost.read_bytes() == before
    assert json.loads((folder / "pages/printed.json").read_text("utf-8"))["pages"][1]["number"] == 2


def test_an_image_of_any_kind_stays_light():
    rng = random.Random(1)
    noise = Image.frombytes("RGB", (900, 1200), rng.randbytes(900 * 1200 * 3))
    raw, ending = encoded(noise)
    assert (ending, len(raw) <= MOST_BYTES) == ("jpg", True)
    assert Image.open(io.BytesIO(raw)).width < 900
    assert encoded(Image.new("RGB", (900, 1200), "white"))[1] == "png"
