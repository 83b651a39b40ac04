"""Results by way of Parquet partitions, addresses as inputs, and time limits in threads: without a cluster."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path

import fsspec
import pytest

from extract.batch import Failure, expand, pipeline_version, process, run
from extract.batch.limit import time_limit
from extract.batch.partition import partitions, read_partition, write_partition
from extract.batch.staged import GROUP
from extract.batch.work import tabulated
from extract.errors import ReadError, StoreError, UsageError
from extract.store import Store
from extract.store.database import read_only
from extract.store.export import table_rows
from extract.tabulate import SCHEMA

RELEASE = "Kent Police recorded {n} sexual communication with a child offences in 2018/19 \ud800."


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for n in range(GROUP + 4):
        text = RELEASE.format(n=200 + n).encode("utf-8", "replace")
        (tmp_path / f"in/r{n:02d}.txt").write_bytes(text)
    (tmp_path / "in/bad.txt").write_bytes(b"")
    return tmp_path


@pytest.fixture
def memory():
    """A file system that lives in this process, empty before and after."""
    system = fsspec.filesystem("memory")
    system.store.clear()
    system.pseudo_dirs[:] = [""]
    yield system
    system.store.clear()


def dump(path, without=("runs",)):
    with closing(read_only(path)) as connection:
        return {name: list(table_rows(connection, t)) for name, t in SCHEMA.items() if name not in without}


def stored(path, sources, executor=None, **options):
    with Store(path) as store:
        summary = run(sources, store, executor, **options)
    return summary


def write(sources, folder="parts", **options):
    return write_partition(sources, folder=folder, pipeline=pipeline_version(), **options)


def test_partitions_give_the_store_that_records_give(folder):
    sources = expand(["in"])
    plain = stored("plain.db", sources)
    staged = stored("staged.db", sources, partitions="parts")
    assert dump("staged.db") == dump("plain.db")
    assert (staged.done, staged.failures) == (plain.done, plain.failures)
    assert not Path("parts").exists()


def test_partitions_may_be_at_an_address_and_the_executor_any(folder, memory):
    sources = expand(["in"])
    stored("plain.db", sources)
    with ThreadPoolExecutor(2) as threads:
        stored("staged.db", sources, threads, partitions="memory://parts")
    assert dump("staged.db") == dump("plain.db")
    assert not memory.exists("/parts")


def test_what_a_run_before_left_is_taken_up_and_not_made_again(folder, monkeypatch):
    sources = expand(["in"])
    stored("plain.db", sources)
    write(sources[3:9])
    write(sources[:2])
    Path("parts/half.part").write_bytes(b"PAR1")
    made = []
    work = partial(write_partition, work=lambda source, *rest: made.append(source.id) or tabulated(source, *rest))
    monkeypatch.setattr("extract.batch.staged.write_partition", work)
    summary = stored("staged.db", sources, partitions="parts")
    assert summary.done == GROUP + 4
    assert made == [source.id for source in (sources[2], *sources[9:])]
    assert dump("staged.db") == dump("plain.db")
    assert not Path("parts").exists()


def test_what_another_version_or_another_file_left_is_made_anew(folder):
    sources = expand(["in"])
    write(sources[:4])
    (folder / "in/r00.txt").write_text("Kent Police recorded 999 offences in 2018/19.")
    sources = expand(["in"])
    stored("staged.db", sources, partitions="parts")
    values = [row["value"] for row in dump("staged.db")["observations"] if row["release_id"] == "r00"]
    assert values == [999.0]


def test_the_same_work_twice_gives_one_file(folder):
    sources = expand(["in"])[:3]
    assert write(sources) == write(sources)
    assert len(list(partitions("parts"))) == 1
    made = read_partition("parts", write(sources))
    outcomes = [make(source) for make, source in zip(made.values(), sources, strict=True)]
    failures = [o.source.id for o in outcomes if isinstance(o.result, Failure)]
    assert failures == ["bad"]


def test_a_worker_of_another_version_is_named(folder):
    with pytest.raises(UsageError, match=r"has version .* of the pipeline, the run 0; install the same version"):
        write_partition(expand(["in"])[:1], folder="parts", pipeline="0")


def test_partitions_that_are_not_there_or_none_are_named(folder):
    with pytest.raises(StoreError, match="not to be seen here; name a folder or address with --partitions"):
        read_partition("parts", "gone.parquet")
    Path("parts").mkdir()
    Path("parts/bad.parquet").write_bytes(b"no parquet at all")
    with pytest.raises(StoreError, match="is no partition"):
        read_partition("parts", "bad.parquet")


def test_addresses_are_expanded_with_their_manifest(memory):
    memory.pipe_file("/r/a.txt", b"Kent Police recorded 61 offences in 2018/19.")
    memory.pipe_file("/r/deep/b.html", b"<p>Essex Police recorded 12 offences in 2018/19.</p>")
    memory.pipe_file("/r/notes.csv", b"x")
    memory.pipe_file("/r/manifest.csv", b"id,file,published\nfirst,a.txt,2019-11-05\ngone,c.txt,\n")
    sources = expand(["memory://r"])
    assert [(s.path, s.id, s.published) for s in sources] == [
        ("memory:///r/a.txt", "first", "2019-11-05"),
        ("memory:///r/c.txt", "gone", None),
        ("memory:///r/deep/b.html", "b", None),
    ]
    results = [process(source) for source in sources]
    assert [m.text for m in results[0].mentions] == ["Kent Police", "61", "2018/19"]
    assert str(results[1]).startswith("memory:///r/c.txt: cannot be opened")
    assert [s.id for s in expand(["memory://r/deep/*.html"])] == ["b"]
    assert [s.id for s in expand(["memory://r/notes.csv"])] == ["notes"]


def test_a_file_that_changes_at_its_address_is_a_changed_input(folder, memory):
    memory.pipe_file("/r/a.txt", b"Kent Police recorded 61 offences in 2018/19.")
    stored("url.db", expand(["memory://r"]))
    assert stored("url.db", expand(["memory://r"])).skipped == 1
    memory.pipe_file("/r/a.txt", b"Kent Police recorded 62 offences in 2018/19.")
    assert stored("url.db", expand(["memory://r"])).done == 1


@pytest.mark.parametrize(
    ("given", "problem"),
    [("memory://nowhere", "holds no release"), ("nosuch://x/y", "cannot be opened")],
)
def test_an_address_that_names_nothing_is_an_error(memory, given, problem):
    with pytest.raises(UsageError, match=problem):
        expand([given])


def limited(seconds, work):
    """Return what a thread with a time limit raised, and what it made."""
    made = []

    def go():
        try:
            with time_limit("a.txt", seconds):
                made.append(work())
        except ReadError as error:
            made.append(str(error))

    thread = threading.Thread(target=go)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()
    return made[0]


def busy(seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        sum(range(1000))
    return "done"


def test_a_time_limit_holds_in_a_thread():
    assert limited(0.2, lambda: busy(15)) == "a.txt: took longer than 0.2 s; raise --limit or leave it out"
    assert limited(15, lambda: busy(0.1)) == "done"
    assert limited(None, lambda: "done") == "done"


def test_a_time_limit_that_is_just_over_does_not_reach_what_comes_after():
    for _ in range(30):
        limited(0.01, lambda: busy(0.0099))
        assert limited(15, lambda: busy(0.002)) == "done"
