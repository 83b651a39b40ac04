"""Finds a page's main text among its blocks: two finders vote, and the page's structure settles what they miss.

trafilatura's judgement of running text is the best there is, but it loses tables, lists and short lines. So its
text only votes for blocks; what stands between and beside the blocks voted for is taken unless it is furniture.
"""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

import trafilatura
from lxml import html

from extract.read.clean import skeleton
from extract.read.dates import is_byline
from extract.read.html_furniture import Furniture, is_furniture_heading, is_furniture_line
from extract.read.html_state import RawBlock

#: Above this many blocks or characters of markup only the project's own finder runs: trafilatura copies trees.
_MANY, _LARGE = 6_000, 4_000_000
#: A block shorter than this many letters and digits counts as found only where it is a whole line.
_SHORT = 20
#: A paragraph of running text has at least so many characters, and at most this share of them in links.
_RUNNING, _LINKED = 40, 0.5
#: Above this share of its characters in links a block is nothing but links.
_ALL_LINKS = 0.8


def choose(blocks: Sequence[RawBlock], source: str, body: str | None, titles: Sequence[str]) -> list[RawBlock]:
    """Return the blocks of the release, in order; ``source`` is the page's markup, ``body`` its JSON-LD article."""
    usable = [b for b in blocks if b.furniture < Furniture.HIDDEN]
    barred = _barred(usable)
    core = _core(usable, barred)
    voted = _votes(usable, source, body)
    voted = {n for n in voted if not barred[n] or usable[n].furniture is Furniture.DOUBTFUL}
    own = {n for n in core if not barred[n] and _running(usable[n])}
    if _size(usable, voted) < 0.4 * _size(usable, own):
        voted |= own
    if not voted:
        return []
    kept = _fill(usable, barred, voted, titles)
    return [usable[n] for n in _drop_dangling(usable, kept, voted)]


def _size(blocks: Sequence[RawBlock], numbers: set[int]) -> int:
    return sum(blocks[n].size for n in numbers)


def _running(block: RawBlock) -> bool:
    return block.size >= _RUNNING and block.link_share <= _LINKED and block.kind != "heading"


def _barred(blocks: Sequence[RawBlock]) -> list[bool]:
    """Say of each block whether it is furniture by its box, its words, or the heading that it stands under."""
    barred = []
    teasers = _teasers(blocks)
    under: RawBlock | None = None
    among = False
    last: RawBlock | None = None
    for n, block in enumerate(blocks):
        if under is not None and not _governed(under, block, among):
            under = None
        governed = under is not None and block.kind != "footnote"
        label = block.kind == "heading" or (block.size <= 60 and block.kind == "paragraph")
        if label and is_furniture_heading(block.text):
            under, governed = block, True
            among = last is not None and _inside(last.element, _box_of(block.element))
        by_words = block.kind != "table" and is_furniture_line(block.text)
        barred.append(block.furniture is not Furniture.NONE or governed or by_words or n in teasers)
        if not barred[-1] and _running(block):
            last = block
    return barred


def _teasers(blocks: Sequence[RawBlock]) -> set[int]:
    """Return the numbers of the blocks in boxes that repeat: a linked headline and what it is about."""
    pairs: dict[html.HtmlElement, list[int]] = defaultdict(list)
    for n in range(len(blocks) - 1):
        link, text = blocks[n], blocks[n + 1]
        box = text.element.getparent()
        together = box is not None and (link.element is box or link.element.getparent() is box)
        headline = link.link_share > _ALL_LINKS and link.links == 1 and len(link.text.split()) >= 4
        if together and headline and text.link_share <= _LINKED and box.tag not in ("body", "main", "article"):
            pairs[box].append(n)
    families: dict[html.HtmlElement | None, list[html.HtmlElement]] = defaultdict(list)
    for box in pairs:
        families[box.getparent()].append(box)
    repeated = [box for family in families.values() if len(family) > 1 for box in family]
    return {m for box in repeated for n in pairs[box] for m in (n, n + 1)}


def _governed(heading: RawBlock, block: RawBlock, among: bool) -> bool:
    """Say whether a block stands under a furniture heading: in its box, before a heading of its rank that is no link.

    A heading ``among`` the paragraphs of a story governs only the links, lists and boxes after it, and a label that
    is no heading governs only links.
    """
    box = heading.element.getparent()
    if box is None or not _inside(block.element, box):
        return False
    if heading.kind != "heading":
        return block.link_share > _LINKED
    if block.kind == "heading" and block.link_share < _LINKED and block.level <= heading.level:
        return False
    return not (among and block.kind == "paragraph" and block.element.getparent() is box and _running(block))


def _inside(element: html.HtmlElement, box: html.HtmlElement) -> bool:
    return element is box or any(a is box for a in element.iterancestors())


def _core(blocks: Sequence[RawBlock], barred: Sequence[bool]) -> list[int]:
    """Return the numbers of the blocks in the element whose running text is densest: the project's own finder.

    A paragraph speaks for its parent in full and for its grandparents by halves, as in Arc90's readability.
    """
    scores: dict[html.HtmlElement, float] = defaultdict(float)
    for n, block in enumerate(blocks):
        if barred[n] or not _running(block):
            continue
        weight = block.size * (1 - block.link_share)
        for element, share in zip(_ancestors(block.element), (1.0, 0.6, 0.3), strict=False):
            scores[element] += weight * share
    if not scores:
        return []
    best = max(scores, key=lambda e: scores[e])
    inside = set(best.iter())
    return [n for n, block in enumerate(blocks) if block.element in inside]


def _ancestors(element: html.HtmlElement) -> list[html.HtmlElement]:
    return [a for a in element.iterancestors() if a.tag not in ("ul", "ol", "html")][:3]


def _votes(blocks: Sequence[RawBlock], source: str, body: str | None) -> set[int]:
    """Return the numbers of the blocks whose text stands in what trafilatura found or in the page's JSON-LD."""
    found = _trafilatura(source) if len(blocks) <= _MANY and len(source) <= _LARGE else ""
    lines = {skeleton(line) for line in found.split("\n")}
    whole = skeleton(found) + "\n" + skeleton(body or "")
    voted = set()
    for n, block in enumerate(blocks):
        key = skeleton(block.text) if block.kind != "table" else ""
        if key and (key in lines or (len(key) >= _SHORT and key in whole)):
            voted.add(n)
    return voted


def _trafilatura(source: str) -> str:
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        return trafilatura.extract(source, favor_precision=True, include_comments=False) or ""
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, AssertionError, RecursionError):
        return ""  # trafilatura trips over some malformed pages; the project's own finder reads them alone


def _fill(blocks: Sequence[RawBlock], barred: Sequence[bool], voted: set[int], titles: Sequence[str]) -> list[int]:
    """Add to the blocks voted for what belongs to them: between them all content, around them their siblings."""
    running = [n for n in sorted(voted) if _running(blocks[n])] or sorted(voted)
    first, last = running[0], running[-1]
    parents = {blocks[n].element.getparent() for n in running}
    boxes = parents | {blocks[n].element for n in running} | {p.getparent() for p in parents if p is not None}
    start = _headline(blocks, titles, running)
    kept = []
    for n, block in enumerate(blocks):
        if n < start or (block.links > 2 and block.link_share > _ALL_LINKS):
            continue
        if n in voted and not _is_dateline(block):
            kept.append(n)
            continue
        linked = block.link_share > _LINKED and block.kind not in ("table", "heading") and not _lone_link(blocks, n)
        if barred[n] or linked or _is_dateline(block):
            continue
        if first < n < last or block.element.getparent() in boxes or _near(block, boxes):
            kept.append(n)
    return kept


#: A numbered note is a sentence, though a part of it is a link.
_NOTE = re.compile(r"\d{1,2}[.)]?\s\S.*[.!?]\Z", re.DOTALL)


def _near(block: RawBlock, boxes: set[html.HtmlElement | None]) -> bool:
    """Say whether a list item, table, note or caption stands in one of the boxes of the running text."""
    if block.kind == "paragraph" and not _NOTE.match(block.text):
        return False
    return any(a in boxes for a in islice(block.element.iterancestors(), 4))


def _is_dateline(block: RawBlock) -> bool:
    if block.size > 90 or block.kind == "heading":
        return False
    machine = re.fullmatch(r"\d{4}-\d\d-\d\d.{0,15}", block.text) is not None
    return machine or ((block.time or block.element.tag not in ("p", "li")) and is_byline(block.text))


def _lone_link(blocks: Sequence[RawBlock], n: int) -> bool:
    """Say whether a block is one short link by itself among text: a call to act, not a list of other stories."""
    block = blocks[n]
    beside = [blocks[m] for m in (n - 1, n + 1) if 0 <= m < len(blocks)]
    alone = all(b.link_share <= _LINKED for b in beside)
    return alone and block.links == 1 and block.kind == "paragraph" and len(block.text.split()) <= 5


def _headline(blocks: Sequence[RawBlock], titles: Sequence[str], running: Sequence[int]) -> int:
    """Return the number of the block that is the headline; nothing before it is kept.

    It is the last heading with the page's title that most of the running text follows, else an ``<h1>`` that does.
    """
    keys = {skeleton(t) for t in titles}
    whole = sum(blocks[n].size for n in running)

    def leads(n: int) -> bool:
        return sum(blocks[m].size for m in running if m > n) >= 0.6 * whole

    headings = [n for n, b in enumerate(blocks) if b.kind == "heading" and leads(n)]
    named = [n for n in headings if skeleton(blocks[n].text) in keys]
    return max(named or [n for n in headings if blocks[n].level == 1], default=0)


def _drop_dangling(blocks: Sequence[RawBlock], kept: Sequence[int], voted: set[int]) -> list[int]:
    """Leave out what heads nothing that is kept: linked headings, headings before others, labels over links."""
    out: list[int] = []
    chosen = set(kept)
    for n in kept:
        block = blocks[n]
        if block.kind == "heading" and block.level > 1:
            linked = block.link_share > _LINKED and n not in voted
            if linked or _heads_furniture(blocks, n, chosen):
                continue
        if not _labels_links(blocks, n, chosen):
            out.append(n)
    return out


def _heads_furniture(blocks: Sequence[RawBlock], n: int, kept: set[int]) -> bool:
    """Say whether what follows a heading was left out, labels of buttons and adverts aside."""
    for m in range(n + 1, len(blocks)):
        if m in kept:
            return False
        if not is_furniture_line(blocks[m].text):
            return blocks[m].link_share > _LINKED or _inside(blocks[m].element, _box_of(blocks[n].element))
    return False


def _box_of(element: html.HtmlElement) -> html.HtmlElement:
    box = element.getparent()
    return element if box is None else box


def _labels_links(blocks: Sequence[RawBlock], n: int, kept: set[int]) -> bool:
    """Say whether a short line without a full stop stands right over links that are left out."""
    block, below = blocks[n], [m for m in (n + 1, n + 2) if m < len(blocks)]
    label = block.kind in ("heading", "paragraph") and block.level != 1 and block.size <= 60
    label = label and not block.text.endswith((".", "!", "?", "”", '"'))
    links = [m for m in below if m not in kept and blocks[m].link_share > _ALL_LINKS]
    return label and len(links) == 2 and blocks[n + 1].kind == "list_item"
