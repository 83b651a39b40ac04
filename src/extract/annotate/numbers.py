"""Numbers as printed, in digits or words, and their values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extract.lexicon.vocabulary import read_rows

_SCALE = r"(?:[^\S\n]?(?:million|billion|thousand|mn|bn|m|k)(?!\w)|[^\S\n]hundred(?!\w)|(?<=\d\d)K(?!\w))"
_DIGITS = re.compile(
    rf"(?<![\w.,:/])(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,3}}(?:[\u2009\u202f\u00a0]\d{{3}})+|\d+)(?:\.\d+(?![.\d]))?(?:{_SCALE})?"
)
_HALF = re.compile(r"\b(?:half|(?:a\s)?quarter\sof)\sa\s(?:million|billion|thousand)\b|\ba\s(?:million|billion)\b(?!\s?(?:pounds|dollars|miles))", re.I)
_AND_HALF = re.compile(r"\s(?:and\sa\shalf)\s(million|billion|thousand)\b", re.I)


@dataclass(frozen=True, slots=True)
class Number:
    """A number at ``text[start:end]``; ``digits`` tells how it is printed."""

    start: int
    end: int
    text: str
    value: float
    digits: bool


@cache
def words() -> dict[str, tuple[float, str]]:
    """Return value and role of each number word."""
    return {row["word"]: (float(row["value"]), row["role"]) for row in read_rows("number_words.csv")}


@cache
def _word_pattern() -> re.Pattern[str]:
    spelt = [w for w, (_, role) in words().items() if role in ("unit", "teen", "ten", "hundred", "scale")]
    one = "|".join(sorted(spelt, key=len, reverse=True))
    return re.compile(rf"\b(?:{one})(?:(?:[^\S\n]+and[^\S\n]+|[^\S\n]+|-)(?:{one}))*\b", re.IGNORECASE)


def find_numbers(text: str) -> list[Number]:
    """Return the numbers of a text in order; none overlaps another."""
    found = [*_in_digits(text), *_in_words(text), *_round(text)]
    found.sort(key=lambda n: (n.start, -n.end))
    out: list[Number] = []
    for number in found:
        if not out or number.start >= out[-1].end:
            out.append(number)
    return out


def _in_digits(text: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        yield Number(match.start(), match.end(), match[0], parse(match[0]), True)


def _round(text: str) -> Iterator[Number]:
    for match in _HALF.finditer(text):
        value = parse(re.split(r"\sa\s|^a\s", match[0].lower())[-1])
        part = 0.5 if match[0].lower().startswith("half") else 0.25 if "quarter" in match[0].lower() else 1.0
        yield Number(match.start(), match.end(), match[0], part * value, False)


def _in_words(text: str) -> Iterator[Number]:
    for match in _word_pattern().finditer(text):
        if match.start() and text[match.start() - 1] == "-":
            continue
        yield from _grammatical(text, match.start(), match.end())


def _grammatical(text: str, start: int, end: int) -> Iterator[Number]:
    """Cut a run of number words where the next word cannot continue the number ("five and ten", "two three")."""
    tokens = [(m.start(), m.end(), m[0].lower()) for m in re.compile(r"[A-Za-z]+").finditer(text, start, end)]
    first, last, roles = 0, 0, ""
    for n, (_, _, word) in enumerate(tokens):
        if word == "and":
            continue
        role = words()[word][1]
        joined = n - last > 1
        if roles and not _continues(roles, role, joined):
            yield from _one(text, tokens[first][0], tokens[last][1])
            first, roles = n, ""
        roles = {"unit": "u", "teen": "t", "ten": "T", "hundred": "h", "scale": "s"}[role] if not roles else roles + role[0]
        last = n
        roles = roles[:-1] + {"unit": "u", "teen": "t", "ten": "T", "hundred": "h", "scale": "s"}[role]
    yield from _one(text, tokens[first][0], tokens[last][1])


def _continues(roles: str, role: str, joined: bool) -> bool:
    if joined and roles[-1] not in "hs":
        return False
    return {
        "unit": roles[-1] in "Ths",
        "teen": roles[-1] in "hs",
        "ten": roles[-1] in "hs",
        "hundred": roles[-1] in "ut" or roles[-1] == "s" and False,
        "scale": roles[-1] in "utTh",
    }[role]


def _one(text: str, start: int, end: int) -> Iterator[Number]:
    spelt = text[start:end]
    if spelt.lower() in ("hundred", "thousand", "million", "billion"):
        return
    yield Number(start, end, spelt, parse(spelt), False)


def parse(spelt: str) -> float:
    """Return the value of a number in digits or words, an amount of millions included.

    >>> parse("1.3 million"), parse("one hundred and fifty"), parse("3,400"), parse("30k")
    (1300000.0, 150.0, 3400.0, 30000.0)
    """
    match = re.match(r"[-−–+]?[\d,\u2009\u202f\u00a0]*\d(?:\.\d+)?", spelt)
    if match:
        value = float(re.sub(r"[^\d.]", "", match[0]))
        scale = spelt[match.end() :].strip().lower()
        return round(value * (words()[scale][0] if scale else 1.0), 6)
    total = current = 0.0
    for word in re.findall(r"[a-z]+", spelt.lower()):
        if word in ("and", "a"):
            continue
        value, role = words()[word]
        if role == "hundred":
            current = (current or 1.0) * value
        elif role == "scale":
            total += (current or 1.0) * value
            current = 0.0
        else:
            current += value
    return total + current
