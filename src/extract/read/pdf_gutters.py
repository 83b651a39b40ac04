"""Finds the gutters of a PDF page: where a right-hand column begins, and how far down it goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extract.read.pdf_words import Segment

#: Where a right-hand column begins, and the top and bottom of what stands beside it.
Gutter = tuple[float, float, float]


def find_gutter(found: Sequence[Segment]) -> Gutter | None:
    """Return where a right-hand column begins and its extent from top to bottom; None where there is but one column.

    The lines before it must be running text that fills a column. What begins there must be running text too, or
    be the short end of a text: then nothing may cross, and the column before it must be a narrow one.
    """
    if len(found) < 6:
        return None
    left, right = min(s.x0 for s in found), max(s.x1 for s in found)
    starts = Counter(round(s.x0) for s in found if s.x0 > left + 0.2 * (right - left))
    best: tuple[int, Gutter] | None = None
    for start in sorted(starts, key=lambda x: (-starts[x], x))[:12]:
        members = [s for s in found if start - 2 <= s.x0 <= start + 3 * s.size]
        gutter = _gutter_at(start, members, found, (left, right))
        if gutter is not None and (best is None or len(members) > best[0]):
            best = len(members), gutter
    return best[1] if best else None


def _gutter_at(
    start: float, members: Sequence[Segment], found: Sequence[Segment], edges: tuple[float, float]
) -> Gutter | None:
    left, right = edges
    top, bottom = min(s.top for s in members), max(s.bottom for s in members)
    beside = [s for s in found if s.bottom > top - 1 and s.top < bottom + 1]
    ahead = [s for s in beside if s.x1 <= start - 3]
    across = [s for s in beside if s.x0 < start - 3 and s.x1 > start - 3]
    below = [s for s in found if s.x1 <= start - 3 and s.bottom > top - 1]
    foot = max([bottom, *(s.bottom for s in ahead)])
    if min(len(members), len(ahead)) >= 3 and len(across) <= 0.3 * min(len(members), len(ahead)):
        reach = max(0.2 * (right - left), max(s.x1 for s in members) - start)
        if _is_text(members, reach, 0.45) and _is_text(ahead, start - left, 0.6):
            return _middle(ahead, start), top, foot
        if not across and _uneven((members, reach), (ahead, start - left)):
            return _middle(ahead, start), top, foot
    narrow = start - left < 0.65 * (right - left) and max((s.x1 for s in below), default=0) > start - 60
    reach = 4 * members[0].size
    near = [s for s in found if top - reach < s.top < bottom + reach and abs(s.size - members[0].size) < 0.5]
    open_ = not any(s.x0 < start - 3 and s.x1 > start - 3 for s in near)
    if (
        ahead
        and not across
        and open_
        and narrow
        and len(on_baselines(below)) >= 5
        and _is_text(below, start - left, 0.75)
    ):
        return _middle(ahead, start), top, foot
    return None


def _uneven(right: tuple[Sequence[Segment], float], left: tuple[Sequence[Segment], float]) -> bool:
    """Say whether one of two columns is plainly running text and the other is so in part, with short lines in it."""
    if min(len(right[0]), len(left[0])) < 6:
        return False
    pairs = (right, left), (left, right)
    return any(_is_text(*one, 0.8) and _is_text(*two, 0.25, 2) and _wraps(*two) for one, two in pairs)


def _wraps(column: Sequence[Segment], width: float) -> bool:
    """Say whether a sentence goes on from a full line of a column to the next one, which it does in no list."""
    lines = sorted(column, key=lambda s: s.baseline)
    long = [s.x1 - s.x0 > 0.6 * width and len(s.words) >= 4 for s in lines]
    return any(full and after.text[:1].islower() for full, after in zip(long, lines[1:], strict=False))


def _middle(ahead: Sequence[Segment], start: float) -> float:
    """Return the middle of the gutter between the column before it and what begins at ``start``."""
    ends = [s.x1 for s in ahead if len(s.words) > 1]
    return (max(ends, default=start - 5) + start) / 2


def _is_text(column: Sequence[Segment], width: float, least: float, each: int = 3) -> bool:
    """Say whether a column holds running text: at least a share of its characters is in lines nearly full."""
    rows = on_baselines(column)
    widths = [
        (max(column[n].x1 for n in r) - min(column[n].x0 for n in r), sum(len(column[n].text) for n in r)) for r in rows
    ]
    full = sum(size for w, size in widths if w > 0.6 * width)
    words = sum(len(s.words) for s in column)
    return full > least * sum(size for _, size in widths) and words >= each * len(rows)


def known_gutter(found: Sequence[Segment], known: Sequence[float]) -> Gutter | None:
    """Return a gutter of another page where text begins at it here too and nothing beside that text crosses it."""
    for x in known:
        members = [s for s in found if x <= s.x0 <= x + 40]
        if not members:
            continue
        top, bottom = min(s.top for s in members), max(s.bottom for s in members)
        beside = [s for s in found if s.bottom > top and s.top < bottom]
        ahead = [s for s in beside if s.x1 <= x]
        if ahead and not any(s.x0 < x - 1 and s.x1 > x + 1 for s in beside):
            left = [s for s in found if s.x1 <= x and s.bottom > top]
            return x, top, max(bottom, max(s.bottom for s in left))
    return None


def on_baselines(found: Sequence[Segment]) -> list[list[int]]:
    """Return the places of segments, those on one baseline together, from top to bottom and left to right."""
    rows: list[list[int]] = []
    for n in sorted(range(len(found)), key=lambda n: (found[n].baseline, found[n].x0)):
        if rows and found[n].baseline - found[rows[-1][0]].baseline < 2:
            rows[-1].append(n)
        else:
            rows.append([n])
    return rows
