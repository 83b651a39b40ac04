"""Walks a page's tree into blocks in the order of the document, each with what tells content from furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html

from extract.read.build import table_text
from extract.read.clean import fold, split_bullet, visible_length
from extract.read.html_furniture import Furniture, Judge
from extract.read.html_marks import is_mark
from extract.read.html_state import Open, RawBlock
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
#: How far below an element called footnotes its text counts as such.
_NOTED_LEVELS = 3
_NOTE = re.compile(r"(?:foot|end)-?\s?notes?\b|doc endnotes?", re.IGNORECASE)


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
    paths: list[tuple[str, dict[str, int]]] = field(default_factory=lambda: [("", {})])
    open: list[Open] = field(default_factory=list)
    found: list[RawBlock] = field(default_factory=list)

    @property
    def inner(self) -> Open:
        """The innermost open block element."""
        return self.open[-1] if self.open else Open(self.root, Furniture.NONE, "", 0)

    def step_in(self, tag: str) -> None:
        """Note an element's place among its siblings; lxml's own ``getpath`` counts them anew each time."""
        path, counts = self.paths[-1]
        counts[tag] = counts.get(tag, 0) + 1
        self.paths.append((f"{path}/{tag}[{counts[tag]}]", {}))

    def add(self, text: str | None) -> None:
        """Add text to the block that is being filled."""
        if not text:
            return
        self.parts.append(text)
        if self.anchors:
            self.linked += visible_length(text)

    def flush(self) -> None:
        """End the block that is being filled; what holds no letter or digit is none."""
        text = fold("".join(self.parts)) if self.parts else ""
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
                state.paths.pop()
                state.add(element.tail if element is not root else None)
            elif skipping is None:
                _leave(element, state, root)
    state.flush()
    return state.found


def _enter(element: html.HtmlElement, state: _Walk) -> bool:
    """Open an element; return whether its inside is to be skipped."""
    tag = element.tag
    state.step_in(tag)
    if tag in _SKIP:
        return True
    if tag in _MARKABLE and is_mark(element, "".join(state.parts[-3:])[-8:]):
        state.note = state.note or not "".join(state.parts).strip()
        return True
    if tag == "br":
        _line_break(element, state)
        return False
    if tag in _BLOCKS:
        state.flush()
        outer = state.inner
        verdict = state.judge.verdict(element, outer.verdict)
        if verdict is Furniture.HIDDEN:
            return True
        noted = _NOTED_LEVELS if _is_notes(element) else max(0, outer.noted - 1)
        opened = Open(element, verdict, state.paths[-1][0], noted)
        if tag == "table" and is_data_table(element):
            _table(opened, state)
            return True
        state.open.append(opened)
    state.time = state.time or tag == "time"
    if tag == "a":
        state.anchors += 1
        state.links += 1
    state.add(element.text)
    return False


def _is_notes(element: html.HtmlElement) -> bool:
    """Say whether an element's class, id or role calls it footnotes."""
    if element.tag in ("body", "html", "main", "article") or not element.attrib:
        return False
    return _NOTE.search(" ".join(element.get(key, "") for key in ("class", "id", "role"))) is not None


def _leave(element: html.HtmlElement, state: _Walk, root: html.HtmlElement) -> None:
    state.paths.pop()
    if element.tag in _BLOCKS:
        state.flush()
        state.open.pop()
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
    kind, level = _kind(state.open)
    bare = split_bullet(text)
    if bare is not None and kind in ("paragraph", "list_item"):
        kind, text = "list_item", bare
    inner = state.inner
    if (state.note or inner.noted) and kind in ("paragraph", "list_item"):
        kind = "footnote"
    block = RawBlock(kind, text, inner.element, state.linked, state.links, level, inner.verdict, state.time, inner.path)
    if kind == "list_item":
        block.item = next((o.element for o in reversed(state.open) if o.element.tag == "li"), None)
    return block


def _kind(opened: list[Open]) -> tuple[BlockKind, int]:
    for outer in reversed(opened):
        tag = outer.element.tag
        if tag in _HEADINGS:
            return "heading", int(tag[1])
        if tag == "li":
            return ("list_item", 0) if _is_item(outer.element) else ("paragraph", 0)
        if tag in ("figcaption", "caption"):
            return "caption", 0
        if tag == "blockquote":
            return "quotation", 0
        if tag in ("article", "main", "section", "td", "body"):
            break
    return "paragraph", 0


def _is_item(item: html.HtmlElement) -> bool:
    """Say whether a list item is one: a list of boxes with headings of their own lays out the page."""
    return next(item.iter(*_HEADINGS, "article", "table", "section"), None) is None


def _table(opened: Open, state: _Walk) -> None:
    table = opened.element
    caption = table.find("caption")
    if caption is not None and cell_text(caption):
        path = f"{opened.path}/caption[1]"
        state.found.append(RawBlock("caption", cell_text(caption), caption, furniture=opened.verdict, path=path))
    text = table_text(grid(table))
    if text:
        linked = sum(visible_length("".join(a.itertext())) for a in table.iter("a"))
        state.found.append(RawBlock("table", text, table, linked, furniture=opened.verdict, path=opened.path))
