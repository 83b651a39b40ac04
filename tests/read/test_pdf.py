# ruff: noqa: E501  (texts are kept in one piece)
"""PDFs: the text contract, by small documents with their whole text written out."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.read.make_pdf import (
    HEADING,
    INDENTED,
    JUSTIFIED,
    NOTE,
    TITLE,
    drawn,
    item,
    para,
    pdf,
    ruled,
    unruled,
)

from extract.read import read_bytes

HEADLINE = "Offences up by a third in the Midlands"
LEAD = (
    "Police recorded 1,300 offences of sexual communication with a child in the West Midlands last year, figures show."
)
MORE = (
    "The charity said that the number had gone up in every force that gave data, and that children as young as five "
    "had been hurt. It asked ministers for a regulator with the power to fine the firms that do nothing about it."
)
LAST = "Instagram was named in a quarter of the instances in which police had noted how the offender reached the child."


def read(flow, **options):
    return read_bytes(pdf(flow, **options), "a.pdf")


def blocks(release):
    return [(b.kind, release.text[b.start : b.end]) for b in release.blocks]


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("style", [None, INDENTED, JUSTIFIED], ids=["spaced", "indented", "justified"])
def test_paragraphs_in_reading_order(columns, style):
    paragraphs = [f"Part {n}. {text}" for n in range(1, 9) for text in (LEAD, MORE, LAST)]
    release = read([para(p, *([style] if style else [])) for p in paragraphs], columns=columns, height=400)
    assert release.text.split("\n\n") == paragraphs


def test_headline_headings_and_list_items():
    flow = [
        para(HEADLINE, TITLE),
        para(LEAD),
        para("We found:"),
        item(
            "West Mercia Police recorded 260 offences, the highest number of any force in the region and more than twice that of 2017."
        ),
        item("Staffordshire recorded 194"),
        para("Our asks", HEADING),
        para(MORE),
    ]
    assert blocks(read(flow)) == [
        ("heading", HEADLINE),
        ("paragraph", LEAD),
        ("paragraph", "We found:"),
        (
            "list_item",
            "West Mercia Police recorded 260 offences, the highest number of any force in the region and more than twice that of 2017.",
        ),
        ("list_item", "Staffordshire recorded 194"),
        ("heading", "Our asks"),
        ("paragraph", MORE),
    ]


def test_running_heads_feet_and_page_numbers_are_dropped():
    flow = [para(HEADLINE, TITLE), *(para(f"Part {n}. {MORE}") for n in range(40))]
    text = read(flow, head="Media centre - release 17", foot="Page %d").text
    assert text.split("\n\n") == [HEADLINE, *(f"Part {n}. {MORE}" for n in range(40))]


def test_a_single_page_has_margins_too():
    text = read([para(HEADLINE, TITLE), para(LEAD), para(MORE)], head="Media centre - release 17", foot="%d").text
    assert text == f"{HEADLINE}\n\n{LEAD}\n\n{MORE}"


def test_footnote_marks_are_not_glued_to_numbers_and_notes_stay():
    flow = [
        para(HEADLINE, TITLE),
        para(
            "Police recorded 38,000<super size=6>1</super> offences in 2018/19<super size=6>2</super>, on the 5<super size=6>th</super> in 12 counties."
        ),
        para("<super size=5>1</super> Figures from 38 forces.", NOTE),
        para("<super size=5>2</super> Year to March.", NOTE),
    ]
    release = read(flow)
    assert (
        release.text
        == f"{HEADLINE}\n\nPolice recorded 38,000 offences in 2018/19, on the 5th in 12 counties.\n\nFigures from 38 forces.\n\nYear to March."
    )
    assert [k for k, _ in blocks(release)] == ["heading", "paragraph", "footnote", "footnote"]


def test_words_broken_at_line_ends_are_joined_and_compounds_kept():
    lines = [
        "Police recorded 1,300 sexual of-",
        "fences in Dyfed-",
        "Powys by peer-on-",
        "peer abuse of children aged 12-",
        "15 in 2018/19.",
    ]

    def draw(canvas: Canvas) -> None:
        for n, line in enumerate(lines):
            canvas.drawString(60, 700 - 13 * n, line)

    text = read_bytes(drawn(draw), "a.pdf").text
    assert (
        text
        == "Police recorded 1,300 sexual offences in Dyfed-Powys by peer-on-peer abuse of children aged 12-15 in 2018/19."
    )


def test_two_columns_under_a_headline_and_above_a_full_line():
    def first(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(50, 770, HEADLINE)

    release = read([para(f"Part {n}. {MORE}") for n in range(6)], columns=2, height=200, first=first)
    assert release.title == HEADLINE
    assert release.text.split("\n\n") == [HEADLINE, *(f"Part {n}. {MORE}" for n in range(6))]


TABLES = [
    (
        "blanks",
        ruled([["Force", "2017/18", "2018/19"], ["Kent", "12", ""], ["Sussex", "", "15"]]),
        ["Force | 2017/18 | 2018/19", "Kent | 12 | ", "Sussex |  | 15"],
    ),
    (
        "merged headings",
        ruled(
            [["Force", "Offences", "", "Change"], ["", "2017/18", "2018/19", ""], ["Kent", "12", "15", "25%"]],
            ((1, 0), (2, 0)),
            ((0, 0), (0, 1)),
            ((3, 0), (3, 1)),
        ),
        ["Force | Offences | Offences | Change", "Force | 2017/18 | 2018/19 | Change", "Kent | 12 | 15 | 25%"],
    ),
    (
        "row groups",
        ruled(
            [["Region", "Force", "2018/19"], ["South", "Kent", "12"], ["", "Sussex", "15"], ["Wales", "Gwent", "7"]],
            ((0, 1), (0, 2)),
        ),
        ["Region | Force | 2018/19", "South | Kent | 12", "South | Sussex | 15", "Wales | Gwent | 7"],
    ),
    (
        "merged body cells",
        ruled([["Force", "2017/18", "2018/19"], ["Kent", "did not reply", ""], ["Sussex", "1", "2"]], ((1, 1), (2, 1))),
        ["Force | 2017/18 | 2018/19", "Kent | did not reply | ", "Sussex | 1 | 2"],
    ),
    (
        "marks",
        ruled(
            [["Force", "2018/19"], ["Kent", para("1,200<super size=6>1</super>")], ["Sussex", "7*"]], widths=[100, 100]
        ),
        ["Force | 2018/19", "Kent | 1,200", "Sussex | 7*"],
    ),
    (
        "unruled",
        unruled(
            [
                ["Force", "2017/18", "2018/19", "Change"],
                ["Kent", "12", "15", "25%"],
                ["Devon and Cornwall", "", "1,234", "-3%"],
                ["Sussex", "7", "", "n/a"],
            ],
            widths=[150, 70, 70, 70],
        ),
        [
            "Force | 2017/18 | 2018/19 | Change",
            "Kent | 12 | 15 | 25%",
            "Devon and Cornwall |  | 1,234 | -3%",
            "Sussex | 7 |  | n/a",
        ],
    ),
    (
        "unruled, cells over two lines",
        unruled(
            [
                ["Police force", "Offences\n2017/18", "Offences\n2018/19"],
                ["Kent", "12", "15"],
                ["Avon and\nSomerset", "140", "1,234"],
            ],
            widths=[150, 70, 70],
        ),
        ["Police force | Offences 2017/18 | Offences 2018/19", "Kent | 12 | 15", "Avon and Somerset | 140 | 1,234"],
    ),
]


@pytest.mark.parametrize(("table", "rows"), [t[1:] for t in TABLES], ids=[t[0] for t in TABLES])
def test_tables(table, rows):
    text = read([para(HEADLINE, TITLE), para(LEAD), para("Table 1: Offences"), table, para(MORE)]).text
    assert text.split("\n\n") == [HEADLINE, LEAD, "Table 1: Offences", "\n".join(rows), MORE]


@pytest.mark.parametrize("make", [ruled, unruled])
def test_a_table_over_pages_is_one_table(make):
    rows = [["Force", "2017/18", "2018/19"]]
    rows += [[f"Force {n}", str(100 + n), "" if n % 9 == 0 else str(200 + n)] for n in range(1, 90)]
    flow = [para(HEADLINE, TITLE), para(LEAD), make(rows, widths=[150, 70, 70]), para(MORE)]
    text = read(flow, head="Media centre", foot="Page %d").text
    assert text.split("\n\n") == [HEADLINE, LEAD, "\n".join(" | ".join(r) for r in rows), MORE]


def test_a_last_row_alone_on_the_next_page_belongs_to_its_table():
    rows = [["Force", "2017/18", "2018/19", "Note"]]
    rows += [[f"Force {n}", str(100 + n), str(200 + n), "new"] for n in range(1, 33)]
    rows += [["All of them", "9,001", "9,002", ""]]
    table = ruled(rows, widths=[150, 70, 70, 70])
    table.repeatRows = 0
    release = read([para(HEADLINE, TITLE), para(LEAD), table, para(MORE)], height=690)
    assert {b.page for b in release.blocks} == {1, 2}
    assert release.text.split("\n\n") == [HEADLINE, LEAD, "\n".join(" | ".join(r) for r in rows), MORE]


def test_a_word_that_a_narrow_cell_breaks_is_one():
    rows = [["Force", "2018", "2019"], ["Cambridgeshir\ne", "12", "15"], ["Avon\nof old", "7", "9"]]
    text = read([para(HEADLINE, TITLE), para(LEAD), ruled(rows, widths=[80, 70, 70]), para(MORE)]).text
    assert "Cambridgeshire | 12 | 15\nAvon of old | 7 | 9" in text


def test_a_year_that_a_narrow_cell_breaks_is_one():
    rows = [["Force", "2017/1\n8", "20\n18", "2017\n2018"], ["Downland/E\nX", "1\n2", "15", "7"]]
    text = read([para(HEADLINE, TITLE), para(LEAD), ruled(rows, widths=[80, 70, 70, 70]), para(MORE)]).text
    assert "Force | 2017/18 | 20 18 | 2017 2018\nDownland/EX | 1 2 | 15 | 7" in text


def test_paragraphs_of_one_line_each_are_not_joined():
    lines = [f"Force{n}2017/18{n}{n * 7}2018/19{n * 131}and{n * 17}more{n * 19}then{n * 23}a{n}" for n in range(10, 22)]
    text = read([para(HEADLINE, TITLE), para(LEAD), para(MORE), para(LAST), para(MORE), *map(para, lines)]).text
    assert text.split("\n\n")[-len(lines) :] == lines


def test_a_list_of_short_lines_beside_running_text_is_in_a_column_of_its_own():
    left = [
        para(LEAD),
        *(para(f"{name} {n}") for n, name in enumerate(["Croydon", "Lambeth", "Newham", "Bromley"], 40)),
    ]
    right = [para(MORE), para(LAST), para(MORE)]
    text = read([para(HEADLINE, TITLE), *left, *right], columns=2, height=190).text
    blocks_ = [LEAD, "Croydon 40", "Lambeth 41", "Newham 42", "Bromley 43", MORE, LAST]
    assert text.split("\n\n")[1:8] == blocks_


def test_a_sentence_in_the_middle_of_an_item_opens_no_paragraph():
    items = [f"{LEAD} {MORE}", f"{MORE} {LAST}", f"{LAST} {LEAD}"]
    text = read([para(HEADLINE, TITLE), para(LEAD), *map(item, items), para(MORE)], columns=2).text
    assert text.count("  • ") == len(items)
    assert [b.removeprefix("  • ") for b in text.replace("\n  • ", "\n\n  • ").split("\n\n")[-4:]][-1:] == [MORE]
    assert all(f"  • {one}" in text for one in items)


def test_blocks_have_page_and_box():
    release = read([para(HEADLINE, TITLE), *(para(f"Part {n}. {MORE}") for n in range(40))])
    assert {b.page for b in release.blocks} == {1, 2}
    assert all(b.box and 0 <= b.box[0] < b.box[2] <= 596 and 0 <= b.box[1] < b.box[3] <= 842 for b in release.blocks)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Published: 5 November 2019", "2019-11-05"),
        ("Tuesday, 5 November 2019", "2019-11-05"),
        ("In May 2019 it rose.", None),
    ],
)
def test_publication_date_is_what_the_first_lines_print(line, date):
    release = read([para(HEADLINE, TITLE), para(line), para(LEAD)], title="x", author="y")
    assert release.published == date
    assert (line in release.text) == (date is None)


def test_headline_from_the_metadata_if_page_one_prints_it():
    flow = [para("Press release", TITLE), para(HEADLINE, HEADING), para(LEAD), para(MORE)]
    assert read(flow, title=HEADLINE).text == f"{HEADLINE}\n\n{LEAD}\n\n{MORE}"


def test_rotated_pages_are_read():
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(100, 100)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Police recorded 1,300 offences in 2018/19.")

    assert read_bytes(drawn(draw), "a.pdf").text == "Police recorded 1,300 offences in 2018/19."
