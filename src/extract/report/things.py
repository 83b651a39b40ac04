"""The pages of offences, platforms and police years."""

from __future__ import annotations

from typing import Any

from extract.report import charts, links, words
from extract.report.paging import paged
from extract.report.places import names, shares
from extract.report.reading import Reading
from extract.report.series import changes, grid, years_between
from extract.report.writing import Writer
from extract.tabulate.schema import Row


def write_offences(reading: Reading, writer: Writer) -> None:
    """Write a page for each offence that a figure is about, and their index."""
    counts = reading.items("offence")
    rows = [
        {"name": row["name"], "note": row["note"] or "", "href": links.offence(key), "figures": counts.get(key, 0)}
        for key, row in reading.offences.items()
    ]
    writer.page("offences/index.html", "things.html", title="Offences and harms", rows=rows, column="Offence")
    for key in counts:
        figures = reading.figures_of("offence", key)
        series = reading.series_of_offence(key)
        years = years_between(f["year"] for f in series)
        name = reading.offence_name(key)
        table = _force_rows(reading, grid(series, "force", "year", years))
        context: dict[str, Any] = {
            "title": name,
            "note": reading.offences[key]["note"],
            "chart": _heat(reading, writer, name, series, years) if len(years) > 1 else None,
            "table": table,
            "columns": [{"name": year, "href": links.year(year)} for year in years],
            "changes": changes([f for f in figures if len(f["geographies"]) == 1]),
            "shares": None,
        }
        _write(reading, writer, links.offence(key), figures, context)


def write_platforms(reading: Reading, writer: Writer) -> None:
    """Write a page for each platform that a figure is about, and their index."""
    counts = reading.items("platform")
    rows = [
        {"name": name, "note": "", "href": links.platform(key), "figures": counts.get(key, 0)}
        for key, name in reading.platforms.items()
    ]
    writer.page("platforms/index.html", "things.html", title="Platforms", rows=rows, column="Platform")
    for key in counts:
        figures = reading.figures_of("platform", key)
        name = reading.platforms[key]
        context: dict[str, Any] = {
            "title": name,
            "note": None,
            "chart": _shares_over_time(reading, writer, name, [f for f in figures if f["platforms"] == [key]]),
            "table": [],
            "columns": [],
            "changes": [],
            "shares": None,
        }
        _write(reading, writer, links.platform(key), figures, context)


def write_years(reading: Reading, writer: Writer) -> None:
    """Write a page for each police year of the series, and their index."""
    known = sorted({row["year"] for row in reading.rows("SELECT DISTINCT year FROM force_year")})
    rows = []
    for year in known:
        series = reading.series(year=year)
        rows.append({"name": year, "note": "", "href": links.year(year), "figures": len(series)})
        figures = reading.figures_in(f"{year[:4]}-04-01", f"{int(year[:4]) + 1}-03-31")
        offences = sorted({f["offence"] for f in series})
        most = max(offences, key=lambda o: (sum(f["offence"] == o for f in series), o))
        national = [f for f in figures if f["geographies"] in (["uk"], ["england-and-wales"], ["england"])]
        context: dict[str, Any] = {
            "title": f"Police year {year}",
            "note": f"1 April {year[:4]} to 31 March {int(year[:4]) + 1}",
            "chart": _bars(reading, writer, year, [f for f in series if f["offence"] == most]),
            "table": _force_rows(reading, grid(series, "force", "offence", offences)),
            "columns": [{"name": reading.offence_name(o), "href": links.offence(o)} for o in offences],
            "changes": [],
            "shares": shares(reading, writer, national, "national figures"),
        }
        _write(reading, writer, links.year(year), figures, context)
    writer.page("years/index.html", "things.html", title="Police years", rows=rows, column="Year")


def _write(reading: Reading, writer: Writer, path: str, figures: list[Row], context: dict[str, Any]) -> None:
    named = names(reading, figures)
    later = context | {"chart": None, "table": [], "columns": [], "changes": [], "shares": None}
    for page, part in paged(path, figures):
        writer.page(page, "thing.html", **(later if part["number"] else context), names=named, part=part)


def _force_rows(reading: Reading, table: list[Row]) -> list[Row]:
    return [{**row, "name": reading.place_name(row["key"]), "href": links.place(row["key"])} for row in table]


def _heat(reading: Reading, writer: Writer, name: str, series: list[Row], years: list[str]) -> Row:
    rows = [
        {
            "place": reading.place_name(f["force"]),
            "year": f["year"],
            "value": f["value"],
            "said": words.BOUNDS[f["bound"]][:1].replace("m", ">").replace("f", "<").replace("a", "~")
            + words.number(f["value"]),
            "href": f"../{f['href']}",
        }
        for f in series
    ]
    forces = len({row["place"] for row in rows})
    said = f"{len(rows)} figures of {forces} forces, {years[0]} to {years[-1]}. An empty cell is a figure not known."
    spec = charts.heat(rows, years, "Offences recorded")
    return charts.chart(writer, "heat", f"{name}: offences recorded by force and year", said, spec)


def _shares_over_time(reading: Reading, writer: Writer, name: str, figures: list[Row]) -> Row | None:
    rows = [
        {
            "year": f["period"],
            "series": _whole(reading, f),
            "value": f["value"],
            "bound": f["bound"],
            "said": f["text"],
            "href": f"../{f['href']}",
        }
        for f in figures
        if f["statistic"] == "share" and _is_police_year(f) and not f["victims"]
    ]
    unique = list({(row["year"], row["series"]): row for row in rows}.values())
    if len(unique) < 2:
        return None
    periods = years_between(row["year"] for row in unique)
    kinds = sorted({row["series"] for row in unique})[:6]
    chosen = [row for row in unique if row["series"] in kinds]
    said = "; ".join(f"{row['series']}, {row['year']}: {row['said']}" for row in chosen) + "."
    spec = charts.lines(charts.runs(chosen, periods), kinds, periods, "Share, per cent")
    note = charts.said_of_bounds(chosen)
    return charts.chart(writer, "shares", f"Share of {name} over the years", f"{said} {note}".strip(), spec, note)


def _whole(reading: Reading, figure: Row) -> str:
    """Return in words what a share is of: shares of different offences are different series."""
    places = ", ".join(reading.place_name(g) for g in figure["geographies"]) or "No place named"
    return f"{places}: {reading.offence_name(figure['offence'])}"


def _is_police_year(figure: Row) -> bool:
    return bool(figure["months"] == 12 and figure["period_start"].endswith("-04-01"))


def _bars(reading: Reading, writer: Writer, year: str, series: list[Row]) -> Row:
    rows = [
        {
            "name": reading.place_name(f["force"]),
            "value": f["value"],
            "said": f["text"],
            "href": f"../{f['href']}",
        }
        for f in series
    ]
    name = reading.offence_name(series[0]["offence"])
    most = max(rows, key=lambda row: row["value"])
    said = f"{len(rows)} forces have a figure; the highest is {most['said']} in {most['name']}."
    return charts.chart(writer, "forces", f"{name}, {year}", said, charts.bars(rows, "Offences recorded"))
