"""Knows footnote marks on a page, so that none is glued to the number before it."""

from __future__ import annotations

import re

from lxml import html

_MARK = re.compile(
    r"[\[(]?\s*(?:\d{1,2}|[ivx]{1,4}|[a-z]|[*†‡§¶#]{1,3})\s*[\])]?(?:\s*[,;]\s*[\[(]?(?:\d{1,2}|[a-z])[\])]?)*"
)
_LINK_MARK = re.compile(r"[\[(]?\s*(?:\d{1,3}|[ivx]{1,4}|[a-z]|[*†‡§¶]{1,3})\s*[\])]?|[↑↩^]\ufe0e?")
_NOTE_ROLES = frozenset({"doc-noteref", "doc-backlink", "noteref"})
_SUPERSCRIPT = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.IGNORECASE)
_POWER_OF = re.compile(r"(?:\b[kcm]?m|\b10|[₂)])$")


def is_mark(element: html.HtmlElement, before: str) -> bool:
    """Say whether an inline element is a footnote mark; ``before`` is the text that stands right before it.

    An ordinal's ending (``5<sup>th</sup>``), a trade mark and the power of a unit (``km<sup>2</sup>``) are none.
    """
    tag = element.tag
    if tag == "a":
        return _is_link_mark(element)
    if tag != "sup" and not _SUPERSCRIPT.search(element.get("style", "")):
        return False
    text = "".join(element.itertext()).strip()
    if element.find(".//a") is not None and _is_link_mark(element.find(".//a")) and len(text) <= 12:
        return True
    if text in ("2", "3") and _POWER_OF.search(before):
        return False
    return len(text) <= 12 and _MARK.fullmatch(text.lower()) is not None


def _is_link_mark(anchor: html.HtmlElement) -> bool:
    text = "".join(anchor.itertext()).strip()
    if not text or len(text) > 6:
        return False
    roles = {anchor.get("role", ""), anchor.get("epub:type", "")}
    if roles & _NOTE_ROLES:
        return True
    return "#" in anchor.get("href", "") and _LINK_MARK.fullmatch(text.lower()) is not None
