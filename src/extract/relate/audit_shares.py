"""Shares against the counts behind them, against each other, and against the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.lexicon.needs import Pattern
from extract.records import Gender
from extract.relate.audit_ledger import Ledger
from extract.relate.audit_terms import (
    Finding,
    admitted,
    is_count,
    key,
    number,
    overlap,
    said,
    truth_of,
)  # fmt: skip
from extract.relate.draft import Draft
from extract.relate.hierarchy import SERVICE_MEASURES, contains

_WORDS = r"(?:\s(?!from\b|since\b|in\b|by\b|than\b|to\b)[\w’'*-]+){0,4}"
#: "46%, 487 cases)", "23% of referrals (245)": the number behind a share is its part.
_PART_AFTER = (
    re.compile(
        rf"^(?:\s(?:of|in)\s[^<>().;,]{{1,40}}|(?:\s[a-z]+){{1,3}})?,?\s?\((?:or\s|some\s|just\s)?(?P<part><N>){_WORDS}\)",
        re.I,
    ),
    re.compile(rf"^,\s(?:or\s)?(?P<part><N>){_WORDS}\s?\)", re.I),
)
#: "487 cases (46%)": so is the one before it.
_PART_BEFORE = re.compile(
    rf"(?P<part><N>){_WORDS}(?:,\sor|\s?\(|\s[–-])\s?(?:or\s|about\s|around\s|some\s|nearly\s|almost\s|just\s|over\s|under\s|more\sthan\s){{0,2}}$",
    re.I,
)
#: "61 of the 140 (44%)", "44% of the 140 (61)".
_OF_WHOLE = Pattern(
    r"(?P<part><N>)\s(?:of|out\sof)\s(?:the\s|its\s|their\s|all\s|those\s|these\s)?(?P<whole><N>)(?P<tail>[^<>.;()]{0,40}\((?:or\s)?)$",
    re.I,
)
_WHOLE_AFTER = re.compile(
    r"^\sof\s(?:the|its|their|all|those|these)\s(?P<whole><N>)[^<>.;()]{0,40}\((?P<part><N>)\)", re.I
)


def find(drafts: Ledger) -> Iterator[Finding]:
    """Yield the shares that counts or other shares contradict."""
    for draft in drafts:
        if draft.statistic == "share" and draft.unit == "percent":
            yield from _of_counts(draft, drafts)
            yield from _restated(draft, drafts)
            yield from _of_group(draft, drafts)
    yield from _beyond_whole(drafts)


# --- a share and its counts -------------------------------------------------------------------------------------------


def _of_counts(share: Draft, drafts: Ledger) -> Iterator[Finding]:
    explicit = _named(share, drafts)
    if explicit is not None:
        part, wholes = explicit[0], [explicit[1]]
    else:
        found = _part(share, drafts)
        if found is None:
            return
        part, wholes = found, _wholes(share, found, drafts)
    if not wholes or any(_bears_out(share, part, w, known=explicit is not None) for w in wholes):
        return
    whole = max(wholes, key=lambda d: (d.measure == share.measure, -abs(d.mention.start - share.mention.start)))
    percent = number(round(100 * part.value / whole.value, 1))
    yield Finding(share, f"{number(part.value)} of {number(whole.value)} is {percent}%, not {said(share)}")


def _named(share: Draft, drafts: Ledger) -> tuple[Draft, Draft] | None:
    """Return the part and the whole that stand with a share in so many words."""
    before, after = share.masked.before(), share.masked.after()
    match = _OF_WHOLE.search(before)
    offset = 0
    if match is None:
        match, offset = _WHOLE_AFTER.match(after), share.masked.at + 3
    if match is None:
        return None
    part = drafts.figure_at(share, offset + match.start("part"))
    whole = drafts.figure_at(share, offset + match.start("whole"))
    return (
        (part, whole) if part and whole and is_count(part) and is_count(whole) and part.value <= whole.value else None
    )


def _part(share: Draft, drafts: Ledger) -> Draft | None:
    """Return the count that a share is printed with."""
    for pattern in _PART_AFTER:
        match = pattern.match(share.masked.after())
        if match:
            part = drafts.figure_at(share, share.masked.at + 3 + match.start("part"))
            return part if part and is_count(part) else None
    match = _PART_BEFORE.search(share.masked.before())
    part = drafts.figure_at(share, match.start("part")) if match else None
    return part if part and is_count(part) else None


def _wholes(share: Draft, part: Draft, drafts: Ledger) -> list[Draft]:
    """Return the counts that a share can be of: of its place, time and measure, with nothing picked out."""
    measures = {share.measure, part.measure}
    if share.platforms:
        measures = {"instances"}
    if (share.geography, share.period) != (part.geography, part.period):
        return []
    return [
        d for d in drafts.of_place_and_time(share)
        if is_count(d) and d is not part and d.measure in measures and d.value > part.value
        and not d.platforms and d.gender is None and d.age is None
        and (d.offence == share.offence or contains(d.offence, share.offence))
    ]  # fmt: skip


def _bears_out(share: Draft, part: Draft, whole: Draft, *, known: bool) -> bool:
    """Tell whether a part and a whole can stand behind a share.

    Shares of girls or an age group among police records are of the victims of whom that is known: they may lie above
    what the total of all gives.
    """
    a, b = truth_of(part), truth_of(whole)
    truth = (100 * a[0] / b[1], 100 * a[1] / max(b[0], 1))
    if not known and (share.gender or share.age) and part.measure not in SERVICE_MEASURES:
        return truth[0] <= admitted(share)[1]
    return overlap(admitted(share), truth)


# --- shares among themselves ------------------------------------------------------------------------------------------


def _restated(share: Draft, drafts: Ledger) -> Iterator[Finding]:
    """Check a share in words against the one in digits that restates it in a bracket."""
    for twin in drafts.twins(share):
        if twin.unit == share.unit and not overlap(admitted(share), admitted(twin)):
            yield Finding(share, f"{share.mention.text} is given again as {said(twin)}")


def _of_group(group: Draft, drafts: Ledger) -> Iterator[Finding]:
    """Check a group of platforms against the shares of its members, where all have one."""
    if len(group.platforms) < 2:
        return
    members = [
        d for d in drafts.alike(group, but=("platforms",))
        if d.statistic == "share" and d.unit == "percent" and d.bound == "=" and d.period == group.period
        and d.platforms and set(d.platforms) < set(group.platforms)
    ]  # fmt: skip
    parts = {d.platforms: d for d in members}
    named = [p for platforms in parts for p in platforms]
    if (
        sorted(named) != sorted(group.platforms)
        or len(parts) < 2
        or any(len({d.value for d in members if d.platforms == k}) > 1 for k in parts)
    ):
        return
    total = sum(d.value for d in parts.values())
    slack = 0.5 * len(parts)
    if not overlap(admitted(group), (total - slack, total + slack)):
        shown = " + ".join(number(d.value) for d in parts.values())
        yield Finding(group, f"{shown} is {number(total)}%, not {said(group)}")


def _beyond_whole(drafts: Ledger) -> Iterator[Finding]:
    """Yield the shares of girls and boys of one whole that make up more than all of it."""
    for girls in (d for d in drafts if _is_share_of(d, "female")):
        for boys in (d for d in drafts.in_sentence(girls.sentence.index) if _is_share_of(d, "male")):
            alike = key(girls, but=("gender",)) == key(boys, but=("gender",)) and girls.period == boys.period
            near = girls.masked.text.count("<Y>") <= 1
            least = admitted(girls)[0] + admitted(boys)[0]
            if alike and near and least > 100 and not girls.age:
                for draft in (girls, boys):
                    yield Finding(draft, f"{said(girls)} girls and {said(boys)} boys are more than all")


def _is_share_of(draft: Draft, gender: Gender) -> bool:
    return draft.statistic == "share" and draft.gender == gender and draft.twin_of is None
