"""Numbers that order a text instead of counting: pages of a contents list, numbered items, page numbers, telephones."""

from __future__ import annotations

import re

from extract.annotate.layout import Layout, Span

_NUMBERING = (
    r"(?P<item>(?:(?:chapter|part|section|appendix|annex)\s)?(?:\d{1,2}(?:\.\d{1,2})*|[A-Z]|[ivx]{1,4})[.):]?[^\S\n]+)?"
)
_HEAD = r"(?:[^\n|\d%£]|20\d\d(?:[/-]\d\d)?(?!\d)){3,90}?"
_CONTENTS = re.compile(
    rf"\s*{_NUMBERING}(?P<head>{_HEAD})(?:[\s.…·_]+|\s*\|\s*)(?:p(?:age|\.)?\s?)?(?P<page>\d{{1,3}})\s*", re.IGNORECASE
)
_PAGE_FIRST = re.compile(rf"\s*(?:p(?:age|\.)?\s?)?(?P<page>\d{{1,3}})[^\S\n]+(?:[|.…·–-]+\s*)?{_HEAD}", re.IGNORECASE)
_TITLE = re.compile(r"\W*(?:(?:table\sof\s)?contents|in\sthis\s(?:report|briefing|issue))\W*", re.IGNORECASE)
#: A heading of a column whose numbers are no counts.
_NUMBERED = re.compile(
    r"\s*(?:ages?(?:\s(?:groups?|bands?|ranges?|in\syears|of\s(?:the\s)?(?:child|victim|children|victims)))?"
    r"|(?:child|victim)[’']?s?\sage|rank(?:ing)?|position|page|no\.|school\syear|year\sgroup|key\sstage)\s*",
    re.IGNORECASE,
)
#: How long a line of a contents list may be.
_ENTRY = 160
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
    found += [*_contents(lay), *_notes(lay), *_numbering_columns(lay)]
    for n, line in enumerate(lay.lines):
        item = _ITEM.match(text, line.start, line.end)
        if item:
            found.append(Span(line.start, item.end()))
        elif _PAGE.fullmatch(text, line.start, line.end) and not _goes_on(lay, n):
            found.append(line)
    return tuple(sorted(found, key=lambda s: s.start))


def _numbering_columns(lay: Layout) -> list[Span]:
    """Return the cells of table columns that hold ages, ranks or pages, by their headings."""
    found: list[Span] = []
    for table in lay.tables:
        heads = lay.cells(table[0])
        titles = [lay.text[head.start : head.end] for head in heads]
        spanning = {n for n, title in enumerate(titles[1:]) if not title.strip()}  # a heading over several columns
        columns = {n for n, title in enumerate(titles) if n not in spanning and _NUMBERED.fullmatch(title)}
        for row in table[1:] if columns else ():
            found.extend(cell for n, cell in enumerate(lay.cells(row)) if n in columns)
    return found


def _goes_on(lay: Layout, n: int) -> bool:
    """Tell whether the next line continues a number that stands alone, as the label of an infographic does."""
    if n + 1 >= len(lay.lines):
        return False
    line, following = lay.lines[n], lay.lines[n + 1]
    near = lay.text.count("\n", line.end, following.start) <= 1
    return near and lay.text[following.start : following.end].lstrip()[:1].islower()


def _contents(lay: Layout) -> list[Span]:
    """Return the page numbers of contents lists: headings in a row whose first or last numbers never fall."""
    return [*_rising(lay, _CONTENTS), *_rising(lay, _PAGE_FIRST, opened_only=True)]


def _rising(lay: Layout, pattern: re.Pattern[str], *, opened_only: bool = False) -> list[Span]:
    """Return the page numbers of runs of lines of one form that is a contents list's."""
    found: list[Span] = []
    run: list[tuple[Span, int]] = []
    titled = False
    for n, line in enumerate((*lay.lines, Span(0, 0))):
        match = pattern.fullmatch(lay.text, line.start, line.end) if line.end - line.start <= _ENTRY else None
        page = int(match["page"]) if match else -1
        if match and not (run and page < run[-1][1]):
            titled = titled if run else n > 0 and _TITLE.fullmatch(lay.text, *_bounds(lay.lines[n - 1])) is not None
            run.append((Span(match.start("page"), match.end("page")), page))
            continue
        if _is_contents(lay, run, titled, opened_only=opened_only):
            found.extend(span for span, _ in run)
            found.extend(_item(pattern, lay, span) for span, _ in run)
        titled = False
        run = [(Span(match.start("page"), match.end("page")), page)] if match else []
    return found


def _item(pattern: re.Pattern[str], lay: Layout, page: Span) -> Span:
    """Return the number of a heading whose page stands at a span; empty where it has none."""
    start = lay.text.rfind("\n", 0, page.start) + 1
    match = pattern.match(lay.text, start)
    item = match.span("item") if match and "item" in pattern.groupindex and match["item"] else (start, start)
    return Span(*item)


def _bounds(line: Span) -> tuple[int, int]:
    return line.start, line.end


def _is_contents(lay: Layout, run: list[tuple[Span, int]], titled: bool, *, opened_only: bool) -> bool:
    if titled and len(run) >= 2:
        return True
    if opened_only or len(run) < 3:
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
