"""Datasette on a store: described, read-only, searchable, and an observation's page shows its evidence."""

import asyncio
import sqlite3
from contextlib import closing

import pytest
from bs4 import BeautifulSoup

from extract.report.metadata import metadata, queries
from extract.report.serving import application, write_index
from extract.store.database import read_only
from extract.tabulate.schema import SCHEMA


@pytest.fixture(scope="module")
def get(store, tmp_path_factory):
    index = tmp_path_factory.mktemp("index") / "search.db"
    write_index(store, index)
    made = application(store, index)
    loop = asyncio.new_event_loop()
    loop.run_until_complete(made.invoke_startup())

    def ask(path, method="get", **more):
        return loop.run_until_complete(getattr(made.client, method)(path, **more))

    yield ask
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


def test_every_table_and_column_is_described():
    tables = metadata()["databases"]["nspcc"]["tables"]
    for name, table in SCHEMA.items():
        assert tables[name]["description"] == table.doc
        assert list(tables[name]["columns"]) == list(table.names)
        assert tables[name]["license"]
        assert tables[name]["source"]
    assert "unit: characters" in tables["mentions"]["columns"]["span_start"]


@pytest.mark.parametrize("name", sorted(SCHEMA))
def test_every_table_has_a_page(get, name):
    assert get(f"/nspcc/{name}").status_code == 200


@pytest.mark.parametrize("name", sorted(queries()))
def test_every_named_query_runs(get, name):
    answer = get(f"/nspcc/{name}.json?force=kent&platform=snapchat&_shape=array")
    assert answer.status_code == 200
    assert name in ("conflicts_by_release", "unknown_cells") or answer.json()


def test_a_series_leads_to_the_evidence(get):
    made = BeautifulSoup(get("/nspcc/force_series?force=kent").text, "lxml")
    link = made.select_one("a[href^='/nspcc/observations/']")
    page = BeautifulSoup(get(link["href"]).text, "lxml")
    shown = page.select_one(".evidence")
    assert "Kent Police recorded 120 offences" in shown.text.replace("force", "").replace("year", "").replace(
        "count", ""
    )
    assert [mark.contents[0] for mark in shown.select("mark")] == ["Kent Police", "80", "2017/18"]
    assert "period inferred" in page.text


def test_hostile_texts_stay_texts(get, store):
    with closing(read_only(store)) as connection:
        key = connection.execute("SELECT observation_id FROM observations WHERE figure_text = '99'").fetchone()[0]
    page = BeautifulSoup(get(f"/nspcc/observations/{key}").text, "lxml")
    assert "<script>window.hit = 1</script>" in page.select_one(".evidence").text
    assert not page.select(".evidence script, .evidence img, a[href^='javascript']")


def test_search_finds_sentences_and_releases(get):
    assert [row["release_id"] for row in get("/search/sentences.json?_search=snapchat&_shape=array").json()] == ["kent"]
    assert [row["release_id"] for row in get("/search/releases.json?_search=surrey&_shape=array").json()] == ["later"]


def test_nothing_can_be_written(get, store):
    before = store.read_bytes()
    assert get("/nspcc.json?sql=delete+from+releases").status_code == 400
    assert store.read_bytes() == before
    with closing(read_only(store)) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM releases")
