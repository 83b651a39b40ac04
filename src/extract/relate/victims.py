"""The fields ``gender`` and ``age`` of a figure's victims; filled only from the figure's own sentence."""

from __future__ import annotations

import re

from extract.annotate.times import number
from extract.lexicon.needs import Pattern
from extract.lexicon.rules import likely
from extract.records import AgeRange, Gender, Mention
from extract.relate.draft import Draft
from extract.relate.earlier import is_earlier
from extract.relate.frame import Binding, Frame, bind, new_clause

#: "more often than girls", "the service for under-19s": not whom the figure is about.
_ASIDE = re.compile(
    r"\b(?:driven|fuelled|caused)\s(?:\w+\s){0,2}by\s(?:\w+\s)?$|\byoungest\s(?:\w+\s){0,3}$|\b(?:suspects?|offenders?|perpetrators?|abusers?)\s(?:who\s)?(?:was|were|is|are)\s(?:\w+\s)?$|\b(?:than|as)\s(?:among\s|with\s)?$|\b(?:service|line|helpline|counselling|support|website|app)\s(?:run\s)?for\s$",
    re.I,
)
#: "under-18s committing sexual offences", "carried out by under-16s": not those whom it was done to.
_DONE_BY = re.compile(
    r"\b(?:carried\sout|committed|perpetrated|done|offences|crimes|assaults?|abuse)\sby\s(?:(?!against\b|on\b)[\w-]+\s){0,3}$",
    re.I,
)
_DOING = re.compile(
    r"\s(?:(?:allegedly\s)?committing|abusing|who\s(?:had\s|were\s)?(?:committed|abused|raped|assaulted|groomed|accused|suspected)|accused|suspected|responsible)\b",
    re.I,
)
#: "as many as boys, with 3,912", "than girls (402)": the group told of in passing has a number after all.
_WITH_NUMBER = re.compile(r"\s\(|,\s(?:with|on|at|who\s(?:had|were))\s(?:just\s|only\s|about\s)?\d")
_AND_NEXT = re.compile(r"\sand\s(?=\d)")
#: "Girls took up 203 of the 299": the whole is of all.
_WHOLE = Pattern(r"<[N%]>(?:\s[a-z]+){0,2}\s(?:out\s)?of\s(?:the|its|their|all|these|those)\s<X>", re.I)
_OTHER_CLAUSE = re.compile(r",\s(?:but|while|whereas|although|though)\b")
#: "…, and sessions overall were up 15%": all victims again.
_OVERALL = Pattern(r"[,;:]\s(?:[^,;:]*\s)?(?:overall|in\sall|altogether|as\sa\swhole|in\stotal|total)\b[^,;:]*$", re.I)
_SIDE_BY_SIDE = re.compile(
    r"\b(?P<first>girls|boys|females|males)\b(?:[^:;()<]|<[%YG]>)*\b(?:than|as)\s(?:girls|boys|females|males)\b(?:[^:;()<]|<[YG]>)*"
    r"(?:[:(]|\s[–-]|,\s(?:with|at|by))\s?(?P<a><[NX%]>)(?:\s\w+)?\s(?:against|compared\s(?:with|to)|to|versus)\s(?P<b><[NX%]>)",
    re.I,
)
#: The oldest age of a child at primary school, as the definition has it.
_PRIMARY_MAX = 11
#: Children start school in the year in which they become five.
_BEFORE_SCHOOL = 4


def cues(text: str, start: int, end: int, kind: str) -> list[Mention]:
    """Return the gender or age cues of a stretch of text as pseudo-mentions with their value, without overlaps."""
    found: list[Mention] = []
    for rule in likely("victims", text, start, end):
        if rule.value[0] != kind:
            continue
        for a, b, match in rule.spans(text, start, end):
            if _ASIDE.search(text, max(start, a - 40), a) and not _WITH_NUMBER.match(text, b):
                continue
            if kind == "age" and (_DONE_BY.search(text, max(start, a - 40), a) or _DOING.match(text, b)):
                continue
            value = rule.value[1] if kind == "gender" else age_range(rule.value[1], match)
            if value is not None:
                found.append(Mention("COUNT", a, b, text[a:b], value, rule.id))
    found.sort(key=lambda m: (m.start - m.end, m.start))
    chosen: list[Mention] = []
    for cue in found:
        if all(cue.end <= c.start or c.end <= cue.start for c in chosen):
            chosen.append(cue)
    return sorted(chosen, key=lambda m: m.start)


def age_range(form: str, match: re.Match[str]) -> AgeRange | None:
    """Return the inclusive range that an age expression means: under 12 is up to 11."""
    groups = {k: _whole(v) for k, v in match.groupdict().items() if v is not None}
    low, high = groups.get("a", groups.get("a2")), groups.get("b")
    if form == "primary":
        return None, _PRIMARY_MAX
    if form == "pre-school":
        return None, _BEFORE_SCHOOL
    if form == "baby":
        return None, 0
    if form == "max":
        return None, high
    if form == "under":
        return (None, high - 1) if high else None
    if form == "min":
        return (low + 1 if low is not None and "a2" in groups else low), None
    if form == "exact":
        return (low, low) if low is not None and low < 18 else None
    if low is None or high is None or not low < high <= 25:
        return None
    return low, high


_ORDINALS = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip


def _whole(text: str) -> int | None:
    """Return an age in digits, in words or as an ordinal."""
    low = text.lower()
    return _ORDINALS.get(low, number(re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", low)))


def bind_genders(frame: Frame) -> Binding:
    """Bind the gender cues of a sentence; girls and boys named together mean neither."""
    found = cues(frame.layout.text, frame.sentence.start, frame.sentence.end, "gender")
    return bind(frame, found)


def bind_ages(frame: Frame) -> Binding:
    """Bind the age cues of a sentence."""
    counts = frame.sentence.of("COUNT")
    found = [
        c for c in cues(frame.layout.text, frame.sentence.start, frame.sentence.end, "age")
        if not any(m.start < c.end and c.start < m.end for m in counts)  # what is counted is no age
    ]  # fmt: skip
    return bind(frame, found, joins=lambda a, b: False, text=_parted(frame, found))


def _parted(frame: Frame, found: list[Mention]) -> str | None:
    """Return the text parted where an age behind a number is followed by the next number.

    "412 were against children of ten and under and 96 against those not yet five": each number has its age.
    """
    text, starts = frame.layout.smooth, {start for start, _ in frame.extents}
    out = None
    for cue in found:
        follows = _AND_NEXT.match(text, cue.end)
        if follows and follows.end() in starts and any(end <= cue.start for _, end in frame.extents):
            out = (out or text)[: cue.end] + ";" * len(follows[0]) + (out or text)[follows.end() :]
    return out


#: "Of these 70 were under 18", "of whom 60": of those counted before.
#: "Girls had 53 sessions in 2015-16; in 2016-17 they had 108"
_THEY_HAD = Pattern(
    r"<N>[^.<>;]{0,40}(?:<Y>)?(?:;|,\s(?:and|but))\s(?:in\s<Y>,?\s)?they\s(?:had|numbered|were)\s(?:[a-z]+\s){0,2}<X>",
    re.I,
)
_OF_THOSE = Pattern(r"^\W*(?:Of|Among)\s(?:these|them)\b|,\s(?:and\s)?(?:of|among)\s(?:whom|which)\b", re.I)


def of_those(draft: Draft, counted: Draft | None) -> None:
    """Fill ``gender`` of a part of those counted before: "3,963 women and girls, of whom 60 were under 18"."""
    if counted is None or counted.gender is None or counted.statistic != "count" or "gender" in draft.own:
        return
    taken_up = _OF_THOSE.search(draft.masked.text) or _THEY_HAD.search(draft.masked.text)
    if draft.twin_of is None and counted.source == draft.source and taken_up:
        draft.put("gender", counted.gender, "victims.of-those", own=True)


def fill(draft: Draft, genders: Binding, ages: Binding) -> None:
    """Fill ``gender`` and ``age``; coverage counts and numbers of platforms have no victims."""
    if draft.measure in ("forces", "platforms", "suspects"):
        return
    if _WHOLE.search(draft.masked.text):
        return
    said = _told_in_order(draft)
    if said is not None:
        draft.put("gender", said, "victims.in-order", own=True)
        return
    overall = _OVERALL.search(draft.masked.text, 0, draft.masked.at) is not None
    gender = None if overall and not genders.own(draft) else _value(draft, genders)
    if gender is not None and len(set(gender)) == 1:
        draft.put("gender", gender[0], "victims.gender", own=True)
    age = _value(draft, ages) if draft.measure != "people" else None
    if age is not None:
        draft.put("age", age[0], "victims.age", own=True)


def set_against(draft: Draft, counted: Draft | None) -> None:
    """Give an earlier number whom the one that it is set against is about: "22 cases in primary school, against 8"."""
    if counted is None or counted.statistic != draft.statistic or not is_earlier(draft) or draft.twin_of is not None:
        return
    for name in ("gender", "age"):
        if getattr(counted, name) is None:
            draft.put(name, None, f"victims.{name}-set-against", own=True)


def _told_in_order(draft: Draft) -> Gender | None:
    """Return whose number it is where two sexes are set side by side: "Girls … more than boys: 83% against 17%"."""
    found = _SIDE_BY_SIDE.search(draft.masked.text)
    if found is None:
        return None
    first: Gender = "female" if found["first"].lower().startswith(("girl", "female")) else "male"
    second: Gender = "male" if first == "female" else "female"
    return first if found["a"] == "<X>" else second if found["b"] == "<X>" else None


def _value(draft: Draft, binding: Binding) -> list[object] | None:
    dealt = binding.dealt_to(draft)
    if dealt is not None:
        return [dealt.value]
    attached = binding.own(draft)
    if attached:
        best = min(attached, key=lambda a: a.cost)
        return [m.value for m in best.group.members]
    before = binding.before(draft)
    follows = draft.statistic in ("rate", "change", "ratio") or is_earlier(draft)
    if before is not None and not follows and new_clause(draft, binding, before.end):
        return None
    if before is not None and _OTHER_CLAUSE.search(binding.frame.layout.text, before.end, draft.mention.start):
        return None
    if before is not None and ";" in binding.frame.layout.text[before.end : draft.mention.start]:
        return None
    if before is not None and (follows or not _other_owner(draft, binding, before.start)):
        return [m.value for m in before.members]
    return None


def _other_owner(draft: Draft, binding: Binding, start: int) -> bool:
    """Tell whether a group before the figure belongs to another figure that it follows ("83% were girls; 5% …")."""
    for attached in binding.attached.values():
        for a in attached:
            if a.group.start == start and a.side == "left":
                return True
    return False
