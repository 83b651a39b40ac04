"""The data package, held to its own description by Frictionless; corrections and rates; the other formats."""

import json
from contextlib import closing

import pandas as pd
import pytest
from frictionless import Package

from builders import observe, released
from extract.errors import UsageError
from extract.store import Store, export_excel, export_jsonl, export_parquet, write_package
from extract.store.package import packaged
from extract.tabulate.rows import packed, release_rows
from extract.tabulate.schema import SCHEMA

TEXT = "=1+1 Kent Police recorded 260 offences, Essex Police 0, and a third on Snapchat."


@pytest.fixture
def store(tmp_path):
    share = {"statistic": "share", "unit": "percent", "measure": "instances", "platforms": ("snapchat",)}
    one = released(
        "r1",
        TEXT,
        observe(TEXT, "260", flags=("period_inferred",), notes=("n",), rules={"period": "p"}),
        observe(TEXT, " 0", 0.0, geography=("essex",)),
        observe(TEXT, "third", 33.33, **share),
    )
    with closing(Store(tmp_path / "nspcc.db")) as made:
        made.write(packed(release_rows(one)), "1")
        made.refresh()
        yield made


def key_of(store, value):
    query = "SELECT observation_id FROM observations WHERE value = ?"
    return store.connection.execute(query, (value,)).fetchone()[0]


def fix(store, value, field, old, new):
    return {
        "observation_id": key_of(store, value),
        "field": field,
        "old": old,
        "new": new,
        "reason": "misprint",
        "source": "letter",
    }


@pytest.mark.filterwarnings("default")
def test_frictionless_finds_the_package_valid(store, tmp_path):
    store.prepare_dataset(
        [fix(store, 260, "value", "260", "206")],
        [{"geography": "kent", "year": "2018", "children": 338000.0, "source": "ONS"}],
    )
    out = tmp_path / "data"
    out.mkdir()
    write_package(store.connection, out)
    report = Package(str(out / "datapackage.json")).validate()
    assert report.flatten(["type", "message"]) == []
    names = {resource["name"] for resource in json.loads((out / "datapackage.json").read_text("utf-8"))["resources"]}
    assert names == {t.name.replace("_", "-") for t in packaged()} | {"force-year-panel"}


@pytest.mark.filterwarnings("default")
def test_frictionless_finds_a_changed_cell(store, tmp_path):
    write_package(store.connection, tmp_path)
    path = tmp_path / "force_year.csv"
    path.write_text(path.read_text("utf-8").replace("260", "many"), "utf-8")
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_the_same_rows_give_the_same_bytes(store, tmp_path):
    before = {p.name: p.read_bytes() for p in write_package(store.connection, tmp_path)}
    after = {p.name: p.read_bytes() for p in write_package(store.connection, tmp_path)}
    assert before == after
    assert "population.csv" not in before


def test_a_correction_is_applied_and_listed(store):
    fixes = [
        fix(store, 260, "geographies", "kent", "sussex"),
        fix(store, 0, "value", "1", "2"),
        {**fix(store, 0, "value", "0", "2"), "observation_id": "gone"},
    ]
    assert store.prepare_dataset(fixes, []) == 1
    series = "SELECT force, value FROM force_year ORDER BY force"
    assert [tuple(r) for r in store.connection.execute(series)] == [("essex", 0.0), ("sussex", 260.0)]
    listed = "SELECT field, new, applied FROM corrections ORDER BY applied, new"
    assert [tuple(r) for r in store.connection.execute(listed)] == [
        ("value", "2", 0),
        ("value", "2", 0),
        ("geographies", "sussex", 1),
    ]


def test_a_corrected_observation_is_judged_anew_for_the_series(store):
    store.prepare_dataset([fix(store, 260, "measure", "offences", "contacts")], [])
    query = "SELECT not_in_series FROM observations WHERE value = 260"
    assert store.connection.execute(query).fetchone()[0] == "measure"
    assert [r[0] for r in store.connection.execute("SELECT force FROM force_year")] == ["essex"]


@pytest.mark.parametrize(("field", "new"), [("measure", "nonsense"), ("value", "many"), ("gender", "x")])
def test_a_correction_to_what_the_tables_do_not_allow_is_refused(store, field, new):
    old = {"measure": "offences", "value": "260", "gender": ""}[field]
    with pytest.raises(UsageError, match=f"cannot be corrected to '{new}'"):
        store.prepare_dataset([fix(store, 260, field, old, new)], [])
    assert store.connection.execute("SELECT count(*) FROM corrections").fetchone()[0] == 0


def test_rates_take_the_police_year_before_the_calendar_year(store):
    people = [
        {"geography": "kent", "year": "2018", "children": 300000.0, "source": "ONS"},
        {"geography": "essex", "year": "2018", "children": 300000.0, "source": "ONS"},
        {"geography": "kent", "year": "2018/19", "children": 338000.0, "source": "ONS"},
        {"geography": "kent", "year": "2017", "children": 1.0, "source": "ONS"},
    ]
    store.prepare_dataset([], people)
    query = "SELECT force, population_year, per_10000 FROM force_year_rate ORDER BY force"
    assert [tuple(r) for r in store.connection.execute(query)] == [("essex", "2018", 0.0), ("kent", "2018/19", 7.69)]


def test_parquet_and_json_lines_hold_the_rows(store, tmp_path):
    export_parquet(store.connection, tmp_path)
    made = pd.read_parquet(tmp_path / "observations.parquet")
    assert tuple(made.columns) == SCHEMA["observations"].names
    assert sorted(made["value"]) == [0.0, 33.33, 260.0]
    export_jsonl(store.connection, tmp_path)
    lines = (tmp_path / "force_year.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["value"] for line in lines] == [0.0, 260.0]


def test_excel_has_a_sheet_for_each_table_and_no_formula(store, tmp_path):
    from openpyxl import load_workbook

    (path,) = export_excel(store.connection, tmp_path)
    book = load_workbook(path)
    assert set(book.sheetnames) == {t.name for t in packaged()}
    sheet = book["observations"]
    column = list(SCHEMA["observations"].names).index("sentence") + 1
    cell = sheet.cell(2, column)
    assert (cell.value, cell.data_type) == (TEXT, "s")
    book.close()
