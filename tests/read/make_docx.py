"""Makes small Word files for these tests, part by part."""

from __future__ import annotations

import io
import zipfile

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
    for key, name in (("Titel", "Title"), ("berschrift1", "heading 1"), ("Liste", "List Bullet"), ("Beschr", "caption"))
)


def p(text: str, style: str = "", number: int | None = None) -> str:
    """A paragraph; ``text`` may hold runs of its own."""
    runs = text if text.startswith("<w:") else r(text)
    numbered = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number is not None else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{numbered}</w:pPr>{runs}</w:p>"


def r(text: str, raised: bool = False) -> str:
    """A run."""
    properties = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>' if raised else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(text: str, span: int = 1, merge: str = "") -> str:
    """A table cell; ``merge`` is "restart" or "continue"."""
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    down = {"restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>", "": ""}[merge]
    return f"<w:tc><w:tcPr>{wide}{down}</w:tcPr>{p(text)}</w:tc>"


def table(*rows: list[str]) -> str:
    """A table of rows of cells."""
    return "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"


def docx(body: str, notes: str = "", title: str = "", prolog: str = "") -> bytes:
    """A Word file of a body's markup."""
    core = f'<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></c>'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"{prolog}<w:document {_SPACE}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {_SPACE}>{_STYLES}</w:styles>",
        "docProps/core.xml": core,
    }
    if notes:
        parts["word/footnotes.xml"] = (
            f'<w:footnotes {_SPACE}><w:footnote w:type="separator">{p("-")}</w:footnote>'
            f'<w:footnote w:id="1">{notes}</w:footnote></w:footnotes>'
        )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return buffer.getvalue()
