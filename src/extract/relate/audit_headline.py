"""What the headline says against what the body says of the same thing."""

from __future__ import annotations

from collections.abc import Iterator

from extract.annotate import dates
from extract.records import Period
from extract.relate.audit_ledger import Ledger
from extract.relate.audit_terms import Finding, admitted, is_count, key, number, overlap, said, truth_of
from extract.relate.draft import Draft

#: How far a number in the headline may be rounded.
_ROUNDING = 0.06
#: Below this a number of the headline may count anything: forces, places, parts of the story.
_LEAST = 20


def find(drafts: Ledger) -> Iterator[Finding]:
    """Yield the headline's figures that differ from the body's figures of the same thing, all of them."""
    body = Ledger(d for d in drafts if d.sentence.unit.kind != "headline")
    for draft in drafts[: len(drafts) - len(body)]:
        if draft.bound not in ("=", "~"):
            continue
        if is_count(draft) and draft.value >= _LEAST:
            yield from _count(draft, body)
        elif draft.statistic == "change":
            yield from _change(draft, body)


def _count(draft: Draft, body: Ledger) -> Iterator[Finding]:
    time = _time_of(draft, body)
    but = _unsaid(draft)
    same = [d for d in body.alike(draft, but=but) if is_count(d) and d.period == time]
    if time is None or not same or max(d.value for d in same) > 1.1 * min(d.value for d in same):
        return
    # A number of any place or offence may be the one meant, but not one of an earlier year.
    like = [
        d for d in body if is_count(d) and d.measure == draft.measure and (d.period is None or d.period[1] >= time[1])
    ]
    if not any(_is_rounding(draft, d) for d in like):
        other = min(same, key=lambda d: (d.bound != "=", d.mention.start))
        yield Finding(draft, f"the headline says {said(draft)}, the text {said(other)}")


def _unsaid(headline: Draft) -> tuple[str, ...]:
    """Return what a headline may be told of otherwise than it was read: a place that it does not name."""
    return ("geography",) if headline.rules and "geography" not in headline.own else ()


def _time_of(headline: Draft, body: Ledger) -> Period | None:
    """Return the headline's time: where it has none, the last year of which the text counts the same."""
    if headline.period is not None:
        return headline.period
    years = [d.period for d in body.alike(headline) if d.period is not None and dates.months_in(d.period) == 12]
    return max(years, default=None)


def _is_rounding(headline: Draft, other: Draft) -> bool:
    low, high = truth_of(other)
    return low * (1 - _ROUNDING) <= headline.value <= high * (1 + _ROUNDING)


def _change(draft: Draft, body: Ledger) -> Iterator[Finding]:
    if draft.base is None or draft.period is None:
        return
    changes = [d for d in body if d.statistic == "change" and d.unit == draft.unit and d.measure == draft.measure]
    same = [d for d in changes if (d.base, d.period) == (draft.base, draft.period) and key(d) == key(draft)]
    if not same or any(_agree(draft, d) for d in changes):
        return
    counted = [d for d in body.alike(draft) if is_count(d)]
    if {draft.base, draft.period} <= {d.period for d in counted}:
        # The counts have already decided which of the two is wrong.
        return
    yield Finding(draft, f"the headline says {said(draft)}, the text {number(abs(same[0].value))}%")


def _agree(a: Draft, b: Draft) -> bool:
    same_way = (a.value < 0) == (b.value < 0)
    return same_way and overlap(admitted(a), admitted(b))
