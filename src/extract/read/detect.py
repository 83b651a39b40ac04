"""Tells a document's type by its content; the name's ending only decides between kinds of plain text."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import PurePosixPath
from typing import Literal

from extract.errors import ReadError

Kind = Literal["html", "pdf", "json", "txt", "md", "docx", "eml"]

_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|article|main|div|p|h1|table|script)\b", re.IGNORECASE
)
_MAIL = re.compile(
    rb"\A(?:From [^\n]*\r?\n)?(?:(?:received|return-path|from|to|subject|date|message-id|mime-version|delivered-to|"
    rb"content-type|x-[\w-]+|dkim-signature|reply-to|cc|sender|thread-topic)\s*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){3}",
    re.IGNORECASE,
)
#: Leading bytes of what is not read: what it is, and the mend.
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n", "is a PNG image", "give the document it was taken from, or its text"),
    (b"\xff\xd8\xff", "is a JPEG image", "give the document it was taken from, or its text"),
    (b"GIF8", "is a GIF image", "give the document it was taken from, or its text"),
    (b"II*\x00", "is a TIFF image", "give the document it was taken from, or its text"),
    (b"MM\x00*", "is a TIFF image", "give the document it was taken from, or its text"),
    (b"RIFF", "is a sound, film or WebP file", "give the document it was taken from, or its text"),
    (b"{\\rtf", "is a Rich Text file", "save it as .docx or PDF"),
    (b"\x1f\x8b", "is gzip-compressed", "decompress it and give the file inside"),
    (b"Rar!", "is a RAR archive", "unpack it and give the files inside"),
    (b"7z\xbc\xaf", "is a 7z archive", "unpack it and give the files inside"),
    (b"BZh", "is bzip2-compressed", "decompress it and give the file inside"),
    (b"\xfd7zXZ", "is xz-compressed", "decompress it and give the file inside"),
    (b"\x7fELF", "is a program", "give a web page, PDF, Word, e-mail or text file"),
    (b"SQLite format 3\x00", "is an SQLite database", "give the release itself"),
    (b"%!PS", "is a PostScript file", "convert it to PDF"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def detect(data: bytes, name: str, content_type: str | None = None) -> Kind:
    """Return the kind of a document.

    Raises
    ------
    ReadError
        For an empty file and for every kind that is not read, with what to do instead.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise ReadError(name, "is empty", "fetch or export it again")
    for magic, problem, mend in _REFUSED:
        if data.startswith(magic):
            raise ReadError(name, problem, mend)
    if data.startswith(_OLE):
        raise _ole_error(data, name)
    if data.startswith(b"PK"):
        return _zip_kind(data, name)
    if b"%PDF-" in data[:1024] and not _TAG.search(data[: data.find(b"%PDF-")]):
        return "pdf"
    return _text_kind(data, name, content_type)


def _ole_error(data: bytes, name: str) -> ReadError:
    """Name the legacy Office kind by the streams that its directory lists in UTF-16."""
    if "__substg1.0_".encode("utf-16-le") in data:
        return ReadError(name, "is an Outlook .msg message", "save it from Outlook as .eml or PDF")
    if "WordDocument".encode("utf-16-le") in data:
        return ReadError(name, "is a legacy Word .doc file", "save it as .docx or PDF")
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ReadError(name, "is an Office file locked by a password", "save a copy without the password")
    return ReadError(name, "is a legacy Office file", "save it as .docx or PDF")


def _zip_kind(data: bytes, name: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        raise ReadError(name, "is a damaged zip or Office file", "fetch or export it again") from error
    if "word/document.xml" in members:
        return "docx"
    if any(m.startswith("xl/") for m in members):
        raise ReadError(name, "is an Excel workbook", "export the sheet as a PDF or web page, or give its text")
    if any(m.startswith("ppt/") for m in members):
        raise ReadError(name, "is a PowerPoint file", "export it as PDF")
    if "content.xml" in members:
        raise ReadError(name, "is an OpenDocument file", "save it as .docx or PDF")
    raise ReadError(name, "is a zip archive", "unpack it and give the files inside")


def _text_kind(data: bytes, name: str, content_type: str | None) -> Kind:
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    head = data[:65536]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode("utf-8", "replace")
    elif b"\x00" in head and not _wide(head):
        raise ReadError(name, "is a binary file of a kind that is not read", "give a web page, PDF, Word or text file")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if start[:1] == b"{" and (ending == ".json" or _is_release(data)):
        return "json"
    if start[:1] == b"[" and ending == ".json":
        return "json"
    if _MAIL.match(head.lstrip(b"\r\n")):
        return "eml"
    if _is_markup(start, ending, content_type):
        return "html"
    return "md" if ending in (".md", ".markdown") else "txt"


def _wide(head: bytes) -> bool:
    """Say whether the zero bytes are those of UTF-16 text."""
    return (
        max(head[::2].count(0), head[1::2].count(0))
        > 0.3 * len(head) / 2
        > 10 * min(head[::2].count(0), head[1::2].count(0))
    )


def _is_release(data: bytes) -> bool:
    try:
        loaded = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(loaded, dict) and isinstance(loaded.get("text"), str)


def _is_markup(start: bytes, ending: str, content_type: str | None) -> bool:
    declared = (content_type or "").split(";")[0].strip().lower() in ("text/html", "application/xhtml+xml")
    if ending in (".md", ".markdown", ".txt"):
        return start[:1] == b"<" and _TAG.match(start) is not None
    if ending in (".html", ".htm", ".xhtml") or declared:
        return True
    return _TAG.search(start[:4096]) is not None or (start[:1] == b"<" and _TAG.search(start) is not None)
