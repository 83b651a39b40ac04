"""Numbers that order a text instead of counting: pages of a contents list, numbered items, page numbers, telephones."""

from __future__ import annotations

import re

from extract.annotate.layout import Layout, Span

_CONTENTS = re.compile(r"\s*(?P<head>[^\n|\d%£]{3,90}?)(?:[\s.…·_]+)(?P<page>\d{1,3})\s*")
_OPENERS = re.compile(
    r"\s*(?:contents|foreword|introduction|preface|(?:executive )?summary|key findings|background|acknowledge?ments)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:\(\d{1,2}\)|\d{1,2}[.)](?!\d)|\[\d{1,2}\])(?=\s|[A-Z])")
_NOTE = re.compile(r"\s*(\d{1,2})[^\S\n]+(?=[“\"‘']?[A-Z])")
_PAGE = re.compile(r"\s*(?:[Pp]age\s)?[-–—]?\s?\d{1,3}(?:\s(?:of|/)\s\d{1,3})?\s?[-–—]?\s*")
_BRACKETED = re.compile(r"\[\d{1,2}\](?!\()")
_PHONE = re.compile(
    r"[+(0](?<![\w£$€.,][+(0])(?:(?<=\+)44[\s-]?(?:\(0\)\s?)?\d{2,4}|(?:(?<=\()0)?\d{2,4}\)?)"
    r"(?:[\s-]?\d{2,6}){1,3}(?![\w%])"
)


def orderings(lay: Layout) -> tuple[Span, ...]:
    """Return the stretches whose digits order or dial and count nothing, in order."""
    text = lay.text
    found = [Span(*m.span()) for pattern in (_BRACKETED, _PHONE) for m in pattern.finditer(text)]
    found += [*_contents(lay), *_notes(lay)]
    for n, line in enumerate(lay.lines):
        item = _ITEM.match(text, line.start, line.end)
        if item:
            found.append(Span(line.start, item.end()))
        elif _PAGE.fullmatch(text, line.start, line.end) and not _goes_on(lay, n):
            found.append(line)
    return tuple(sorted(found, key=lambda s: s.start))


def _goes_on(lay: Layout, n: int) -> bool:
    """Tell whether the next line continues a number that stands alone, as the label of an infographic does."""
    if n + 1 >= len(lay.lines):
        return False
    line, following = lay.lines[n], lay.lines[n + 1]
    near = lay.text.count("\n", line.end, following.start) <= 1
    return near and lay.text[following.start : following.end].lstrip()[:1].islower()


def _contents(lay: Layout) -> list[Span]:
    """Return the lines of contents lists: four or more headings in a row whose last numbers never fall."""
    runs: list[list[tuple[Span, int]]] = [[]]
    for line in lay.lines:
        ends_in_digit = lay.text[line.start : line.end].rstrip()[-1:].isdigit()
        match = _CONTENTS.fullmatch(lay.text, line.start, line.end) if ends_in_digit else None
        page = int(match["page"]) if match else -1
        if match and (not runs[-1] or page >= runs[-1][-1][1]):
            runs[-1].append((Span(match.start("page"), match.end("page")), page))
        else:
            runs.append([(Span(match.start("page"), match.end("page")), page)] if match else [])
    return [span for run in runs if _is_contents(lay, run) for span, _ in run]


def _is_contents(lay: Layout, run: list[tuple[Span, int]]) -> bool:
    if len(run) < 3:
        return False
    heads = [lay.text[lay.text.rfind("\n", 0, span.start) + 1 : span.start] for span, _ in run]
    opened = any(_OPENERS.match(head) or ".." in head or "…" in head for head in heads)
    return opened or (len(run) >= 5 and len({page for _, page in run}) > 3 and run[0][1] <= 6)


def _notes(lay: Layout) -> list[Span]:
    """Return the numbers of footnotes: lines that open with 1, 2, 3 … before a capital."""
    due, found = 1, []
    for line in lay.lines:
        match = _NOTE.match(lay.text, line.start, line.end)
        if match and int(match[1]) == due:
            found.append(Span(match.start(1), match.end(1)))
            due += 1
    return found if due > 2 else []
