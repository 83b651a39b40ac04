"""Words that take something up: a sentence that goes on with the matter, the figures or the list before it."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.lexicon.needs import Pattern
from extract.relate.draft import Draft

#: A pronoun at the head of a sentence goes on with what the sentence before told of.
_PRONOUN = re.compile(
    r"\W*(?:(?:[A-Z][\w-]*\s){1,3}(?:ago|then|now)\s)?(?:It|They|These|Th(?:at|is)\s(?:is|was|compares|compared|means|represents|amounts|makes)|Altogether\sthey|.{0,25}\bof\sthem)\b|^.{0,30}\bthe\s(?:figure|number|total)\s(?:was|is|has|had|represents|marks)\b|^.{0,30}\b(?:it|they)\s(?:stood|was|were|had|came|concerned|numbered)\b",
    re.I,
)
_SUBJECT = Pattern(
    r"\b(?:on|about|of)\s(?:the|this|that)\s(?:same\s)?(?:subject|topic|issue|problem|concern)s?\b",
    re.I,
)
_SUCH = Pattern(
    r"\bsuch\s(?:cases|contacts|calls|offences|crimes|referrals|sessions|incidents|reports)\b|\babout\sit\b|\b(?:because\sof|due\sto)\sit\b|"
    r"\b(?:on|of)\s(?:the|this|that)\s(?:subject|kind|sort|topic)\b|^\W*It\s(?:was|is|lay|lies)\sbehind\b|\bit\swas\s(?:so|the\s(?:reason|subject|cause))\b",
    re.I,
)
_ABOUT_IT = re.compile(rf"{_PRONOUN.pattern}|.*\babout\s(?:it|this|that)\b", re.I)
_OF_THESE = Pattern(r"\b(?:of|among|out\sof)\s(?:these|those|them)\b", re.I)
_OF_THEM = Pattern(
    r"\b(?:of|among)\s(?:these|them)\b|\b(?:of\sthose|<X>\sof\sthe)\s(?:contacts|calls|sessions|referrals|reports|cases|offences|"
    r"crimes)\b",
    re.I,
)
_OF_THE_SET = Pattern(
    r"<X>\sof\s(?:the|these|those)\s(?:contacts|calls|sessions|referrals|reports)\b(?!\s(?:it|they|we|the|about|on|over|from|in|to)\b)|"
    r"<X>\s(?:contacts|calls|sessions|referrals|reports)\sof\s(?:that|this)\s(?:kind|sort|type)\b",
    re.I,
)
_IN_CASES = re.compile(r"\W*In\s(?:[a-z]+\s){0,2}<X>\s(?:cases|of\s(?:them|these|those))\b")
_NUMBER = re.compile(r"<[NX%]>")
#: "• Glasgow, 212": an item that is a place and its number.
_PLACE_LINE = re.compile(r"\W*<G>(?:\sand\s<G>)?(?:,|:|\s[–-])?\s(?:[a-z]+\s){0,3}<X>", re.I)


@lru_cache(maxsize=64)  # asked again for each field of a figure that may be taken up
def _opens_with_pronoun(text: str) -> bool:
    return _PRONOUN.match(text) is not None


def takes_up(draft: Draft) -> bool:
    """Tell whether a sentence takes up the one before by a word: "of these", "it", "they"."""
    text = draft.masked.text
    found = _OF_THESE.search(text)
    return bool((found and not _of_own_number(text[: found.start()])) or _opens_with_pronoun(text))


def _of_own_number(before: str) -> bool:
    """Tell whether *of them* parts a number of its own sentence: "held 2,501 sessions, one in five of them with …"."""
    numbers = len(_NUMBER.findall(before)) - before.rstrip().endswith(">")
    return numbers > 0


def of_these(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch of text parts what was told before: "of these", "among them"."""
    return _OF_THESE.search(text, start, end) is not None


def takes_up_matter(draft: Draft) -> bool:
    """Tell whether a figure is on the matter of the one before: by a pronoun, "on the subject", "of those calls"."""
    text = draft.masked.text
    return bool(_SUBJECT.search(text) or _opens_with_pronoun(text) or _OF_THEM.search(text))


def of_the_set(draft: Draft) -> bool:
    """Tell whether a figure parts, or goes on with, what a service told before: "behind 1,010 of the referrals"."""
    return _OF_THE_SET.search(draft.masked.text) is not None


def goes_on(draft: Draft, measure: str | None) -> bool:
    """Tell whether a sentence takes up the one before, or parts what a service told; ``measure`` is what it told."""
    same = draft.source != "police" and draft.measure == measure
    return takes_up(draft) or (same and of_the_set(draft))


def in_cases(draft: Draft) -> bool:
    """Tell whether a sentence opens with so many cases of those told before: "In 129 cases because …"."""
    return _IN_CASES.match(draft.masked.text) is not None


def same_matter(draft: Draft) -> bool:
    """Tell whether another service's figure is on the same matter: "the helpline had 8,020 contacts about it"."""
    return bool(_SUBJECT.search(draft.masked.text) or _ABOUT_IT.match(draft.masked.text))


def takes_up_offence(draft: Draft) -> bool:
    """Tell whether a figure is of the offence just named: "such cases", "it was behind", "about it"."""
    return _SUCH.search(draft.masked.text) is not None


def is_place_line(draft: Draft) -> bool:
    """Tell whether an item of a list is a place and its number."""
    return _PLACE_LINE.match(draft.masked.text) is not None
