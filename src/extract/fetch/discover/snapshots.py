"""Asks a web archive for the snapshots of a page: the CDX index, and addresses of documents as they were received."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode

_FIELDS = ("timestamp", "original", "digest")
_TIMESTAMP = re.compile(r"\d{14}")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One snapshot: where it is, of which page, and when it was taken (ISO, UTC)."""

    url: str
    page: str
    time: str


def query(server: str, page: str) -> str:
    """Return the address of the index of a page's different snapshots.

    >>> query("https://web.archive.org", "http://a.org/x")[:58]
    'https://web.archive.org/cdx/search/cdx?url=http%3A%2F%2Fa.'
    """
    asked = {"url": page, "output": "json", "fl": ",".join(_FIELDS), "filter": "statuscode:200", "collapse": "digest"}
    return f"{server.rstrip('/')}/cdx/search/cdx?{urlencode(asked)}"


def read(body: bytes, server: str) -> list[Snapshot]:
    """Return the snapshots that an index lists, each different document once, the oldest first.

    Raises
    ------
    ValueError
        The answer is no such index.
    """
    rows = json.loads(body or b"[]")
    if not isinstance(rows, list):
        raise ValueError("the index of snapshots is no list")
    found, digests = [], set()
    for row in rows[1:]:
        stamp, page, digest = (str(cell) for cell in row)
        if _TIMESTAMP.fullmatch(stamp) and page.startswith(("http://", "https://")) and digest not in digests:
            digests.add(digest)
            time = f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{stamp[8:10]}:{stamp[10:12]}:{stamp[12:]}+00:00"
            address = f"{server.rstrip('/')}/web/{stamp}id_/{quote(page, safe=':/?&=%+,;@~')}"
            found.append(Snapshot(address, page, time))
    return sorted(found, key=lambda shot: shot.time)
