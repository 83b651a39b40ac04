"""Renders a release as a PDF in one of three layouts: one column, two columns with running heads, a ruled table."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4, A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    LongTable,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
    TableStyle,
)
from tests.render.parts import Block, Page, Run, page_of

from extract.evaluate.gold import GoldRelease

LAYOUTS = ("one", "two", "table")
_SOFT = "\u00ad"
# Heights of the grey box that stands for a photograph: it grows until the text runs on to a second page.
_PICTURES = (52 * mm, 68 * mm, 84 * mm)


def render_pdf(gold: GoldRelease, layout: str, publisher: str) -> bytes:
    """Return the bytes of a PDF; the same release gives the same bytes.

    Raises
    ------
    ValueError
        The text has characters that the built-in fonts lack.
    """
    # The fonts that every PDF reader has know Windows-1252 only; reportlab would print black boxes for the rest.
    gold.text.encode("cp1252")
    page = page_of(gold)
    for picture in _PICTURES:
        random_ = random.Random(f"{layout}:{gold.id}")
        buffer = io.BytesIO()
        document = _document(buffer, layout, publisher, gold.title or gold.id, picture)
        styles = _styles(layout, "Times" if random_.random() < 0.5 else "Helvetica")
        document.build(_story(page, layout, styles, random_))
        # A head that runs over one page only could not be told from text.
        if layout != "two" or document.page > 1:
            break
    return buffer.getvalue()


def _document(buffer: io.BytesIO, layout: str, publisher: str, title: str, picture: float) -> BaseDocTemplate:
    size = A4 if layout == "one" else A5
    width, height = size
    document = BaseDocTemplate(
        buffer, pagesize=size, title=title, author=publisher, invariant=1, pageCompression=1, lang="en-GB"
    )
    margin, top, bottom = (20 if layout == "one" else 14) * mm, 24 * mm, 20 * mm
    inner = height - top - bottom

    def frame(x: float, w: float, h: float = inner) -> Frame:
        return Frame(x, bottom, w, h, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)

    heads = _heads(layout, publisher, size, picture)
    if layout != "two":
        document.addPageTemplates([PageTemplate("all", [frame(margin, width - 2 * margin)], onPage=heads)])
        return document
    gap = 6 * mm
    column = (width - 2 * margin - gap) / 2
    title_height = 38 * mm
    above = Frame(
        margin, bottom + inner - title_height, width - 2 * margin, title_height, leftPadding=0, rightPadding=0
    )
    # Short columns over a picture: a release runs on to a second page, a running head between its sentences.
    shown = inner - title_height - picture
    first = [Frame(x, bottom + picture, column, shown, 0, 0, 0, 0) for x in (margin, margin + column + gap)]
    later = [frame(x, column) for x in (margin, margin + column + gap)]
    document.addPageTemplates(
        [PageTemplate("first", [above, *first], onPage=heads), PageTemplate("later", later, onPage=heads)]
    )
    return document


def _heads(
    layout: str, publisher: str, size: tuple[float, float], picture: float
) -> Callable[[Canvas, BaseDocTemplate], None]:
    width, height = size

    def draw(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.saveState()
        canvas.setFont("Helvetica", 8)
        if layout == "one":
            canvas.drawCentredString(width / 2, 12 * mm, str(document.page))
        else:
            canvas.drawString(14 * mm, height - 15 * mm, f"{publisher} | Briefing no. 118")
            canvas.drawRightString(width - 14 * mm, height - 15 * mm, "Media centre")
            canvas.line(14 * mm, height - 17 * mm, width - 14 * mm, height - 17 * mm)
            canvas.drawRightString(width - 14 * mm, 12 * mm, f"Page {document.page}")
            if layout == "two" and document.page == 1:
                canvas.setFillGray(0.85)
                canvas.rect(14 * mm, 22 * mm, width - 28 * mm, picture - 6 * mm, stroke=0, fill=1)
        canvas.restoreState()

    return draw


def _styles(layout: str, family: str) -> dict[str, ParagraphStyle]:
    plain, bold = {"Times": ("Times-Roman", "Times-Bold"), "Helvetica": ("Helvetica", "Helvetica-Bold")}[family]
    size = 9 if layout == "two" else 11
    large = 17 if layout == "one" else 14
    body = ParagraphStyle("body", fontName=plain, fontSize=size, leading=size * 1.4, spaceAfter=size * 0.7)
    if layout == "two":
        body = ParagraphStyle("two", body, alignment=TA_JUSTIFY, embeddedHyphenation=1, uriWasteReduce=0)
    return {
        "body": body,
        "title": ParagraphStyle(
            "title",
            fontName=bold,
            fontSize=large,
            leading=large * 1.25,
            spaceAfter=12,
        ),
        "item": ParagraphStyle("item", body, leftIndent=12, bulletIndent=2, spaceAfter=4),
        "note": ParagraphStyle("note", body, fontSize=8, leading=10, spaceAfter=3),
        "cell": ParagraphStyle("cell", fontName=plain, fontSize=9, leading=12),
        "head": ParagraphStyle("head", fontName=bold, fontSize=9, leading=12),
    }


def _story(page: Page, layout: str, styles: dict[str, ParagraphStyle], random_: random.Random) -> list[Flowable]:
    story: list[Flowable] = []
    if layout == "two":
        story.append(NextPageTemplate("later"))
    story.append(Paragraph(_xml(page.headline), styles["title"]))
    for block in page.blocks:
        story += _flowables(block, layout, styles, random_)
    return story


def _flowables(block: Block, layout: str, styles: dict[str, ParagraphStyle], random_: random.Random) -> list[Flowable]:
    soft = layout == "two"
    if block.kind == "table":
        return [_table(block, layout, styles, random_), Spacer(1, 10)]
    if block.kind == "list":
        return [Paragraph(_xml(row[0], soft), styles["item"], bulletText="•") for row in block.rows]
    style = styles["note" if block.kind == "notes" else "body"]
    return [Paragraph(_xml(row[0], soft), style) for row in block.rows]


def _table(block: Block, layout: str, styles: dict[str, ParagraphStyle], random_: random.Random) -> LongTable:
    rows = [
        [Paragraph(_xml(cell), styles["head" if n == 0 else "cell"]) for cell in row]
        for n, row in enumerate(block.rows)
    ]
    # High rows: the table of the third layout runs on to a second page, its headings printed again on half of them.
    padding = 14 if layout == "table" else 4
    repeat = 1 if random_.random() < 0.5 else 0
    table = LongTable(rows, repeatRows=repeat, hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.6, colors.black),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("TOPPADDING", (0, 0), (-1, -1), padding),
                ("BOTTOMPADDING", (0, 0), (-1, -1), padding),
            ]
        )
    )
    return table


def _xml(runs: tuple[Run, ...], soft: bool = False) -> str:
    made = ""
    for text, mark in runs:
        shown = escape(_with_soft_hyphens(text) if soft else text)
        made += f'<super size="7">{shown}</super>' if mark else shown
    return made


def _with_soft_hyphens(text: str) -> str:
    """Return text in which long words may break, as a typesetter's narrow columns make them."""
    return re.sub(r"[a-z]{4}(?=[bcdfghklmnprstvw][a-z]{3})", lambda m: m[0] + _SOFT, text)
