"""Numbers that order a text instead of counting: pages of a contents list, numbered items, page numbers, telephones."""

from __future__ import annotations

import re

from extract.annotate.contents import contents
from extract.annotate.layout import Layout, Span

#: A heading of a column whose numbers are no counts.
_NUMBERED = re.compile(
    r"\s*(?:ages?(?:\s(?:groups?|bands?|ranges?|in\syears|of\s(?:the\s)?(?:child|victim|children|victims)))?"
    r"|(?:child|victim)[’']?s?\sage|rank(?:ing)?|position|page|no\.|school\syear|year\sgroup|key\sstage)\s*",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s*(?:\(\d{1,2}\)|\d{1,2}[.)](?!\d)|\[\d{1,2}\])(?=\s|[A-Z])")
_NOTE = re.compile(r"\s*(\d{1,2})[^\S\n]+(?=[“\"‘']?[A-Z]|(?:19|20)\d\d\b)")
_PAGE = re.compile(r"\s*(?:[Pp]age\s)?[-–—]?\s?\d{1,3}(?:\s(?:of|/)\s\d{1,3})?\s?[-–—]?\s*")
_BRACKETED = re.compile(r"\[\d{1,2}\](?!\()")
#: Volume, issue and pages of a journal; the numbers of books and papers.
_CITED = re.compile(
    r"(?<![\d.,])\d{1,3}\s?\(\d{1,2}\)\s?[,:]\s?(?:pp?\.?\s?)?\d{1,4}(?:\s?[-–]\s?\d{1,4})?(?![\d,.]\d)"
    r"|\b(?:ISBN|ISSN|DOI|doi)\b[\s:]*[\dXx][\dXx /.-]*"
)
#: What every such citation holds; it is looked for first, being found at once.
_CITES = re.compile(r"\(\d{1,2}\)\s?[,:]|ISBN|ISSN|DOI|doi")
_PHONE = re.compile(
    r"[+(0](?<![\w£$€.,][+(0])(?:(?<=\+)44[\s-]?(?:\(0\)\s?)?\d{2,4}|(?:(?<=\()0)?\d{2,4}\)?)"
    r"(?:[\s-]?\d{2,6}){1,3}(?![\w%])"
)


def orderings(lay: Layout) -> tuple[Span, ...]:
    """Return the stretches whose digits order or dial and count nothing, in order."""
    text = lay.text
    patterns = (_BRACKETED, _PHONE, _CITED) if _CITES.search(text) else (_BRACKETED, _PHONE)
    found = [Span(*m.span()) for pattern in patterns for m in pattern.finditer(text)]
    found += [*contents(lay), *_notes(lay), *_numbering_columns(lay)]
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


def _notes(lay: Layout) -> list[Span]:
    """Return the numbers of footnotes: lines that open with 1, 2, 3 … before a capital; a single one ends the text."""
    due, found = 1, []
    for line in lay.lines:
        match = _NOTE.match(lay.text, line.start, line.end)
        if match and int(match[1]) == due:
            found.append(Span(match.start(1), match.end(1)))
            due += 1
    closing = bool(found) and found[0].start >= lay.lines[-1].start
    return found if due > 2 or closing else []
