"""The pages of forces and other places."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from extract.report import charts, links
from extract.report.paging import paged
from extract.report.reading import Reading
from extract.report.series import changes, grid, said_of_series, years_between
from extract.report.writing import Writer
from extract.store.export import cell
from extract.tabulate.schema import SCHEMA, Row

#: Bars of one chart; the others are in the table beside it.
_MOST_BARS = 30
#: Only the first page of a place's figures has all that is made of them.
_LATER: dict[str, Any] = {
    "years": [],
    "table": [],
    "chart": None,
    "changes": [],
    "shares": None,
    "compared": [],
    "gaps": [],
    "csv": None,
}
_CSV = ("year", "offence", "value", "bound", "sources", "releases", "flags", "revised", "conflicting", "observation_id")


def write_places(reading: Reading, writer: Writer) -> None:
    """Write a page for each place that a figure is about, and their index."""
    counts = reading.items("place")
    listed = [{**_entry(reading, key), "figures": counts.get(key, 0)} for key in {**reading.geographies, **counts}]
    listed.sort(key=lambda entry: entry["name"])
    kinds = [(kind, [e for e in listed if e["kind"] == kind]) for kind in ("force", "nation", "region", "area")]
    writer.page("places/index.html", "places.html", title="Forces and places", kinds=kinds)
    for entry in listed:
        if entry["figures"]:
            _write_place(reading, writer, entry)


def _entry(reading: Reading, key: str) -> Row:
    known = reading.geographies.get(key) or {"kind": "area", "nation": None, "region": None}
    return {
        "key": key,
        "name": reading.place_name(key),
        "kind": known["kind"],
        "href": links.place(key),
        "nation": _link(reading, known["nation"], key),
        "region": _link(reading, known["region"], key),
    }


def _link(reading: Reading, key: str | None, own: str) -> Row | None:
    # Scotland and Northern Ireland are forces and their own nations.
    if not key or key == own:
        return None
    return {"key": key, "name": reading.place_name(key), "href": links.place(key) if key in reading.places else None}


def _write_place(reading: Reading, writer: Writer, entry: Row) -> None:
    key = entry["key"]
    figures = reading.figures_of("place", key)
    series = reading.series(force=key)
    years = years_between(f["year"] for f in series)
    alone = [f for f in figures if f["geographies"] == [key]]
    context: dict[str, Any] = {
        "title": entry["name"],
        "entry": entry,
        "years": [{"name": year, "href": links.year(year)} for year in years],
        "table": _table(reading, series, years),
        "chart": _chart(reading, writer, entry, series, years),
        "changes": changes(alone),
        "shares": shares(reading, writer, alone, entry["name"]),
        "compared": list(_compared(reading, writer, entry, series)),
        "gaps": _gaps(reading, key),
        "csv": None,
    }
    if series:
        context["csv"] = f"places/{links.file_name(key)}.csv"
        writer.file(context["csv"], _csv(reading, key))
    named = names(reading, figures)
    for path, part in paged(links.place(key), figures):
        writer.page(
            path, "place.html", **(context if part["number"] == 0 else context | _LATER), names=named, part=part
        )


def names(reading: Reading, figures: Sequence[Row]) -> dict[str, dict[str, str]]:
    """Return the names of what figures are about, for their tables."""
    places = {g for f in figures for g in f["geographies"]}
    return {
        "places": {g: reading.place_name(g) for g in sorted(places)},
        "offences": {o: reading.offence_name(o) for o in sorted({f["offence"] for f in figures if f["offence"]})},
        "measures": {m: reading.measures[m] for m in sorted({f["measure"] for f in figures})},
        "platforms": {p: reading.platforms[p] for p in sorted({p for f in figures for p in f["platforms"]})},
    }


def _table(reading: Reading, series: Sequence[Row], years: Sequence[str]) -> list[Row]:
    rows = grid(series, "offence", "year", years)
    return [{**row, "name": reading.offence_name(row["key"]), "href": links.offence(row["key"])} for row in rows]


def _chart(reading: Reading, writer: Writer, entry: Row, series: Sequence[Row], years: Sequence[str]) -> Row | None:
    if not series:
        return None
    points = [_point(f, reading.offence_name(f["offence"])) for f in series]
    kinds = sorted({p["series"] for p in points})
    said = " ".join(
        f"{kind}: {said_of_series([f for f in series if reading.offence_name(f['offence']) == kind])}" for kind in kinds
    )
    spec = charts.lines(charts.runs(points, years), kinds, years, "Offences recorded")
    note = charts.said_of_bounds(points)
    return charts.chart(writer, "series", f"Offences recorded: {entry['name']}", f"{said} {note}".strip(), spec, note)


def _point(figure: Row, series: str) -> Row:
    return {
        "year": figure["year"],
        "series": series,
        "value": figure["value"],
        "bound": figure["bound"],
        "said": figure["text"],
        "href": f"../{figure['href']}",
    }


def shares(reading: Reading, writer: Writer, figures: Sequence[Row], name: str) -> Row | None:
    """Return the chart and the rows of platform shares, of the latest period that has most of them."""
    found = [f for f in figures if f["statistic"] == "share" and f["platforms"] and f["period_start"]]
    if not found:
        return None
    periods: dict[str, list[Row]] = {}
    for f in found:
        periods.setdefault(f["period"], []).append(f)
    chosen = max(periods, key=lambda p: (len(periods[p]), periods[p][0]["period_end"]))
    bars: dict[str, Row] = {}
    for f in periods[chosen]:
        label = " + ".join(reading.platforms[p] for p in f["platforms"])
        label += f" ({f['victims']})" if f["victims"] else ""
        row = {"name": label, "value": f["value"], "said": f["text"], "href": f"../{f['href']}"}
        bars.setdefault(label, row)
    bars = dict(sorted(bars.items(), key=lambda item: -item[1]["value"])[:_MOST_BARS])
    said = f"{chosen}: " + "; ".join(f"{b['name']} {b['said']}" for b in bars.values()) + "."
    spec = charts.bars(list(bars.values()), "Share, per cent")
    drawn = charts.chart(writer, "shares", f"Platform shares: {name}, {chosen}", said, spec)
    return {"chart": drawn, "rows": sorted(found, key=lambda f: (f["period_end"], -f["value"]), reverse=True)}


def _compared(reading: Reading, writer: Writer, entry: Row, series: Sequence[Row]) -> Iterator[Row]:
    """Yield for each offence the forces of the same region or nation beside this one."""
    near = _neighbours(reading, entry)
    by_offence: dict[str, int] = {}
    for f in series:
        by_offence[f["offence"]] = by_offence.get(f["offence"], 0) + 1
    for offence in sorted(by_offence, key=lambda o: (-by_offence[o], o)):
        rows = [f for f in reading.series_of_offence(offence) if f["force"] in near]
        if len({f["force"] for f in rows}) < 2:
            continue
        years = years_between(f["year"] for f in rows)
        table = grid(rows, "force", "year", years)
        for row in table:
            row |= {"name": reading.place_name(row["key"]), "href": links.place(row["key"])}
        yield {
            "offence": reading.offence_name(offence),
            "years": [{"name": year, "href": links.year(year)} for year in years],
            "table": table,
            "where": (entry["region"] or entry["nation"] or {"name": "the United Kingdom"})["name"],
        }


def _neighbours(reading: Reading, entry: Row) -> set[str]:
    field = "region" if entry["region"] else "nation"
    of = entry[field]["key"] if entry[field] else None
    return {
        key
        for key, row in reading.geographies.items()
        if row["kind"] == "force" and (key == entry["key"] or (of is not None and row[field] == of))
    }


def _gaps(reading: Reading, key: str) -> list[Row]:
    query = "SELECT * FROM gaps WHERE geography = ? AND kind = 'no answer' ORDER BY release_id, span_start"
    return [{**row, "href": links.release(row["release_id"])} for row in reading.rows(query, (key,))]


def _csv(reading: Reading, key: str) -> str:
    """Return a force's rows of ``force_year`` as CSV."""
    stream = io.StringIO()
    out = csv.writer(stream, lineterminator="\n")
    out.writerow(_CSV)
    columns = {column.name: column for column in SCHEMA["force_year"].columns}
    for row in reading.rows("SELECT * FROM force_year WHERE force = ? ORDER BY offence, year", (key,)):
        out.writerow([cell(row[name], columns[name]) for name in _CSV])
    return stream.getvalue()
