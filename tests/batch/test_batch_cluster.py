"""A run on a real Dask cluster: the same store as without one, and nothing lost where a worker is killed."""

import os
import subprocess
import sys
import threading
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from tests.batch.cluster import Cluster

from extract.batch import connected, expand, pipeline_version, process_all, run
from extract.batch.cluster import ClusterError
from extract.batch.work import process
from extract.store import Store
from extract.store.database import read_only
from extract.store.export import table_rows
from extract.tabulate import SCHEMA

RELEASE = "Kent Police recorded {n} sexual communication with a child offences in 2018/19."
# What Dask's own threads leave to the collector is no fault of the run.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    made = Cluster(tmp_path_factory.mktemp("dask"))
    made.worker("one", nanny=True)
    made.worker("two", nanny=True)
    with closing(made):
        yield made


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for n in range(70):
        (tmp_path / f"in/r{n:02d}.txt").write_text(RELEASE.format(n=200 + n))
    (tmp_path / "in/bad.txt").write_bytes(b"")
    return tmp_path


def dump(path, without=("runs",)):
    with closing(read_only(path)) as connection:
        return {name: list(table_rows(connection, t)) for name, t in SCHEMA.items() if name not in without}


def on(address, path, sources, **options):
    with connected(address) as given, Store(path) as store:
        return run(sources, store, given, partitions=str(Path("partitions").resolve()), **options)


def whole(sources):
    with Store("whole.db") as store:
        run(sources, store)
    return dump("whole.db")


def test_the_store_is_the_same_as_without_a_cluster(cluster, folder):
    sources = expand(["in"])
    summary = on(cluster.address, "cluster.db", sources)
    assert (summary.done, [f.release_id for f in summary.failures]) == (70, ["bad"])
    assert dump("cluster.db") == whole(sources)
    assert not Path("partitions").exists()
    again = on(cluster.address, "cluster.db", sources)
    assert (again.done, again.skipped) == (0, 70)


def test_records_come_back_through_its_executor_too(cluster, folder):
    sources = expand([str(folder / f"in/r0{n}.txt") for n in range(6)])
    with connected(cluster.address) as given:
        assert list(process_all(sources, given)) == [(source, process(source)) for source in sources]


def test_the_command_runs_on_it(cluster, folder):
    command = [Path(sys.executable).with_name("nspcc-extract"), "run", "in", "--out", "out"]
    done = subprocess.run(
        [*command, "--scheduler", cluster.address], capture_output=True, encoding="utf-8", check=False, cwd=folder
    )
    assert done.returncode == 1, done.stderr
    assert "in/bad.txt" in done.stderr
    assert dump("out/nspcc.db") == whole(expand(["in"]))


def test_addresses_go_out_as_well_as_paths(cluster, folder):
    url = f"file://{folder}/in"
    (folder / "in/manifest.csv").write_text("id,file,published\nfirst,r00.txt,2019-11-05\n")
    with connected(cluster.address) as given, Store("url.db") as store:
        summary = run(expand([url]), store, given, partitions=f"file://{folder}/parts")
    assert summary.done == 70
    releases = {row["release_id"]: row for row in dump("url.db")["releases"]}
    assert releases["first"]["published"] == "2019-11-05"
    assert releases["first"]["source"] == f"{url}/r00.txt"


def test_workers_that_are_killed_in_mid_run_lose_nothing(folder):
    sources = expand(["in"])
    expected = whole(sources)
    with closing(Cluster(folder)) as own:
        own.worker("one")
        own.worker("two")
        seen = []

        def progress(source, _):
            seen.append(source)
            if len(seen) == 5:
                own.kill("one")
                own.worker("three")
            if len(seen) == 30:
                own.kill("two")

        on(own.address, "killed.db", sources, progress=progress)
    assert dump("killed.db") == expected


def test_a_driver_that_is_killed_takes_up_what_the_workers_had_done(cluster, folder):
    sources = expand(["in"])
    script = (
        "import os, sys\n"
        "from extract.batch import connected, expand, run\n"
        "from extract.store import Store\n"
        "left = [int(sys.argv[2])]\n"
        "def step(*_):\n"
        "    left[0] -= 1\n"
        "    if left[0] == 0:\n"
        "        os.kill(os.getpid(), 9)\n"
        "with connected(sys.argv[1]) as given:\n"
        "    run(expand(['in']), Store('cut.db'), given, partitions=os.path.abspath('partitions'), progress=step)\n"
    )
    for after in (3, 20, 41):
        command = [sys.executable, "-c", script, cluster.address, str(after)]
        assert subprocess.run(command, check=False, cwd=folder).returncode == -9
    on(cluster.address, "cut.db", sources)
    assert dump("cut.db") == whole(sources)


def test_a_document_that_ends_its_worker_is_the_only_one_to_fail(folder, monkeypatch):
    (folder / "deadly.py").write_text(
        "import os\n"
        "from extract.batch.work import tabulated\n"
        "def work(source, limit=None, root=''):\n"
        "    if source.id == 'r20':\n"
        "        os._exit(1)\n"
        "    return tabulated(source, limit, root)\n"
    )
    monkeypatch.syspath_prepend(folder)
    import deadly

    from extract.batch import staged

    deadly_partition = partial(staged.write_partition, work=deadly.work)
    monkeypatch.setattr(staged, "write_partition", deadly_partition)
    path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    with closing(Cluster(folder, PYTHONPATH=path)) as own:
        own.worker("one", nanny=True)
        own.worker("two", nanny=True)
        summary = on(own.address, "deadly.db", expand(["in"]))
    assert {f.release_id: f.unexpected for f in summary.failures} == {"bad": False, "r20": True}
    assert summary.done == 69


def test_a_document_that_takes_too_long_on_a_worker_is_given_up(cluster, folder):
    slow = "Kent Police recorded 200 offences in 2018/19, and 14 in 2017/18. " * 10_000  # many times the limit
    (folder / "in/long.txt").write_text(slow)
    begun = time.monotonic()
    summary = on(cluster.address, "slow.db", expand(["in/long.txt", "in/r01.txt"]), limit=2.0)
    assert time.monotonic() - begun < 30
    assert [str(f) for f in summary.failures] == ["in/long.txt: took longer than 2 s; raise --limit or leave it out"]
    assert summary.done == 1


def test_what_is_no_scheduler_is_named():
    said = r"127\.0\.0\.1:9: is no scheduler that answers; start one with"
    with pytest.raises(ClusterError, match=said), connected("tcp://127.0.0.1:9", patience=1):
        pass


def test_a_cluster_without_workers_is_named(tmp_path):
    said = "has no workers; start some with: dask worker tcp"
    with closing(Cluster(tmp_path)) as own, pytest.raises(ClusterError, match=said), connected(own.address, 1):
        pass


def test_a_worker_of_another_version_is_named(cluster, folder, monkeypatch):
    monkeypatch.setattr("extract.batch.cluster.pipeline_version", lambda: "another")
    with pytest.raises(Exception, match="install the same version on every worker"), connected(cluster.address):
        pass
    assert pipeline_version() != "another"


def test_a_scheduler_that_goes_away_is_named_and_the_next_run_goes_on(cluster, folder):
    sources = expand(["in"])
    own = Cluster(folder)
    own.worker("one")
    seen = []

    def progress(source, _):
        seen.append(source)
        if len(seen) == 10:
            threading.Thread(target=own.kill, args=("scheduler",)).start()

    try:
        with pytest.raises(ClusterError, match="went away"):
            on(own.address, "away.db", sources, progress=progress)
    finally:
        own.close()
    on(cluster.address, "away.db", sources)
    assert dump("away.db") == whole(sources)
