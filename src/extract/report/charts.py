"""The charts: Altair makes each one's Vega-Lite specification; the page draws it, or shows its SVG without script."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from typing import Any

import altair as alt
import vl_convert

from extract.report import words
from extract.report.writing import Writer, fingerprint
from extract.tabulate.schema import Row

#: Told apart on white and on black (3 to 1 or more), and by people who do not see all colours; shapes and dashes
#: tell the series apart as well.
COLOURS = ["#2f7fc1", "#c8501e", "#1b8a5f", "#a04fae", "#8f6d00", "#c23b63"]
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"]
DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [10, 4], [4, 2]]
#: Vega's script, its Vega-Lite compiler and the embedder, with the interpreter that needs no eval.
SCRIPT = "assets/vega.js"
#: What the script gives to the page.
_SCRIPT_EXPORTS = "window.vegaEmbed = vegaEmbed;"
_WIDTH = 640
#: Share of the highest value from which a heat map's cell is dark enough for white figures (4.5 to 1 on either side).
_DARK = 0.56


def chart(writer: Writer, key: str, title: str, alternative: str, spec: Any, note: str = "") -> Row:
    """Return what a page needs to show a chart, and write its SVG.

    Parameters
    ----------
    key
        Names the chart on its page.
    title
        Its heading.
    alternative
        What the chart shows, in words, for those who do not see it.
    spec
        The Altair chart.
    note
        What its marks mean, where the chart itself does not say.
    """
    # Vega gives the drawn chart its description as a name, in place of the one that the page has.
    plain = {**spec.to_dict(validate=False), "description": f"{title}. {alternative}"}
    mark = fingerprint(plain)
    path = f"charts/{mark}.svg"
    if not writer.stands(path, mark):
        # Links in an SVG that is shown as an image lead nowhere, and the addresses in it would only weigh.
        writer.keep(path, vl_convert.vegalite_to_svg(plain), mark)
    return {"key": key, "title": title, "alternative": alternative, "spec": plain, "svg": path, "note": note}


def write_script(writer: Writer) -> None:
    """Write the script that all pages with charts share."""
    mark = fingerprint([version("vl-convert-python"), _SCRIPT_EXPORTS])
    if not writer.stands(SCRIPT, mark):
        writer.keep(SCRIPT, _bundle(), mark)


@cache
def _bundle() -> str:
    # Some seconds of work, the same for every site of a process.
    return vl_convert.javascript_bundle(_SCRIPT_EXPORTS)


def _data(rows: Sequence[Row]) -> alt.InlineData:
    return alt.InlineData(values=list(rows))


def _series_scales(names: Sequence[str]) -> dict[str, Any]:
    many = len(names)
    repeated = [i % len(COLOURS) for i in range(many)]
    return {
        "color": alt.Color(
            "series:N",
            title=None,
            scale=alt.Scale(domain=list(names), range=[COLOURS[i] for i in repeated]),
            legend=alt.Legend(orient="bottom", columns=1, labelLimit=520, symbolSize=90),
        ),
        "shape": alt.Shape(
            "series:N", title=None, scale=alt.Scale(domain=list(names), range=[SHAPES[i] for i in repeated])
        ),
    }


def lines(rows: Sequence[Row], names: Sequence[str], years: Sequence[str], what: str) -> Any:
    """Return lines over police years: rows have ``year``, ``series``, ``value``, ``bound``, ``said`` and ``href``.

    A year for which a series has no row breaks its line: what is not known is not drawn as known. A point is hollow,
    with a sign over it, where the release does not give the very number.
    """
    scales = _series_scales(names)
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("year:O", title="Police year", scale=alt.Scale(domain=list(years)), axis=alt.Axis(labelAngle=-45)),
        y=alt.Y("value:Q", title=what, scale=alt.Scale(zero=True)),
        color=scales["color"],
        tooltip=_tips(("series", ""), ("year", "Year"), ("said", "Figure")),
    )
    # A field of its own, or the legend would draw its symbols with dashed edges.
    dash = alt.StrokeDash(
        "dash:N",
        legend=None,
        scale=alt.Scale(domain=list(names), range=[DASHES[i % len(DASHES)] for i in range(len(names))]),
    )
    drawn = base.mark_line(strokeWidth=2).encode(strokeDash=dash, detail="run:N")
    marks = {"shape": scales["shape"], "href": "href:N"}
    dots = base.mark_point(filled=True, size=80, opacity=1).encode(**marks)
    made = drawn + dots.transform_filter("datum.bound == '='")
    if any(row["bound"] != "=" for row in rows):
        loose = base.transform_filter("datum.bound != '='")
        # White inside, or the line would run through it.
        hollow = loose.mark_point(filled=False, fill="white", size=80, opacity=1, strokeWidth=2).encode(**marks)
        sign = loose.mark_text(dy=-13, fontSize=14, fontWeight="bold").encode(text="bound:N", href="href:N")
        made += hollow + sign
    made = made.properties(width=_WIDTH, height=260)
    return made.resolve_scale(strokeDash="independent").resolve_legend(strokeDash="independent")


def said_of_bounds(rows: Sequence[Row]) -> str:
    """Return what the hollow points of a line chart mean, in words; empty where it has none.

    Examples
    --------
    >>> said_of_bounds([{"bound": ">"}, {"bound": "="}])
    'A hollow mark is no exact figure: > is “more than”.'
    """
    found = {row["bound"] for row in rows}
    kinds = [f"{bound} is “{said.strip()}”" for bound, said in words.BOUNDS.items() if said and bound in found]
    return f"A hollow mark is no exact figure: {', '.join(kinds)}." if kinds else ""


def _tips(*fields: tuple[str, str]) -> list[Any]:
    return [alt.Tooltip(f"{name}:N", title=title or " ") for name, title in fields]


def heat(rows: Sequence[Row], years: Sequence[str], what: str) -> Any:
    """Return a heat map of places and years with each number in its cell: ``place``, ``year``, ``value``, ``said``."""
    top = max((row["value"] for row in rows), default=1)
    base = alt.Chart(_data(rows)).encode(
        x=alt.X("year:O", title=None, scale=alt.Scale(domain=list(years)), axis=alt.Axis(orient="top", labelAngle=-45)),
        y=alt.Y("place:N", title=None, sort="ascending", axis=alt.Axis(labelLimit=220)),
        href="href:N",
        tooltip=_tips(("place", "Place"), ("year", "Year"), ("said", what)),
    )
    colour = alt.Color(
        "value:Q",
        title=what,
        scale=alt.Scale(range=["#dcebf7", "#08519c"], domain=[0, top], type="sqrt"),
        legend=None,
    )
    cells = base.mark_rect(stroke="#88888855").encode(color=colour)
    said = base.mark_text(fontSize=10).encode(
        text="said:N", color=alt.condition(f"datum.value > {top * _DARK}", alt.value("white"), alt.value("black"))
    )
    return (cells + said).properties(width=alt.Step(46 if top > 999 else 38), height=alt.Step(19))


def bars(rows: Sequence[Row], what: str) -> Any:
    """Return bars, longest first, with each value beside its bar: ``name``, ``value``, ``said``, ``href``."""
    order = [row["name"] for row in sorted(rows, key=lambda row: -row["value"])]
    base = alt.Chart(_data(rows)).encode(
        y=alt.Y("name:N", title=None, sort=order, axis=alt.Axis(labelLimit=260)),
        x=alt.X("value:Q", title=what, scale=alt.Scale(zero=True)),
        href="href:N",
        tooltip=_tips(("name", ""), ("said", what)),
    )
    drawn = base.mark_bar(color=COLOURS[0])
    said = base.mark_text(align="left", dx=4).encode(text="said:N")
    return (drawn + said).properties(width=_WIDTH - 160, height=alt.Step(22))


def runs(points: Sequence[Row], years: Sequence[str]) -> list[Row]:
    """Return points with ``run`` and ``dash``: points of one series in years without a gap share a run."""
    place = {year: number for number, year in enumerate(years)}
    made, last, number = [], None, 0
    for point in sorted(points, key=lambda p: (p["series"], place[p["year"]])):
        now = (point["series"], place[point["year"]])
        if last is None or now[0] != last[0] or now[1] != last[1] + 1:
            number += 1
        made.append({**point, "dash": point["series"], "run": f"{point['series']} {number}"})
        last = now
    return made
