"""Totals against their parts: places, years, girls and boys, and sums that a sentence spells out.

Parts that are known to be all of them must make up the total; parts that may not be all must not exceed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, product

from extract.annotate import dates
from extract.lexicon.needs import Pattern
from extract.lexicon.vocabulary import force_ids, forces_in, geographies
from extract.records import Period
from extract.relate.audit_ledger import Ledger
from extract.relate.audit_terms import (
    Finding,
    Interval,
    is_count,
    is_exact,
    key,
    number,
    overlap,
    said,
    truth_of,
)
from extract.relate.draft import Draft

_COMPRISES = Pattern(
    r"<X>(?:[^<>.;]|<[YG]>){0,80}(?:\b(?:made\sup\sof|comprising|comprised(?:\sof)?|consisting\sof|consisted\sof|broken\sdown\s(?:as|into)|split\sbetween|"
    r"divided\sbetween|namely)\b|:)\s",
    re.I,
)
_MAKING = Pattern(
    r"\b(?:(?:making|giving|bringing)\b[^<>.;]{0,25}(?:total|sum|tally)[^<>.;]{0,20}|a\s(?:combined\s|grand\s|joint\s|regional\s)?total\sof\s|"
    r"adding\sup\sto\s|(?:altogether|in\sall|in\stotal|together|combined)[,:]?\s)<X>|<X>\s(?:[a-z]+\s){0,3}?(?:altogether|in\sall|in\stotal|combined)\b",
    re.I,
)
_REST = Pattern(r"\b(?:remaining|the\s(?:rest|others?),?(?:\s\w+){0,2}?)\s$", re.I)
_OF_THE = re.compile(r"\bof\s(?:the|these|those|its|their|all)\s(?:total\s(?:of\s)?)?$", re.I)
_REST_OF = re.compile(r"\b(?:rest|remainder)\sof\s<G>|\belsewhere\sin\b", re.I)


#: How many readings of parts with several numbers are tried.
_READINGS = 65


def find(drafts: Ledger) -> Iterator[Finding]:
    """Yield the totals that their parts contradict."""
    for draft in drafts:
        if not is_count(draft):
            continue
        for check in (_of_places, _of_years, _of_genders, _spelled_out, _remaining, _broken_down):
            yield from check(draft, drafts)


def short(total: Draft, parts: Sequence[Draft], *, complete: bool) -> Finding | None:
    """Return a finding where the parts exceed their total or, where they are all of them, fall short of it."""
    if any(d.value >= total.value for d in parts):
        # No part is as great as its whole: this is a total of something else, or the part again.
        return None
    truths = [truth_of(d) for d in parts]
    low, high = sum(t[0] for t in truths), sum(t[1] for t in truths)
    least, most = _admitted(total)
    if low > most + 1e-9 or (complete and high < least - 1e-9):
        shown = " + ".join(number(d.value) for d in parts) if len(parts) <= 10 else f"the {len(parts)} parts"
        verb = "is" if complete else "is already"
        return Finding(total, f"{shown} {verb} {number(sum(d.value for d in parts))}, not {said(total)}")
    return None


def _admitted(total: Draft) -> Interval:
    """Return the sums that a printed total admits: itself, if exact; what it was rounded from, if not."""
    low, high = truth_of(total)
    return (low, max(high, 1.5 * total.value)) if total.bound == ">" else (low, high)


# --- places -----------------------------------------------------------------------------------------------------------


def _of_places(total: Draft, drafts: Ledger) -> Iterator[Finding]:
    """Check a joint figure against each place's own, a region's or nation's against its forces'."""
    if not total.geography or total.period is None:
        return
    joint = len(total.geography) > 1
    inner = set(total.geography) if joint else set(forces_in(total.geography[0])) - set(total.geography)
    if not inner:
        return
    parts: dict[str, list[Draft]] = {}
    for draft in _like(total, drafts, but=("geography",)):
        if len(draft.geography) == 1 and draft.geography[0] in inner:
            known = parts.setdefault(draft.geography[0], [])
            if all(d.value != draft.value for d in known):
                known.append(draft)
    if len(parts) < 2 or any(d.bound != "=" for found in parts.values() for d in found):
        return
    # A place with two numbers leaves open which one is meant: the total is wrong where it is with either.
    sums = list(islice(product(*parts.values()), _READINGS))
    if len(sums) == _READINGS:
        return
    found: Finding | None = None
    for read in sums:
        finding = short(total, read, complete=inner == set(parts))
        if finding is None:
            return
        found = found or finding
    if found is not None and not any(_has_twin(total, drafts, p) for p in sums):
        yield found


def _like(total: Draft, drafts: Ledger, *, but: tuple[str, ...]) -> list[Draft]:
    """Return the counts that are like a total in all but some fields (the period among those that must be equal)."""
    alike = drafts.alike(total, but=but) if "period" in but else drafts.at_one_time(total, but=but)
    return [d for d in alike if d is not total and is_count(d)]


def _has_twin(total: Draft, drafts: Ledger, parts: Sequence[Draft]) -> bool:
    """Tell whether the parts are those of another figure like the total: a greater one, or one that is their sum."""
    low, high = sum(truth_of(d)[0] for d in parts), sum(truth_of(d)[1] for d in parts)
    twins = [d for d in _like(total, drafts, but=()) if d.value != total.value and d.bound == "="]
    if any(d.value > truth_of(total)[1] for d in twins):
        return True
    # The sum of another time: the parts, or the total, were told of that time.
    others = [*twins, *(d for d in _like(total, drafts, but=("period",)) if d.period != total.period)]
    return any(d not in parts and d.bound == "=" and overlap(truth_of(d), (low, high)) for d in others)


# --- years ------------------------------------------------------------------------------------------------------------


def _of_years(total: Draft, drafts: Ledger) -> Iterator[Finding]:
    """Check a figure for several years against the years' own."""
    if total.period is None or dates.months_in(total.period) < 24 or dates.months_in(total.period) % 12:
        return
    years = _years_of(total.period)
    parts: list[Draft] = []
    for draft in _like(total, drafts, but=("period",)):
        if draft.period in years and draft.bound == "=":
            twins = [d for d in parts if d.period == draft.period]
            if any(d.value != draft.value for d in twins):
                return
            if not twins:
                parts.append(draft)
    finding = short(total, parts, complete=len(parts) == len(years)) if len(parts) >= 2 else None
    if finding is not None and not _has_twin(total, drafts, parts):
        yield finding


def _years_of(period: Period) -> list[Period]:
    last = dates.ending(period[1], 12)
    return [dates.shift(last, -12 * back) for back in range(dates.months_in(period) // 12)]


# --- girls and boys ---------------------------------------------------------------------------------------------------


def _of_genders(total: Draft, drafts: Ledger) -> Iterator[Finding]:
    if total.gender is not None:
        return
    parts = {d.gender: d for d in _like(total, drafts, but=("gender",)) if d.gender is not None and d.bound == "="}
    near = all(abs(d.sentence.index - total.sentence.index) <= 2 for d in parts.values())
    if len(parts) == 2 and near:
        finding = short(total, list(parts.values()), complete=False)
        if finding is not None and not _has_twin(total, drafts, list(parts.values())):
            yield finding


# --- sums in words ----------------------------------------------------------------------------------------------------


def _spelled_out(total: Draft, drafts: Ledger) -> Iterator[Finding]:
    """Check a total whose parts its sentence lists: "300, made up of 120 …, 90 … and 80 …", "A 12, B 30, 45 in all"."""
    if total.sentence.unit.kind == "row":
        return
    counts = [d for d in drafts.mates(total) if is_count(d) and d.measure == total.measure and d.period == total.period]
    before = [d for d in counts if d.mention.end <= total.mention.start]
    after = [d for d in counts if d.mention.start >= total.mention.end]
    match = _COMPRISES.search(total.masked.text)
    parts: list[Draft] = []
    making = any(m.start() <= total.masked.at < m.end() for m in _MAKING.finditer(total.masked.text))
    if match is not None and match.start() == total.masked.at and _is_list(total, after, drafts):
        parts = after
    elif making and not after and _is_list(total, before, drafts):
        parts = before
    if len(parts) >= 2 and all(d.bound == "=" for d in parts):
        finding = short(total, parts, complete=True)
        if finding is not None:
            yield finding


def _is_list(total: Draft, parts: Sequence[Draft], drafts: Ledger) -> bool:
    """Tell whether the sentence's other figures are one list of different things, with no other figure among them."""
    others = [d for d in drafts.mates(total) if d.statistic != "share"]
    distinct = {key(d) for d in parts}
    numbers = sum(1 for m in total.sentence.of("COUNT") if m != total.mention)
    return (
        len(parts) >= 2 and len(others) == len(parts) == numbers and (len(distinct) == len(parts) or len(distinct) == 1)
    )


def _remaining(rest: Draft, drafts: Ledger) -> Iterator[Finding]:
    """Check a remainder: "Of the 645 contacts, 400 came from professionals and the remaining 200 from the public"."""
    if not _REST.search(rest.masked.before()) or rest.sentence.unit.kind == "row":
        return
    before = [d for d in drafts.mates(rest) if d.mention.end <= rest.mention.start and is_count(d)]
    numbers = sum(1 for m in rest.sentence.of("COUNT") if m.start < rest.mention.start)
    if len(before) < 2 or len(before) != numbers or not _OF_THE.search(before[0].masked.before()):
        return
    whole, parts = before[0], [*before[1:], rest]
    if all(is_exact(d) for d in (whole, *parts)) and sum(d.value for d in parts) != whole.value:
        taken = " - ".join(number(d.value) for d in before)
        yield Finding(
            rest, f"{taken} is {number(whole.value - sum(d.value for d in before[1:]))}, not {number(rest.value)}"
        )


def _broken_down(total: Draft, drafts: Ledger) -> Iterator[Finding]:
    """Check a total against three or more places of the sentence behind it, which must not exceed it."""
    if total.sentence.unit.kind in ("row", "headline"):
        return
    parts = [d for d in drafts.in_sentence(total.sentence.index + 1) if is_count(d)]
    alike = [
        d for d in parts if key(d, but=("geography",)) == key(total, but=("geography",)) and d.period == total.period
    ]
    if len(parts) < 3 or alike != parts or not _are_apart(parts) or not _holds(total, parts):
        return
    later = [d for d in drafts.mates(total) if is_count(d) and d.mention.start > total.mention.start]
    if not later and not _has_twin(total, drafts, parts):
        finding = short(total, parts, complete=False)
        if finding is not None:
            yield finding


def _are_apart(parts: Sequence[Draft]) -> bool:
    """Tell whether no place of a list is inside another one ("the rest of England" is apart from London)."""
    places = [set(d.geography) for d in parts]
    if any(not p for p in places) or any(a & b for i, a in enumerate(places) for b in places[:i]):
        return False
    rest = bool(_REST_OF.search(parts[0].masked.text))
    whole = {g for p in places for g in p}
    nested = any(_inside(g, other) for g in whole for other in whole if g != other)
    return rest or not nested


def _inside(place: str, other: str) -> bool:
    """Tell whether a place is, or may be, inside another one."""
    found = geographies().get(place)
    if found is None:
        return True
    if place in force_ids():
        return place in forces_in(other)
    return found.nation == other or (found.kind == "region" and other == "england")


def _holds(total: Draft, parts: Sequence[Draft]) -> bool:
    """Tell whether a total's place holds all the parts' places: none is named, or it is their region or nation."""
    if not total.geography:
        return True
    inner = forces_in(total.geography[0]) if len(total.geography) == 1 else set(total.geography)
    return all(set(d.geography) <= set(inner) for d in parts)
