"""Walks a page's tree into blocks in the order of the document, each with what tells content from furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html

from extract.read.build import table_text
from extract.read.clean import fold, split_bullet, visible_length
from extract.read.html_furniture import Furniture, Judge
from extract.read.html_marks import is_mark
from extract.read.html_tables import cell_text, grid, is_data_table
from extract.records import BlockKind

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SKIP = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "video",
        "audio",
        "canvas",
        "select",
        "textarea",
        "button",
        "input",
        "datalist",
        "map",
        "head",
        "title",
        "dialog",
        "progress",
        "meter",
        "applet",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_MARKABLE = frozenset({"sup", "a", "span", "small"})
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)\]]*\s*$")
_NOTE = re.compile(r"(?:foot|end)-?\s?notes?\b|doc endnotes?", re.IGNORECASE)


@dataclass(slots=True)
class RawBlock:
    """A block of a page before it is known whether it belongs to the release.

    ``linked`` counts the characters inside links and ``links`` the links; ``level`` is a heading's (1 to 6);
    ``furniture`` says why the block or a box around it is taken for furniture; ``time`` whether it holds ``<time>``.
    """

    kind: BlockKind
    text: str
    element: html.HtmlElement
    linked: int = 0
    links: int = 0
    level: int = 0
    furniture: Furniture = Furniture.NONE
    time: bool = False
    size: int = field(init=False)

    def __post_init__(self) -> None:
        """Count the characters once."""
        self.size = visible_length(self.text)

    @property
    def link_share(self) -> float:
        """Share (0 to 1) of the block's characters that are inside links."""
        return min(1.0, self.linked / self.size) if self.size else 0.0


@dataclass(slots=True)
class _Walk:
    """The state of one walk: the block that is being filled and the elements that are open."""

    judge: Judge
    root: html.HtmlElement
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    anchors: int = 0
    time: bool = False
    note: bool = False
    open: list[html.HtmlElement] = field(default_factory=list)
    judged: list[Furniture] = field(default_factory=list)
    found: list[RawBlock] = field(default_factory=list)

    @property
    def verdict(self) -> Furniture:
        return self.judged[-1] if self.judged else Furniture.NONE

    def add(self, text: str | None) -> None:
        if not text:
            return
        self.parts.append(text)
        if self.anchors:
            self.linked += visible_length(text)

    def flush(self) -> None:
        text = fold("".join(self.parts))
        if text and any(c.isalnum() for c in text):
            self.found.append(_block(text, self))
        self.parts, self.linked, self.time, self.note = [], 0, False, False
        self.links = self.anchors


def walk(root: html.HtmlElement) -> list[RawBlock]:
    """Return the blocks of a page in document order; nothing that a reader of the page never sees."""
    state = _Walk(Judge(root), root)
    walker = etree.iterwalk(root, events=("start", "end", "comment"))
    skipping: Any = None
    for event, element in walker:
        if event == "comment":
            state.add(element.tail)
        elif event == "start" and skipping is None:
            if _enter(element, state):
                walker.skip_subtree()
                skipping = element
        elif event == "end":
            if element is skipping:
                skipping = None
                state.add(element.tail if element is not root else None)
            elif skipping is None:
                _leave(element, state, root)
    state.flush()
    return state.found


def _enter(element: html.HtmlElement, state: _Walk) -> bool:
    """Open an element; return whether its inside is to be skipped."""
    tag = element.tag
    if tag in _SKIP:
        return True
    if tag in _MARKABLE and is_mark(element, "".join(state.parts[-3:])[-8:]):
        state.note = state.note or not "".join(state.parts).strip()
        return True
    if tag == "br":
        _line_break(element, state)
        return False
    block = tag in _BLOCKS
    if block:
        state.flush()
        verdict = state.judge.verdict(element, state.verdict)
        if verdict is Furniture.HIDDEN:
            return True
        state.open.append(element)
        state.judged.append(verdict)
        if tag == "table" and is_data_table(element):
            _table(element, state)
            state.open.pop()
            state.judged.pop()
            return True
    state.time = state.time or tag == "time"
    if tag == "a":
        state.anchors += 1
        state.links += 1
    state.add(element.text)
    return False


def _leave(element: html.HtmlElement, state: _Walk, root: html.HtmlElement) -> None:
    if element.tag in _BLOCKS:
        state.flush()
        state.open.pop()
        state.judged.pop()
    elif element.tag == "a":
        state.anchors -= 1
    if element is not root:
        state.add(element.tail)


def _line_break(element: html.HtmlElement, state: _Walk) -> None:
    """Two breaks part paragraphs, and so does one after a full stop or before a printed bullet; else it is a space."""
    following = element.getnext()
    double = following is not None and following.tag == "br" and not (element.tail or "").strip()
    bullet = split_bullet((element.tail or "").strip()) is not None
    if double or bullet or _SENTENCE_END.search("".join(state.parts[-2:])):
        state.flush()
    else:
        state.add(" ")


def _block(text: str, state: _Walk) -> RawBlock:
    kind, level = _kind(text, state.open)
    bare = split_bullet(text)
    if bare is not None and kind in ("paragraph", "list_item"):
        kind, text = "list_item", bare
    if state.note and kind in ("paragraph", "list_item"):
        kind = "footnote"
    element = state.open[-1] if state.open else state.root
    return RawBlock(kind, text, element, state.linked, state.links, level, state.verdict, state.time)


def _kind(text: str, opened: list[html.HtmlElement]) -> tuple[BlockKind, int]:
    for element in reversed(opened):
        tag = element.tag
        if tag in _HEADINGS:
            return "heading", int(tag[1])
        if tag == "li":
            if _NOTE.search(" ".join(_names(element))):
                return "footnote", 0
            return ("list_item", 0) if _is_item(element) else ("paragraph", 0)
        if tag in ("figcaption", "caption"):
            return "caption", 0
        if tag == "blockquote":
            return "quotation", 0
        if tag in ("article", "main", "section", "td", "body"):
            break
    noted = any(_NOTE.search(" ".join(_names(e))) for e in opened[-4:])
    return ("footnote" if noted else "paragraph"), 0


def _names(element: html.HtmlElement) -> Iterator[str]:
    near = [element, element.getparent()]
    grand = near[1].getparent() if near[1] is not None else None
    for e in (*near, grand):
        if e is not None and e.tag not in ("body", "html", "main", "article"):
            yield " ".join((e.get("class", ""), e.get("id", ""), e.get("role", "")))


def _is_item(item: html.HtmlElement) -> bool:
    """Say whether a list item is one: a list of boxes with headings of their own lays out the page."""
    return next(item.iter(*_HEADINGS, "article", "table", "section"), None) is None


def _table(table: html.HtmlElement, state: _Walk) -> None:
    verdict = state.verdict
    caption = table.find("caption")
    if caption is not None and cell_text(caption):
        state.found.append(RawBlock("caption", cell_text(caption), caption, furniture=verdict))
    text = table_text(grid(table))
    if text:
        linked = sum(visible_length("".join(a.itertext())) for a in table.iter("a"))
        state.found.append(RawBlock("table", text, table, linked, furniture=verdict))
