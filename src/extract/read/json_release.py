"""Reads a release that was read already: its text is taken exactly as it is."""

from __future__ import annotations

import json

from extract.errors import ReadError
from extract.read.dates import iso_date
from extract.read.decode import decode
from extract.read.plain import blocks_of
from extract.records import Release

_KEYS = ("id", "title", "published", "url", "publisher")


def read_json(data: bytes, name: str) -> Release:
    """Return the release of a file ``{"id", "text", "title", "published", "url"}``; all but ``text`` may be missing.

    Raises
    ------
    ReadError
        Where the file is no JSON object, has no text, or a value of the wrong type.
    """
    try:
        loaded = json.loads(decode(data))
    except (ValueError, RecursionError) as error:
        raise ReadError(name, f"is not valid JSON ({error})", "export it again") from error
    if not isinstance(loaded, dict):
        raise ReadError(name, "is JSON but not one release", 'give one object {"id", "text", …} a file')
    text = loaded.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ReadError(name, 'has no text under "text"', 'put the release\'s text under the key "text"')
    values = {key: loaded.get(key) for key in _KEYS}
    for key, value in values.items():
        if value is not None and not isinstance(value, str):
            raise ReadError(name, f'has a "{key}" that is no string', "write it as a string or leave it out")
    return Release(
        id=values["id"] or name,
        text=text,
        title=values["title"],
        published=_date(values["published"], name),
        url=values["url"],
        publisher=values["publisher"],
        reader="json",
        blocks=blocks_of(text),
        unread=0.0,
    )


def _date(value: str | None, name: str) -> str | None:
    if not value:
        return None
    date = iso_date(value)
    if date is None:
        raise ReadError(name, f'has a "published" that is no date: {value!r}', "write it as YYYY-MM-DD")
    return date
