"""Reads a document's bytes into a `Release`; opens nothing by itself but the file that ``read_file`` is given."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
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


_Reader = Callable[[bytes, str, str | None, str], Release]
_READERS: dict[Kind, _Reader] = {
    "html": lambda data, name, header, _: read_html(data, name, header),
    "pdf": lambda data, name, _, password: read_pdf(data, name, password),
    "json": lambda data, name, _, __: read_json(data, name),
    "txt": lambda data, name, header, _: read_plain(data, name, header),
    "md": lambda data, name, header, _: read_markdown(data, name, header),
    "docx": lambda data, name, _, __: read_docx(data, name),
    "eml": lambda data, name, _, __: read_mail(data, name, read_attached),
}


def read_bytes(data: bytes, name: str, *, content_type: str | None = None, password: str = "") -> Release:
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

    Raises
    ------
    ReadError
        Naming ``name``, what is wrong and what to do about it.
    """
    kind = detect(data, name, content_type)
    release = _READERS[kind](data, name, content_type, password)
    own = release.id if release.id != name else PurePosixPath(name.replace("\\", "/")).stem
    return replace(release, id=own or name, source=name)


def read_attached(data: bytes, name: str) -> Release:
    """Return the release in an attachment; an e-mail within an e-mail is not looked into for attachments."""
    kind = detect(data, name)
    if kind == "eml":
        raise ReadError(name, "is an e-mail within an e-mail", "save the inner one and give it by itself")
    return _READERS[kind](data, name, None, "")


def read_file(path: Path) -> Release:
    """Return the release in a file; ``source`` is the path as given.

    Raises
    ------
    ReadError
        Where the file cannot be opened or read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        problem = f"cannot be opened ({error.strerror or error})"
        raise ReadError(path, problem, "check that it exists and may be read") from error
    return read_bytes(data, str(path))


class _Read(ModuleType):
    """The package itself can be called: ``extract.read(path)`` is `read_file` for a path of either kind."""

    def __call__(self, path: str | os.PathLike[str]) -> Release:
        """Return the release in a file; see `read_file`."""
        return read_file(Path(path))


sys.modules[__name__].__class__ = _Read
