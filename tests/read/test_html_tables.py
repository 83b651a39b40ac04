# ruff: noqa: E501  (markup is kept in one piece)
"""Tables of web pages: every cell in its row and column, by hand."""

from __future__ import annotations

import pytest
from lxml import html

from extract.read.html_tables import grid, is_data_table

TABLES = [
    ("<tr><th>Force<th>2018<tr><td>Kent<td>12", [["Force", "2018"], ["Kent", "12"]]),
    ("<tr><th>Force<th>2018<th>2019<tr><td>Kent<td><td>15", [["Force", "2018", "2019"], ["Kent", "", "15"]]),
    ("<tr><th>Force<th>2018<th>2019<tr><td>Kent<td>12", [["Force", "2018", "2019"], ["Kent", "12", ""]]),
    (
        "<tr><th rowspan=2>Force<th colspan=2>Offences<tr><th>2018<th>2019<tr><td>Kent<td>12<td>15",
        [["Force", "Offences", "Offences"], ["Force", "2018", "2019"], ["Kent", "12", "15"]],
    ),
    (
        "<thead><tr><td>Force<td colspan=2>Offences</thead><tr><td>Kent<td>12<td>15",
        [["Force", "Offences", "Offences"], ["Kent", "12", "15"]],
    ),
    (
        "<tr><th>Region<th>Force<th>2019<tr><td rowspan=2>South<td>Kent<td>12<tr><td>Sussex<td>15<tr><td>Wales<td>Gwent<td>7",
        [["Region", "Force", "2019"], ["South", "Kent", "12"], ["South", "Sussex", "15"], ["Wales", "Gwent", "7"]],
    ),
    (
        "<tr><th>Force<th>2018<th>2019<tr><td>Kent<td colspan=2>did not reply<tr><td>Sussex<td>1<td>2",
        [["Force", "2018", "2019"], ["Kent", "did not reply", ""], ["Sussex", "1", "2"]],
    ),
    (
        "<tr><th>Force<th>2018<th>2019<tr><td>Kent<td rowspan=2>12<td>15<tr><td>Sussex<td>16",
        [["Force", "2018", "2019"], ["Kent", "12", "15"], ["Sussex", "", "16"]],
    ),
    (
        "<tr><th>Force<th>2018<tr><th>Kent<td>1,200<sup>1</sup><tr><th>Sussex<td>7*",
        [["Force", "2018"], ["Kent", "1,200"], ["Sussex", "7*"]],
    ),
    (
        "<tr><th>Force<th>No.<br>of offences<tr><td><p>Avon</p><p>and Somerset</p><td>12",
        [["Force", "No. of offences"], ["Avon and Somerset", "12"]],
    ),
    ("<tr><th>Force<th><th>2018<tr><td>Kent<td><td>12", [["Force", "2018"], ["Kent", "12"]]),
    ("<tr><th>Force<th>2018<tr><td><td><tr><td>Kent<td>12", [["Force", "2018"], ["Kent", "12"]]),
    (
        "<tfoot><tr><td>Total<td>27</tfoot><tbody><tr><td>Kent<td>12<tr><td>Sussex<td>15",
        [["Kent", "12"], ["Sussex", "15"], ["Total", "27"]],
    ),
    (
        "<tr><th>Force<th>2018<tr><td>Kent<td rowspan=0>12<tr><td>Sussex",
        [["Force", "2018"], ["Kent", "12"], ["Sussex", ""]],
    ),
    ("<tr><th>Force<th colspan=x>2018<tr><td>Kent<td rowspan=-1>12", [["Force", "2018"], ["Kent", "12"]]),
]


def parse(inside: str) -> html.HtmlElement:
    return html.fromstring(f"<div><table>{inside}</table></div>").find("table")


@pytest.mark.parametrize(("inside", "expected"), TABLES)
def test_cells(inside, expected):
    table = parse(inside)
    assert is_data_table(table)
    assert grid(table) == expected


@pytest.mark.parametrize(
    "inside",
    [
        "<tr><td><h1>A headline</h1><td>x<tr><td>y<td>z",
        "<tr><td><table><tr><td>5</table><td>x<tr><td>y<td>z",
        "<tr><td>one<tr><td>column",
        "<tr><td>one<td>row",
        f"<tr><td>menu<td>{'Running text of a page. ' * 40}<tr><td>x<td>{'And more of it. ' * 40}",
    ],
)
def test_tables_that_lay_out_a_page_are_none(inside):
    assert not is_data_table(parse(inside))
