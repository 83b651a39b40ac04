"""The store on real SQLite files: the same as the frames, idempotent, with history, whole after a crash."""

import errno
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from builders import count_mention, observe, released
from extract.errors import StoreError
from extract.store import Store
from extract.store.database import read_only
from extract.store.export import table_rows
from extract.store.migrations import SCHEMA_VERSION
from extract.tabulate import SCHEMA, tables
from extract.tabulate.frames import frame
from extract.tabulate.rows import packed, release_rows

VERSION_1 = Path(__file__).with_name("version-1.sql")
FIRST = "Almost 4,000 offences by Kent Police. Exactly 3,936. On Snapchat 30%. Of contacts 12."
SECOND = "Kent Police recorded 4,010 offences."


def annotated():
    share = {"statistic": "share", "unit": "percent", "measure": "instances", "platforms": ("snapchat",)}
    return [
        released(
            "r1",
            FIRST,
            observe(FIRST, "4,000", bound="~"),
            observe(FIRST, "3,936", flags=("period_inferred",), notes=("a", "b"), rules={"period": "x"}),
            observe(FIRST, "30", **share),
            observe(FIRST, "12", measure="contacts", geography=()),
            mentions=[count_mention(FIRST, "Snapchat", "PLATFORM", ("snapchat",)), count_mention(FIRST, "12")],
        ),
        released("r2", SECOND, observe(SECOND, "4,010"), published="2020-11-05"),
    ]


def filled(path, pipeline="1", which=None):
    with Store(path) as store:
        for one in which or annotated():
            store.write(packed(release_rows(one)), pipeline)
        store.refresh()
    return path


def dump(path, without=("runs",)):
    """Return every row of every table but the named ones."""
    with closing(read_only(path)) as connection:
        return {name: list(table_rows(connection, table)) for name, table in SCHEMA.items() if name not in without}


def query(path, sql):
    with closing(read_only(path)) as connection:
        return [tuple(row) for row in connection.execute(sql)]


def test_the_database_holds_what_the_frames_hold(tmp_path):
    path = filled(tmp_path / "nspcc.db")
    stored = dump(path)
    for name, made in tables(annotated()).items():
        assert frame(SCHEMA[name], stored[name]).equals(made), name


def test_writing_again_changes_nothing(tmp_path):
    path = filled(tmp_path / "nspcc.db")
    before = dump(path)
    assert dump(filled(path)) == before
    assert dump(filled(tmp_path / "other.db", which=list(reversed(annotated())))) == before


def test_a_newer_pipeline_supersedes_and_the_old_rows_stay_queryable(tmp_path):
    path = filled(tmp_path / "nspcc.db", "1")
    better = released("r2", SECOND, observe(SECOND, "4,010", geography=("essex",)), published="2020-11-05")
    filled(path, "2", [better])
    ids = query(path, "SELECT observation_id FROM observations WHERE release_id = 'r2'")
    sql = "SELECT observation_id, pipeline, geographies, value FROM superseded_observations"
    assert query(path, sql) == [(ids[0][0], "1", "kent", 4010.0)]
    assert query(path, "SELECT text FROM superseded_releases") == [(SECOND,)]
    assert query(path, "SELECT geography FROM observation_geographies JOIN observations USING (observation_id) "
                       "WHERE release_id = 'r2'") == [("essex",)]  # fmt: skip
    # Back to the first reading: it is current again, and the second one is history.
    filled(path, "1", [annotated()[1]])
    assert query(path, "SELECT pipeline, geographies FROM superseded_observations") == [("2", "essex")]


def test_a_changed_text_supersedes_too(tmp_path):
    path = filled(tmp_path / "nspcc.db")
    longer = SECOND + " More was said."
    filled(path, "1", [released("r2", longer, observe(longer, "4,010"))])
    assert query(path, "SELECT release_id, text FROM superseded_releases") == [("r2", SECOND)]
    assert query(path, "SELECT count(*) FROM observations WHERE release_id = 'r2'") == [(1,)]


def test_a_file_that_gives_another_release_takes_the_old_one_out(tmp_path):
    row = {"source": "f.txt", "size": 1, "modified": 1, "sha256": None, "facts": "[]", "pipeline": "1"}
    with Store(tmp_path / "nspcc.db") as store:
        for one in annotated():
            store.write(packed(release_rows(one)), "1", {**row, "release_id": one.release.id})
        assert [r["release_id"] for r in store.connection.execute("SELECT release_id FROM releases")] == ["r2"]
        assert [r[0] for r in store.connection.execute("SELECT release_id FROM superseded_releases")] == ["r1"]


def test_views(tmp_path):
    path = filled(tmp_path / "nspcc.db")
    assert query(path, "SELECT force, year, value, revised FROM force_year") == [("kent", "2018/19", 4010.0, 1)]
    assert query(path, "SELECT platforms, percent FROM platform_share") == [("snapchat", 30.0)]
    assert query(path, "SELECT geographies, flags FROM observation_latest WHERE value = 3936") == [
        ("kent", "period_inferred")
    ]
    assert query(path, "SELECT release_id, rank, stands FROM revisions ORDER BY rank") == [("r2", 1, 1), ("r1", 2, 0)]
    assert query(path, "SELECT count(*) FROM restatements") == [(0,)]
    assert query(path, "SELECT count(*) FROM conflicts") == [(0,)]


def test_restatements_are_listed_with_their_sentences(tmp_path):
    path = filled(tmp_path / "nspcc.db", which=annotated()[:1])
    sql = "SELECT role, figure_text, sentence FROM restatements ORDER BY role"
    assert query(path, sql) == [("rounded", "4,000", FIRST), ("taken", "3,936", FIRST)]


def test_figures_without_a_period_are_not_folded(tmp_path):
    lone = released("r1", SECOND, observe(SECOND, "4,010", period=None))
    path = filled(tmp_path / "nspcc.db", which=[lone])
    assert query(path, "SELECT count(*) FROM observations") == [(1,)]
    assert query(path, "SELECT count(*) FROM figures") == [(0,)]


def test_what_the_tables_do_not_allow_is_refused_whole(tmp_path):
    bad = released("r9", SECOND, observe(SECOND, "4,010"), observe(SECOND, "4,010", measure="nonsense"))
    with Store(tmp_path / "nspcc.db") as store:
        with pytest.raises(StoreError, match="release r9 does not fit the tables"):
            store.write(packed(release_rows(bad)), "1")
        assert store.connection.execute("SELECT count(*) FROM releases").fetchone()[0] == 0


@pytest.mark.parametrize("text", ["lone \ud800 surrogate 7", "nul \x00 byte 7", "emoji 🙂 7"])
def test_any_text_can_be_stored_with_its_offsets(tmp_path, text):
    path = filled(tmp_path / "nspcc.db", which=[released("r1", text, observe(text, "7"))])
    stored, start, end = query(path, "SELECT text, span_start, span_end FROM texts, observations")[0]
    assert stored[start:end] == "7"


def test_readers_read_while_a_writer_writes(tmp_path):
    path = filled(tmp_path / "nspcc.db")
    with Store(path) as store, store.transaction():
        store.connection.execute("DELETE FROM releases")
        assert query(path, "SELECT count(*) FROM releases") == [(2,)]


def test_a_reader_cannot_write(tmp_path):
    path = filled(tmp_path / "nspcc.db")
    with closing(read_only(path)) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM releases")


def test_a_file_that_is_no_dataset_is_named(tmp_path):
    text = tmp_path / "notes.db"
    text.write_text("hello " * 200)
    with pytest.raises(StoreError, match=r"notes\.db: cannot be opened as a dataset"):
        Store(text)
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE songs (title TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="database of something else"):
        Store(other)
    with pytest.raises(StoreError, match=r"missing\.db: does not exist"):
        read_only(tmp_path / "missing.db")


def test_a_database_of_version_1_is_lifted_and_folded_anew(tmp_path):
    path = tmp_path / "nspcc.db"
    with closing(sqlite3.connect(path)) as old:
        old.executescript(VERSION_1.read_text("utf-8"))
    with Store(path) as store:
        assert store.connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION
        assert store.refresh()
        names = [row[0] for row in store.connection.execute("SELECT name FROM sqlite_schema ORDER BY name")]
        columns = [row["name"] for row in store.connection.execute("PRAGMA table_info(figures)")]
    assert dump(path) == dump(filled(tmp_path / "fresh.db"))
    assert query(path, "PRAGMA foreign_key_check") == []
    assert names == [row[0] for row in query(tmp_path / "fresh.db", "SELECT name FROM sqlite_schema ORDER BY name")]
    assert columns == list(SCHEMA["figures"].names)


def test_a_later_version_is_refused(tmp_path):
    path = filled(tmp_path / "nspcc.db")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    with pytest.raises(StoreError, match="later version"):
        Store(path)


def test_a_writer_killed_in_a_transaction_leaves_whole_releases(tmp_path):
    path = filled(tmp_path / "nspcc.db")
    before = dump(path)
    script = textwrap.dedent("""
        import os, sys
        from extract.store import Store
        store = Store(sys.argv[1])
        store.connection.execute("BEGIN IMMEDIATE")
        store.connection.execute("DELETE FROM releases")
        os.kill(os.getpid(), 9)
    """)
    killed = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert killed.returncode == -9
    assert dump(path) == before


def test_foreign_keys_are_sound_after_everything(tmp_path):
    path = filled(tmp_path / "nspcc.db")
    filled(path, "2")
    assert query(path, "PRAGMA foreign_key_check") == []
    assert query(path, "PRAGMA integrity_check") == [("ok",)]


def _fill(path: Path) -> None:
    """Write more than fits, on a disk that SQLite takes for full."""
    with Store(path) as store:
        pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count = {pages}")
        with store.transaction():
            for n in range(2000):
                store.start_run(f"{n:020d}" * 20, "p", 1, 0)


def test_a_full_disk_is_told_in_words_and_loses_nothing_written(tmp_path: Path) -> None:
    path = tmp_path / "nspcc.db"
    with Store(path) as store:
        store.start_run("2020-01-01T00:00:00Z", "p", 1, 0)
    with pytest.raises(StoreError, match="no more room on its disk") as told:
        _fill(path)
    assert told.value.where == str(path)
    with Store(path) as store:
        assert store.connection.execute("SELECT count(*) FROM runs").fetchone()[0] == 1


def _leave_half_exported(path: Path) -> None:
    with Store(path) as store:
        store.start_run("2020-01-01T00:00:00Z", "p", 1, 0)
        next(table_rows(store.connection, SCHEMA["runs"]))
        raise OSError(errno.ENOSPC, "No space left on device")


def test_an_export_cut_short_is_told_as_what_cut_it_short(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        _leave_half_exported(tmp_path / "nspcc.db")
