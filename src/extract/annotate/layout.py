"""How a text is laid out: its lines, sentences, table cells, lists, and the stretches that are no prose."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

from extract.annotate.numbers import Number, find_numbers

_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(
    r"[.!?](?<!\bSt\.)(?<!\bMr\.)(?<!\bMrs\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\b[A-Z]\.)(?<!\bNo\.)(?<!\bInc\.)"
    r"[\"'”’)\]]*(?:\d{1,2})?\s+(?=[\"“‘'(•\[]*[A-Z0-9])"
)
_BULLET = re.compile(r"\s*(?:[•·▪●◦‣*○■□►–—-]|o(?=\s{2,}))\s*(?=\S)")
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"://|www\.|[@#]|\.(?:com|org|co|gov|net|uk|ac)\b")
#: How far back an address can begin from its first sign, in characters.
_LONGEST = 120
_NO_SPACE = re.compile(r"[^\s|<>]*")


Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text, half-open."""

    start: int
    end: int


class Layout:
    """The layout of one text; each part is computed when it is first asked for.

    Parameters
    ----------
    text
        The text of a release.
    published
        The ISO date of its publication, if known.
    """

    def __init__(self, text: str, published: str | None = None) -> None:
        self.text = text
        self.published = published
        self._made: dict[object, object] = {}

    def once(self, make: Callable[[Layout], Made]) -> Made:
        """Return what a function makes of this layout; it is called when first asked for."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast(Made, self._made[make])

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """Lines that are not empty."""
        return tuple(Span(*m.span()) for m in _LINE.finditer(self.text))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences; none crosses a line's end."""
        found = []
        for line in self.lines:
            start = line.start
            for stop in _SENTENCE_END.finditer(self.text, line.start, line.end):
                found.append(Span(start, stop.end()))
                start = stop.end()
            found.append(Span(start, line.end))
        return tuple(found)

    @cached_property
    def words(self) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """Where each word starts, and the words in lower case."""
        low = self.text.lower()
        if len(low) != len(self.text):  # a capital with a dot becomes two characters
            low = "".join(c if len(c.lower()) > 1 else c.lower() for c in self.text)
        return tuple(m.start() for m in _WORD.finditer(low)), tuple(_WORD.findall(low))

    def words_before(self, offset: int, count: int) -> frozenset[str]:
        """Return the last words that start before an offset, in lower case."""
        starts, words = self.words
        n = bisect_left(starts, offset)
        return frozenset(words[max(0, n - count) : n])

    def words_after(self, offset: int, count: int) -> frozenset[str]:
        """Return the first words that start at or after an offset, in lower case."""
        starts, words = self.words
        n = bisect_left(starts, offset)
        return frozenset(words[n : n + count])

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Numbers in digits and words, whatever they count."""
        return tuple(find_numbers(self.text, zip(*self.words, strict=True)))

    @cached_property
    def unprose(self) -> tuple[Span, ...]:
        """Addresses of pages and mail, handles and hashtags, each to the next space."""
        found: list[Span] = []
        for sign in _ADDRESS.finditer(self.text):
            if found and sign.start() < found[-1].end:
                continue
            end = _NO_SPACE.match(self.text, sign.end())
            start = sign.start()
            while start > 0 and sign.start() - start < _LONGEST and not self.text[start - 1].isspace():
                start -= 1
            found.append(Span(start, end.end() if end else sign.end()))
        return tuple(found)

    @cached_property
    def tables(self) -> tuple[tuple[Span, ...], ...]:
        """Runs of lines whose cells are separated by bars, the headings first."""
        return self._runs(lambda line: self.text.find("|", line.start, line.end) >= 0)

    @cached_property
    def bullets(self) -> tuple[tuple[Span, ...], ...]:
        """Runs of lines that open with a bullet or dash."""
        return self._runs(lambda line: _BULLET.match(self.text, line.start, line.end) is not None)

    def _runs(self, test: Callable[[Span], bool]) -> tuple[tuple[Span, ...], ...]:
        runs: list[list[Span]] = []
        last = -2
        for n, line in enumerate(self.lines):
            if test(line):
                if n == last + 1:
                    runs[-1].append(line)
                else:
                    runs.append([line])
                last = n
        return tuple(tuple(run) for run in runs)

    def cells(self, row: Span) -> tuple[Span, ...]:
        """Return the cells of a table's row."""
        found, start = [], row.start
        while (bar := self.text.find("|", start, row.end)) >= 0:
            found.append(Span(start, bar))
            start = bar + 1
        return (*found, Span(start, row.end))


def covering(spans: Sequence[Span], offset: int) -> Span | None:
    """Return the span of an ordered sequence that holds an offset."""
    n = bisect_right(spans, offset, key=lambda s: s.start) - 1
    return spans[n] if n >= 0 and offset < spans[n].end else None


def bullet_end(text: str, line: Span) -> int:
    """Return where a line's own words begin, after its bullet."""
    match = _BULLET.match(text, line.start, line.end)
    return match.end() if match else line.start
