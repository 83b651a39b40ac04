"""Long lists in parts: each part a page of its own, none over its weight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

#: Rows of one page: with a row of some 900 bytes it stays well under 300 kB.
ROWS = 150


def paged(path: str, rows: Sequence[Any], size: int = ROWS) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (path, part) for each page; a part has its ``rows``, its ``number`` and the ``pages`` of all parts.

    Examples
    --------
    >>> [path for path, part in paged("a/b.html", range(5), 2)]
    ['a/b.html', 'a/b.2.html', 'a/b.3.html']
    """
    parts = max(1, -(-len(rows) // size))
    stem = path.removesuffix(".html")
    pages = [path if n == 0 else f"{stem}.{n + 1}.html" for n in range(parts)]
    for n, page in enumerate(pages):
        shown = list(rows[n * size : (n + 1) * size])
        yield page, {"rows": shown, "number": n, "pages": pages, "total": len(rows), "first": n * size + 1}
