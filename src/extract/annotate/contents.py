"""Contents lists: runs of short lines with page numbers that never fall, under a title or told by their headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.annotate.layout import Layout, Span

_NUMBERING = (
    r"(?:(?:(?:chapter|part|section|appendix|annex)\s)?(?:\d{1,2}(?:\.\d{1,2})*|[A-Z]|[ivx]{1,4})[.):]?[^\S\n]+)?"
)
_HEAD = r"(?:[^\n|\d%£]|20\d\d(?:[/-]\d\d)?(?!\d)){3,90}?"
#: A heading and its page, as they are told without a title above them.
_ENTRY = re.compile(
    rf"\s*{_NUMBERING}(?P<head>{_HEAD})(?:[\s.…·_]+|\s*\|\s*)(?:p(?:age|\.)?\s?)?(?P<page>\d{{1,3}})\s*", re.IGNORECASE
)
_TITLE = re.compile(
    r"\W*(?:(?:table\sof\s)?contents(?:\spage)?(?:\s*\|\s*page)?|(?:what[’']s\s)?in(?:side)?\sthis\s(?:report|briefing|issue))\W*",
    re.IGNORECASE,
)
#: A contents list that goes on behind its title.
_TITLED = re.compile(r"\W*(?:table\sof\s)?contents\b[\s:.–—-]*(?=\S)", re.IGNORECASE)
#: A line under a title: its page at the end or at the beginning.
_LAST = re.compile(
    r"[^\n]*?[\s.…·_–—,:|(]\s?(?:p(?:age|p?\.)?\s?)?(?P<page>\d{1,3})(?:\s?[-–]\s?\d{1,3})?\W*", re.IGNORECASE
)
_FIRST = re.compile(r"\W*(?:p(?:age|\.)?\s?)?(?P<page>\d{1,3})[^\S\n]+(?=\D|\d{1,2}\.)[^\n]+", re.IGNORECASE)
_OPENERS = re.compile(
    r"\s*(?:contents|foreword|introduction|preface|(?:executive )?summary|key findings|background|acknowledge?ments)\b",
    re.IGNORECASE,
)
#: Two such headings in a row of lines with rising numbers make it a contents list.
_CHAPTERS = re.compile(
    r"\s*(?:method(?:s|ology)?|conclusions?|recommendations?|references|appendi\w+|annex\w*|glossary|(?:end)?notes|findings|"
    r"about\s(?:this|the|us)|what|why|how|where|who|next\ssteps|policy|context|overview|our|chapter|part|section|"
    r"case\sstud\w+|further\s(?:reading|help)|the\s[a-z]+\s[a-z]+|an?\s[a-z’']+\s[a-z]+|[a-z]+\sat\sa\sglance)\b",
    re.IGNORECASE,
)
#: How long a line of a contents list may be, how far apart two pages, and how many lines may have none.
_LONGEST, _LEAP, _WITHOUT = 160, 60, 2
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a contents list: its span, its heading and its page."""

    line: Span
    head: str
    page: int


def contents(lay: Layout) -> list[Span]:
    """Return the lines of contents lists, whose digits number headings and pages."""
    found, after = [], 0
    for n, line in enumerate(lay.lines):
        if n >= after and line.end - line.start <= _LONGEST:
            after, spans = _under_title(lay, n)
            found.extend(spans)
    return [*found, *_untitled(lay)]


def _under_title(lay: Layout, n: int) -> tuple[int, list[Span]]:
    """Return the lines of the list that opens at line ``n``, and the first line after it."""
    line = lay.lines[n]
    inline = _TITLED.match(lay.text, line.start, line.end)
    if _TITLE.fullmatch(lay.text, line.start, line.end) is None:
        pages = [int(m[0]) for m in _DIGITS.finditer(lay.text, line.start, line.end)]
        if inline is None or len(pages) < 2 or pages != sorted(pages) or "." in lay.text[line.start : line.end - 1]:
            return n + 1, []
        rest, last = _pages(lay, n + 1, pages[-1])
        return last + 1, [line, *rest]
    rest, last = _pages(lay, n + 1, 0)
    return last + 1, rest


def _pages(lay: Layout, first: int, page: int) -> tuple[list[Span], int]:
    """Return the lines from ``first`` on whose pages rise, those between them too, and the last of them."""
    forms: tuple[re.Pattern[str], ...] = (_LAST, _FIRST)
    last, taken, without = first - 1, 0, 0
    for n in range(first, len(lay.lines)):
        line = lay.lines[n]
        matches = [m for form in forms if (m := form.fullmatch(lay.text, line.start, line.end))]
        rises = bool(matches) and page <= int(matches[0]["page"]) <= page + _LEAP
        if line.end - line.start > _LONGEST or (matches and taken and not rises) or without == _WITHOUT:
            break
        if rises:
            forms, page = (matches[0].re,), int(matches[0]["page"])
            last, without, taken = n, 0, taken + 1
        else:
            without += 1
    return (list(lay.lines[first : last + 1]) if taken >= 2 else []), last


def _untitled(lay: Layout) -> Iterator[Span]:
    """Yield the lines of contents lists without a title."""
    run: list[Entry] = []
    for line in lay.lines:
        match = _ENTRY.fullmatch(lay.text, line.start, line.end) if line.end - line.start <= _LONGEST else None
        entry = Entry(line, match["head"], int(match["page"])) if match else None
        if entry and not (run and entry.page < run[-1].page):
            run.append(entry)
            continue
        if _is_contents(run):
            yield from (e.line for e in run)
        run = [entry] if entry else []
    if _is_contents(run):
        yield from (e.line for e in run)


def _is_contents(run: list[Entry]) -> bool:
    """Tell whether three or more headings in a row, whose last numbers never fall, are those of a contents list."""
    if len(run) < 3:
        return False
    opened = any(_OPENERS.match(e.head) or ".." in e.head or "…" in e.head for e in run)
    opened = opened or sum(_CHAPTERS.match(e.head) is not None for e in run) >= 2
    return opened or (len(run) >= 5 and len({e.page for e in run}) > 3 and run[0].page <= 6)
