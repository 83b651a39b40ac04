"""Pages that are images: what stands on a scan comes out as from a text layer, with its place, and is said to be."""

from __future__ import annotations

import resource
import sys
import time
from shutil import which

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.platypus import PageBreak
from tests.read.make_pdf import TITLE, drawn, item, para, pdf, ruled, unruled
from tests.read.test_pdf_places import inked
from tests.render.scanned import scanned

from extract.errors import ReadError, UsageError
from extract.read import ocr, read_bytes
from extract.read.locate import locate
from extract.read.pdf_places import figure_boxes, read_places

pytestmark = pytest.mark.skipif(
    which("tesseract") is None, reason="Tesseract is not installed: apt-get install tesseract-ocr"
)

HEADLINE = "Offences up by a third in the Midlands"
LEAD = "Police in the West Midlands recorded 1,304 offences of sexual communication with a child in 2018/19."
MORE = (
    "The charity said that the number had gone up from 978 the year before, and that children as young as five had "
    "been hurt. It asked ministers for a regulator with the power to fine the firms that do nothing about it."
)
LAST = "Instagram was named in 34% of the instances in which police had noted how the offender reached the child."
ITEMS = ("West Mercia Police recorded 260 offences.", "Staffordshire Police recorded 194 offences.")
ROWS = (
    ("Force", "2017/18", "2018/19"),
    ("West Mercia", "194", "260"),
    ("Staffordshire", "71", "90"),
    ("Kent", "80", "53"),
)
RED = "<font color='red'>{}</font>"


def read(data, **options):
    return read_bytes(data, "a.pdf", **{"ocr": True} | options)


def figure(release, words):
    start = release.text.index(words)
    return start, start + len(words)


@pytest.fixture(scope="module")
def sheet():
    flow = [para(HEADLINE, TITLE), para(LEAD), para(MORE), para("We found:"), *map(item, ITEMS), para(LAST)]
    return pdf([*flow, unruled(ROWS)], foot="%d")


EXPECTED = "\n\n".join(
    [
        HEADLINE,
        LEAD,
        MORE,
        "We found:",
        "  • " + "\n  • ".join(ITEMS),
        LAST,
        "\n".join(" | ".join(row) for row in ROWS),
    ]
)


@pytest.mark.parametrize(("tilt", "turn"), [(0.7, 0), (-1.2, 0), (0.4, 90), (0.0, 180), (-0.3, 270)])
def test_a_scan_reads_as_its_text_layer_does(sheet, tilt, turn):
    release = read(scanned(sheet, tilt=tilt, turn=turn))
    assert release.text == EXPECTED
    assert (release.title, release.reader, release.recognised, release.images) == (HEADLINE, "pdf+ocr", (1,), ())
    assert read(sheet).text == EXPECTED


def test_a_text_layer_is_read_whatever_is_asked_for(sheet):
    release = read(sheet)
    assert (release.reader, release.recognised) == ("pdf", ())


def test_scanned_pages_stand_in_their_order_between_those_with_text():
    parts = ["In 2016/17 Kent Police recorded 41 offences.", "In 2017/18 it recorded 52.", "In 2018/19 it recorded 63."]
    flow = [one for part in parts for one in (para(part), PageBreak())][:-1]
    data = scanned(pdf(flow), keep=(1, 3))
    release = read(data)
    assert release.text.split("\n\n") == parts
    assert [block.page for block in release.blocks] == [1, 2, 3]
    assert (release.reader, release.recognised) == ("pdf+ocr", (2,))
    without = read(data, ocr=False)
    assert without.text.split("\n\n") == [parts[0], parts[2]]
    assert (without.reader, without.recognised, without.images) == ("pdf", (), (2,))


def test_columns_and_running_heads_are_told_on_images():
    parts = [f"Part {n}. {text}" for n in range(1, 9) for text in (LEAD, MORE)]
    data = scanned(pdf([para(p) for p in parts], columns=2, height=300, head="Harbour Trust, briefing", foot="Page %d"))
    release = read(data)
    assert release.text.split("\n\n") == parts
    assert release.recognised == (1, 2)


@pytest.mark.parametrize(("tilt", "turn"), [(0.8, 0), (-0.5, 90)])
def test_rules_on_an_image_make_tables(tilt, turn):
    rows = [["Force", "Offences", ""], ["", "2017/18", "2018/19"], *map(list, ROWS[1:])]
    table = ruled(rows, ((1, 0), (2, 0)), ((0, 0), (0, 1)))
    release = read(scanned(pdf([para(LEAD), table, para(LAST)]), tilt=tilt, turn=turn))
    told = ["Force | Offences | Offences", "Force | 2017/18 | 2018/19", *(" | ".join(row) for row in ROWS[1:])]
    assert release.text.split("\n\n")[1] == "\n".join(told)
    assert [block.kind for block in release.blocks] == ["paragraph", "table", "paragraph"]


def test_footnote_marks_are_left_out():
    marked = "Police in Kent recorded 38,000<super>1</super> offences, those in Essex 60,021<super>2</super> of them."
    release = read(scanned(pdf([para(marked), para(MORE)])))
    assert release.text.startswith("Police in Kent recorded 38,000 offences, those in Essex 60,021 of them.")


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_ink_of_a_figure_lies_in_its_box(turn):
    data = scanned(pdf([para(MORE), para(f"In Kent 12 girls and {RED.format(57)} boys, in Essex 12."), para(MORE)]))
    data = scanned(data, tilt=0.0, noise=0.0, turn=turn) if turn else data
    release, places = read_places(data, "a.pdf", ocr=True)
    start, end = figure(release, "57")
    ((number, box),) = figure_boxes(release.text, places, start, end)
    assert (number, inked(data, 1, box)) == (1, True)
    (block,) = locate(release, start, end)
    assert block.page == 1
    assert block.box[0] <= box[0] < box[2] <= block.box[2]
    assert block.box[1] <= box[1] < box[3] <= block.box[3]


def test_a_picture_gives_no_words():
    waves = np.sin(np.arange(700) / 40)[None, :] * np.cos(np.arange(900) / 60)[:, None]

    def picture(canvas):
        canvas.drawImage(ImageReader(Image.fromarray((127 * (1 + waves)).astype(np.uint8))), 50, 50, 400, 500)

    with pytest.raises(ReadError, match="holds images in which no text could be recognised; scan it anew"):
        read(drawn(picture))


def test_without_the_option_the_error_names_it(sheet):
    with pytest.raises(ReadError, match=r"holds images of pages but no text; read it with --ocr"):
        read(scanned(sheet), ocr=False)


@pytest.fixture
def anew():
    ocr.require.cache_clear()
    yield
    ocr.require.cache_clear()


@pytest.mark.usefixtures("anew")
def test_without_tesseract_the_error_says_how_to_install_it(sheet, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match=r"needs Tesseract.*apt-get.*brew.*winget"):
        read(scanned(sheet))
    assert read(sheet).text == EXPECTED


@pytest.mark.usefixtures("anew")
def test_without_the_extra_the_error_says_how_to_install_it(sheet, monkeypatch):
    monkeypatch.setitem(sys.modules, "pytesseract", None)
    with pytest.raises(UsageError, match=r"needs pytesseract.*pip install 'nspcc-extract\[ocr\]'"):
        read(scanned(sheet))


def test_a_page_has_a_time_limit(sheet, monkeypatch):
    monkeypatch.setattr(ocr, "SECONDS", 0.05)
    with pytest.raises(ReadError, match=r"holds page 1, on which Tesseract took longer than 0\.05 s"):
        read(scanned(sheet))


def test_tesseract_works_in_one_thread(sheet):
    data = scanned(sheet)
    begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    read(data)
    passed, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < 1.05 * passed
