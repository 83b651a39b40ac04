"""How a text is laid out: its lines, sentences, table cells, lists, and the stretches that are no prose."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc

_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(
    r"(?<!\bSt)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\b[A-Z])(?<!\bNo)(?<!\bvs)(?<!\bInc)[.!?][\"'”’)\]]*(?:\d{1,2})?\s+(?=[\"“‘'(•\[]*[A-Z0-9])"
)
_BULLET = re.compile(r"\s*(?:[•·▪●◦‣*–—-]|o(?=\s{2,}))\s*(?=\S)")
_UNPROSE = re.compile(
    r"(?:https?://|www\.)[^\s<>|]+|[\w.+-]+@[\w-]+\.[\w.-]+|(?<![\w@])@\w+|#\w+"
    r"|\b[\w-]+\.(?:com|org|co|gov|net|uk|ac)(?:\.uk)?(?:/[^\s<>|]*)?(?!\w)"
)


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
    """

    def __init__(self, text: str) -> None:
        self.text = text

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
    def unprose(self) -> tuple[Span, ...]:
        """Addresses of pages and mail, handles and hashtags."""
        if not any(c in self.text for c in "@#/") and "." not in self.text:
            return ()
        return tuple(Span(*m.span()) for m in _UNPROSE.finditer(self.text))

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


def layout(doc: Doc) -> Layout:
    """Return the doc's layout, made once."""
    found = doc.user_data.get("nspcc.layout")
    if found is None:
        found = doc.user_data["nspcc.layout"] = Layout(doc.text)
    return found
