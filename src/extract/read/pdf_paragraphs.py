"""Joins a PDF's lines into paragraphs, list items and headings, over columns and pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from extract.read.clean import fold, split_bullet
from extract.read.hyphens import Hyphens
from extract.read.pdf_layout import Line
from extract.read.pdf_tables import PdfTable
from extract.read.pdf_words import Box
from extract.records import BlockKind

_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_CAPTION = re.compile(r"(?:table|figure|fig\.|chart|graph)\s+\d+\s*[.:–—-]?\s", re.IGNORECASE)
_NOTE = re.compile(r"(?:\[?\d{1,2}[\]).]?|[*†‡§]+|\(\d{1,2}\))\s+\S")
_DASH = re.compile(r"[–-]\s+(?=\S)")


@dataclass(slots=True)
class Paragraph:
    """Lines that make one block; ``size`` is their type size in points."""

    lines: list[Line]
    kind: BlockKind = "paragraph"
    text: str = ""
    size: float = 0.0
    bold: bool = False
    pages: list[int] = field(default_factory=list)

    @property
    def page(self) -> int:
        """The page it begins on, from 1."""
        return self.lines[0].first.page

    @property
    def box(self) -> Box:
        """The box of its lines on its first page."""
        boxes = [s.box for line in self.lines for s in line.segments if s.page == self.page]
        return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


Flow = Sequence[Line | PdfTable]


class Setter:
    """Knows how a document is set: its body size, its leading for each size, the edges of each region."""

    def __init__(self, flow: Flow) -> None:
        lines = [item for item in flow if isinstance(item, Line)]
        weights: Counter[float] = Counter()
        self._counts: Counter[tuple[tuple[int, int], float]] = Counter()
        self.left: dict[tuple[tuple[int, int], float], float] = {}
        self.right: dict[tuple[tuple[int, int], float], float] = {}
        for line in lines:
            size = line.main.size
            weights[size] += len(line.text)
            region = line.region
            place = region, size
            self._counts[place] += 1
            self.left[place] = min(self.left.get(place, line.first.x0), line.first.x0)
            self.right[place] = max(self.right.get(place, line.x1), line.x1)
        leadings = self._steps(lines)
        self.body = weights.most_common(1)[0][0] if weights else 10.0
        usual = _usual(leadings[self.body]) / self.body if leadings.get(self.body) else 1.25
        self._ratio = min(max(usual, 1.45), 1.8)
        self._leadings = {size: _usual(steps) for size, steps in leadings.items() if len(steps) >= 5}
        self._leadings = {z: step for z, step in self._leadings.items() if z == self.body or step <= 1.7 * z}

    def _steps(self, lines: Sequence[Line]) -> dict[float, list[float]]:
        """Return for each size the distances of baselines: after lines that are full, where there are enough of them.

        Where paragraphs have one line each, most distances are those between paragraphs.
        """
        steps: dict[float, list[float]] = defaultdict(list)
        full: dict[float, list[float]] = defaultdict(list)
        for before, line in pairwise(lines):
            size, step = line.main.size, line.main.baseline - before.main.baseline
            if before.region == line.region and before.main.size == size and 0 < step < 2.2 * size:
                steps[size].append(step)
                left, right = self.edges(before)
                if before.x1 > right - 0.12 * (right - left) and _ENDS.search(before.text) is None:
                    full[size].append(step)
        return {size: full[size] if len(full[size]) >= 3 else found for size, found in steps.items()}

    def edges(self, line: Line) -> tuple[float, float]:
        """Return the left and right edge of the type of a line's size in its region."""
        place = line.region, line.main.size
        if self._counts[place] < 5:  # too few lines to show the measure
            places = [p for p in self.left if p[0] == line.region]
            return min(self.left[p] for p in places), max(self.right[p] for p in places)
        return self.left[place], self.right[place]

    def leading(self, size: float) -> float:
        """Return the usual distance of baselines in type of a size, in points."""
        return self._leadings.get(size, self._ratio * size)

    def parts(self, block: Paragraph, line: Line) -> bool:
        """Say whether a new paragraph begins at ``line`` of the same region as the last of a block."""
        before = block.lines[-1]
        one, two = before.main, line.main
        if abs(one.size - two.size) > 0.08 * max(one.size, two.size) or _bold(before) != _bold(line):
            return True
        if line.first.note or split_bullet(line.text) is not None:
            return True
        if two.size < 0.92 * self.body and _NOTE.match(line.text) and _ENDS.search(before.text):
            return True
        if _bullet(line) is not None and (_ENDS.search(before.text) or _DASH.match(before.text)):
            return True
        if two.baseline - one.baseline > 1.22 * self.leading(two.size):
            return True
        if not _faces(before) & _faces(line) and (_ENDS.search(before.text) or self._room(before, line, 0.12)):
            return True
        # The lines of a list item after its first stand in too, all alike.
        hung = len(block.lines) > 1 and _bullet(block.lines[0]) is not None
        hung = hung and abs(line.first.x0 - before.first.x0) < 1.5
        return (not hung and self._indented(before, line)) or self._room(before, line)

    def _indented(self, before: Line, line: Line) -> bool:
        """Say whether a line is indented as the first of a paragraph, after one that ends a sentence."""
        indent = line.first.x0 - self.edges(line)[0]
        opens = 0.7 * line.main.size < indent < 4 * line.main.size
        return opens and _ENDS.search(before.text) is not None and _bullet(before) is None

    def _room(self, before: Line, line: Line, most: float = 0.3) -> bool:
        """Say whether the next word would have fitted on the line before: then the line was ended on purpose."""
        left, right = self.edges(before)
        width = max(1.0, right - left)
        room = right - before.x1 - (line.first.words[0].x1 - line.first.words[0].x0) - 0.4 * line.first.size
        ended = _ENDS.search(before.text) is not None
        return room > most * width or (ended and room > 0.06 * width)


def _usual(steps: Sequence[float]) -> float:
    """Return the smallest step that is common: paragraphs are set further apart than lines."""
    rounded = Counter(round(s * 2) / 2 for s in steps)
    most = max(rounded.values())
    return min(s for s, count in rounded.items() if count * 3 >= most)


def _bold(line: Line) -> bool:
    return all(s.bold for s in line.segments)


def _faces(line: Line) -> set[str]:
    """Return the type faces of a line; a heading may be set in one of its own at the text's size."""
    return {w.face for s in line.segments for w in s.words}


def _bullet(line: Line) -> str | None:
    """Return what follows the bullet that opens a line; None where none does."""
    text = line.text
    bare = split_bullet(text)
    if bare is None and text[:1] in "\uf0b7\uf0a7":
        bare = text[1:].strip()
    match = _DASH.match(text) if bare is None else None
    return text[match.end() :] if match else bare


def paragraphs(flow: Flow, hyphens: Hyphens) -> list[Paragraph | PdfTable]:
    """Return the blocks of a document: its lines as paragraphs, and its tables where they stand."""
    setter = Setter(flow)
    out: list[Paragraph | PdfTable] = []
    for item in flow:
        last = out[-1] if out else None
        if isinstance(item, PdfTable):
            out.append(item)
        elif isinstance(last, Paragraph) and last.lines[-1].region == item.region:
            if setter.parts(last, item) or _outdented(last, item):
                out.append(Paragraph([item]))
            else:
                last.lines.append(item)
        else:
            _continue(out, item, setter)
    for block in out:
        if isinstance(block, Paragraph):
            _finish(block, setter, hyphens)
    return [b for b in out if isinstance(b, PdfTable) or any(c.isalnum() for c in b.text)]


def _outdented(paragraph: Paragraph, line: Line) -> bool:
    """Say whether a line stands left of an item's text or right of a paragraph's: indents open paragraphs."""
    first = paragraph.lines[0]
    step = 0.6 * line.first.size
    if _bullet(first) is not None:
        hang = paragraph.lines[1].first.x0 if len(paragraph.lines) > 1 else _item_start(first)
        if line.text[:1].islower() and _ENDS.search(paragraph.lines[-1].text) is None:
            return False
        return line.first.x0 < min(hang, hang if len(paragraph.lines) > 1 else first.first.x0) - 2
    if len(paragraph.lines) > 1:
        return (
            line.first.x0 > paragraph.lines[-1].first.x0 + step and _ENDS.search(paragraph.lines[-1].text) is not None
        )
    return line.first.x0 > first.first.x0 + step and _ENDS.search(first.text) is not None


def _continue(out: list[Paragraph | PdfTable], line: Line, setter: Setter) -> None:
    """Begin a paragraph in a new region, or go on with the one that the last region broke off."""
    for block in reversed(out[-6:]):
        if isinstance(block, PdfTable) or block.lines[0].main.size < 0.92 * setter.body:
            continue
        last = block.lines[-1]
        alike = abs(last.main.size - line.main.size) < 0.05 * line.main.size and _bold(last) == _bold(line)
        open_end = _ENDS.search(last.text) is None
        lower = line.text[:1].islower() or last.text.endswith("-")
        left, right = setter.edges(last)
        full = last.x1 > right - 0.12 * (right - left)
        one_face = bool(_faces(last) & _faces(line))
        body = line.main.size <= 1.12 * setter.body and not _bold(line)
        goes_on = (open_end and (lower or (full and one_face))) or _hangs(block, line, setter)
        if alike and body and goes_on and _bullet(line) is None and not line.first.note:
            block.lines.append(line)
            return
        break
    out.append(Paragraph([line]))


def _item_start(line: Line) -> float:
    """Return where the text of a list item begins: after its bullet, which may be a segment of its own."""
    words = [word for segment in line.segments for word in segment.words]
    return words[1].x0 if len(words) > 1 else line.first.x0


def _hangs(block: Paragraph, line: Line, setter: Setter) -> bool:
    """Say whether a line stands as far in as the text of the list item before it, its region reaching further left."""
    first = block.lines[0]
    if _bullet(first) is None:
        return False
    text = block.lines[1].first.x0 if len(block.lines) > 1 else _item_start(first)
    inside = text - setter.edges(first)[0]
    return inside > 0.4 * line.main.size and abs(line.first.x0 - setter.edges(line)[0] - inside) < 1.5


def _finish(block: Paragraph, setter: Setter, hyphens: Hyphens) -> None:
    first = block.lines[0]
    bullet = _bullet(first)
    texts = [line.text for line in block.lines]
    if bullet is not None:
        texts[0] = bullet
    block.text = fold(hyphens.join(texts))
    block.size = median(line.main.size for line in block.lines)
    block.bold = all(_bold(line) for line in block.lines)
    block.kind = _kind(block, bullet is not None, setter)


def _kind(block: Paragraph, bullet: bool, setter: Setter) -> BlockKind:
    first = block.lines[0].first
    if bullet:
        return "list_item"
    if _CAPTION.match(block.text) and len(block.text) < 250:
        return "caption"
    if first.note or (block.size < 0.92 * setter.body and _NOTE.match(block.text)):
        return "footnote"
    short = len(block.text) <= 200 and not block.text.endswith((".", ",", ";"))
    if short and (block.size > 1.12 * setter.body or block.bold):
        return "heading"
    return "paragraph"
