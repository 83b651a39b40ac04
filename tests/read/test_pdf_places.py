"""Where a stretch of a PDF's text is printed: the ink of the figure lies in its box, and nowhere else."""

import io

import pdfplumber
import pytest
from tests.read.make_pdf import drawn, item, para, pdf, ruled, unruled

from extract.read.pdf_places import figure_boxes, read_places

FILLER = " ".join(["Children told counsellors what had happened to them, and officers listened to each of them."] * 4)
RED = "<font color='red'>{}</font>"


def inked(data, number, box, scale=2):
    """Say whether every red dot of a page is in a box, and there is one."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        page = document.pages[number - 1]
        image = page.to_image(resolution=72 * scale, antialias=True).original
        left, top = page.cropbox[:2]
    pixels = image.load()
    red = [
        (x, y)
        for x in range(image.width)
        for y in range(image.height)
        if pixels[x, y][0] > 200 and max(pixels[x, y][1:]) < 90
    ]
    x0, y0, x1, y1 = ((v - o) * scale for v, o in zip(box, (left, top, left, top), strict=True))
    return bool(red) and all(x0 - 3 <= x <= x1 + 3 and y0 - 3 <= y <= y1 + 3 for x, y in red)


def boxes_of(data, figure, nth=0):
    release, places = read_places(data, "a.pdf")
    start = -1
    for _ in range(nth + 1):
        start = release.text.index(figure, start + 1)
    return figure_boxes(release.text, places, start, start + len(figure))


@pytest.mark.parametrize(
    ("flow", "nth"),
    [
        ([para(f"Kent Police recorded 12 crimes and {RED.format(12)} more, not 12.")], 1),
        ([item("12 in Kent"), item(f"{RED.format(12)} in Essex"), item("12 in Surrey")], 1),
        ([ruled([["Force", "2018/19"], ["Kent", "12"], ["Essex", para(RED.format(12))], ["Surrey", "12"]])], 1),
        (
            # A name over two lines must not draw the next row's figure to it.
            [ruled([["Force", "A"], [para("Devon and<br/>Cornwall"), "7"], ["Kent", para(RED.format(12))]])],
            0,
        ),
        ([unruled([["Force", "2018/19", "2019/20"], ["Kent", "12", "13"], ["Essex", para(RED.format(12)), "9"]])], 1),
    ],
)
def test_of_equal_figures_the_right_one_is_boxed(flow, nth):
    data = pdf([para(FILLER), *flow, para(FILLER)])
    ((number, box),) = boxes_of(data, "12", nth)
    assert number == 1
    assert inked(data, number, box)


def test_columns_and_pages_are_followed():
    paragraphs = [para(f"{FILLER} Force number {n} counted {100 + n} crimes.") for n in range(30)]
    paragraphs[23] = para(f"{FILLER} Force number 23 counted {RED.format(123)} crimes.")
    data = pdf(paragraphs, columns=2)
    ((number, box),) = boxes_of(data, "123")
    assert number == 2
    assert inked(data, number, box)


def test_a_paragraph_that_goes_over_the_page_has_its_figure_on_the_second():
    data = pdf(
        [para(FILLER) for _ in range(11)] + [para(f"{FILLER} {FILLER} It was {RED.format(41)} in all.")], height=520
    )
    ((number, box),) = boxes_of(data, "41")
    assert number == 2
    assert inked(data, number, box)


def test_words_of_one_line_share_a_box_and_a_figure_over_two_lines_has_two():
    def draw(canvas):
        canvas.drawString(50, 700, "Kent Police said that one in ten of them were known and that some")
        canvas.drawString(50, 686, "four in five of the children who had been there told an officer, or two")
        canvas.drawString(50, 672, "thirds of all the families that were met, as they had told it before.")

    data = drawn(draw)
    assert len(boxes_of(data, "four in five")) == 1
    first, second = boxes_of(data, "two thirds")
    assert first[1][1] < second[1][1]


@pytest.mark.parametrize("options", [{"rotate": 90}, {"crop": (40, 100, 560, 760)}])
def test_turned_and_cropped_pages_have_their_box_too(options):
    def draw(canvas):
        if "rotate" in options:
            canvas.setPageRotation(options["rotate"])
        if "crop" in options:
            canvas.setCropBox(options["crop"])
        canvas.drawString(60, 400, "Kent Police recorded")
        canvas.setFillColorRGB(1, 0, 0)
        canvas.drawString(180, 400, "120")
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(210, 400, "offences in the year 2018/19, and none before.")

    data = drawn(draw)
    ((number, box),) = boxes_of(data, "120")
    assert inked(data, number, box)


def test_a_figure_that_no_word_prints_has_no_box():
    release, places = read_places(pdf([para("Kent Police recorded 120 crimes.")]), "a.pdf")
    start = release.text.index("120")
    assert figure_boxes(release.text.replace("120", "130"), places, start, start + 3) == []
    assert figure_boxes(release.text, [], start, start + 3) == []
