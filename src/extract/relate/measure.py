"""The field ``measure``: what is counted, or the whole that a share is of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.lexicon.needs import Pattern
from extract.lexicon.rules import likely
from extract.relate import accused, referred, survey
from extract.relate.draft import Draft
from extract.relate.hierarchy import SERVICE_MEASURES
from extract.relate.source import Source

#: Words that may stand between a number and the noun it counts; a preposition or a verb ends the noun phrase.
_PHRASE = re.compile(
    r"(?:\s[–—-](?=\sof\s))?(?:\s(?:more|fewer)(?=\sof\s))?(?:\s(?:out\s)?of\s(?:the\s|all\s|<G>[’']s\s)?<N>)?(?:\s\((?:<%>|<N>)\))?(?:\sor\s(?:so|more|fewer))?(?:\s(?:of|in)(?:\s(?:the|these|those|all|its|their|such|them|every|any))*)?"
    r"(?:[\s-](?!(?:against|on|with|by|to|from|for|about|involving|in|of|were|was|are|is|had|have|has|been|that|who|which|when|where|at|"
    r"involved|concerned|featured|affected|after|before|than|as|over|during|since|went|came|led|made|did|so|but|and|among|between|within|across)\b)(?:[\w’'*]+|<[GPYN]>)){0,8}[\s-]?$"
)
#: "811 was the number of referrals"
_IS_THE_NUMBER = re.compile(r"\s(?:was|were|is)\sthe\s(?:number|total|tally|count)\sof(?=\s)")
#: What may stand before a noun that is the subject of its clause.
_SUBJECT = re.compile(
    r"(?:^|[,;:–(—]\s?|\b(?:(?<!s\s)and|but|while)\s)\W*(?:(?!of\b|against\b|with\b|from\b|for\b|about\b|by\b|in\b)[\w’'<>-]+\s){0,3}$"
)
_NUMBER_OF = re.compile(r"\b(?:[Tt]he|[Ii]ts|[Tt]otal)\snumber\sof\s(?:[a-z]+\s)?$")
#: "girls were the target in 160": so many offences, not so many girls.
_IN_SO_MANY = Pattern(
    r"\b(?:targets?|targeted|victims?|involved|concerned)\sin\s(?:[a-z]+\s){0,3}<X>(?!\s(?:of\s)?(?:\w+\s)?(?:victims|children|girls|boys))"
    r"|\btargeted\s<X>\stimes|\b(?:targets?|victims?)\sin\s<N>\b[^.;]{0,60}\bin\s(?:the\s(?:other|remaining|rest)\s)?<X>|\bin\s<X>(?:\sof\s(?:them|these|those|the\scases))?,?\s(?:the|a)\s(?:victim|target|child(?=\s(?:was|had\snot|had\syet)))\b|\breceiving\send\sof\s(?:the\s(?:other|remaining|rest)\s)?<X>|\b(?:boys|girls)\sin\s<X>",
    re.I,
)
_MOST_OF = re.compile(
    r"^\W*(?:most|many|nearly\sall|almost\sall|all|some|the\smajority)\sof\s(?:the\s|its\s|those\s|known\s)*$", re.I
)
_OPENS = re.compile(
    r"\W*(?:Of|Among|Out\sof)\s(?:the\s|all\s|these\s|those\s|known\s)*(?:(?!that\b|which\b|who\b)[\w-]+\s){0,2}", re.I
)
_PROPORTION = re.compile(r"\b(?:proportion|share|percentage)\sof\s(?:(?:<G>|all|the|young|known)\s)*$", re.I)
#: "Seventeen were babies under one", "143 of them were 12 to 15": those counted are children.
_WERE_CHILDREN = Pattern(
    r"<X>(?:\sof\sthem|\sof\sthese|\sof\sthose)?,?\s(?:were|was)\s(?:(?!against\b|on\b|with\b)\w+\s){0,2}?(?:babies|infants|toddlers|girls|boys|children|teenagers|"
    r"younger|under|aged|\d\d?\s(?:to|or)\s\d|primary|between\s(?:the\sages\sof\s)?\w+\sand\s\d+(?!\d)(?=[.,;]|\syears|$)|of\s(?:primary\s|secondary\s)?school\sage|yet\sof)\b",
    re.I,
)
#: "passed on 61 concerns, compared to 124": both count the same.
_COMPARED_WITH = Pattern(
    r"<N>[^<>.;]{0,60}(?:<[GY]>)?[^<>.;]{0,40}\b(?:compared\s(?:to|with)|against|up\sfrom|down\sfrom|as\sopposed\sto)\s(?:just\s|only\s|about\s|some\s)?$",
    re.I,
)
#: "3,518 young people were referred because of concerns – an average of 10 a day": of the same.
_AN_AVERAGE = re.compile(
    r"<N>[^<>]*(?:\s[–—-]|,|\()\s?(?:or\s|that\sis\s|which\sis\s|the\sequivalent\sof\s)?(?:an\saverage\sof\s|on\saverage\s)(?:[a-z]+\s){0,2}$"
)
#: Pictures seized, and what councils dealt with, are no offences that police recorded.
_IMAGES = Pattern(
    r"<X>\s(?:(?!offences|crimes|cases)[a-z-]+\s){0,3}images\b(?!\s(?:offences?|crimes?|cases))(?:\sof\schildren)?(?!\s(?:offences?|"
    r"crimes?))",
    re.I,
)
_COUNCILS = Pattern(
    r"\b(?:councils|local\sauthorities)\b[^<>.;]{0,40}(?:<G>)?[^<>.;]{0,30}\b(?:recorded|dealt\swith|received|logged|reported)\b[^<>.;]{0,25}<X>\s(?:cases|complaints|allegations|reports)\b",
    re.I,
)
#: "answers from 44 of them", "it heard from 39": forces, where no noun says otherwise.
_ANSWERS_FROM = Pattern(
    r"\b(?:answers?|repl(?:y|ies)|responses?|returns|heard|information|figures|data)\s(?:(?:came|come|were|was|received|obtained|back|in)\s){0,2}from\s"
    r"(?:all\s|only\s|just\s)?<X>(?=\sof\s(?:them|these|those)\b|\sin\s<G>(?=[.,;]|$)|,|\.|;|\s(?:whose|while|but|and)\b|$)"
    r"|\bof\s(?:the\s|all\s)?<N>\s(?:[a-z]+\s){0,2}forces\b[^.;<>]{0,30},\s(?:only\s|just\s)?<X>\s(?:\w+\s)?(?:gave|answered|responded|replied|supplied|provided|sent|returned|disclosed)\b",
    re.I,
)
#: "44 forces replied for 2017/18; 43 did so for 2012/13", "Four did not: …", "Nine refused"
_DID_SO = Pattern(
    r"<X>\s(?:of\s(?:them|these|those)\s)?(?:did\s(?:so|not)|didn[’']t|would\snot|wouldn[’']t|refused|declined|failed|gave\s(?:no|none|only)|could\snot|said\sthat|are\scounted|have\sbeen\scounted)\b",
    re.I,
)
#: "although not as many forces (38) took part", "what 34 police forces told us, and nine did not"
_FORCES_IN_BRACKET = Pattern(
    r"\bforces\s\(<X>\)|<N>\s(?:police\s)?forces\b[^.;<]{0,30}(?:,?\sand|(?:<Y>)?;)\s<X>\sdid\s(?:not|so)\b", re.I
)
_TIMES = Pattern(r"<X>\stimes\b", re.I)
_STRONG = frozenset({"offences", "offences?", "contacts", "referrals", "counselling-sessions", "instances"})


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that tells what is counted, in masked coordinates."""

    start: int
    end: int
    value: str
    rule: str


def fill(draft: Draft, *, before: str | None, topic: str, source: Source) -> None:
    """Fill ``measure``; ``before`` is that of the figure before it in the sentence or the sentences it continues."""
    twin = draft.twin_of
    if twin is not None:
        led = draft.statistic == "count" and twin.measure == "contacts" and referred.led_to_referral(draft)
        draft.put("measure", "referrals" if led else twin.measure, "measure.restated", own="measure" in twin.own)
        return
    found = list(nouns(draft.masked.text))
    if source == "police":
        found = [n for n in found if n.value not in SERVICE_MEASURES or _adjacent(draft, n)]
    draft.source = source
    if (source == "police" and before in SERVICE_MEASURES) or (source == "helpline" and before == "offences"):
        before = None
    value, rule, own = _choose(draft, found, before, by_default(source, topic))
    draft.put("measure", resolve(value, draft, found, before or topic, source, topic), rule, own=own)
    told_of_act = referred.tells_of_act(draft) and (value == "offences?" or rule.endswith("-before"))
    of_referrals = draft.statistic == "share" and referred.is_share_of_referrals(draft)
    if of_referrals and source == "helpline":
        draft.put("measure", "referrals", "measure.share-of-referrals", own=True)
    elif (
        draft.statistic == "share"
        and draft.measure == "referrals"
        and (told_of_act or referred.after_passed_on(draft) or referred.itself_passed_on(draft))
    ):
        draft.put("measure", "contacts", "measure.share-passed-on", own=True)
    service = draft.measure in SERVICE_MEASURES or draft.measure == "children"
    if service and source == "helpline" and draft.statistic == "count" and referred.called_help(draft):
        draft.put("measure", "referrals", "measure.help-called", own=True)
    if (
        draft.measure == "contacts"
        and draft.statistic in ("change", "ratio")
        and referred.is_change_in_referrals(draft)
    ):
        draft.put("measure", "referrals", "measure.passed-on-changed", own=True)
    if draft.measure == "contacts" and draft.statistic == "count" and referred.is_passed_on(draft):
        draft.put("measure", "referrals", "measure.contacts-passed-on", own=True)
    draft.counted = "referrals" if told_of_act and draft.measure == "contacts" else draft.measure
    if draft.rules["measure"] == "measure.share-targeted":
        draft.counted = before or topic
    if value == "children?" and source == "helpline" and draft.measure == "children":
        draft.counted = before or by_default(source, topic)


def _adjacent(draft: Draft, noun: Noun) -> bool:
    return noun.start > draft.masked.at and bool(_PHRASE.fullmatch(draft.masked.text[draft.masked.at + 3 : noun.start]))


#: "those with children under 18": it is their parents who are counted.
_PARENTS_OF = re.compile(
    r"\b(?:those|people|adults|parents|mothers|fathers|mums|dads|households|families)\s(?:with|of|who\shave|having)\s(?:[a-z-]+\s){0,2}$",
    re.I,
)
_POSSESSOR = re.compile(r"(?<=s)[’'](?=\s)|[’']s\b")
_ADULTS_TO = re.compile(r"(?:1[89]|[2-9]\d)-\s(?:to|and)\s")
_ADULT_AGES = re.compile(r"\b(?:1[89]|[2-9]\d)(?:\+|-)?(?:\s?(?:to|and)\s)?[\s-]*$")


@lru_cache(maxsize=64)  # asked several times for each figure
def nouns(text: str) -> tuple[Noun, ...]:
    """Return the measure nouns of a masked sentence; the same words count once, for the first rule that has them."""
    found: list[Noun] = []
    taken = bytearray(len(text))
    for rule in likely("measure", text):
        for start, end, _ in rule.spans(text):
            if rule.value == "children?" and _POSSESSOR.match(text, end):
                continue  # "the girls' sessions" are sessions
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found.append(Noun(start, end, _of_adults(text, start, rule.value), rule.id))
    return tuple(found)


def _of_adults(text: str, start: int, value: str) -> str:
    """Return what *year-olds* and *children* are: adults where they are old enough, or are told as their parents."""
    told = _ADULT_AGES.search(text, max(0, start - 12), start) or _ADULTS_TO.match(text, start)
    adults = told or _PARENTS_OF.search(text, max(0, start - 50), start)
    return "people?" if value == "children?" and adults else value


def _choose(draft: Draft, found: list[Noun], before: str | None, topic: str) -> tuple[str, str, bool]:
    return _by_wording(draft, before) or _by_noun(draft, found, before) or (topic, "measure.topic", False)


def _by_wording(draft: Draft, before: str | None) -> tuple[str, str, bool] | None:
    """Return (measure, rule, own) where the build of the sentence tells what is counted, whatever its nouns."""
    masked, at, count = draft.masked, draft.masked.at, draft.statistic == "count"
    if _TIMES.search(masked.text, at) and any(m.label == "PLATFORM" for _, m in masked.places):
        return "instances", "measure.times-used", True
    if (suspects := accused.counted(draft, before)) is not None:
        return suspects
    if before == "forces" and count and _DID_SO.search(masked.text):
        return "forces", "measure.forces-did", True
    if draft.statistic == "rate" and before is not None and _AN_AVERAGE.search(masked.text, 0, at):
        return before, "measure.carried", False
    if count and _FORCES_IN_BRACKET.search(masked.text):
        return "forces", "measure.forces-in-bracket", True
    if _IN_SO_MANY.search(masked.text):
        return (
            ("victims", "measure.share-targeted", True)
            if draft.statistic == "share"
            else ("offences?", "measure.target-in", True)
        )
    if before is not None and _COMPARED_WITH.search(masked.text, 0, at):
        return before, "measure.carried", False
    if _IMAGES.search(masked.text) or _COUNCILS.search(masked.text):
        return "other", "measure.other-counted", True
    if accused.arrested(draft):
        return "suspects", "measure.arrested", True
    if count and draft.source == "police" and _ANSWERS_FROM.search(masked.text):
        return "forces", "measure.answers-from", True
    if count and draft.source == "police" and _WERE_CHILDREN.search(masked.text):
        return "victims", "measure.were-children", True
    if accused.were_suspects(draft):
        return "suspects", "measure.were-suspects", True
    if draft.statistic == "share" and survey.polled_adults(draft):
        return "people", "measure.polled", True
    return None


def _by_noun(draft: Draft, found: list[Noun], before: str | None) -> tuple[str, str, bool] | None:
    """Return (measure, rule, own) by the noun that stands with a figure, else what the figures before it count."""
    masked, at = draft.masked, draft.masked.at
    usable = found
    whole = _whole_of(masked.text, found) if draft.statistic == "share" else None
    if whole is not None:
        return whole.value, whole.rule + "-whole", True
    if draft.statistic in ("change", "ratio"):
        usable = [n for n in found if n.value not in ("forces", "platforms", "suspects", "people?")]
    said = _IS_THE_NUMBER.match(masked.after())
    first = at + 3 + (said.end() if said else 0)
    right = [n for n in usable if n.start > at and _PHRASE.fullmatch(masked.text[first : n.start])]
    if right:
        head = min(right, key=lambda n: n.start)
        return head.value, head.rule + "-counted", True
    if draft.statistic in ("change", "ratio"):
        near = [
            n
            for n in usable
            if at < n.start < at + 60 and not re.search(r"[,;:–(]|<[N%]>", masked.text[at + 3 : n.start])
        ]
        if near and near[0].value in _STRONG:
            head = min(near, key=lambda n: n.start)
            return head.value, head.rule + "-changed", True
    left = [n for n in usable if n.end <= at and _is_head(masked.text, n)]
    if left:
        head = max(left, key=lambda n: n.end)
        return head.value, head.rule + "-before", True
    return (before, "measure.carried", False) if before is not None else None


def _whole_of(text: str, found: list[Noun]) -> Noun | None:
    """Return the noun of what a share is of where it opens the sentence: "Of suspects known, a quarter …"."""
    for noun in sorted((n for n in found if n.value != "platforms"), key=lambda n: n.start):
        if _OPENS.fullmatch(text[: noun.start]) or _PROPORTION.search(text, 0, noun.start):
            return noun
    return None


def _is_head(text: str, noun: Noun) -> bool:
    if noun.value in ("forces", "platforms", "suspects"):
        return False
    if noun.value in ("children?", "people?", "victims"):
        return bool(
            _SUBJECT.search(text, 0, noun.start)
            or (noun.value == "victims" and _NUMBER_OF.search(text, 0, noun.start))
            or (noun.value == "victims" and _MOST_OF.search(text, 0, noun.start))
        )
    return True


def resolve(value: str, draft: Draft, found: list[Noun], before: str | None, source: Source, topic: str = "") -> str:
    """Turn a noun that means several things (children, people, cases) into a measure by whose figures they are."""
    values = {n.value for n in found}
    service = before if before in SERVICE_MEASURES else None
    if value == "instances" and source == "helpline":
        return "contacts"
    if (
        value == "instances"
        and source == "police"
        and _INSTANCES_OF.search(draft.masked.text)
        and not any(m.label == "PLATFORM" for _, m in draft.masked.places)
    ):
        return "offences"
    if value == "other" and source == "police" and _TO_POLICE.search(draft.masked.text):
        return "offences"
    if value == "children?" and source == "helpline" and referred.got_in_touch(draft):
        return "contacts"
    if (
        value == "instances"
        and _OCCASIONS.search(draft.masked.text)
        and not any(m.label == "PLATFORM" for _, m in draft.masked.places)
    ):
        return "offences" if source == "police" else by_default(source, topic)
    if value == "offences?" and "referrals" in values and source == "helpline":
        return "referrals"
    if value == "offences?":
        recorded = by_default("police", topic)  # the cases of complaints are none of the police
        return {"police": recorded, "helpline": service or "contacts", "health": "other"}.get(source, "children")
    if value == "children?":
        if "referrals" in values:
            return "referrals"
        if source == "helpline" and draft.statistic == "rate":
            return service or by_default(source, topic)
        if source == "helpline" and draft.statistic != "share":
            plain = _CHILDREN.match(draft.masked.after()) and topic != "referrals"
            return "children" if plain else service or "children"
        return "victims" if source == "police" else "children"
    if value == "people?":
        for name in ("contacts", "referrals", "suspects"):
            if name in values:
                return name
        return {"helpline": service or "contacts", "health": "other"}.get(source, "people")
    return value


#: Of a crime, not of the use of a service.
_INSTANCES_OF = Pattern(
    r"\binstances\sof\s(?:this|that|such|the|sexual|child|online|grooming|indecent|abuse|cruelty|neglect)\b", re.I
)
#: What is reported to police is what they record; complaints to councils and others are none of theirs.
_TO_POLICE = Pattern(
    r"\b(?:forces?|police|constabular(?:y|ies))\b[^.;]{0,40}\b(?:disclosed|recorded|received|logged|took|had)\b[^.;]{0,30}<X>\s(?:[a-z]+\s)?(?:complaints|claims)\b"
    r"|<X>\s(?:[a-z]+\s)?(?:complaints|claims)\s(?:to|reached)\s(?:the\s)?(?:police|forces?)\b",
    re.I,
)
_OCCASIONS = Pattern(r"\boccasions\b", re.I)
#: Children counted as such, not sessions with girls or boys.
_CHILDREN = re.compile(r"\s(?:young\s)?(?:children|people)\b(?!\s(?:aged|under|of\s\d))", re.I)


def by_default(source: Source, topic: str) -> str:
    """Return the measure of a figure without any noun."""
    if source == "police":
        return "other" if topic == "other" else "offences"
    if source == "helpline":
        return topic if topic in SERVICE_MEASURES else "contacts"
    return {"register": "children", "survey": "children", "health": "other"}[source]
