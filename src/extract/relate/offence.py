"""The field ``offence``: what a figure is about, from its sentence, else from the topic of the release."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from extract.lexicon.needs import Pattern
from extract.lexicon.rules import likely
from extract.records import Mention
from extract.relate.attach import Group, barrier
from extract.relate.draft import Draft
from extract.relate.frame import IN_ORDER, Binding, Frame, bind
from extract.relate.grooming import settle
from extract.relate.hierarchy import contains, in_domain
from extract.relate.scope import Layout
from extract.relate.source import Source

#: "9,870 of the 84,900 contacts": what the part is about, the whole is not.
_WHOLE = Pattern(r"(?:<N>|<%>)\s(?:out\s)?of\s(?:the|all|its|our)\s(?:the\s)?$")
_ONLINE = re.compile(
    r"\b(?:online|internet|social\s(?:media|networks?)|apps?|websites?|smartphones?|screens?|big\stech|tech(?:nology)?\s(?:bosses|companies|"
    r"firms|giants))\b",
    re.I,
)
#: Where something took place says nothing of the reason for a contact.
_ONLY_ONLINE = re.compile(
    r"(?:committed|happened|happening|taking\splace|took\splace|perpetrated)\s(?:\w+\s)?online|(?:on|over|via|through)\sthe\s(?:internet|web)",
    re.I,
)
#: "15% of the offences had an internet element", "one in 10 crimes carried a marker …": what the part is.
_TOLD_OF_PART = Pattern(
    r"<X>(?:\sof\s(?:the|these|those|its|all)(?:\s<N>)?)?\s(?:[a-z]+\s){0,3}?(?:offences|crimes|cases|incidents|"
    r"them|these|those)\b",
    re.I,
)
#: "the FGM helpline"
_LINE = re.compile(r"\s(?:[a-z]+\s)?(?:[Hh]elp\s?line|[Aa]dvice\s[Ll]ine|[Ss]upport\s[Ll]ine)\b")
#: "The number for Wales was 1,230": of the same reason.
_FIGURE_FOR = re.compile(
    r"\W*(?:The|Its)\s(?:figure|number|total)\s(?:for|in)\s(?:the\s)?<G>\s(?:was|is|stood\sat)\s<X>"
)
_ONLINE_OFFENCES = "online-child-sexual-offences"
_HEADLINE = 6.0
#: The units behind the headline that tell the topic, and what a cue in them weighs.
_OPENING = 2
_OPENING_WEIGHT = 2.0
#: A headline that ranks concerns tells of all of them.
_RANKED = Pattern(
    r"\b(?:tops?|topped|leads|heads?|most\scommon|main|biggest|number\sone|list|and\s(?:[\w’']+\s){1,4}behind)\b", re.I
)
#: Offences that a release on a wider one tells as its parts.
_OWN_KIND = frozenset({"child-abuse-images", "abuse-of-position-of-trust", "meeting-a-child-following-grooming"})
#: "Overall, it was the helpline's busiest year ever, with 84,914 contacts"
_BUSIEST = Pattern(
    r"\b(?:helpline|Childline|line|service|charity)[’']s\sbusiest\s(?:ever\s)?year\b|\W*(?:Overall|In\sall|Altogether|In\stotal),[^<>.;]{0,60}\b(?:helpline|Childline|line|service)\b"
    r"|\bthe\smost\sin\sits\shistory\b|\W*All\stold,\sthe\s(?:[\w-]+\s){0,2}(?:help)?line\b|\bthe\stotal\spassed\son\b"
    r"|\b(?:on|about)\s(?:all\s(?:kinds|sorts|manner)\sof\s)?(?:issues|concerns|worries|subjects)\sof\s(?:all|every)\s(?:kinds?|sorts?)",
    re.I,
)
_ALL_OF_WHOM = Pattern(
    r"<X>(?:[^<>;]|<[YG]>)*,\s(?:of\s(?:whom|which|these|them)|including)\s(?:[a-z]+\s){0,2}<[N%]>", re.I
)
_BECAUSE_OF_IT = re.compile(r"\b(?:because\sof|due\sto|owing\sto)\s(?:it|this|that)\b", re.I)
#: Kinds of sexual offence without a name of their own: in a release on online offences they are of these.
_ONE_KIND = re.compile(
    r"(?:attempted\s)?rape[ds]?|(?:sexual|indecent)\sassaults?|(?:inciting|causing)\b.*|sexual\sactivity\b.*", re.I
)
#: "sexual crimes of every kind, online or not": the wider offence is meant.
_OF_EVERY_KIND = re.compile(
    r"\b(?:offences|crimes)\s(?:of\s(?:every|all|any)\s(?:kinds?|sorts?|types?)|overall|as\sa\swhole|,?\sonline\s(?:or|and)\s(?:not|off|offline))\b|"
    r"\ball\s(?:child\s)?sex(?:ual)?\s(?:offences|crimes)\b",
    re.I,
)
#: What no single concern has reached in a year; neglect and mental health are the largest, with some 23,000 and 79,000.
_MOST_OF_ONE = {"contacts": 30_000, "referrals": 25_000, "counselling-sessions": 150_000}
#: What others count than the charity's own lines.
_NOT_HEARD = frozenset({"child-abuse-images", "mental-health"})
#: Image offences and online offences counted together are online ones.
_ONLINE_KINDS = frozenset({"child-abuse-images", _ONLINE_OFFENCES})
_COORDINATED = re.compile(r"\s?(?:,|and|or|,\sand|,\sor|as\swell\sas|/)\s?(?:the\s)?$")


@lru_cache(maxsize=4096)  # asked for the topic of the release and again for the sentence
def cues(text: str, start: int, end: int) -> tuple[Mention, ...]:
    """Return the offence cues of a stretch of text as pseudo-mentions, without overlaps, the longer first."""
    found: list[Mention] = []
    for rule in likely("offence", text, start, end):
        for a, b, _ in rule.spans(text, start, end):
            found.append(Mention("COUNT", a, b, text[a:b], rule.value, rule.id))
    found.sort(key=lambda m: (m.start - m.end, m.start))
    chosen: list[Mention] = []
    for cue in found:
        if all(cue.end <= c.start or c.end <= cue.start for c in chosen):
            chosen.append(cue)
    return tuple(c for c in sorted(chosen, key=lambda m: m.start) if not _enumerated(text, start, end, c))


def _enumerated(text: str, start: int, end: int, cue: Mention) -> bool:
    """Tell whether a cue only stands in a list of kinds: "rape and grooming among them", "such as rape, grooming"."""
    after = text[cue.end : min(end, cue.end + 60)]
    if re.match(
        r"(?:,?\s(?:and\s)?[\w\s]{0,30}){0,3}\samong\s(?:them|others|these|the\s(?:offences|crimes|cases))\b", after
    ):
        return True
    before = text[max(start, cue.start - 80) : cue.start]
    return bool(
        re.search(
            r"\b(?:such\sas|including|among\s(?:them|these|others)|ranging\sfrom|range\sfrom)\s(?:[\w-]+(?:\s[\w-]+){0,4}(?:,\s|\sand\s|\sor\s|\sto\s))*(?:[\w-]+\s){0,3}$",
            before,
        )
    )


def topic_of(layout: Layout, source: Source) -> str:
    """Return the offence that a release is about: the headline's weighs most, then the first units'."""
    scores: dict[str, float] = {}
    lead: set[str] = set()
    police = source == "police"
    told: set[int] = set()  # the units behind the headline that name an offence or hold a figure
    for sentence in layout.sentences:
        unit = sentence.unit.index
        named_here = cues(layout.text, sentence.start, sentence.end)
        if unit and (named_here or sentence.of("COUNT", "PERCENTAGE")):
            told.add(unit)
        place = len(told) if police else unit  # what a service is about stands at the top, captions and all
        weight = _HEADLINE if unit == 0 else _OPENING_WEIGHT if place <= _OPENING else 1.0
        if not police and place > _OPENING:
            continue
        for cue in named_here:
            if place <= 1:
                lead.add(in_domain(cue.value, source))
            offence = in_domain(cue.value, source)
            vague = offence == "child-abuse" or (police and offence in ("online-safety", "mental-health"))
            scores[offence] = scores.get(offence, 0.0) + (weight * 0.2 if vague else weight)
    if not police and (of_line := _of_line(layout.text)) is not None:
        return of_line
    ranked = _ranks_concerns(layout)
    specific = {k: v for k, v in scores.items() if k != "child-abuse"}
    lead.discard("child-abuse")
    if not police and len(lead) == 1 and not ranked:
        return lead.pop()
    if not police and (ranked or not _has_one_concern(specific)):
        opening = " ".join(layout.text_of(u) for u in layout.units[:4])
        return "online-safety" if len(_ONLINE.findall(opening)) >= 2 else "child-abuse"
    if not scores:
        return "child-abuse"
    best = max(scores, key=lambda k: scores[k])
    named = {in_domain(c.value, source) for c in cues(layout.text, layout.units[0].start, layout.units[0].end)}
    narrower = [
        k
        for k in scores
        if contains(best, k)
        and best != "child-abuse"
        and k not in _OWN_KIND
        and (best not in named or k in named)
        and scores[k] >= scores[best] / 2
    ]
    if narrower:
        best = max(narrower, key=lambda k: scores[k])
    return settle(best, layout.text, source)


def _of_line(text: str) -> str | None:
    """Return the harm that a service is there for: that of "the FGM helpline"; None where there is none or several."""
    named = {in_domain(c.value, "helpline") for c in cues(text, 0, len(text)) if _LINE.match(text, c.end)}
    return named.pop() if len(named) == 1 else None


def _ranks_concerns(layout: Layout) -> bool:
    """Tell whether a headline ranks concerns, not places: "Home alone: Devon heads the list" is on one concern."""
    if not layout.units:
        return False
    headline = layout.units[0]
    found = _RANKED.search(layout.text, headline.start, headline.end)
    places = [m for m in layout.mentions if m.label in ("FORCE", "AREA") and m.end <= headline.end]
    return found is not None and not any(m.end + 1 == found.start() for m in places)


def _has_one_concern(scores: dict[str, float]) -> bool:
    """Tell whether a release of a helpline is on one concern: its headline's, or the one its opening keeps naming."""
    if not scores:
        return False
    ordered = sorted(scores.values(), reverse=True)
    named_in_headline = ordered[0] >= _HEADLINE
    return named_in_headline or (
        ordered[0] >= 2 * _OPENING_WEIGHT and (len(ordered) == 1 or ordered[0] >= 2 * ordered[1])
    )


def bind_cues(frame: Frame) -> Binding:
    """Bind the offence cues of a sentence to its figures; each cue stands alone."""
    found = cues(frame.layout.text, frame.sentence.start, frame.sentence.end)
    return bind(frame, found, joins=lambda a, b: False, deal=False)


def fill(draft: Draft, binding: Binding, *, lead: list[Mention], before: str | None, topic: str) -> None:
    """Fill ``offence``; ``before`` is that of the sentence the figure continues, ``lead`` the cues of its lead-in."""
    if draft.twin_of is not None:
        draft.put("offence", draft.twin_of.offence, "offence.restated", own="offence" in draft.twin_of.own)
        return
    found, rule = _respectively(draft, binding) or _nearest(draft, binding)
    if (
        rule == "offence.before"
        and _WHOLE.search(draft.masked.text, 0, draft.masked.at)
        and not _of_earlier(draft, binding, found[0])
    ):
        draft.put("offence", topic if draft.source == "police" else "child-abuse", "offence.whole-of-a-part")
        return
    if not found and lead:
        found, rule = lead, "offence.lead-in"
    if draft.source != "police":
        found = [c for c in found if not _ONLY_ONLINE.fullmatch(c.text)]
    if not found and draft.source == "helpline" and _BUSIEST.search(draft.masked.text):
        draft.put("offence", "child-abuse", "offence.of-all-kinds", own=True)
        return
    if (
        not found
        and draft.source == "helpline"
        and _ALL_OF_WHOM.search(draft.masked.text)
        and _parted_by(draft, binding)
    ):
        draft.put("offence", "child-abuse", "offence.whole-of-a-part")
        return
    if not found and draft.source == "register" and _is_because_of_it(draft):
        draft.put("offence", in_domain(topic, draft.source), "offence.topic")
        return
    goes_on = before is not None and (draft.statistic != "count" or _FIGURE_FOR.match(draft.masked.text))
    if not found and draft.source == "register" and not goes_on:
        draft.put("offence", "child-abuse", "offence.register")
        return
    if not found and (before or topic) not in _NOT_HEARD and _is_of_all(draft):
        draft.put("offence", "child-abuse", "offence.of-all-kinds")
        return
    if not found:
        if before is not None:
            draft.put("offence", in_domain(before, draft.source), "offence.carried")
        else:
            draft.put("offence", in_domain(topic, draft.source), "offence.topic")
        return
    same = _with_same_cue(draft, binding, found[0]) if rule == "offence.before" else None
    value = same or one_of(draft, found, topic, binding.frame.layout.text)
    draft.put("offence", value, rule, own=True)


def _is_of_all(draft: Draft) -> bool:
    """Tell whether a service's count is larger than any one concern's has been: it is of all that it heard."""
    most = _MOST_OF_ONE.get(draft.measure)
    large = draft.source == "helpline" and draft.statistic == "count" and most is not None and draft.value >= most
    return large and not re.search(r"\bsuch\b", draft.masked.text)


def _with_same_cue(draft: Draft, binding: Binding, cue: Mention) -> str | None:
    """Return the offence of the figure before this one that a cue stands with: "2,805 on registers, 8% fewer"."""
    frame = binding.frame
    before = [
        frame.heads[i]
        for i, attached in binding.attached.items()
        if i < frame.index(draft) and [a.group.start for a in attached] == [cue.start]
    ]
    last = before[-1] if before else None
    same = last is not None and last.source == draft.source and last.rules["offence"] == "offence.with-figure"
    return last.offence if last is not None and same else None


def _parted_by(draft: Draft, binding: Binding) -> bool:
    """Tell whether the part behind a whole names its concern: "16,385 people called, of whom 2,700 about neglect"."""
    after = binding.after(draft)
    return after is not None and after.members[0].value != "child-abuse"


def _of_earlier(draft: Draft, binding: Binding, cue: Mention) -> bool:
    """Tell whether a cue is that of a figure before the part: "268 crimes of …, Instagram used in 61 of the 142"."""
    mine = binding.frame.index(draft)
    return draft.source == "police" and any(
        i < mine - 1 and any(a.group.start == cue.start for a in attached) for i, attached in binding.attached.items()
    )


def _is_because_of_it(draft: Draft) -> bool:
    """Tell whether a register's figure is for the reason told before; the whole that it is a part of is not."""
    return bool(_BECAUSE_OF_IT.search(draft.masked.text)) and not draft.masked.before().endswith(
        (" of the ", " of all ")
    )


def _respectively(draft: Draft, binding: Binding) -> tuple[list[Mention], str] | None:
    """Return the offence of a figure in a run told *respectively* of as many offences before it."""
    index = binding.frame.index(draft)
    run = binding.frame.run_of(draft)
    if run is None or not IN_ORDER.search(draft.masked.text):
        return None
    first = binding.frame.extents[run[0]][0]
    said = [g.members[0] for g in binding.groups if g.end <= first][-len(run) :]
    return ([said[run.index(index)]], "offence.respectively") if len(said) == len(run) else None


def _nearest(draft: Draft, binding: Binding) -> tuple[list[Mention], str]:
    attached = [a.group.members[0] for a in binding.own(draft)]
    if attached:
        return attached, "offence.with-figure"
    before = binding.before(draft)
    if before is not None:
        return [before.members[0]], "offence.before"
    after = binding.after(draft)
    if after is not None and _TOLD_OF_PART.search(draft.masked.text) and after.members[0].value == _ONLINE_OFFENCES:
        return [after.members[0]], "offence.part"
    if after is not None and _told_with_change(draft, binding, after):
        return [after.members[0]], "offence.after"
    if after is not None and draft.statistic in ("change", "ratio") and not _behind_next(draft, binding, after):
        return [after.members[0]], "offence.after"
    return [], ""


def _behind_next(draft: Draft, binding: Binding, after: Group) -> bool:
    """Tell whether a cue stands behind the next figure, in a clause of its own: "up by 17%, with 9,900 … online"."""
    heads, n = binding.frame.heads, binding.frame.index(draft) + 1
    return n < len(heads) and heads[n].mention.end <= after.start and heads[n].statistic == "count"


def _told_with_change(draft: Draft, binding: Binding, after: Group) -> bool:
    """Tell whether a cue stands between a count and its change: "34,517 who spoke of suicide, up 17%"."""
    heads = binding.frame.heads
    n = binding.frame.index(draft) + 1
    return (
        draft.statistic == "count"
        and n < len(heads)
        and heads[n].statistic in ("change", "ratio")
        and after.end <= heads[n].mention.start
    )


def one_of(draft: Draft, found: list[Mention], topic: str, text: str) -> str:
    """Return the offence that several cues mean together, seen against the topic of the release."""
    values = [settle(in_domain(c.value, draft.source), text, draft.source) for c in found]
    distinct = list(dict.fromkeys(values))
    distinct = [v for v in distinct if not any(contains(v, other) for other in distinct)]
    if set(distinct) == _ONLINE_KINDS and _listed(found, text):
        return _ONLINE_OFFENCES
    kinds = [v for v, c in zip(values, found, strict=True) if _ONE_KIND.fullmatch(c.text)]
    if kinds and len(set(values)) > 1 and draft.source == "police" and _listed(found, text):
        value = kinds[0]  # "rapes, sexual assaults and grooming": the wider offence
    elif len(distinct) > 1 and _listed(found, text):
        value = topic if draft.source == "police" else "child-abuse"
    elif len(distinct) > 1:
        nearest = min(found, key=lambda c: _distance(draft, c, text))
        value = settle(in_domain(nearest.value, draft.source), text, draft.source)
    else:
        value = distinct[0]
    for v in distinct:
        draft.consider("offence", "offence.cue", v, 0.9 if v == value else 0.4)
    vague = draft.source == "police" or value == "child-abuse"
    one_kind = all(_ONE_KIND.fullmatch(c.text) for c in found)
    if vague and contains(value, topic) and (one_kind or not _counted_itself(draft, found, text)):
        draft.consider("offence", "offence.wider-than-topic", value, 0.5)
        return topic
    return value


def _distance(draft: Draft, cue: Mention, text: str) -> float:
    if cue.start >= draft.mention.end:
        return barrier(text[draft.mention.end : cue.start])
    return barrier(text[cue.end : draft.mention.start]) + 0.2


def _listed(found: list[Mention], text: str) -> bool:
    return any(_COORDINATED.fullmatch(text[a.end : b.start]) for a, b in itertools.pairwise(found))


def _counted_itself(draft: Draft, found: list[Mention], text: str) -> bool:
    """Tell whether the number counts the wider offence itself: "76,204 sexual offences against children"."""
    if draft.measure == "suspects" or _OF_EVERY_KIND.search(text, draft.sentence.start, draft.sentence.end):
        return True
    if draft.statistic not in ("count", "rate", "change"):
        return False
    return any(
        c.start >= draft.mention.end and re.fullmatch(r"\s(?:[a-z-]+\s){0,3}", text[draft.mention.end : c.start])
        for c in found
    )
