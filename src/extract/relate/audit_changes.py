"""Changes and multiples against the counts of the two periods that they compare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.annotate import dates
from extract.relate.audit_ledger import Ledger
from extract.relate.audit_terms import (
    Finding,
    Interval,
    admitted,
    is_count,
    number,
    overlap,
    said,
    truth_of,
)
from extract.relate.draft import Draft

Pair = tuple[Draft, Draft]

_PLAIN = r"(?:(?!\bto\b|\bfrom\b)[^<>.;()]){0,30}"
_TIME = rf"{_PLAIN}(?:<Y>{_PLAIN})?"
#: "by 50% from 200 in 2017/18 to 300": the numbers are those of the change, whatever was made of their fields.
_FROM_TO = re.compile(rf"^{_TIME}\bfrom\s{_PLAIN}(?P<then><N>){_TIME}\bto\s{_PLAIN}(?P<now><N>)", re.I)
_MORE = re.compile(r"^\stimes\s(?:more|higher|greater|larger|bigger)\b", re.I)
_YEARLY = re.compile(r"\b(?:year[- ]on[- ]year|a\syear|each\syear|every\syear|annual(?:ly)?|per\syear|yearly)\b", re.I)
_AVERAGE = re.compile(r"\b(?:on\saverage|average[ds]?)\b", re.I)


def find(drafts: Ledger) -> Iterator[Finding]:
    """Yield the changes and multiples over time that the counts contradict."""
    for draft in drafts:
        if draft.statistic not in ("change", "ratio"):
            continue
        if _is_average(draft):
            yield from _average(draft, drafts)
            continue
        direct = _from_to(draft, drafts)
        pairs = [direct] if direct else _pairs(draft, drafts) or _of_earlier_year(draft, drafts)
        if not pairs or _borne_out(draft, pairs):
            continue
        rivals = [] if direct else [*_told_together(draft, drafts), *_of_other_years(draft, drafts)]
        if not _borne_out(draft, rivals):
            yield Finding(draft, _note(draft, _nearest(draft, pairs)))


def _borne_out(claim: Draft, pairs: Sequence[Pair]) -> bool:
    """Tell whether one of the pairs of counts can stand behind a change or multiple."""
    said_to_be = admitted(claim)
    more = claim.statistic == "ratio" and _MORE.match(claim.masked.after()) is not None
    # The pairs are those of few counts.
    truths = {id(d): truth_of(d) for d in {d for pair in pairs for d in pair}}
    for then, now in pairs:
        a, b = truths[id(then)], truths[id(now)]
        if a[0] <= 0 or overlap(said_to_be, _between(claim, a, b)):
            return True
        if more and overlap(said_to_be, (b[0] / a[1] - 1, b[1] / a[0] - 1)):
            return True
    return False


def _between(claim: Draft, then: Interval, now: Interval) -> Interval:
    """Return the multiple, or the change in percent as far as it goes the claim's way, from one number to another."""
    if claim.statistic == "ratio":
        return now[0] / then[1], now[1] / then[0]
    sign = -1 if claim.value < 0 else 1
    low, high = sorted((sign * (now[0] / then[1] - 1) * 100, sign * (now[1] / then[0] - 1) * 100))
    return low, high


def _from_to(claim: Draft, drafts: Ledger) -> Pair | None:
    match = _FROM_TO.match(claim.masked.after())
    if match is None:
        return None
    offset = claim.masked.at + 3
    then = drafts.figure_at(claim, offset + match.start("then"))
    now = drafts.figure_at(claim, offset + match.start("now"))
    return (then, now) if then and now and then.unit == now.unit else None


def _pairs(claim: Draft, drafts: Ledger) -> list[Pair]:
    """Return the counts, or rates, that are like a claim in all, of its two periods."""
    if claim.base is None or claim.period is None or claim.base == claim.period:
        return []
    alike = [d for d in drafts.near(claim) if d.statistic in ("count", "rate")]
    now = [d for d in alike if d.period == claim.period]
    then = [d for d in alike if d.period == claim.base]
    return [(a, b) for a in then for b in now if a.unit == b.unit]


def _of_earlier_year(claim: Draft, drafts: Ledger) -> list[Pair]:
    """Return the counts of a claim that does not say with what it compares: of the only earlier time told with it."""
    if not claim.rules or "base" in claim.own or claim.period is None or _told_elsewhere(claim, drafts):
        return []
    alike = [d for d in drafts.alike(claim) if is_count(d) and d.period is not None]
    if claim.sentence.unit.kind != "headline":
        alike = [d for d in alike if -1 <= d.sentence.index - claim.sentence.index <= 0]
    now = [d for d in alike if d.period == claim.period]
    then = [d for d in alike if d.period and d.period[1] < claim.period[0]]
    return [(a, b) for a in then for b in now] if len({d.period for d in then}) == 1 else []


def _told_elsewhere(claim: Draft, drafts: Ledger) -> bool:
    """Tell whether the headline's change is that of a sentence of the text, which says more of it."""
    others = [d for d in drafts.alike(claim) if d is not claim and d.statistic in ("change", "ratio")]
    return claim.sentence.unit.kind == "headline" and bool(others)


def _told_together(claim: Draft, drafts: Ledger) -> list[Pair]:
    """Return the pairs of numbers around a claim: one that bears it out may have been given a wrong place or time."""
    here = claim.sentence.index
    own = [d for d in drafts.in_sentence(here) if _is_counted(d)]
    beside = [d for n in (here - 1, here + 1) for d in drafts.in_sentence(n) if _is_counted(d)]
    near = own + (beside if len(own) < 2 else [d for d in beside if d.geography == claim.geography])
    return [(a, b) for a in near for b in near if a is not b and a.unit == b.unit]


def _is_counted(draft: Draft) -> bool:
    return draft.statistic in ("count", "rate") and draft.measure not in ("forces", "platforms")


def _of_other_years(claim: Draft, drafts: Ledger) -> list[Pair]:
    """Return the pairs, in the order of time, for a claim that does not say itself which years it compares."""
    firm = not claim.rules or {"period", "base"} <= claim.own
    if firm and claim.sentence.unit.kind != "headline":
        return []
    alike = [d for d in drafts.near(claim) if d.statistic in ("count", "rate") and d.period is not None]
    return [
        (a, b) for a in alike for b in alike if a.unit == b.unit and a.period and b.period and a.period[1] < b.period[1]
    ]


def _nearest(claim: Draft, pairs: Sequence[Pair]) -> Pair:
    exact = [p for p in pairs if p[0].bound == p[1].bound == "="]
    return min(exact or pairs, key=lambda p: abs(p[1].mention.start - claim.mention.start))


def _note(claim: Draft, pair: Pair) -> str:
    then, now = pair
    if claim.statistic == "ratio":
        ratio = number(round(now.value / then.value, 2))
        return f"{number(then.value)} to {number(now.value)} is {ratio} times, not {said(claim)}"
    change = (now.value / then.value - 1) * 100
    word = "rise" if change >= 0 else "fall"
    claimed = "a fall of " if claim.value < 0 <= change else "a rise of " if change < 0 < claim.value else ""
    return f"{number(then.value)} to {number(now.value)} is a {word} of {abs(change):.0f}%, not {claimed}{said(claim)}"


# --- yearly averages -------------------------------------------------------------------------------------------------


def _is_average(draft: Draft) -> bool:
    long = draft.period is not None and dates.months_in(draft.period) > 12
    around = draft.masked.before()[-60:] + draft.masked.after()[:60]
    return (
        draft.statistic == "change"
        and draft.base is None
        and long
        and bool(_AVERAGE.search(around) and _YEARLY.search(around))
    )


def _average(claim: Draft, drafts: Ledger) -> Iterator[Finding]:
    """Yield an average yearly change that none of the usual averages of the yearly counts comes near."""
    counts = _yearly(claim, drafts)
    if len(counts) < 2:
        return
    first, last = counts[0].value, counts[-1].value
    years = len(counts) - 1
    means: list[float] = [((last / first) ** (1 / years) - 1) * 100, (last / first - 1) * 100 / years]
    steps = [(b.value / a.value - 1) * 100 for a, b in pairwise(counts)]
    means.append(sum(steps) / years)
    sign = -1 if claim.value < 0 else 1
    if not any(overlap(admitted(claim), (sign * m, sign * m)) for m in means):
        truth = f"{number(first)} to {number(last)} in {years} years is {means[0]:.0f}% a year on average"
        yield Finding(claim, f"{truth}, not {said(claim)}")


def _yearly(claim: Draft, drafts: Ledger) -> list[Draft]:
    """Return one count for each year of a claim's period, none where a year is missing or has two numbers."""
    assert claim.period is not None
    months = dates.months_in(claim.period)
    if months % 12:
        return []
    last = dates.ending(claim.period[1], 12)
    found: list[Draft] = []
    for back in reversed(range(months // 12)):
        year = dates.shift(last, -12 * back)
        of_year = [d for d in drafts.alike(claim) if d.statistic == "count" and d.bound == "=" and d.period == year]
        if len({d.value for d in of_year}) != 1 or of_year[0].value <= 0:
            return []
        found.append(of_year[0])
    return found
