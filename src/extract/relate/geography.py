"""The field ``geography``: for whom a figure is, from its sentence, from a word that takes a place up, or carried."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.lexicon.gazetteer import scan
from extract.lexicon.needs import Pattern
from extract.lexicon.rules import likely
from extract.lexicon.vocabulary import forces_in, geographies
from extract.records import Mention
from extract.relate import discourse, placed, whole_nation
from extract.relate.attach import Attached, Group
from extract.relate.discourse import Ids, Topic
from extract.relate.draft import Draft
from extract.relate.frame import Binding, Frame, bind
from extract.relate.hierarchy import POLICE_MEASURES
from extract.relate.masked import mask
from extract.relate.period import OF_ITS
from extract.relate.scope import Layout, Sentence
from extract.relate.source import Source
from extract.relate.taken_up import SAME_FORCES, taken_up
from extract.relate.whole_nation import Largest

_WHICH = Pattern(r",\s(?:which|who|whose|where)\b[^,\d%]*,")
#: After a list of places *it* is the last of them, where it did something; "it is", "it means" take up the whole.
_IT_DID = re.compile(
    r"\W*(?:It|Its)\s(?:more\sthan\s|had\s|has\s|almost\s|nearly\s)*(?:<[%NX]>|(?:had|recorded|rose|fell|saw|logged|went|dipped|dropped|grew|climbed)\b)",
    re.I,
)
#: "Across the 27 forces that responded, the number jumped to 7,110"
_FORCES_ALONE = Pattern(
    r"\b(?:Across|In|At|Among)\s(?:the|all|those)\s<[NX]>\s(?:police\s)?forces\s(?:that|which|who)\b"
)
#: "2,061 were in the South West, while 13% of all those counselled were 16": not of that place.
_WHILE_OF_ALL = re.compile(r"\b(?:while|whereas|but)\s(?:[a-z]+\s){0,2}[\d.]+(?:%|\sper\scent)?\sof\sall\s?$")
#: "42 UK police forces"
_SO_MANY = re.compile(r"\b\d\d\s$")
_UK_FORCES = re.compile(r"\s(?:police\s)?forces\b")
#: "has risen by 30% at the 43 forces of England and Wales that sent in data"
_OF_FORCES = Pattern(
    r"<X>[^.;<>]{0,60}\b(?:at|across|by|from|in)\s(?:the\s|all\s)?<N>\s(?:police\s)?forces\s(?:of|in|across)\s(?:the\s)?<G>",
    re.I,
)
_SERVICE = Pattern(
    r"\bCouncil\s(?:received|had|got|took|saw|was\ssent|were\ssent)\s\d|\b(?:NSPCC|helpline|referr\w+|passed|sent|handed|alert\w*|contacts?|register|(?:protection|care)\splans?|complaints)\b",
    re.I,
)
_COUNCIL = re.compile(
    r"(?:\b(?:to|with|by|from|and|on|while|,)\s|(?<=[.!?]\s)|(?<=\n))(?P<place>[A-Z][\w'’-]+(?:\s(?:and|of|on|upon|under|&|[A-Z][\w'’-]+)){0,5}?)\s"
    r"(?:County\s|City\s|Borough\s|District\s|Metropolitan\s|Unitary\s){0,2}Council\b"
)
_OF_THEM = re.compile(r"\s(?:of\s(?:them|these|those|which|whom))\b", re.I)
#: "Cheshire 511 and Cumbria 204, which means that the region was responsible for around 13 a day", "41% in Norfolk,
#: while in the region it was 38%"
_WHOLE_REGION = re.compile(
    r"\b(?:that|so|while|and|but)\sthe\s(?:whole\s)?(?:region|county|force)\s(?:was|had|is|has|recorded|saw|logged|accounted|made)\b"
    r"|(?:,|;|\b(?:while|whereas|against|(?:compared|set\sbeside)\s(?:with|to)|and|but))\s(?:\w+\s)?(?:(?:in|across|for|throughout|over)\sthe\s"
    r"(?:whole\s)?(?:region|country)|nationally|nationwide|locally)\b"
)
_COMPARED = re.compile(
    r"\b(?:than|compared\s(?:with|to)|against)\s(?:in\s|for\s|the\s|that\sof\s|\d[\d,]*\s(?:\w+\s){0,3}in\s)*$", re.I
)


def places(layout: Layout, sentence: Sentence) -> list[Mention]:
    """Return the forces and places of a sentence that a figure can be for."""
    return [m for m in named(layout, sentence) if not is_aside(layout, sentence, m)]


def named(layout: Layout, sentence: Sentence) -> list[Mention]:
    """Return the forces and places that a sentence names, by offset."""
    return sorted([*sentence.of("FORCE", "AREA"), *_councils(layout, sentence)], key=lambda m: m.start)


def _councils(layout: Layout, sentence: Sentence) -> list[Mention]:
    """Return the places of councils to which a service passes something on; the bodies are no mentions."""
    text = layout.text
    if not _SERVICE.search(text, sentence.start, sentence.end):
        return []
    out = []
    for match in _COUNCIL.finditer(text, sentence.start, sentence.end):
        start, end = match.span("place")
        named = next((h.name.area_id for h in scan(text, start, end) if h.name.area_id), None)
        place = named or re.sub(r"[^a-z0-9]+", "-", match["place"].lower()).strip("-")
        if not any(m.start < end and start < m.end for m in sentence.mentions):
            out.append(Mention("AREA", start, end, match["place"], place, "area.council"))
    return out


def is_aside(layout: Layout, sentence: Sentence, mention: Mention) -> bool:
    """Tell whether a place is only the field of a comparison, left out, a part named in passing, or somebody's home."""
    masked = mask(layout.text, sentence, mention)
    for rule in likely("place_not", masked.text):
        for match in rule.pattern.finditer(masked.text):
            if match.start() <= masked.at < match.end():
                return True
    return any(
        m.start() <= mention.start - sentence.start < m.end()
        for m in _WHICH.finditer(layout.text[sentence.start : sentence.end])
    )


def bind_places(frame: Frame) -> Binding:
    """Bind the places of a sentence to its figures."""
    return bind(frame, places(frame.layout, frame.sentence), joins=_side_by_side)


def _side_by_side(a: Mention, b: Mention) -> bool:
    """Tell whether two places can stand in one list: a whole and its part ("across the UK, England had …") do not."""
    if not {a.value, b.value} <= geographies().keys():
        return True
    return not (discourse.contains_all((a.value,), [(b.value,)]) or discourse.contains_all((b.value,), [(a.value,)]))


def fill(
    draft: Draft,
    binding: Binding,
    topic: Topic,
    *,
    lead: Ids,
    headline: Ids,
    own_source: Source,
    goes_on: bool,
    sample: Ids = (),
    largest: Largest = lambda place, measure: 0.0,
) -> None:
    """Fill ``geography``; ``lead`` is that of the lead-in of a list, ``headline`` that of the headline.

    ``goes_on`` tells whether the sentence takes up the one before; ``own_source`` tells whose figures the release is
    on; its headline's place says nothing of another source's. ``sample`` is where those live whom a survey asked.
    ``largest`` gives the largest count told so far of a place and measure.
    """
    if draft.twin_of is not None:
        draft.put("geography", draft.twin_of.geography, "geography.restated", own="geography" in draft.twin_of.own)
        return
    total = placed.total_for(draft, binding, topic)
    if total is not None:
        draft.put("geography", total, "geography.total-for", own=True)
        return
    if _from_sentence(draft, binding, topic):
        return
    layout = binding.frame.layout
    told = _in_words(draft, binding, topic, lead, headline)
    if told is not None:
        draft.put("geography", told[0], told[1], own=True)
        return
    _carry(draft, topic, layout, headline, own_source, goes_on)
    apart = topic.unit != draft.sentence.unit.index and not goes_on
    nation = whole_nation.by_size(draft, topic, layout, largest) if apart else None
    if nation is not None:
        draft.put("geography", nation, "geography.outgrown", own=True)
    if not draft.geography and draft.source == "survey" and sample:
        draft.put("geography", sample, "geography.sample")


def _in_words(draft: Draft, binding: Binding, topic: Topic, lead: Ids, headline: Ids) -> tuple[Ids, str] | None:
    """Return (place, rule) where words of the sentence or its list take a place up without naming it, else None."""
    text, layout = draft.masked.text, binding.frame.layout
    if _FORCES_ALONE.search(text):
        return (), "geography.forces-not-named"
    taken = taken_up(topic, layout, draft.sentence, _own_clause_end(draft, binding), at=draft.mention.start)
    if taken is not None:
        return taken
    if SAME_FORCES.search(text):
        return (), "geography.forces-not-named"
    if lead:
        return lead, "geography.lead-in"
    told = whole_nation.by_words(draft, topic, layout, headline)
    if told is not None:
        return told
    behind = binding.after(draft) if _OF_FORCES.search(text) else None
    if behind is not None:
        return ids_of(behind.members), "geography.of-forces"
    before = whole_nation.goes_on(draft, binding)
    if before is not None:
        return before.geography, before.rules["geography"]
    last_spoken = topic.several or topic.geography == topic.spoken[-1:]
    if _IT_DID.match(text) and last_spoken and topic.spoken:
        return topic.spoken[-1:], "geography.it"
    return None


def _own_clause_end(draft: Draft, binding: Binding) -> int:
    """Return how far words about a place can stand behind a figure: up to the next figure that *of them* parts off."""
    frame = binding.frame
    later = [h for h in frame.heads if h.mention.start > draft.mention.end]
    apart = (h.mention.start for h in later if _OF_THEM.match(frame.layout.text, h.mention.end))
    return next(apart, frame.sentence.end)


def _from_sentence(draft: Draft, binding: Binding, topic: Topic) -> bool:
    dealt = binding.dealt_to(draft)
    if dealt is not None:
        draft.put("geography", (dealt.value,), "geography.one-each", own=True)
        return True
    listed = placed.respectively(draft, binding, topic)
    if listed is not None:
        draft.put("geography", (listed,), "geography.respectively", own=True)
        return True
    subject = placed.accounting(draft, binding)
    if subject is not None:
        draft.put("geography", ids_of(subject.members), "geography.accounts-for", own=True)
        return True
    part = placed.of_part(draft, binding)
    if part is not None:
        draft.put("geography", ids_of(part.members), "geography.part", own=True)
        return True
    latter = placed.latter(draft, binding)
    if latter is not None:
        draft.put("geography", (latter,), "geography.latter", own=True)
        return True
    worded = taken_up(topic, binding.frame.layout, draft.sentence, *placed.worded(draft, binding))
    if worded is not None:
        draft.put("geography", worded[0], worded[1], own=True)
        return True
    mirrored = placed.mirrored(draft, binding)
    if mirrored is not None:
        draft.put("geography", (mirrored,), "geography.mirrored", own=True)
        return True
    own = binding.own(draft)
    if own:
        chosen = _one_of(draft, own)
        draft.put("geography", ids_of(chosen.members), "geography.with-figure", own=True)
        return True
    if OF_ITS.match(draft.masked.text) and binding.groups:
        draft.put("geography", ids_of(binding.groups[0].members), "geography.of-its", own=True)
        return True
    return _from_before(draft, binding, topic)


def _from_before(draft: Draft, binding: Binding, topic: Topic) -> bool:
    """Fill the place that stands before a figure in its sentence, or what words behind that take up; tell whether."""
    text = binding.frame.layout.text
    before = binding.before(draft, skip=lambda g: bool(_COMPARED.search(text[max(0, g.start - 40) : g.start])))
    if before is None:
        return False
    if _WHILE_OF_ALL.search(text[before.end : draft.mention.end + 10]):
        return False
    behind = _behind_coverage(draft, binding, topic, before)
    if behind is not None:
        draft.put("geography", behind[0], behind[1], own=True)
        return True
    nearer = taken_up(topic, binding.frame.layout, draft.sentence, draft.mention.start, before.end)
    if nearer is not None and _WHOLE_REGION.search(text, before.end, draft.mention.start):
        draft.put("geography", nearer[0], nearer[1], own=True)
    else:
        draft.put("geography", ids_of(before.members), "geography.before", own=True)
    return True


def _behind_coverage(draft: Draft, binding: Binding, topic: Topic, before: Group) -> tuple[Ids, str] | None:
    """Return the place that words behind a figure take up, where those before it only count the forces that answered.

    "Replies from 42 UK forces show that the force recorded 163", "… that 163 were recorded in the county"
    """
    frame, text = binding.frame, binding.frame.layout.text
    covers = _SO_MANY.search(text, max(0, before.start - 4), before.start) and _UK_FORCES.match(text, before.end)
    if not covers or draft.measure == "forces":
        return None
    later = [h.mention.start for h in frame.heads if h.mention.start > draft.mention.start]
    end = later[0] if later else frame.sentence.end
    own = taken_up(topic, frame.layout, draft.sentence, end, before.end)
    index = frame.index(draft)
    last = frame.heads[index - 1] if index else None
    if own is None and last is not None and last.measure != "forces" and last.geography:
        return last.geography, last.rules["geography"]
    return own


def _one_of(draft: Draft, own: Sequence[Attached]) -> Group:
    """Choose among several groups at one figure: the place inside the other rules, else the one bound closest."""
    best = min(own, key=lambda a: (a.cost, -a.margin))
    for a in own:
        for b in own:
            if a is not b and _inside(ids_of(a.group.members), ids_of(b.group.members)):
                best = a
    for a in own:
        weight = 0.5 + a.margin / 2 if a is best else a.margin / 2
        draft.consider("geography", f"geography.{a.side}", ids_of(a.group.members), weight)
    return best.group


def _inside(a: Ids, b: Ids) -> bool:
    """Tell whether all places of ``a`` lie in the one place ``b``."""
    if len(b) != 1:
        return False
    inner = forces_in(b[0])
    return all(i in inner and i != b[0] for i in a)


def ids_of(members: Sequence[Mention]) -> Ids:
    """Return the sorted ids of a group's members."""
    return tuple(sorted({m.value for m in members}))


def _carry(draft: Draft, topic: Topic, layout: Layout, headline: Ids, own_source: Source, goes_on: bool) -> None:
    if draft.source != "police" or draft.measure not in (POLICE_MEASURES | {"other"}):
        _carry_service(draft, topic, headline, own_source, goes_on)
        return
    if topic.at_large:
        draft.put("geography", (), "geography.at-large")
        return
    if discourse.of_dataset(draft) and not discourse.is_national(topic.geography):
        national = topic.told_nation
        other_unit = topic.unit != draft.sentence.unit.index
        if other_unit and len(topic.whole) > 1 and topic.parts:
            draft.put("geography", topic.whole, "geography.joint-dataset")
            return
        if national and other_unit:
            draft.put("geography", national, "geography.national-dataset")
            return
    for ids, rule in (
        (topic.at(draft.sentence.unit.index, draft.sentence.unit.kind == "bullet"), "geography.carried"),
        (headline, "geography.headline"),
        (_first_named(layout), "geography.first-named"),
    ):
        if ids:
            draft.put("geography", ids, rule)
            return
    draft.put("geography", (), "geography.none")


def _first_named(layout: Layout) -> Ids:
    """Return the first place that the release names as one that figures are for, or ()."""
    if "named" not in layout.firsts:
        found = (m for s in layout.sentences if s.of("FORCE", "AREA") for m in places(layout, s))
        layout.firsts["named"] = next(((m.value,) for m in found), ())
    return layout.firsts["named"]


def _goes_on_nationally(draft: Draft, topic: Topic) -> bool:
    """Tell whether a paragraph goes on with the nation that the one before told of."""
    follows = draft.sentence.unit.index == topic.unit + 1
    nation = topic.told is not None and discourse.is_national(topic.told)
    return follows and nation and topic.measure == draft.measure


def _told_of_whole(draft: Draft, topic: Topic) -> bool:
    """Tell whether the figures before were the same service's, for the whole that the text breaks down."""
    return topic.teller == draft.source and topic.told in (None, topic.whole)


def _carry_service(draft: Draft, topic: Topic, headline: Ids, own_source: Source, goes_on: bool) -> None:
    """Carry a place to a figure of a helpline or a survey only where the release or section is about it, or goes on."""
    same_unit = topic.unit == draft.sentence.unit.index or goes_on
    said = topic.said_before(draft.sentence.unit.index)
    if draft.source == "helpline" and said:
        draft.put("geography", said, "geography.said-before")
    elif draft.source in ("register", "health") and topic.geography and topic.source == draft.source:
        draft.put(
            "geography", topic.at(draft.sentence.unit.index, draft.sentence.unit.kind == "bullet"), "geography.carried"
        )
    elif (same_unit or _goes_on_nationally(draft, topic)) and topic.teller == draft.source and topic.told is not None:
        draft.put("geography", topic.told, "geography.as-told")
    elif topic.geography and same_unit and topic.teller == draft.source and not topic.several:
        draft.put("geography", topic.geography, "geography.carried")
    elif len(headline) > 1 and topic.teller == draft.source and topic.told and set(topic.told) < set(headline):
        draft.put("geography", topic.told, "geography.one-of-headline")
    elif topic.section:
        draft.put("geography", topic.section, "geography.section")
    elif headline and _told_of_whole(draft, topic) and discourse.contains_all(topic.whole, [headline]):
        draft.put("geography", topic.whole, "geography.whole")
    elif headline and (own_source == draft.source or draft.source == "register"):
        draft.put("geography", headline, "geography.headline")
    else:
        draft.put("geography", (), "geography.no-place")
