"""Reads a document's bytes into a `Release`; opens nothing by itself but the file that ``read_file`` is given."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from types import ModuleType

from extract.errors import ReadError
from extract.read.detect import Kind, detect
from extract.read.docx import read_docx
from extract.read.html import read_html
from extract.read.json_release import read_json
from extract.read.mail import read_mail
from extract.read.markdown import read_markdown
from extract.read.pdf import read_pdf
from extract.read.plain import read_plain
from extract.records import Release

__all__ = ["read_bytes", "read_file"]


@dataclass(frozen=True, slots=True)
class _Options:
    """What a reader may need beside the document: its ``Content-Type``, the password, whether images are read."""

    header: str | None = None
    password: str = ""
    ocr: bool = False


_Reader = Callable[[bytes, str, _Options], Release]
_READERS: dict[Kind, _Reader] = {
    "html": lambda data, name, options: read_html(data, name, options.header),
    "pdf": lambda data, name, options: read_pdf(data, name, options.password, ocr=options.ocr),
    "json": lambda data, name, _: read_json(data, name),
    "txt": lambda data, name, options: read_plain(data, name, options.header),
    "md": lambda data, name, options: read_markdown(data, name, options.header),
    "docx": lambda data, name, _: read_docx(data, name),
    "eml": lambda data, name, options: read_mail(data, name, partial(read_attached, ocr=options.ocr)),
}


def read_bytes(
    data: bytes, name: str, *, content_type: str | None = None, password: str = "", ocr: bool = False
) -> Release:
    """Return the release that ``data`` holds; its type is told by its content.

    Parameters
    ----------
    data
        The whole document.
    name
        Its file name or address: the release's ``source``, and without folder and ending its ``id``.
    content_type
        The ``Content-Type`` header that came with it, for its charset.
    password
        What opens an encrypted PDF.
    ocr
        Whether pages of a PDF that are images are recognised by Tesseract; `Release.recognised` lists them.

    Raises
    ------
    ReadError
        Naming ``name``, what is wrong and what to do about it.
    UsageError
        Where a page is to be recognised and Tesseract or its binding is not installed.
    """
    kind = detect(data, name, content_type)
    release = _READERS[kind](data, name, _Options(content_type, password, ocr))
    own = release.id if release.id != name else PurePosixPath(name.replace("\\", "/")).stem
    return replace(release, id=own or name, source=name)


def read_attached(data: bytes, name: str, *, ocr: bool = False) -> Release:
    """Return the release in an attachment; an e-mail within an e-mail is not looked into for attachments."""
    kind = detect(data, name)
    if kind == "eml":
        raise ReadError(name, "is an e-mail within an e-mail", "save the inner one and give it by itself")
    return _READERS[kind](data, name, _Options(ocr=ocr))


def read_file(path: Path, *, ocr: bool = False) -> Release:
    """Return the release in a file; ``source`` is the path as given, ``ocr`` as for `read_bytes`.

    Raises
    ------
    ReadError
        Where the file cannot be opened or read.
    UsageError
        Where a page is to be recognised and Tesseract or its binding is not installed.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        problem = f"cannot be opened ({error.strerror or error})"
        raise ReadError(path, problem, "check that it exists and may be read") from error
    return read_bytes(data, str(path), ocr=ocr)


class _Read(ModuleType):
    """The package itself can be called: ``extract.read(path)`` is `read_file` for a path of either kind."""

    def __call__(self, path: str | os.PathLike[str], *, ocr: bool = False) -> Release:
        """Return the release in a file; see `read_file`."""
        return read_file(Path(path), ocr=ocr)


sys.modules[__name__].__class__ = _Read
