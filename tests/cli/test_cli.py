"""The real command in a process of its own: output, errors of one line, exit codes."""

import csv
import json
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from PIL import Image

from extract.records import FIELDS

TEXT = (
    "Kent Police recorded 260 offences of sexual communication with a child in 2018/19.\n\n"
    "That is up from 194 in 2017/18, when Instagram was used in 34% of them.\n"
)
COMMANDS = ("annotate", "run", "dataset", "reconcile", "evaluate", "gate", "show", "explain", "rules", "review")


def call(*arguments, cwd=None, columns="200"):
    """Run the command; standard output and error come back apart."""
    command = [Path(sys.executable).with_name("nspcc-extract"), *map(str, arguments)]
    environment = {
        "PATH": "/usr/bin:/bin",
        "COLUMNS": columns,
        "PYTHONWARNINGS": "error",
        "LC_ALL": "C",
    }
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=cwd, env=environment, check=False)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/r1.txt").write_text(TEXT)
    return tmp_path


@pytest.fixture(scope="module")
def difficult(tmp_path_factory):
    """A folder of files that cannot be read, and of two that can be with some care."""
    root = tmp_path_factory.mktemp("difficult")
    (root / "broken.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 9 0 R >>\nendobj\nxref\n0 1\n")
    (root / "empty.txt").write_bytes(b"")
    Image.new("RGB", (40, 40), "white").save(root / "picture.png")
    (root / "picture.png").rename(root / "picture.pdf")
    latin = "Heddlu’r Gogledd: café. North Wales Police recorded 53 offences in 2017/18 – £1 each.\n"
    (root / "latin.txt").write_bytes(latin.replace("’", "'").replace("–", "-").encode("latin-1"))
    row = "<p>Essex Police recorded 61 offences of child cruelty in 2018/19, a spokesperson said on the day.</p>\n"
    filler = "<p>More was said about the matter, at length and without any number, by those who spoke.</p>\n"
    data = f"<script>var store = {json.dumps('0123456789abcdef' * 600_000)}</script>"
    picture = f'<img alt="" src="data:image/png;base64,{"iVBORw0KGgo" * 900_000}">'
    page = f"<html><head><title>Long page</title>{data}</head><body><article><h1>Long page</h1>{row}{picture}"
    page += filler * (500_000 // len(filler)) + "</article></body></html>"
    assert len(page) > 20_000_000
    (root / "long.html").write_text(page)
    return root


def test_the_entry_point_is_the_command():
    (found,) = entry_points(group="console_scripts", name="nspcc-extract")
    assert found.value == "extract.cli:main"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_each_command_has_an_example(command):
    done = call(command, "--help")
    assert done.returncode == 0
    assert f"Example: nspcc-extract {command}" in done.stdout


def test_version_and_help_load_nothing_heavy():
    script = (
        "import sys, extract.cli\n"
        "heavy = {'pandas', 'spacy', 'numpy', 'pdfplumber', 'bs4', 'trafilatura', 'sqlite3'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
    assert call("--version").stdout.startswith("nspcc-extract ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], "No such command"),
        (["annotate"], "INPUT"),
        (["annotate", "nowhere.txt"], "nowhere.txt: does not exist"),
        (["annotate", "in", "--format", "xml"], "xml"),
        (["run", "in"], "--out"),
        (["run", "in", "--out", "o", "--workers", "0"], "workers"),
        (["explain", "in/r1.txt", "--at", "100000"], "lies beyond the text"),
        (["rules", "nonsense"], "is no rule file"),
        (["dataset", "in", "--out", "d", "--corrections", "none.csv"], "none.csv: does not exist"),
        (["reconcile", "none.db", "--official", "none.csv"], "none.csv: does not exist"),
        (["evaluate", "--json", "--markdown"], "exclude each other"),
    ],
)
def test_a_call_that_makes_no_sense_ends_with_2_and_one_line(folder, arguments, said):
    done = call(*arguments, cwd=folder)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert said in done.stderr


def test_without_arguments_the_commands_are_listed():
    done = call()
    assert done.returncode == 2
    assert all(command in done.stdout for command in COMMANDS)


def test_annotate_writes_the_form_of_the_definition(folder):
    done = call("annotate", "in", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = done.stdout.splitlines()
    made = json.loads(line)
    assert list(made) == ["id", "source", "published", "title", "text", "mentions", "observations"]
    assert (made["id"], made["source"], made["text"]) == ("r1", "in/r1.txt", TEXT)
    mention = next(m for m in made["mentions"] if m["text"] == "260")
    assert mention == {
        "label": "COUNT",
        "start": TEXT.index("260"),
        "end": TEXT.index("260") + 3,
        "text": "260",
        "value": 260,
    }
    figure = next(o for o in made["observations"] if o["start"] == TEXT.index("260"))
    assert list(figure) == ["start", "end", *FIELDS, "flags", "notes", "sentence", "rules", "margin"]
    assert (figure["value"], figure["geography"], figure["period"]) == (260, ["kent"], ["2018-04-01", "2019-03-31"])


def test_annotate_to_a_file_gives_the_same_bytes(folder):
    shown = call("annotate", "in/*.txt", cwd=folder)
    done = call("annotate", "in/r1.txt", "--format", "jsonl", "--out", "a.jsonl", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert (folder / "a.jsonl").read_text("utf-8") == shown.stdout


def test_two_inputs_with_one_id_are_a_named_error(folder):
    (folder / "in/r1.html").write_text("<p>x</p>")
    done = call("annotate", "in", cwd=folder)
    assert done.returncode == 2
    assert "in/r1.txt: has the id r1, as in/r1.html has" in done.stderr


def test_run_writes_a_database_and_a_csv_of_each_table(folder):
    done = call("run", "in", "--out", "out", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 read, 0 unchanged, 0 failed" in done.stdout
    with closing(sqlite3.connect(folder / "out/nspcc.db")) as connection:
        series = "SELECT force, year, value FROM force_year ORDER BY year"
        assert connection.execute(series).fetchall() == [("kent", "2017/18", 194), ("kent", "2018/19", 260)]
        names = [r[0] for r in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    assert {f"{name}.csv" for name in names if name != "meta"} <= {p.name for p in (folder / "out").iterdir()}
    with (folder / "out/force_year.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["value"] for row in csv.DictReader(stream)] == ["194", "260"]


def test_running_again_reads_nothing_and_changes_nothing(folder):
    call("run", "in", "--out", "out", cwd=folder)
    before = {p.name: p.read_bytes() for p in (folder / "out").glob("*.csv") if p.name != "runs.csv"}
    done = call("run", "in", "--out", "out", cwd=folder)
    assert "0 read, 1 unchanged, 0 failed" in done.stdout
    assert {p.name: p.read_bytes() for p in (folder / "out").glob("*.csv") if p.name != "runs.csv"} == before


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_what_cannot_be_read_is_named_and_the_rest_is_done(difficult, tmp_path, workers):
    done = call("run", difficult, "--out", tmp_path / "out", "--workers", workers)
    assert done.returncode == 1
    errors = done.stderr.splitlines()
    assert [Path(line.split(":")[0]).name for line in errors] == ["broken.pdf", "empty.txt", "picture.pdf"]
    assert all("; " in line and "unexpected" not in line for line in errors)
    with closing(sqlite3.connect(tmp_path / "out/nspcc.db")) as connection:
        assert connection.execute("SELECT release_id FROM releases ORDER BY 1").fetchall() == [("latin",), ("long",)]
        forces = "SELECT release_id, geography FROM mentions WHERE label = 'FORCE' ORDER BY 1"
        assert set(connection.execute(forces)) == {("latin", "north-wales"), ("long", "essex")}
        assert "café" in connection.execute("SELECT text FROM texts WHERE release_id = 'latin'").fetchone()[0]
        assert connection.execute("SELECT count(*) FROM failures").fetchone()[0] == 3


def test_annotate_reports_failures_and_does_the_rest(difficult, tmp_path):
    done = call("annotate", difficult / "latin.txt", difficult / "empty.txt")
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["latin"]
    assert done.stderr.count("\n") == 1


def test_show_has_the_text_a_legend_and_the_observations(folder):
    done = call("show", "in/r1.txt", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    for part in (
        "FORCE",
        "PERCENTAGE",
        "Kent Police recorded 260",
        "observations",
        "sexual-communication-with-a-child",
    ):
        assert part in done.stdout


def test_show_makes_control_characters_visible(folder):
    (folder / "in/r1.txt").write_text("Kent Police \x1b[31mrecorded\x07 260 offences in 2018/19.")
    done = call("show", "in/r1.txt", cwd=folder)
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout


def test_show_of_a_file_that_cannot_be_read_ends_with_1(folder):
    (folder / "in/r1.txt").write_bytes(b"")
    done = call("show", "in/r1.txt", cwd=folder)
    assert done.returncode == 1
    assert done.stderr.startswith("in/r1.txt: ")
    assert done.stderr.count("\n") == 1


def test_explain_names_the_rule_behind_each_field(folder):
    done = call("explain", "in/r1.txt", "--at", TEXT.index("260"), cwd=folder)
    assert done.returncode == 0
    for part in ("COUNT", "Kent Police recorded 260", "period", "2018-04-01 to 2019-03-31", "kent"):
        assert part in done.stdout


def test_rules_lists_rows_with_their_examples():
    done = call("rules", "year")
    assert done.returncode == 0
    assert "year.police" in done.stdout
    assert "+ recorded 61 offences in [[2017/18]]." in done.stdout


def test_a_reader_that_stops_early_is_no_error(folder):
    command = f"{Path(sys.executable).with_name('nspcc-extract')} rules | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", check=False)
    assert done.stderr == ""


def test_dataset_of_releases_and_of_the_store_that_run_made_are_the_same(folder):
    call("run", "in", "--out", "out", cwd=folder)
    (folder / "people.csv").write_text("geography,year,children,source\nkent,2018,338000,ONS\n")
    for source, out in (("in", "one"), ("out/nspcc.db", "two")):
        done = call("dataset", source, "--out", out, "--population", "people.csv", cwd=folder)
        assert (done.returncode, done.stderr) == (0, "")
    made = {path.name: path.read_bytes() for path in (folder / "one").iterdir()}
    assert made == {path.name: path.read_bytes() for path in (folder / "two").iterdir()}
    assert {"datapackage.json", "force_year.csv", "force_year_rate.csv"} <= set(made)


def test_dataset_applies_corrections_without_touching_the_store(folder):
    call("run", "in", "--out", "out", cwd=folder)
    with closing(sqlite3.connect(folder / "out/nspcc.db")) as connection:
        (key,) = connection.execute("SELECT observation_id FROM observations WHERE value = 260").fetchone()
    fixes = f"observation_id,field,old,new,reason,source\n{key},value,260,206,misprint,letter\n"
    (folder / "fixes.csv").write_text(fixes)
    done = call("dataset", "out/nspcc.db", "--out", "data", "--corrections", "fixes.csv", cwd=folder)
    assert "1 of 1 corrections applied" in done.stdout
    assert ",206," in (folder / "data/force_year.csv").read_text()
    with closing(sqlite3.connect(folder / "out/nspcc.db")) as connection:
        assert connection.execute("SELECT count(*) FROM observations WHERE value = 260").fetchone() == (1,)


def test_reconcile_lists_differences(folder):
    call("run", "in", "--out", "out", cwd=folder)
    official = "force,year,offence,value,source\nkent,2018/19,sexual-communication-with-a-child,266,ONS\n"
    (folder / "official.csv").write_text(official)
    shown = call("reconcile", "out/nspcc.db", "--official", "official.csv", cwd=folder)
    assert shown.returncode == 0
    assert "differs" in shown.stdout
    call("reconcile", "out/nspcc.db", "--official", "official.csv", "--out", "r.csv", cwd=folder)
    with (folder / "r.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["year"], row["verdict"]) for row in rows] == [("2017/18", "releases only"), ("2018/19", "differs")]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is a thing of Linux")
def test_output_without_room_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Grooming\n\nKent Police recorded 61 offences in 2019/20.\n")
    command = f"{Path(sys.executable).with_name('nspcc-extract')} annotate {tmp_path}/a.txt > /dev/full"
    done = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "No space left on device" in done.stderr


def _heed_interrupts():
    """Undo what a shell does to commands that it starts in the background: they ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupted_run_says_so_and_goes_on(tmp_path, workers):
    (tmp_path / "in").mkdir()
    for n in range(400):
        (tmp_path / f"in/r{n}.txt").write_text(TEXT.replace("260", str(300 + n)))
    command = [Path(sys.executable).with_name("nspcc-extract"), "run", "in", "--out", "out", "--workers", str(workers)]
    process = subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, preexec_fn=_heed_interrupts
    )
    while not _releases(tmp_path / "out/nspcc.db") and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert err.splitlines()[-1] == "stopped; what is written stays, and the same call goes on from there"
    assert "Traceback" not in err
    assert 1 <= _releases(tmp_path / "out/nspcc.db") < 400
    assert call("run", "in", "--out", "out", cwd=tmp_path).returncode == 0
    assert _releases(tmp_path / "out/nspcc.db") == 400


def _releases(database):
    """Return how many releases a database holds, 0 where it is not there yet."""
    if not database.exists():
        return 0
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        try:
            return connection.execute("SELECT count(*) FROM releases").fetchone()[0]
        except sqlite3.OperationalError:  # its tables are being made
            return 0
