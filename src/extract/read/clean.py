"""Folds what a document prints into plain characters: white space, invisible characters, ligatures."""

from __future__ import annotations

import re

_INVISIBLE = dict.fromkeys(
    [
        0x00AD,  # soft hyphen
        0x034F,
        0x061C,
        0x180E,
        *range(0x200B, 0x2010),  # zero-width space and joiners, direction marks
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2065),
        0xFEFF,
        *range(0xE000, 0xF8FF),  # private use: icon fonts
        *range(0x00, 0x09),
        *range(0x0E, 0x20),
        *range(0x7F, 0xA0),
    ]
)
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_BULLET = re.compile(r"[•●▪■◦‣∙·⦁➢➤►▶✓✔○❖]\s*(?=\S)")
#: Footnote marks typed as raised digits; after a unit of length they are powers.
_RAISED = re.compile(r"(?:(?<=[\w%.,;:!?)\]”’\"'])(?<!\b[ckm]m)(?<!\bm)|^\s*)[¹²³⁰⁴-⁹]+(?!\w)")
_SPACE = re.compile(r"\s+")

#: What opens a list item in ``Release.text``.
ITEM = "  • "


def drop_invisible(text: str) -> str:
    """Return ``text`` without soft hyphens, zero-width and control characters, and with ligatures spelt out.

    >>> drop_invisible("of\\u00adfen\\u200bces, \\ufb01gures")
    'offences, figures'
    """
    return text if text.isascii() and text.isprintable() else text.translate(_INVISIBLE).translate(_LIGATURES)


def fold(text: str) -> str:
    """Return ``text`` without invisible characters, raised digits that mark footnotes, or white space at its
    ends; every run of white space is one space.

    >>> fold("  1,300\\u00a0offences\\n in 2019 ")
    '1,300 offences in 2019'
    """
    clean = drop_invisible(text)
    return _SPACE.sub(" ", clean if clean.isascii() else _RAISED.sub("", clean)).strip()


def split_bullet(text: str) -> str | None:
    """Return what follows a printed bullet at the start of ``text``; None where it opens with none.

    >>> split_bullet("• 260 in 2018/19")
    '260 in 2018/19'
    """
    match = _BULLET.match(text)
    return text[match.end() :] if match else None


def skeleton(text: str) -> str:
    """Return the letters and digits of ``text`` in lower case: what two renderings of one sentence share."""
    return "".join(c for c in text.casefold() if c.isalnum())


def visible_length(text: str) -> int:
    """Return the number of characters of ``text`` that are not white space."""
    return len(text) - sum(map(str.isspace, text))
