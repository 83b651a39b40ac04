"""Places that the build of a sentence gives a figure: told in order, mirrored, the latter, part of a whole."""

from __future__ import annotations

import re

from extract.annotate.times import number
from extract.lexicon.needs import Pattern
from extract.relate.attach import Group
from extract.relate.discourse import Ids, Topic
from extract.relate.draft import Draft
from extract.relate.earlier import is_earlier
from extract.relate.frame import IN_ORDER, LATTER, Binding, Frame
from extract.relate.offence import cues
from extract.relate.taken_up import taken_up

_TOTAL_FOR = Pattern(
    r"\b(?:total|sum|tally|figure|number)\s(?:for|of|across|in)\s(?:all\s|the\s)*(?P<n>two|three|four|five|six|seven|eight)\s(?:\w+\s)?"
    r"(?:forces|counties|constabularies|areas|districts|boroughs)\b[^<>.;]{0,30}<X>",
    re.I,
)
#: "Five years earlier the figures were 301 and 289."
_FIGURES_WERE = Pattern(
    r"\b(?:figures|numbers|totals|counts)\s(?:were|had\sbeen|stood\sat)\s<[NX]>(?:,\s<[NX]>)*\sand\s<[NX]>", re.I
)
_ACCOUNTS_FOR = re.compile(
    r"<G>(?:\s(?:alone|itself|by\sitself|on\sits\sown))?\s(?:accounts?\sfor|accounted\sfor|makes?\sup|made\sup|"
    r"(?:is|was)\s(?:responsible|home|behind))(?:\s(?:for|to))?\s(?:(?:almost|nearly|about|around|over|under|just|more|less|than|a|an|"
    r"some|well)\s){0,4}$"
)
#: "One in four offences in NI happens in Belfast", "half of Kent's total comes from Medway"
_PART_IN = Pattern(
    r"<X>(?:\s\(<[%N]>\))?\s(?:[^<>.;,]|<[YN]>){0,40}<G>(?:[’']s)?(?:[^<>.;,]|<[YN]>){0,40}\b(?:happen(?:s|ed)?|t(?:akes?|ook)\splace|comes?(?:\sfrom)?|came(?:\sfrom)?|"
    r"(?:is|are|was|were)(?:\s(?:committed|recorded|reported|logged))?)\s(?:alone\s)?(?:in|from|by|within)\s(?:the\s)?(?P<part><G>)",
    re.I,
)
_WORD = r"(?:the\s(?:whole\s)?(?:region|county|country|area)|nationally|nationwide|locally)"
_WORD_BEHIND = re.compile(rf"(?:\s[a-z]+){{0,2}}\s(?:(?:for|in|across|throughout)\s)?{_WORD}(?=[\s,.;)]|$)")
_WORD_BEFORE = re.compile(
    rf"\b(?:Welsh|Scottish|English)\s(?:total|figure|count|tally)\s(?:of|to|at)\s(?:[a-z]+\s){{0,2}}$|\b(?:bring|brings|bringing|brought|takes?|taking|took)\s(?:the\stotal\s(?:for|in)\s)?{_WORD}(?:[’']s\s\w+)?\s(?:up\s)?to\s(?:[a-z]+\s){{0,2}}$"
)
_JOINT = Pattern(r"\b(?:between\sthem|together|combined|joint(?:ly)?|in\sall|total)\b", re.I)


def total_for(draft: Draft, binding: Binding, topic: Topic) -> Ids | None:
    """Return the last N places told, up to here, of "bringing the total for the four forces to 1,633"."""
    found = _TOTAL_FOR.search(draft.masked.text)
    n = number(found["n"].lower()) if found else None
    if n is None:
        return None
    here = [m.value for g in binding.groups if g.end <= draft.mention.start for m in g.members]
    told = list(dict.fromkeys([*topic.spoken, *here]))[-n:]
    return tuple(sorted(told)) if len(told) == n else None


def respectively(draft: Draft, binding: Binding, topic: Topic) -> str | None:
    """Return the place of a figure in a run told *respectively* of places that the sentence before listed."""
    frame = binding.frame
    index = frame.index(draft)
    run = frame.run_of(draft)
    if run is None:
        return None
    if binding.groups:
        first = frame.extents[run[0]][0]
        before = [m.value for g in binding.groups if g.end <= first for m in g.members]
        ordered = len(before) == len(run) and IN_ORDER.search(draft.masked.text)
        return str(before[run.index(index)]) if ordered else None
    if len(topic.spoken) < len(run) or _lists_others(frame, draft, len(run)):
        return None
    said = topic.spoken[-len(run) :]
    if topic.several and topic.told is None and _FIGURES_WERE.search(draft.masked.text):
        return said[run.index(index)]
    if IN_ORDER.search(draft.masked.text):
        return said[run.index(index)]
    taken = taken_up(topic, frame.layout, draft.sentence)
    one_each = taken is not None and set(taken[0]) == set(said) and not _JOINT.search(draft.masked.text)
    return said[run.index(index)] if one_each else None


def _lists_others(frame: Frame, draft: Draft, n: int) -> bool:
    """Tell whether a sentence itself lists as many harms, services or times for its numbers."""
    first, end = draft.sentence.start, draft.mention.start
    named = (sum(m.end <= end for m in draft.sentence.of(label)) for label in ("PLATFORM", "YEAR"))
    return n in named or n == len(cues(frame.layout.text, first, end))


def of_part(draft: Draft, binding: Binding) -> Group | None:
    """Return where a part of a whole is: "one in four offences in NI happens in Belfast"."""
    found = _PART_IN.search(draft.masked.text) if draft.statistic == "share" else None
    return _group_at(draft, binding, found.start("part")) if found else None


def mirrored(draft: Draft, binding: Binding) -> str | None:
    """Return the place of one of several earlier numbers: "Kent had 17 and Essex 15, against 16 and 11"."""
    frame = binding.frame
    index = frame.index(draft)
    run = frame.run_of(draft)
    if run is None or len(run) > run[0] or not is_earlier(frame.heads[run[0]]) or binding.attached.get(run[-1]):
        return None
    last, first = frame.extents[run[0] - 1][1], frame.extents[run[0]][0]
    if any(last <= g.start < first for g in binding.groups):
        return None  # "and in Hove it doubled from 14 to 32"
    before = [binding.attached.get(i, []) for i in range(run[0] - len(run), run[0])]
    places = [a[0].group.members[0].value for a in before if len(a) == 1 and len(a[0].group.members) == 1]
    return str(places[run.index(index)]) if len(set(places)) == len(run) else None


def latter(draft: Draft, binding: Binding) -> str | None:
    """Return the last of two places told: "Rutland and Lincolnshire saw a drop, the latter by 4%"."""
    found = next(reversed(list(LATTER.finditer(draft.masked.before()))), None)
    if found is None:
        return None
    named = [m for g in binding.groups if g.end <= draft.mention.start for m in g.members]
    behind = [m for place, m in draft.masked.places if place > found.start() and m.label in ("FORCE", "AREA")]
    if len(named) < 2 or any(m.end <= draft.mention.start for m in behind):
        return None
    return str(named[-1 if found["which"].lower() == "latter" else -2].value)


def accounting(draft: Draft, binding: Binding) -> Group | None:
    """Return the place that accounts for a share: "Belfast accounts for almost a quarter of those told to the PSNI"."""
    found = _ACCOUNTS_FOR.search(draft.masked.before())
    return _group_at(draft, binding, found.start()) if found else None


def _group_at(draft: Draft, binding: Binding, place: int) -> Group | None:
    """Return the group with the name at a place of the masked sentence."""
    starts = [m.start for at, m in draft.masked.places if at == place]
    return next((g for g in binding.groups if starts and g.start <= starts[0] < g.end), None)


def worded(draft: Draft, binding: Binding) -> tuple[int, int]:
    """Return (end, start) of the words right at a figure that can take a place up: "955 for the region"."""
    text = binding.frame.layout.text
    after = _WORD_BEHIND.match(text, draft.mention.end)
    if after and not any(g.start < after.end() and g.start >= draft.mention.end for g in binding.groups):
        return after.end(), draft.mention.end
    before = _WORD_BEFORE.search(text, max(draft.sentence.start, draft.mention.start - 60), draft.mention.start)
    if before and binding.groups:
        return draft.mention.start, before.start()
    return draft.mention.end, draft.mention.end
