"""Forces told of again: bare names that go on a list of forces over sentences, paragraphs and tables.

"Kent Police logged 61. Essex followed with 40." A name is a force as the subject of a figure where the sentence before
lists forces, or where the release has just spoken of it as one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from extract.annotate.layout import Layout, Span, bullet_end, covering
from extract.annotate.placing import FIGURE, NATIONS, Place, has_figure, located, mark, within

_ELLIPSIS = re.compile(r"\s(?:did|could|would|was|were|had|has|have)\s(?:not|so)\b\s*(?=[.;,:\n]|$)", re.IGNORECASE)
#: "Four did not: " before the names of those.
_THOSE_NOT = re.compile(
    r"\b(?:did|had|could|would|have|has)(?:\snot|n['’]t)(?:\s[a-z]+){0,3}?(?:\s[–—-]|:|,)\s(?:they\s(?:are|were)\s|the\s)?\Z"
)
#: A sentence that sets forces against each other without naming one.
_OF_FORCES = re.compile(
    r"\b(?:(?:other|these|those|of\sthe|region['’]s|county['’]s|neighbouring|both|all)\s(?:[a-z-]+\s|\d+\s){0,3}(?:forces?|constabularies)"
    r"|(?:force|constabulary|police)['’]s\s(?:[a-z-]+\s)?neighbours)\b",
    re.IGNORECASE,
)
_FORCES = re.compile(r"\b(?:forces|constabularies)\b", re.IGNORECASE)
_LEADER = re.compile(
    r"(?:(?:to\s(?:the|its|their)\s(?:[a-z]+\sand\s)?(?:(?:north|south|east|west)(?:[\s-]?(?:north|south|east|west))?|left|right)|"
    r"next\sdoor|nearby|elsewhere(?:\sin\sthe\sregion)?|over\sthe\sborder|across\sthe\s[A-Z]?[a-z]+|further\s[a-z]+|"
    r"only|but|and|while|meanwhile|however|next|then|last|yet|the|though|whereas|by contrast)[,\s]+){0,3}\Z",
    re.I,
)
#: What opens a clause whose subject a name can be.
_CLAUSE = re.compile(
    r"(?:[;:]|,|\bthen|\bwhile|\bwith|\band|\bbut|\bonly|\bahead\sof|\bbehind|\bthan|\b(?:trailed|followed|led|joined)\sby)\s(?:the\s|then\s|only\s|and\s|while\s)*\Z",
    re.I,
)
#: "Nor did Gwent" behind a sentence on what a force did.
_ECHO = re.compile(r"\W*(?:nor|neither|so)\s(?:did|had|has|have|was|were|could|would|does|do)\s\Z", re.IGNORECASE)
#: What only a place can be or have.
_PLACE_ONLY = re.compile(
    r"\s(?:is|was|has|are|remains)\s(?:also\s)?(?:home|the\shome|part|where|an?\s(?:county|city|area|region|place|town)|"
    r"(?:about|around|some|nearly|almost|over|more\sthan)?\s?[\d,.]+\s(?:million\s)?(?:people|children|residents|schools))\b"
    r"|['’]s\s(?:[\d,.]+\s)?(?:children|schools|councils?|population|young|families|parents|towns|teenagers|pupils)\b"
)
#: The figure *for* a force is told of it as if it were the subject.
_FIGURE_FOR = re.compile(
    r"\b(?:figures?|totals?|numbers?|tally|count|rises?|that)\s(?:for|at|from)\s\Z|,\sfor\s\Z", re.IGNORECASE
)
#: What a force told of before has again, even behind *in*: "in Surrey's case".
_HAS_CASE = re.compile(r"['’]s\scase\b")
#: Forces among which a name is one.
_AMONG = re.compile(
    r"\b(?:of|among|amongst)\s(?:[a-z-]+\s|\d+\s|(?:North|South|East|West)[A-Za-z]*\s){0,5}(?:forces?|constabularies)\b"
    r"|\b(?:forces|constabularies)\b[^.:;\n]*:|\b(?:sister|neighbouring|fellow|partner)\sforces?\b",
    re.IGNORECASE,
)
_RANKED = re.compile(r"\b(?:highest|most|steepest|biggest|largest|sharpest|lowest|fewest|smallest)\b")
_AREAS = re.compile(r"\b(?:area|county|counties|region|council|borough|place)s?\b", re.IGNORECASE)
#: How long the words may be that open a sentence before the name it is about.
_SHORT = 30
#: How many paragraphs later a force may still be spoken of by its bare name.
_MEMORY = 2


def told_again(lay: Layout, found: list[Place], chains: Iterable[Sequence[Place]]) -> None:
    """Mark the bare names of a text that go on telling figures of forces."""
    chain_of = {id(place): chain for chain in chains for place in chain}
    spoken: dict[str, int] = {}
    previous = last = -1  # the lines of the last list of forces' figures and of the last force
    for sentence in lay.sentences if found else ():
        inside = within(found, sentence)
        line = bisect_right(lay.lines, sentence.start, key=lambda s: s.start)
        if not inside:
            previous = line if _OF_FORCES.search(lay.text, sentence.start, sentence.end) else previous
            continue
        told = [p for p in inside if _tells(lay.text, p, sentence, chain_of[id(p)])]
        _elliptical(lay, inside, sentence, chain_of)
        if last == line and _ECHO.fullmatch(lay.text, sentence.start, inside[0].hit.start):
            mark([p for p in inside[:1] if p.able], "force.ellipsis")
        if previous == line and _opens(lay.text, told, sentence):
            _mark_with_chain(lay.text, told, chain_of, "force.told-on")
        if told and _AMONG.search(lay.text, sentence.start, sentence.end):
            _mark_with_chain(lay.text, told, chain_of, "force.among-forces")
        known = [p for p in told if line - spoken.get(p.hit.name.force_id, -_MEMORY - 1) <= _MEMORY]
        _mark_with_chain(lay.text, known, chain_of, "force.spoken-of")
        here = {p.hit.name.force_id for p in inside if p.rule}
        mark((p for p in inside if p.hit.name.force_id in here and _HAS_CASE.match(lay.text, p.end)), "force.spoken-of")
        figures = FIGURE.search(lay.text, sentence.start, sentence.end) or _RANKED.search(
            lay.text, sentence.start, sentence.end
        )
        if figures and (any(p.rule for p in inside) or _OF_FORCES.search(lay.text, sentence.start, sentence.end)):
            previous = line
        last = line if any(p.rule for p in inside) else last
        spoken.update({p.hit.name.force_id: line for p in inside if p.rule})


def _tells(text: str, place: Place, sentence: Span, chain: Sequence[Place]) -> bool:
    """Tell whether a name that could be a force is the subject of a figure."""
    begin = chain[0].hit.start
    told_of = _FIGURE_FOR.search(text, max(sentence.start, begin - 20), begin) is not None
    placed = located(text, chain[0]) or located(text, place)
    if not place.able or place.hit.name.area_id in NATIONS or _PLACE_ONLY.match(text, place.end):
        return False
    if told_of or placed:
        return told_of and has_figure(text, chain[-1], sentence)
    opening = text[sentence.start : chain[0].hit.start].strip(" \t•·-–—“\"'‘")
    if len(opening) > _SHORT and not _CLAUSE.search(
        text, max(sentence.start, chain[0].hit.start - 30), chain[0].hit.start
    ):
        return False
    if _AMONG.fullmatch(opening):
        opening = ""
    if len(opening) <= _SHORT and opening and not (_LEADER.fullmatch(opening + " ") or _CLAUSE.search(opening + " ")):
        return False
    return has_figure(text, chain[-1], sentence) or has_figure(text, place, sentence)


def _opens(text: str, told: Sequence[Place], sentence: Span) -> bool:
    """Tell whether the first of the names opens its sentence."""
    if not told:
        return False
    words = text[bullet_end(text, sentence) : told[0].hit.start]
    if _FIGURE_FOR.search(words) and len(words) <= _SHORT:
        return True
    return _LEADER.fullmatch(words.strip() + " ") is not None or not words.strip()


def _mark_with_chain(text: str, places: Iterable[Place], chain_of: dict[int, Sequence[Place]], rule: str) -> None:
    for place in {id(chain_of[id(p)]): p for p in places}.values():
        mark((p for p in chain_of[id(place)] if p.able and p.hit.name.area_id not in NATIONS), rule)


def _elliptical(lay: Layout, inside: Sequence[Place], sentence: Span, chain_of: dict[int, Sequence[Place]]) -> None:
    """Mark "the forces replied; Kent did not" and "Most forces replied. Two did not: Kent and Essex"."""
    text, paragraph = lay.text, covering(lay.lines, sentence.start) or sentence
    for place in inside:
        elided = place.able and not located(text, place) and _ELLIPSIS.match(text, place.end, sentence.end + 1)
        if elided and _FORCES.search(text, sentence.start, place.hit.start):
            mark([place], "force.ellipsis")
    for chain in {id(c): c for c in (chain_of[id(p)] for p in inside)}.values():
        listed = _THOSE_NOT.search(text, sentence.start, chain[0].hit.start)
        if listed and _FORCES.search(text, paragraph.start, chain[0].hit.start):
            mark((p for p in chain if p.able and p.hit.name.area_id not in NATIONS), "force.ellipsis")


def established(lay: Layout, found: list[Place], groups: Iterable[Sequence[Place]]) -> None:
    """Mark the names of a table or list of figures all of which the release has called forces before."""
    for group in groups:
        able = [p for p in group if p.able and p.hit.name.area_id not in NATIONS]
        if len(able) < 2 or any(p.rule for p in able):
            continue
        before = {p.hit.name.force_id for p in found if p.rule and p.hit.start < able[0].hit.start}
        above = lay.text.rfind("\n", 0, max(0, lay.text.rfind("\n", 0, able[0].hit.start)))
        heading = lay.text[max(0, above - 200, 0) : able[0].hit.start]
        if {p.hit.name.force_id for p in able} <= before and not _AREAS.search(heading.rsplit("\n\n", 1)[-1]):
            mark(able, "force.established")
