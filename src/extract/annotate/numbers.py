"""Numbers as printed, in digits or words, and their values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from extract.lexicon.vocabulary import read_rows

_SCALE = r"(?:[^\S\n]?(?:million|billion|thousand|mn|bn|m|k)(?!\w)|[^\S\n]hundred(?!\w)|(?<=\d\d)K(?!\w))"
_DIGITS = re.compile(
    rf"\d(?<![\w.,:/]\d)(?:\d{{0,2}}(?:,\d{{3}})+|\d{{0,2}}(?:[\u2009\u202f\u00a0]\d{{3}})+|\d*)(?:\.\d+(?![.\d]))?(?:{_SCALE})?"
)
_WORD = re.compile(r"[A-Za-z]+")
_ROUND = re.compile(r"\b(?:half\sa|quarter\sof\sa|a)\s(?:million|billion)\b(?!\s?(?:pounds|dollars))", re.IGNORECASE)
#: No number of such texts is longer, in characters.
_LONGEST = 30
#: Roles of the words behind which a word of each role continues a number.
_FOLLOWS = {
    "unit": ("ten", "hundred", "scale"),
    "teen": ("hundred", "scale"),
    "ten": ("hundred", "scale"),
    "hundred": ("unit", "teen"),
    "scale": ("unit", "ten", "teen", "hundred"),
}


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
    return re.compile(rf"(?:{one})(?:(?:[^\S\n]+and[^\S\n]+|[^\S\n]+|-)(?:{one}))*\b", re.IGNORECASE)


def find_numbers(text: str, spelt: Iterable[tuple[int, str]]) -> list[Number]:
    """Return the numbers of a text in order; none overlaps another.

    Parameters
    ----------
    spelt
        Where each word of the text starts, and the word in lower case.
    """
    found = [*_in_digits(text), *_in_words(text, spelt)]
    found.sort(key=lambda n: n.start)
    out: list[Number] = []
    for number in found:
        if not out or number.start >= out[-1].end:
            out.append(number)
    return out


def _in_digits(text: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        if match.end() - match.start() > _LONGEST:
            continue
        yield Number(match.start(), match.end(), match[0], parse(match[0]), True)


def _in_words(text: str, spelt: Iterable[tuple[int, str]]) -> Iterator[Number]:
    done = 0
    starters = _starters()
    for start, word in [s for s in spelt if s[1] in starters]:
        if start < done:
            continue
        if word in ("half", "quarter", "a"):
            match = _ROUND.match(text, start)
            if match:
                done = match.end()
                yield Number(start, done, match[0], _amount(match[0].lower()), False)
            continue
        match = _word_pattern().match(text, start)
        if match and not (start and text[start - 1] == "-"):
            done = match.end()
            yield from _grammatical(text, start, done)


@cache
def _starters() -> frozenset[str]:
    """Return the words with which a number in words may begin."""
    roles = ("unit", "teen", "ten", "hundred", "scale")
    return frozenset({"half", "quarter", "a", *(word for word, (_, role) in words().items() if role in roles)})


def _amount(spelt: str) -> float:
    part = {"half": 0.5, "quarter": 0.25}.get(spelt.split()[0], 1.0)
    return part * words()[spelt.split()[-1]][0]


def _grammatical(text: str, start: int, end: int) -> Iterator[Number]:
    """Cut a run of number words where the next word cannot continue the number ("five and ten", "two three")."""
    first, last, before, joined = start, start, "", False
    for token in _WORD.finditer(text, start, end):
        word = token[0].lower()
        if word == "and":
            joined = True
            continue
        role = words()[word][1]
        if before and (before not in _FOLLOWS[role] or (joined and before not in ("hundred", "scale"))):
            yield from _one(text, first, last)
            first = token.start()
        last, before, joined = token.end(), role, False
    yield from _one(text, first, last)


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
        scale = spelt[match.end() :].strip(" ,.\u2009\u202f\u00a0\n\t").lower()
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
