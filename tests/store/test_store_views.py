"""The views that people query, and docs/dataset.md, whose queries run as they stand."""

import re
from contextlib import closing
from pathlib import Path

import pytest

from builders import YEAR_1718, observe, released
from extract.store import Store
from extract.tabulate.rows import packed, release_rows

PAGE = (Path(__file__).parents[2] / "docs" / "dataset.md").read_text("utf-8")
QUERIES = re.findall(r"^([^\n]+):\n\n```sql\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL)
#: What the queries are of: an exact form of a rounded figure, a revision, a conflict, a share, coverage.
OLD = "Kent recorded about 300 offences, 289 in all, or 281. In Scotland 12, only 12. In the UK 4,373 by 41 forces."
NEW = "Kent Police recorded 295 offences. On Snapchat 30%. In the UK 3,171; figures were given by 39 forces."


@pytest.fixture
def store(tmp_path):
    share = {"statistic": "share", "unit": "percent", "measure": "instances", "platforms": ("snapchat",)}
    uk = {"geography": ("uk",)}
    told = {"measure": "forces", "sentence": "The figures were given by {} forces."}
    old = released(
        "old",
        OLD,
        observe(OLD, "300", bound="~"),
        observe(OLD, "289"),
        observe(OLD, "281"),
        observe(OLD, "12", geography=("scotland",)),
        observe(OLD, "12", nth=1, geography=("scotland",)),
        observe(OLD, "4,373", **uk),
        observe(OLD, "41", **uk, **(told | {"sentence": told["sentence"].format(41)})),
    )
    earlier = uk | {"period": YEAR_1718}
    new = released(
        "new",
        NEW,
        observe(NEW, "295"),
        observe(NEW, "30", **share),
        observe(NEW, "3,171", **earlier),
        observe(NEW, "39", **earlier, **(told | {"sentence": told["sentence"].format(39)})),
        published="2020-11-05",
    )
    with closing(Store(tmp_path / "nspcc.db")) as made:
        for one in (old, new):
            made.write(packed(release_rows(one)), "1")
        made.refresh()
        yield made


@pytest.mark.parametrize(("title", "sql"), QUERIES, ids=[title for title, _ in QUERIES])
def test_every_query_of_the_page_runs_and_finds_something(store, title, sql):
    assert store.connection.execute(sql).fetchall()


@pytest.mark.parametrize("name", ["observation_latest", "force_year", "platform_share", "restatements", "conflicts"])
def test_what_people_query_is_there_and_on_the_page(store, name):
    assert store.connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
    assert any(f"FROM {name}\n" in sql or f"FROM {name} " in sql for _, sql in QUERIES)


def test_every_view_and_each_of_its_columns_stand_on_the_page(store):
    found = {}
    for line in PAGE.partition("## The views")[2].splitlines():
        cells = line.split(" | ")
        if cells[0].startswith("| `"):
            found[cells[0][3:-1]] = re.findall(r"`(\w+)`", cells[2])
    views = [row[0] for row in store.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")]
    there = {v: [row["name"] for row in store.connection.execute(f"PRAGMA table_info({v})")] for v in views}
    assert found == there


def test_the_views_say_what_stands_what_agrees_and_what_does_not(store):
    ask = store.connection.execute
    assert [tuple(row) for row in ask("SELECT value, revised, conflicting FROM force_year WHERE force = 'kent'")] == [
        (295.0, 1, 1)
    ]
    assert [tuple(row) for row in ask("SELECT percent, platforms FROM platform_share")] == [(30.0, "snapchat")]
    assert [row[0] for row in ask("SELECT value FROM conflicts")] == [281.0]
    marks = ask("SELECT f.value, c.detail FROM comparability c JOIN figures f USING (figure_id) ORDER BY f.value")
    assert [tuple(row) for row in marks] == [
        (3171.0, "over 39 forces; over 41 for 2018/19"),
        (4373.0, "over 41 forces; over 39 for 2017/18"),
    ]
