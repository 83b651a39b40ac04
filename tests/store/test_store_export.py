"""CSV files: one for each table, the same bytes every time, safe in a spreadsheet."""

import csv
import io
from contextlib import closing

import pandas as pd
import pytest

from builders import observe, released
from extract.store import Export, Store, export_csv
from extract.store.database import read_only
from extract.store.export import cell, table_rows
from extract.tabulate import SCHEMA
from extract.tabulate.rows import packed, release_rows
from extract.tabulate.schema import Column

TEXT = "=SUM(A1:A9) says that Kent Police – “the force” – recorded 260 offences,\nthen 0."


@pytest.fixture
def folder(tmp_path):
    with Store(tmp_path / "nspcc.db") as store:
        one = observe(TEXT, "260", sentence=TEXT)
        two = observe(TEXT, " 0", value=0.0, bound="~", period=("2017-04-01", "2018-03-31"))
        store.write(packed(release_rows(released("r1", TEXT, one, two))), "1")
        store.refresh()
        export_csv(store.connection, tmp_path)
    return tmp_path


def read(path):
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8"), newline="")))


def test_each_table_has_its_file_with_its_columns(folder):
    assert {path.stem for path in folder.glob("*.csv")} == {*SCHEMA, "force_year_panel"}
    for name, table in SCHEMA.items():
        heading = (folder / f"{name}.csv").read_text("utf-8").splitlines()[0]
        assert heading.split(",") == list(table.names)
    assert not list(folder.glob(".*.part"))


def test_values_come_back_as_they_were(folder):
    one, two = read(folder / "observations.csv")
    assert (one["value"], one["bound"], one["period_start"], one["age_min"]) == ("260", "=", "2018-04-01", "")
    assert (two["value"], two["bound"]) == ("0", "~")
    assert one["sentence"] == "'" + TEXT
    assert read(folder / "texts.csv")[0]["text"] == "'" + TEXT


def test_the_panel_is_wide_with_zero_and_missing_apart(folder):
    assert (folder / "force_year_panel.csv").read_text("utf-8") == (
        "force,offence,2017/18,2018/19\nkent,sexual-communication-with-a-child,0,260\n"
    )


def test_no_byte_order_mark_and_line_feeds_only(folder):
    data = (folder / "force_year.csv").read_bytes()
    assert data.startswith(b"force,")
    assert b"\r" not in data


def test_exporting_twice_gives_the_same_bytes(folder):
    before = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    with Store(folder / "nspcc.db") as store:
        export_csv(store.connection, folder)
    assert {path.name: path.read_bytes() for path in folder.glob("*.csv")} == before


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1%", "@cmd", "\t=1", "\r=1"])
def test_text_that_looks_like_a_formula_gets_an_apostrophe(text):
    assert cell(text, Column("sentence", "text", "")) == "'" + text


@pytest.mark.parametrize("value", [-20.5, 0, "plain", "a=b", "", "1,300"])
def test_numbers_and_plain_text_are_not_touched(value):
    assert cell(value, Column("value", "real", "")) == value


def test_cells_of_a_closed_list_are_not_touched():
    assert cell("=", Column("bound", "text", "", values=("=", ">"))) == "="


def test_the_database_makes_the_cells_that_cell_makes(folder):
    with closing(read_only(folder / "nspcc.db")) as connection:
        for name, table in SCHEMA.items():
            expected = [[str(cell(row[c.name], c)) for c in table.columns] for row in table_rows(connection, table)]
            lines = list(csv.reader(io.StringIO((folder / f"{name}.csv").read_bytes().decode("utf-8"), newline="")))
            assert lines[1:] == expected, name


def test_files_that_are_begun_before_the_figures_are_folded_are_the_same(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    with Store(folder / "nspcc.db") as store:
        store.mark("stale", "1")
        export = Export(store, other, lambda work, names: [work(name) for name in names])
        begun = {path.stem for path in other.glob("*.csv")}
        store.refresh()
        export.finish()
    assert "mentions" in begun
    assert not begun & {"figures", "force_year", "force_year_panel", "runs"}
    assert {p.name: p.read_bytes() for p in other.iterdir()} == {p.name: p.read_bytes() for p in folder.glob("*.csv")}


def test_pandas_reads_the_files(folder):
    made = pd.read_csv(folder / "force_year.csv")
    assert made["value"].to_list() == [0, 260]


def test_a_store_that_was_not_written_to_since_is_not_exported_again(tmp_path):
    one = released("r1", TEXT, observe(TEXT, "260"))
    with closing(Store(tmp_path / "nspcc.db")) as store:
        store.write(packed(release_rows(one)), "1")
        store.refresh()
        paths = Export(store, tmp_path).finish()
        assert sorted(paths) == sorted(tmp_path.glob("*.csv"))
        (tmp_path / "releases.csv").write_text("as it was")
        store.finish_run(store.start_run("2026-01-01T00:00:00", "1", 1, 1), "2026-01-01T00:00:01", 0, 0)
        assert Export(store, tmp_path).finish() == paths
        assert (tmp_path / "releases.csv").read_text() == "as it was"
        assert "2026-01-01T00:00:01" in (tmp_path / "runs.csv").read_text()
        (tmp_path / "mentions.csv").unlink()
        Export(store, tmp_path).finish()
        assert (tmp_path / "releases.csv").read_text() != "as it was"
        (tmp_path / "releases.csv").write_text("as it was")
        store.write(packed(release_rows(one)), "2")
        Export(store, tmp_path).finish()
        assert (tmp_path / "releases.csv").read_text() != "as it was"
