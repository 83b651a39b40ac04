"""Long lists in parts: each part a page of its own, none over its weight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

#: Rows of one page: with a row of some 900 bytes it stays well under 300 kB.
ROWS = 150
#: Pages on either side of a page that its pager leads to, beside the first and the last one.
_NEAR = 3


def paged(path: str, rows: Sequence[Any], size: int = ROWS) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (path, part) for each page; a part has its ``rows``, its ``number`` and the ``pages`` to go on to.

    Examples
    --------
    >>> [path for path, part in paged("a/b.html", range(5), 2)]
    ['a/b.html', 'a/b.2.html', 'a/b.3.html']
    """
    parts = max(1, -(-len(rows) // size))
    for n in range(parts):
        shown = list(rows[n * size : (n + 1) * size])
        yield (
            page_of(path, n),
            {
                "rows": shown,
                "number": n,
                "start": path,
                "pages": [m if m is None else (m + 1, page_of(path, m)) for m in near(n, parts)],
                "total": len(rows),
                "first": n * size + 1,
            },
        )


def page_of(path: str, number: int) -> str:
    """Return the page of a part, counted from 0."""
    return path if number == 0 else f"{path.removesuffix('.html')}.{number + 1}.html"


def near(number: int, parts: int) -> list[int | None]:
    """Return the parts that a part's pager leads to, with None where some are left out.

    Examples
    --------
    >>> near(10, 40)
    [0, None, 7, 8, 9, 10, 11, 12, 13, None, 39]
    >>> near(0, 3), near(0, 1)
    ([0, 1, 2], [0])
    """
    shown = sorted({0, parts - 1, *range(max(0, number - _NEAR), min(parts, number + _NEAR + 1))})
    made: list[int | None] = []
    for one in shown:
        if made and one - 1 != made[-1]:
            made.append(None)
        made.append(one)
    return made
