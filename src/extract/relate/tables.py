"""Observations of tables: each figure's dimensions come from its row's label, its column's headings and the caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.annotate import dates
from extract.annotate.times import number
from extract.records import AgeRange, Gender, Mention, Period
from extract.relate import measure, offence, victims
from extract.relate.discourse import Ids
from extract.relate.draft import Draft
from extract.relate.grid import Cell, Grid
from extract.relate.hierarchy import in_domain
from extract.relate.masked import mask
from extract.relate.platforms import ids_of as platform_ids
from extract.relate.scope import Layout, Unit
from extract.relate.source import Source

_UK = frozenset({"england", "wales", "scotland", "northern-ireland"})
#: "All three", "All 12 forces": a row that sums up the rows above it.
_ALL_N = re.compile(r"^\W*(?:(?:all|the)\s(?P<n>[a-z]+|\d+)|(?P<both>both))\b", re.I)
_TOTAL = re.compile(r"^\W*(?:grand\s)?(?:totals?|all|overall|sum|region|combined|together)\b", re.I)
_NOT_KNOWN = re.compile(r"\b(?:not\s(?:given|known|stated|recorded)|unknown|other|unspecified)\b", re.I)
_CHANGE = re.compile(r"\b(?:change|rise|increase|growth|difference|up\sor\sdown|fall|decrease)\b|\+/-|±", re.I)
_DOWN = re.compile(r"\b(?:down|fall|fell|decrease|drop|reduction)\b", re.I)
_RATE = re.compile(
    r"\b(?:(?:a|per|each|every)\s(?P<unit>hour|day|week|month)|(?P<adverb>hourly|daily|weekly|monthly))\b", re.I
)
_UNITS = {"hour": "per_hour", "day": "per_day", "week": "per_week", "month": "per_month"}
_ADVERBS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month"}
_PASSED_ON = re.compile(r"\b(?:referred|passed|(?:led|leading)\sto)\b", re.I)
_SHARE = re.compile(r"\b(?:share|proportion|percentage|per\scent)\b|%", re.I)
_KNOWN = re.compile(r"\b(?:platform|means|method|app)\b.*\bknown\b", re.I)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a row's label, a column's headings or a caption say of each dimension."""

    text: str = ""
    places: Ids = ()
    times: tuple[Mention, ...] = ()
    platforms: Ids = ()
    gender: Gender | None = None
    age: AgeRange | None = None
    offences: tuple[Mention, ...] = ()
    measure: str | None = None


@dataclass(slots=True)
class Context:
    """What the text around a table gives: topic offence, that of the release, measure, place, time and source."""

    offence: str
    subject: str
    measure: str
    place: Ids
    source: Source
    period: Period | None
    spanned: list[Period] = field(default_factory=list)


def drafts(layout: Layout, grid: Grid, context: Context) -> list[Draft]:
    """Return the drafts of a table's figures, by offset."""
    caption = _caption(layout, grid)
    columns = [_heading(layout, cells) for cells in grid.columns]
    for before, j in zip(columns, range(1, len(columns)), strict=False):
        if columns[j].measure is None and _SHARE.search(columns[j].text):
            columns[j] = replace(columns[j], measure=before.measure)  # the share of what the column before counts
    context.spanned = sorted({m.value for c in columns for m in c.times if m.value is not None})
    out: list[Draft] = []
    told: list[Ids] = []
    for label, cells in grid.rows:
        row = _heading(layout, (label,))
        if row.places:
            told.append(row.places)
        elif _sums_up(row.text, len(told)):
            row = replace(row, places=tuple(sorted({i for ids in told for i in ids})))
        elif _TOTAL.search(row.text) and not context.place and {i for ids in told for i in ids} >= _UK:
            row = replace(row, places=("uk",))
        for column, cell in zip(columns, cells, strict=False):
            for mention in _figures(layout, cell):
                out.append(_draft(layout, mention, cell, row, column, caption, context))
    return out


def _sums_up(label: str, told: int) -> bool:
    """Tell whether a row's label takes all places told above together: "All three", "Both forces"."""
    found = _ALL_N.match(label)
    if found is None or told < 2:
        return False
    return told == (2 if found["both"] else number(found["n"].lower()))


def _figures(layout: Layout, cell: Cell) -> list[Mention]:
    return [m for m in layout.mentions_in(cell.start, cell.end) if m.label in ("COUNT", "PERCENTAGE")]


def _caption(layout: Layout, grid: Grid) -> Heading:
    if grid.caption is None or grid.caption.kind == "row" or _is_prose(layout, grid.caption):
        return Heading()
    return _heading(layout, (Cell(grid.caption.start, grid.caption.end),))


def _is_prose(layout: Layout, unit: Unit) -> bool:
    """Tell whether the unit before a table is a paragraph with figures of its own, not a caption."""
    figures = [m for m in layout.mentions_in(unit.start, unit.end) if m.label in ("COUNT", "PERCENTAGE")]
    return unit.kind == "paragraph" and bool(figures) and not layout.text_of(unit).rstrip().endswith(":")


def _heading(layout: Layout, cells: Sequence[Cell]) -> Heading:
    inside = [m for c in cells for m in layout.mentions_in(c.start, c.end)]
    spans = [(c.start, c.end) for c in cells]
    genders = [g for a, b in spans for g in victims.cues(layout.text, a, b, "gender")]
    ages = [g for a, b in spans for g in victims.cues(layout.text, a, b, "age") or _bare_age(layout.text, a, b)]
    cues = tuple(c for a, b in spans for c in offence.cues(layout.text, a, b))
    text = " ".join(layout.text[a:b] for a, b in spans)
    nouns = [n.value for n in measure.nouns(text) if n.value in _MEASURES]
    return Heading(
        text=text,
        places=tuple(sorted({m.value for m in inside if m.label in ("FORCE", "AREA")})),
        times=tuple(m for m in inside if m.label == "YEAR" and m.value is not None),
        platforms=platform_ids([m for m in inside if m.label == "PLATFORM"]),
        gender=genders[0].value if len({g.value for g in genders}) == 1 else None,
        age=ages[0].value if ages else None,
        offences=cues,
        measure=nouns[-1] if nouns else None,
    )


_MEASURES = frozenset(
    {"offences", "instances", "victims", "contacts", "referrals", "counselling-sessions", "suspects", "children"}
)


def _bare_age(text: str, start: int, end: int) -> list[Mention]:
    """Read an age band that stands alone in a heading cell: ``12-15``, ``Under 5``, ``16+``."""
    cell = text[start:end].strip()
    band = re.fullmatch(r"(\d{1,2})\s?(?:-|–|to)\s?(\d{1,2})", cell)
    if band and int(band[1]) < int(band[2]) <= 25:
        return [Mention("COUNT", start, end, cell, (int(band[1]), int(band[2])))]
    return []


def _draft(
    layout: Layout, mention: Mention, cell: Cell, row: Heading, column: Heading, caption: Heading, context: Context
) -> Draft:
    sentence = layout.sentence_at(mention.start)
    draft = Draft(mention, sentence, mask(layout.text, sentence, mention))
    draft.source = context.source
    _statistic(draft, layout.text[cell.start : cell.end], row, column)
    _bound(draft, layout.text, cell)
    _victims(draft, row, column)
    draft.put("platforms", tuple(sorted({*row.platforms, *column.platforms})), "table.platforms", own=True)
    _measure(draft, row, column, caption, context)
    _offence(draft, row, column, caption, context, layout)
    _place(draft, row, column, caption, context)
    _time(draft, row, column, caption, context)
    return draft


def _statistic(draft: Draft, cell: str, row: Heading, column: Heading) -> None:
    headings = f"{column.text} {row.text}"
    if draft.mention.label == "COUNT":
        draft.value = float(draft.mention.value)
        rate = _RATE.search(headings)
        if rate:
            unit = rate["unit"] or _ADVERBS[rate["adverb"].lower()]
            draft.put("statistic", "rate", "table.rate", own=True)
            draft.unit = _UNITS[unit.lower()]
        else:
            draft.put("statistic", "count", "table.count", own=True)
        return
    number, unit = draft.mention.value
    draft.value, draft.unit = float(number), "percent" if unit == "percent" else "multiple"
    if unit == "multiple":
        draft.put("statistic", "ratio", "table.ratio", own=True)
    elif _CHANGE.search(headings) or re.match(r"\s*(?:up|down|[+−–-])", cell, re.I):
        draft.put("statistic", "change", "table.change", own=True)
        if _DOWN.search(cell) or cell.lstrip().startswith(("−", "–", "-")):
            draft.value = -abs(draft.value)
    else:
        draft.put("statistic", "share", "table.share", own=True)


def _bound(draft: Draft, text: str, cell: Cell) -> None:
    before = text[cell.start : draft.mention.start].strip()
    draft.put("bound", {"<": "<", ">": ">", "~": "~"}.get(before[-1:], "="), "table.bound", own=True)


def _victims(draft: Draft, row: Heading, column: Heading) -> None:
    gender, age = row.gender or column.gender, row.age or column.age
    if gender:
        draft.put("gender", gender, "table.gender", own=True)
    if age:
        draft.put("age", age, "table.age", own=True)


def _measure(draft: Draft, row: Heading, column: Heading, caption: Heading, context: Context) -> None:
    said = column.measure or row.measure
    whole = said or caption.measure or context.measure
    if draft.statistic == "share":
        if draft.platforms or _KNOWN.search(f"{row.text} {column.text}"):
            value = "instances" if context.source == "police" else context.measure
        elif draft.gender or draft.age:
            value = "victims"
        else:
            value = context.measure if said == "referrals" and _PASSED_ON.search(f"{row.text} {column.text}") else whole
    elif _KNOWN.search(row.text) or _KNOWN.search(column.text):
        value = "instances"
    elif said is None and context.source == "police" and (draft.gender or draft.age):
        value = "victims"
    elif said == "children" or (said == "victims" and context.source == "register"):
        value = "children"
    else:
        value = whole
    draft.put("measure", value, "table.measure", own=True)
    draft.counted = value


def _offence(draft: Draft, row: Heading, column: Heading, caption: Heading, context: Context, layout: Layout) -> None:
    for heading, rule in ((row, "table.row"), (column, "table.column"), (caption, "table.caption")):
        if heading.offences:
            said = {in_domain(c.value, draft.source) for c in heading.offences}
            topic = context.subject if context.subject in said else context.offence
            value = offence.one_of(draft, list(heading.offences), topic, layout.text)
            draft.put("offence", value, f"offence.{rule}", own=True)
            return
    draft.put("offence", in_domain(context.offence, draft.source), "offence.topic")


def _place(draft: Draft, row: Heading, column: Heading, caption: Heading, context: Context) -> None:
    for places, rule in ((row.places, "row"), (column.places, "column")):
        if places:
            draft.put("geography", places, f"geography.table-{rule}", own=True)
            return
    if _NOT_KNOWN.search(row.text) and context.source != "police":
        draft.put("geography", (), "geography.table-not-given", own=True)
        return
    draft.put("geography", caption.places or context.place, "geography.table-caption", own=True)


def _time(draft: Draft, row: Heading, column: Heading, caption: Heading, context: Context) -> None:
    if draft.statistic in ("change", "ratio"):
        _change_times(draft, row, column, context)
        return
    found = (column.times or row.times or caption.times)[:1]
    if not column.times and not row.times and len(context.spanned) > 1 and _TOTAL.search(column.text):
        draft.put("period", (context.spanned[0][0], context.spanned[-1][1]), "period.table-total", own=True)
        return
    if found:
        draft.put("period", found[0].value, "period.table-heading", own=True)
        draft.period_mentions = found
    else:
        draft.put("period", context.period, "period.data-year")


def _change_times(draft: Draft, row: Heading, column: Heading, context: Context) -> None:
    spanned = [p for p in context.spanned if not any(p == m.value for m in column.times)]
    said = [m.value for m in (*column.times, *row.times)]
    if len(said) == 1 and dates.months_in(said[0]) > 12:
        draft.put(
            "base", (said[0][0], dates.ending(dates.shift((said[0][0],) * 2, 11)[1], 1)[1]), "base.table", own=True
        )
        draft.put("period", dates.ending(said[0][1], 12), "period.table", own=True)
        return
    if len(said) >= 2:
        draft.put("base", min(said), "base.table-heading", own=True)
        draft.put("period", max(said), "period.table-heading", own=True)
        return
    if not spanned:
        draft.put("period", context.period, "period.data-year")
        return
    base = spanned[0]
    if len(said) == 1:
        within = [p for p in spanned if said[0][0] <= p[0] <= said[0][1]]
        base = within[0] if within else said[0]
    draft.put("base", base, "base.table-columns", own=True)
    draft.put("period", spanned[-1], "period.table-columns", own=True)
