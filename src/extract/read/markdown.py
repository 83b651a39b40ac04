"""Reads Markdown: CommonMark with tables, through markdown-it."""

from __future__ import annotations

import re

from lxml import html
from markdown_it import MarkdownIt

from extract.errors import ReadError
from extract.read.decode import decode
from extract.read.html_dom import parse
from extract.read.tree import read_tree
from extract.records import Release

_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_TITLE = re.compile(r"^title\s*:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_NOTE = re.compile(r"\[\^[\w-]+\](:?)")


def read_markdown(data: bytes, name: str, content_type: str | None = None) -> Release:
    """Return the release that a Markdown file holds; marks of footnotes are left out, the notes stay."""
    text = decode(data, content_type).replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(text)
    title = _TITLE.search(front[1]) if front else None
    body = _NOTE.sub("", text[front.end() :] if front else text)
    if not body.strip():
        raise ReadError(name, "holds no text", "fetch or export it again")
    root: html.HtmlElement = parse(f"<body>{MarkdownIt('commonmark').enable('table').render(body)}</body>", name)
    return read_tree(root, name, "markdown", title=title[1] if title else None)
