"""Makes small PDFs for these tests: what stands where is written out in each test."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table, TableStyle

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=7)
INDENTED = ParagraphStyle("indented", parent=BODY, firstLineIndent=14, spaceAfter=0)
JUSTIFIED = ParagraphStyle("justified", parent=BODY, alignment=4)
TITLE = ParagraphStyle("title", parent=BODY, fontName="Helvetica-Bold", fontSize=18, leading=22, spaceAfter=12)
HEADING = ParagraphStyle("heading", parent=BODY, fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=6)
ITEM = ParagraphStyle("item", parent=BODY, leftIndent=16, bulletIndent=4, spaceAfter=3)
NOTE = ParagraphStyle("note", parent=BODY, fontSize=7, leading=9)
GRID = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)])


def para(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    """A paragraph; ``<super>1</super>`` in it is a raised mark."""
    return Paragraph(text, style)


def item(text: str) -> Paragraph:
    """A list item with a printed bullet."""
    return Paragraph(text, ITEM, bulletText="•")


def ruled(rows: Sequence[Sequence[str]], *spans: tuple[Any, ...], widths: Sequence[float] | None = None) -> Table:
    """A table with rules around every cell but the merged ones."""
    table = Table([list(r) for r in rows], repeatRows=1, colWidths=widths)
    table.setStyle(GRID)
    table.setStyle(TableStyle([("SPAN", *span) for span in spans]))
    return table


def unruled(rows: Sequence[Sequence[str]], *spans: tuple[Any, ...], widths: Sequence[float] | None = None) -> Table:
    """A table without rules, its figures set to the right."""
    table = Table([list(r) for r in rows], colWidths=widths, hAlign="LEFT")
    table.setStyle(TableStyle([("ALIGN", (1, 0), (-1, -1), "RIGHT"), *(("SPAN", *span) for span in spans)]))
    return table


def pdf(
    flow: Sequence[Flowable],
    *,
    columns: int = 1,
    head: str = "",
    foot: str = "",
    first: Callable[[Canvas], None] | None = None,
    height: float = 700,
    **options: Any,
) -> bytes:
    """A PDF of flowables; ``head`` and ``foot`` run on every page, ``%d`` in them is the page's number."""
    buffer = io.BytesIO()
    gap = 24.0
    width = (495 - gap * (columns - 1)) / columns

    def frames(tall: float) -> list[Frame]:
        return [Frame(50 + n * (width + gap), 740 - tall, width, tall, 0, 0, 0, 0) for n in range(columns)]

    def furniture(canvas: Canvas, _: object) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(50, 800, head % canvas.getPageNumber() if "%d" in head else head)
        canvas.drawCentredString(297, 30, foot % canvas.getPageNumber() if "%d" in foot else foot)

    def opening(canvas: Canvas, document: object) -> None:
        furniture(canvas, document)
        if first:
            first(canvas)

    document = BaseDocTemplate(buffer, pagesize=A4, **options)
    document.addPageTemplates(
        [
            PageTemplate("first", frames(height), onPage=opening, autoNextPageTemplate="later"),
            PageTemplate("later", frames(680), onPage=furniture),
        ]
    )
    document.build(list(flow))
    return buffer.getvalue()


def drawn(draw: Callable[[Canvas], None], **options: Any) -> bytes:
    """A PDF whose pages are drawn by hand."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **options)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()
