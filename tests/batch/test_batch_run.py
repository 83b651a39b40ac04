"""The run: the same results by any executor, failures kept apart, what is unchanged skipped, a crash survived."""

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from extract.batch import Failure, Source, drained, expand, pipeline_version, process, process_all, run
from extract.batch.work import tabulated_group
from extract.records import Annotated
from extract.store import Store
from extract.store.database import read_only
from extract.store.export import table_rows
from extract.tabulate import SCHEMA

RELEASE = "Kent Police recorded {n} sexual communication with a child offences in 2018/19."


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    inputs = tmp_path / "in"
    inputs.mkdir()
    for n in range(6):
        (inputs / f"r{n}.txt").write_text(RELEASE.format(n=200 + n))
    return inputs


def dump(path, without=("runs",)):
    with closing(read_only(path)) as connection:
        return {name: list(table_rows(connection, t)) for name, t in SCHEMA.items() if name not in without}


def stored(path, sources, **options):
    with Store(path) as store:
        return run(sources, store, **options)


def kill_the_process(source, limit=None):
    """Stand for a document whose reading ends the process, as a fault in a C library does."""
    if source.id == "r2":
        os.kill(os.getpid(), signal.SIGKILL)
    return process(source, limit)


def kill_in_a_group(sources, limit=None):
    """Do as `kill_the_process` does, where several inputs are handed over as one."""
    for source in sources:
        kill_the_process(source)
    return tabulated_group(sources, limit)


def test_process_gives_mentions_and_observations_with_the_manifests_facts(folder):
    source = replace(expand(["in/r1.txt"])[0], id="x1", published="2019-11-05", url="https://example.org/x")
    result = process(source)
    assert isinstance(result, Annotated)
    assert (result.release.id, result.release.published, result.release.source) == ("x1", "2019-11-05", "in/r1.txt")
    assert "201" in [m.text for m in result.mentions]


def test_any_executor_gives_the_same_results_in_the_order_of_the_inputs(folder):
    sources = expand(["in"])
    expected = list(process_all(sources))
    assert [source for source, _ in expected] == sources
    with ThreadPoolExecutor(3) as threads:
        assert list(process_all(sources, threads, ahead=2)) == expected
    with ProcessPoolExecutor(2) as processes:
        assert list(process_all(sources, processes)) == expected


@pytest.mark.slow
def test_workers_give_the_same_store_as_one(folder):
    sources = expand(["in"])
    stored("one.db", sources)
    stored("two.db", sources, workers=2)
    assert dump("two.db") == dump("one.db")


@pytest.mark.slow
def test_an_input_that_ends_its_process_is_the_only_one_to_fail(folder, monkeypatch):
    monkeypatch.setattr(sys.modules[process_all.__module__], "process", kill_the_process)
    results = dict(process_all(expand(["in"]), workers=2, ahead=2))
    failed = {s.id: r for s, r in results.items() if isinstance(r, Failure)}
    assert list(failed) == ["r2"]
    assert failed["r2"].unexpected
    assert "ended the process" in str(failed["r2"])
    assert len(results) == 6


@pytest.mark.slow
def test_an_input_that_ends_its_process_does_not_cost_the_others_of_its_group(folder, monkeypatch):
    whole, cut = folder.parent / "whole", folder.parent / "cut"
    for out in (whole, cut):
        out.mkdir()
    sources = [source for source in expand(["in"]) if source.id != "r2"]
    stored(whole / "nspcc.db", sources, tables=whole)
    monkeypatch.setattr("extract.batch.staged.tabulated_group", kill_in_a_group)
    summary = stored(cut / "nspcc.db", expand(["in"]), workers=2, tables=cut)
    assert [failure.release_id for failure in summary.failures] == ["r2"]
    assert sorted(summary.files) == sorted(cut.glob("*.csv"))
    for path in summary.files:
        if path.stem not in ("runs", "failures"):
            assert path.read_bytes() == (whole / path.name).read_bytes()


def test_what_is_drained_comes_in_order_and_is_not_held(folder):
    sources = expand(["in"])
    expected, left = list(sources), drained(sources)
    assert (next(left), len(sources)) == (expected[0], 5)
    assert list(left) == expected[1:]


def test_a_failure_is_recorded_until_a_later_run_reads_the_input(folder):
    bad = folder / "r3.txt"
    bad.write_bytes(b"")
    summary = stored("nspcc.db", expand(["in"]))
    assert [failure.release_id for failure in summary.failures] == ["r3"]
    assert [row["source"] for row in dump("nspcc.db")["failures"]] == ["in/r3.txt"]
    bad.write_text(RELEASE.format(n=999))
    summary = stored("nspcc.db", expand(["in"]))
    assert (summary.done, summary.skipped, summary.failures) == (1, 5, [])
    assert dump("nspcc.db")["failures"] == []


def test_an_error_that_was_not_foreseen_is_named_and_said_to_be_one(folder, monkeypatch):
    def broken(data, name, **_):
        raise ZeroDivisionError("division\nby zero")

    monkeypatch.setattr("extract.read.read_bytes", broken)
    failure = process(expand(["in/r1.txt"])[0])
    assert isinstance(failure, Failure)
    assert failure.unexpected
    assert str(failure).startswith("in/r1.txt: unexpected error, ZeroDivisionError in ")
    assert "\n" not in str(failure)


def test_an_input_that_takes_too_long_is_given_up(folder, monkeypatch):
    monkeypatch.setattr("extract.read.read_bytes", lambda data, name, **_: time.sleep(30))
    begun = time.monotonic()
    failure = process(expand(["in/r1.txt"])[0], limit=0.2)
    assert time.monotonic() - begun < 5
    assert "took longer than 0.2 s" in str(failure)


def test_what_is_unchanged_is_not_read_again(folder, monkeypatch):
    stored("nspcc.db", expand(["in"]))
    before = dump("nspcc.db")
    monkeypatch.setattr("extract.read.read_bytes", lambda data, name, **_: pytest.fail(f"{name} was read again"))
    summary = stored("nspcc.db", expand(["in"]))
    assert (summary.skipped, summary.done, summary.failures) == (6, 0, [])
    assert dump("nspcc.db") == before


def test_verify_compares_hashes(folder):
    stored("nspcc.db", expand(["in"]))
    same = folder / "r1.txt"
    status = same.stat()
    same.write_text(RELEASE.format(n=777))
    os.utime(same, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert stored("nspcc.db", expand(["in"])).done == 0
    assert stored("nspcc.db", expand(["in"]), verify=True).done == 1


def test_a_changed_manifest_or_pipeline_is_a_changed_input(folder, monkeypatch):
    stored("nspcc.db", expand(["in"]))
    (folder / "manifest.csv").write_text("id,file,published\nr1,r1.txt,2019-11-05\n")
    assert stored("nspcc.db", expand(["in"])).done == 1
    monkeypatch.setattr(sys.modules[run.__module__], "pipeline_version", lambda: "other")
    assert stored("nspcc.db", expand(["in"])).done == 6


def test_the_pipelines_version_names_the_package_and_its_code():
    version, _, digest = pipeline_version().partition("+")
    assert version == "0.1.0"
    assert len(digest) == 12


@pytest.mark.slow
def test_a_run_killed_at_any_moment_goes_on_to_the_same_store(folder):
    sources = expand(["in"])
    stored("whole.db", sources)
    script = (
        "import os, sys\n"
        "from extract.batch import expand, run\n"
        "from extract.store import Store\n"
        "left = [int(sys.argv[1])]\n"
        "def step(*_):\n"
        "    left[0] -= 1\n"
        "    if left[0] == 0:\n"
        "        os.kill(os.getpid(), 9)\n"
        "run(expand(['in']), Store('cut.db'), progress=step)\n"
    )
    for after in (1, 3, 2):
        killed = subprocess.run([sys.executable, "-c", script, str(after)], check=False, cwd=Path.cwd())
        assert killed.returncode in (-9, 0)
    stored("cut.db", sources)
    assert dump("cut.db") == dump("whole.db")


def children(pid):
    """Return the processes that a process started, as the system tells them."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in listed.stdout.split()]


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.slow
@pytest.mark.parametrize("partitions", [None, "partitions"])
def test_drivers_and_workers_killed_at_random_moments_leave_the_same_store(folder, partitions):
    for n in range(6, 200):
        (folder / f"r{n}.txt").write_text(RELEASE.format(n=200 + n))
    sources = expand(["in"])
    script = (
        "import sys\n"
        "from extract.batch import expand, run\n"
        "from extract.store import Store\n"
        "if __name__ == '__main__':\n"
        "    run(expand(['in']), Store(sys.argv[1]), workers=2, partitions=(sys.argv[2:] or [None])[0])\n"
    )
    (folder.parent / "driver.py").write_text(script)
    command = [sys.executable, "driver.py"]
    begun = time.monotonic()
    subprocess.run([*command, "whole.db"], check=True)
    whole = time.monotonic() - begun
    # Shares of an uninterrupted run, so that a fast machine is cut as often as a slow one; the shortest first,
    # since each run leaves less to do for the next.
    rng, finished = random.Random(7), 0
    moments = sorted(rng.uniform(0.05, 0.9) for _ in range(10))
    for kill, moment in enumerate(moments):
        driver = subprocess.Popen([*command, "cut.db", *([partitions] if partitions else [])])
        time.sleep(moment * whole)
        workers = children(driver.pid)
        if kill % 2 and workers:
            os.kill(rng.choice(workers), signal.SIGKILL)
            time.sleep(rng.uniform(0.0, 0.1) * whole)
        driver.kill()
        finished += driver.wait() == 0
        until = time.monotonic() + 20
        while any(alive(pid) for pid in workers) and time.monotonic() < until:
            time.sleep(0.1)
        assert not any(alive(pid) for pid in workers), "a worker outlived its driver"
    stored("cut.db", sources, partitions=partitions)
    assert dump("cut.db") == dump("whole.db")
    assert not Path("partitions").exists()
    assert finished < len(moments)


def test_a_source_is_plain_data():
    source = Source("in/a.txt", "a")
    assert source.facts == "[null, null, null]"
