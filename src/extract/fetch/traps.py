"""Recognises what a site could make pages of for ever, such as a calendar: addresses of one shape without a release."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import parse_qsl, urlsplit

#: After so many pages of one shape, none of which was kept, no more of that shape are asked for.
PATIENCE = 30


def shape(url: str) -> str:
    """Return an address with its numbers and the values of its arguments blanked.

    >>> shape("https://a.org/events/2031/05/?page=3&q=x")
    'a.org/events/0/0/?page&q'
    """
    parts = urlsplit(url)
    names = "&".join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    return f"{parts.netloc}{re.sub(r'[0-9]+', '0', parts.path)}?{names}"


class Shapes:
    """Counts fruitless pages by shape."""

    def __init__(self) -> None:
        self._fruitless: Counter[str] = Counter()
        self._fruitful: set[str] = set()

    def note(self, url: str, kept: bool) -> None:
        """Remember what came of a page."""
        if kept:
            self._fruitful.add(shape(url))
        else:
            self._fruitless[shape(url)] += 1

    def fruitful(self, url: str) -> bool:
        """Say whether pages of this shape are still worth asking for."""
        return shape(url) in self._fruitful or self._fruitless[shape(url)] < PATIENCE
