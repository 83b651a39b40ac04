"""Joins lines into running text: a word broken at a line's end is made whole, a compound keeps its hyphen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_BROKEN = re.compile(r"([A-Za-zÀ-ÿ0-9][\w’'/-]*)[-‐\u00ad]$")
_NEXT = re.compile(r"[\w’']+(?:-[\w’']+)*")
_WORD = re.compile(r"\w[\w’']*(?:-\w[\w’']*)*")
#: First parts of compounds that are hardly ever the first syllables of a longer word.
_FIRST_PARTS = frozenset(
    (
        *("self", "non", "anti", "half", "well", "ill", "cross", "peer", "north", "south", "east", "west"),
        *("two", "three", "four", "five", "six", "seven", "eight", "nine", "twenty", "thirty", "forty", "fifty"),
    )
)
#: Words inside compounds of three: day-to-day, five-year-old.
_INNER = frozenset(
    ("to", "on", "of", "in", "by", "and", "for", "the", "up", "off", "out", "at", "a", "year", "month", "week", "day")
)


class Hyphens:
    """Decides line-end hyphens by how the document itself writes the word elsewhere."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        capital, lower = set[str](), set[str]()
        for line in lines:
            found = _WORD.findall(line)
            broken = _BROKEN.search(line.rstrip()) is not None
            whole = found[:-1] if broken else found
            self._words.update(w.lower() for w in whole)
            capital.update(w for w in whole if w[0].isupper())
            lower.update(w for w in whole if w[0].islower())
        #: Words that are never written small: names, to which a part of a compound may be added (Kent-based).
        self._names = {w for w in capital if w.lower() not in lower and len(w) > 2}

    def join(self, lines: Sequence[str]) -> str:
        """Return lines as one text.

        >>> Hyphens([]).join(["sexual of-", "fences in Dyfed-", "Powys aged 12-", "15"])
        'sexual offences in Dyfed-Powys aged 12-15'
        >>> Hyphens(["on Facebook"]).join(["three-quar-", "ters on Facebook-", "owned apps"])
        'three-quarters on Facebook-owned apps'
        """
        text = ""
        for line in lines:
            line = line.strip()
            broken = _BROKEN.search(text)
            following = _NEXT.match(line)
            if broken and following:
                stem = text[:-1]
                text = stem + ("-" if self._keeps(broken[1], following[0]) else "") + line
            elif text.endswith(("–", "/")) and re.search(r"\w[–/]$", text) and following:
                text += line
            else:
                text = f"{text} {line}" if text else line
        return text

    def _keeps(self, first: str, second: str) -> bool:
        if not second[0].islower() or first[-1:].isdigit() or first.isupper():
            return True
        if (first + second).lower() in self._words:
            return False
        if f"{first}-{second}".lower() in self._words:
            return True
        last = re.split(r"[-/]", first)[-1].lower()
        if "-" in first and last.isalpha() and last not in _INNER and last not in self._words:
            return False
        return "-" in first or "-" in second or last in _FIRST_PARTS or first in self._names
