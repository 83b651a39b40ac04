"""Turns bytes into characters: by header, byte-order mark, declaration in the document, detection."""

from __future__ import annotations

import codecs
import re
from email.message import Message

import charset_normalizer

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,30})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,30})""")
#: Browsers read these labels as Windows-1252, and so must we: pages that declare them hold curly quotes.
_WEB_LATIN = {"iso-8859-1", "iso8859-1", "latin-1", "latin1", "ascii", "us-ascii", "l1"}
#: How much of a document is looked at for detection.
_SAMPLE = 200_000


def header_charset(content_type: str | None) -> str | None:
    """Return the charset that a ``Content-Type`` header names.

    >>> header_charset('text/html; charset="utf-8"')
    'utf-8'
    """
    if not content_type:
        return None
    message = Message()
    message["content-type"] = content_type
    charset = message.get_content_charset()
    return charset or None


def decode(data: bytes, content_type: str | None = None, *, markup: bool = False) -> str:
    """Return the characters of ``data``.

    A byte-order mark is certain and rules; then come the header, for ``markup`` the declaration in the document,
    UTF-8 where it decodes, and what charset-normalizer finds among the encodings that British offices use.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, "replace").lstrip("\ufeff")
    declared = [header_charset(content_type)]
    if markup:
        head = data[:4096]
        declared += [m[1].decode("ascii") for m in (_XML.search(head), _META.search(head)) if m]
    for charset in declared:
        text = _strict(data, charset)
        if text is not None:
            return text
    return _detect(data)


def _strict(data: bytes, charset: str | None) -> str | None:
    if not charset:
        return None
    name = "cp1252" if charset.lower() in _WEB_LATIN else charset
    try:
        return data.decode(name)
    except (LookupError, UnicodeDecodeError):
        return None  # a wrong declaration is common; the next source decides


def _detect(data: bytes) -> str:
    text = _strict(data, "utf-8") or _utf16(data)
    if text is not None:
        return text
    if data.count(b"\x00") == 0 and _nearly_utf8(data):
        return data.decode("utf-8", "replace")
    best = charset_normalizer.from_bytes(data[:_SAMPLE], cp_isolation=["cp1252", "mac_roman", "iso8859_15"]).best()
    name = best.encoding if best and best.encoding == "mac_roman" else "cp1252"
    return data.decode(name, "replace")


def _utf16(data: bytes) -> str | None:
    """Decode UTF-16 without a mark: every other byte of English text in it is zero."""
    sample = data[:2000]
    if len(sample) < 4:
        return None
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if sample[offset::2].count(0) > 0.4 * len(sample) / 2 and sample[1 - offset :: 2].count(0) == 0:
            return data.decode(name, "replace")
    return None


def _nearly_utf8(data: bytes) -> bool:
    """Say whether the data is UTF-8 with a few broken bytes rather than a single-byte encoding."""
    sample = data[:_SAMPLE]
    high = sum(b >= 0x80 for b in sample)
    broken = sample.decode("utf-8", "replace").count("\ufffd")
    return high > 0 and broken * 10 < high
