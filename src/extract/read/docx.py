"""Reads Word's .docx: paragraphs, lists, tables with merged cells, footnotes. The package is read, never unpacked."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree, html

from extract.errors import ReadError
from extract.read.clean import fold
from extract.read.tree import read_tree
from extract.records import Release

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
#: A part of a release's package unpacks to less than this; more is a mistake or an attack.
_LARGEST = 60_000_000
_WIDEST = 200
_HEADINGS = {"title": "h1", "heading 1": "h2", "heading 2": "h3", "heading 3": "h4"}
_DROPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}txbxContent", _FALLBACK})
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, etree.Error, OSError, EOFError),
    *(NotImplementedError, RuntimeError, ValueError),
)
_SPACES = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read_docx(data: bytes, name: str) -> Release:
    """Return the release that a .docx file holds.

    Raises
    ------
    ReadError
        Where it is damaged, holds no text, or unpacks to an unreasonable size.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            document = _part(package, "word/document.xml", name)
            styles = _styles(_part(package, "word/styles.xml", name))
            notes = _part(package, "word/footnotes.xml", name)
            core = _part(package, "docProps/core.xml", name)
    except _DAMAGE as error:
        raise ReadError(name, "is a damaged Word file", "save or fetch it again") from error
    body = None if document is None else document.find(f"{_W}body")
    if body is None:
        raise ReadError(name, "is a Word file without a body", "save it again as .docx")
    root = html.Element("body")
    _append_blocks(root, body, styles)
    if notes is not None:
        box = etree.SubElement(root, "div", {"class": "footnotes"})
        for note in notes.iter(f"{_W}footnote"):
            if note.get(f"{_W}type") is None:
                _append_blocks(box, note, styles)
    title = None if core is None else core.findtext(_TITLE)
    return read_tree(root, name, "docx", title=fold(title) if title else None)


def _part(package: zipfile.ZipFile, path: str, name: str) -> etree._Element | None:
    if path not in package.namelist():
        return None
    if package.getinfo(path).file_size > _LARGEST:
        raise ReadError(name, "unpacks to an unreasonable size", "save its text in a new file")
    content = package.read(path)
    if b"<!DOCTYPE" in content[:4096]:
        raise ReadError(name, "declares entities, which no Word file does", "save it again as .docx from Word")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def _styles(root: etree._Element | None) -> dict[str, tuple[str, bool]]:
    """Return the name of each style, in lower case, and whether it numbers its paragraphs."""
    found: dict[str, tuple[str, bool]] = {}
    for style in root.iter(f"{_W}style") if root is not None else ():
        label = style.find(f"{_W}name")
        named = (label.get(f"{_W}val") or "") if label is not None else ""
        found[style.get(f"{_W}styleId") or ""] = named.lower(), style.find(f".//{_W}numPr") is not None
    return found


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of a body, cell or note, also those in content controls."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            yield from _blocks(child)


def _append_blocks(box: etree._Element, parent: etree._Element, styles: dict[str, tuple[str, bool]]) -> None:
    for block in _blocks(parent):
        if block.tag == f"{_W}tbl":
            _append_table(box, block)
            continue
        tag = _tag(block, styles)
        element = etree.SubElement(_list(box) if tag == "li" else box, tag)
        _fill(element, block)
        for shape in block.iter(f"{_W}txbxContent"):
            if not any(a.tag == _FALLBACK for a in shape.iterancestors()):
                _append_blocks(box, shape, styles)


def _list(box: etree._Element) -> etree._Element:
    return box[-1] if len(box) and box[-1].tag == "ul" else etree.SubElement(box, "ul")


def _tag(paragraph: etree._Element, styles: dict[str, tuple[str, bool]]) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    label, numbered = styles.get((style.get(f"{_W}val") or "") if style is not None else "", ("", False))
    if label in _HEADINGS:
        return _HEADINGS[label]
    if label == "caption":
        return "figcaption"
    number = paragraph.find(f"{_W}pPr/{_W}numPr/{_W}numId")
    if number is not None:
        return "li" if number.get(f"{_W}val") != "0" else "p"
    return "li" if numbered or label.startswith("list ") else "p"


def _fill(element: etree._Element, paragraph: etree._Element) -> None:
    """Write a paragraph's text into an element, raised runs as ``<sup>``."""
    for run in paragraph.iter(f"{_W}r"):
        if any(a.tag in _DROPPED for a in _between(run, paragraph)):
            continue
        text = "".join(_run_text(run))
        raised = run.find(f"{_W}rPr/{_W}vertAlign")
        if raised is not None and raised.get(f"{_W}val") == "superscript" and text.strip():
            etree.SubElement(element, "sup").text = _xml(text)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + _xml(text)
        else:
            element.text = (element.text or "") + _xml(text)


def _between(run: etree._Element, paragraph: etree._Element) -> Iterator[etree._Element]:
    for ancestor in run.iterancestors():
        if ancestor is paragraph:
            return
        yield ancestor


def _run_text(run: etree._Element) -> Iterator[str]:
    for child in run:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _SPACES:
            yield _SPACES[child.tag]


def _xml(text: str) -> str:
    return "".join(c for c in text if c in "\t\n" or c >= " ")


def _has(row: etree._Element, property_: str) -> bool:
    """Say whether a cell of a row is merged: over columns (``gridSpan``) or with the one above (``vMerge``)."""
    found = row.iterfind(f"{_W}tc/{_W}tcPr/{_W}{property_}")
    return any(e.get(f"{_W}val") not in ("1", "restart") for e in found)


def _append_table(box: etree._Element, table: etree._Element) -> None:
    """Append a table; a cell merged downwards becomes one with a ``rowspan``."""
    made = etree.SubElement(box, "table")
    above: dict[int, etree._Element] = {}
    rows = [row for row in table.iter(f"{_W}tr") if next(row.iterancestors(f"{_W}tbl")) is table]
    heading = False
    for y, row in enumerate(rows):
        line = etree.SubElement(made, "tr")
        # Below a heading over several columns, what a heading merged downwards binds to it is one, too.
        bound = heading and _has(rows[y - 1], "gridSpan") and _has(row, "vMerge")
        heading = y == 0 or row.find(f"{_W}trPr/{_W}tblHeader") is not None or bound
        x = 0
        for cell in row.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tbl")) is not table:
                continue
            width = cell.find(f"{_W}tcPr/{_W}gridSpan")
            digits = (width.get(f"{_W}val") or "") if width is not None else ""
            span = min(int(digits[:4]), _WIDEST) if digits.isdecimal() else 1
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None and merge.get(f"{_W}val") != "restart" and x in above:
                above[x].set("rowspan", str(int(above[x].get("rowspan") or 1) + 1))
            else:
                above[x] = etree.SubElement(line, "th" if heading else "td", {"colspan": str(span)})
                for paragraph in cell.iter(f"{_W}p"):
                    _fill(etree.SubElement(above[x], "p"), paragraph)
            x += span
