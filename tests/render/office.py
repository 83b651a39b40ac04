"""Renders a release as a Word file and as an e-mail: a web page in tables, as newsletters are set, or wrapped text."""

from __future__ import annotations

import random
import re
import textwrap
from email.message import EmailMessage
from email.policy import SMTP
from xml.sax.saxutils import escape

from tests.read.make_docx import cell, docx, p, r, table
from tests.render.parts import Block, Page, Run, page_of

from extract.evaluate.gold import GoldRelease

MAILS = ("html", "text", "flowed")
_WIDTH = 72


def render_docx(gold: GoldRelease) -> bytes:
    """Return the bytes of a Word file: the headline in the style Title, lists numbered, tables as tables."""
    page, random_ = page_of(gold), random.Random(f"docx:{gold.id}")
    body = [p(_runs(page.headline, random_), "Titel")]
    for block in page.blocks:
        body.append(_part(block, random_))
    return docx("".join(body), title=escape(gold.title or ""))


def _part(block: Block, random_: random.Random) -> str:
    if block.kind == "table":
        return table(*([cell(_runs(one, random_)) for one in row] for row in block.rows))
    number = 1 if block.kind == "list" else None
    return "".join(p(_runs(row[0], random_), number=number) for row in block.rows)


def _runs(runs: tuple[Run, ...], random_: random.Random) -> str:
    """Return runs as Word keeps them: cut anywhere, since each correction or check of spelling begins a new one."""
    made = ""
    for text, mark in runs:
        at = random_.randrange(len(text)) if len(text) > 8 and not mark and random_.random() < 0.5 else 0
        made += "".join(r(escape(part), raised=mark) for part in (text[:at], text[at:]) if part)
    return made or r("")


def render_mail(gold: GoldRelease, variant: str, publisher: str) -> bytes:
    """Return the bytes of an e-mail: ``html`` set in layout tables, ``text`` wrapped, ``flowed`` by RFC 3676."""
    page = page_of(gold)
    message = EmailMessage(policy=SMTP)
    message["Subject"] = "Press release: " + "".join(text for text, mark in page.headline if not mark)
    message["From"] = f"{publisher} <media@example.org>"
    message["To"] = "newsdesk@example.com"
    if gold.published:
        message["Date"] = f"{_day(gold.published)} 09:30:00 +0000"
    if variant == "html":
        message.set_content("This message is set as a web page.\n")
        message.add_alternative(_html(page, publisher), subtype="html")
    else:
        message.set_content(_wrapped(page, flowed=variant == "flowed"), cte="quoted-printable")
        if variant == "flowed":
            message.set_param("format", "flowed")
    return message.as_bytes()


def _day(published: str) -> str:
    year, month, day = published.split("-")
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{int(day)} {names[int(month) - 1]} {year}"


def _html(page: Page, publisher: str) -> str:
    body = f"<h1>{_marked(page.headline)}</h1>" + "".join(_markup(block) for block in page.blocks)
    row = '<tr><td style="padding:0 24px;font:15px/1.5 Arial,sans-serif">{}</td></tr>'
    rows = (
        f'<a href="https://example.org/view">View this email in your browser</a><img src="cid:logo" alt="{publisher}">',
        body,
        'You receive this as a journalist. <a href="https://example.org/off">Unsubscribe</a>',
    )
    outer = '<table role="presentation" width="100%" cellpadding="0"><tr><td align="center">{}</td></tr></table>'
    inner = f'<table role="presentation" width="600">{"".join(row.format(one) for one in rows)}</table>'
    return f'<!doctype html><html><head><meta charset="utf-8"></head><body>{outer.format(inner)}</body></html>'


def _marked(runs: tuple[Run, ...]) -> str:
    return "".join(f"<sup>{escape(text)}</sup>" if mark else escape(text) for text, mark in runs)


def _markup(block: Block) -> str:
    if block.kind == "table":
        rows = ("".join(f"<td>{_marked(one)}</td>" for one in row) for row in block.rows)
        return '<table border="1" cellpadding="4">' + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    if block.kind == "list":
        return "<ul>" + "".join(f"<li>{_marked(row[0])}</li>" for row in block.rows) + "</ul>"
    return "".join(f"<p>{_marked(row[0])}</p>" for row in block.rows)


def _wrapped(page: Page, *, flowed: bool) -> str:
    """Return the text of a mail, its lines broken; a flowed one leaves a space at the end of a line that goes on."""
    parts = [_lines(_plain(page.headline), flowed)]
    for block in page.blocks:
        if block.kind == "table":
            parts.append("\n".join(" | ".join(_plain(one) for one in row) for row in block.rows))
        elif block.kind == "list":
            parts.append("\n".join(_lines(_plain(row[0]), flowed, "* ") for row in block.rows))
        else:
            parts += [_lines(_plain(row[0]), flowed) for row in block.rows]
    return "\n\n".join(parts) + "\n"


def _plain(runs: tuple[Run, ...]) -> str:
    return "".join(f"[{text}]" if mark else text for text, mark in runs)


def _lines(text: str, flowed: bool, bullet: str = "") -> str:
    kept = textwrap.wrap(
        re.sub(r"\s+", " ", text), _WIDTH, initial_indent=bullet, subsequent_indent=" " * len(bullet) * (not flowed),
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
    return (" \n" if flowed else "\n").join(kept)
