"""Writes a site's files: only those that changed, each in one step, and takes away those that it no longer has."""

from __future__ import annotations

import hashlib
import json
import os
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from extract.errors import UsageError
from extract.report import words

#: What a build leaves behind for the next one: the fingerprint of each file.
MANIFEST = ".report.json"


class Writer:
    """Writes pages and files under a folder and remembers their fingerprints.

    Parameters
    ----------
    folder
        The site. Made where it is missing; must be empty or a site that was written before.

    Raises
    ------
    UsageError
        Where the folder holds something else.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        manifest = folder / MANIFEST
        if folder.is_dir() and any(folder.iterdir()) and not manifest.is_file():
            raise UsageError(folder, "holds files that are no report", "name an empty folder or a new one")
        folder.mkdir(parents=True, exist_ok=True)
        self.before: dict[str, str] = json.loads(manifest.read_text("utf-8")) if manifest.is_file() else {}
        if not manifest.is_file():
            # So that a build that was cut short is known for what it is.
            manifest.write_text("{}", "utf-8")
        self.now: dict[str, str] = {}
        self.written = 0
        self.environment = environment()
        self._templates = _templates_hash()

    def page(self, path: str, template: str, **context: Any) -> None:
        """Write a page, unless the same template with the same contents wrote it before."""
        mark = fingerprint([self._templates, template, context])
        if self._stands(path, mark):
            return
        depth = path.count("/")
        html = self.environment.get_template(template).render(root="../" * depth, here=path, **context)
        self._write(path, html.encode("utf-8", "replace"), mark)

    def file(self, path: str, data: bytes | str) -> None:
        """Write a file with these contents."""
        raw = data.encode("utf-8", "replace") if isinstance(data, str) else data
        mark = hashlib.sha256(raw).hexdigest()
        if not self._stands(path, mark):
            self._write(path, raw, mark)

    def stands(self, path: str, mark: str) -> bool:
        """Return whether a file with this fingerprint was written before, and keep it where it was."""
        return self._stands(path, mark)

    def keep(self, path: str, data: bytes | str, mark: str) -> None:
        """Write a file under a fingerprint of what it is made from."""
        self._write(path, data.encode("utf-8", "replace") if isinstance(data, str) else data, mark)

    def _stands(self, path: str, mark: str) -> bool:
        known = mark in (self.now.get(path), self.before.get(path))
        self.now[path] = mark
        return known and (self.folder / path).is_file()

    def _write(self, path: str, data: bytes, mark: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.part")
        part.write_bytes(data)
        os.replace(part, target)
        self.now[path] = mark
        self.written += 1

    def finish(self) -> None:
        """Remove the files of the build before that this one does not have, and write the manifest."""
        for path in set(self.before) - set(self.now):
            (self.folder / path).unlink(missing_ok=True)
        manifest = self.folder / MANIFEST
        part = manifest.with_name(f"{MANIFEST}.part")
        part.write_text(json.dumps(self.now, indent=0, sort_keys=True), "utf-8")
        os.replace(part, manifest)


def environment() -> Environment:
    """Return the templates: all escaped, and an undefined name is an error."""
    made = Environment(
        loader=PackageLoader("extract.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["number"] = words.number
    made.filters["day"] = words.day
    made.filters["data"] = data_block
    made.globals |= {"FLAGS": words.FLAGS, "LABELS": words.LABELS, "NOT_IN_SERIES": words.NOT_IN_SERIES}
    return made


def data_block(value: Any) -> Markup:
    """Return JSON for a data block of a page, in which no text can end the block."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - no character that HTML knows is left in it


def fingerprint(value: Any) -> str:
    """Return a hash of plain data."""
    text = json.dumps(value, sort_keys=True, default=_plain)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return [getattr(value, name) for name in value.__dataclass_fields__]
    raise TypeError(f"no plain data: {value!r}")


def _templates_hash() -> str:
    made = hashlib.sha256()
    for path in sorted((files("extract.report") / "templates").iterdir(), key=lambda p: p.name):
        made.update(path.read_bytes())
    return made.hexdigest()
