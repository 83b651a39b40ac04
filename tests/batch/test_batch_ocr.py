"""Scans in a run: taken up once they can be read, by workers too, and nothing else read again for them."""

from contextlib import closing
from shutil import which

import pytest
from reportlab.platypus import PageBreak
from tests.read.make_pdf import para, pdf
from tests.render.scanned import scanned

from extract import annotated
from extract.batch import expand, run
from extract.batch.partition import input_key
from extract.errors import UsageError
from extract.read import ocr
from extract.store import Store
from extract.store.database import read_only

pytestmark = pytest.mark.skipif(
    which("tesseract") is None, reason="Tesseract is not installed: apt-get install tesseract-ocr"
)

RELEASE = "Kent Police recorded {} sexual communication with a child offences in {}."


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    inputs = tmp_path / "in"
    inputs.mkdir()
    (inputs / "plain.txt").write_text(RELEASE.format(201, "2016/17"))
    (inputs / "print.pdf").write_bytes(pdf([para(RELEASE.format(212, "2017/18"))]))
    (inputs / "scan.pdf").write_bytes(scanned(pdf([para(RELEASE.format(223, "2018/19"))])))
    return inputs


def stored(ocr, **options):
    with Store("nspcc.db") as store:
        return run(expand(["in"], ocr=ocr), store, **options)


def rows(query):
    with closing(read_only("nspcc.db")) as connection:
        return [tuple(row) for row in connection.execute(query)]


READERS = "SELECT release_id, reader, pages_recognised, pages_unread FROM releases ORDER BY release_id"


@pytest.mark.parametrize("options", [{}, {"workers": 2}, {"partitions": "parts"}])
def test_a_rerun_takes_up_what_failed_for_want_of_it_and_nothing_else(folder, options):
    first = stored(False, **options)
    assert [(f.release_id, "--ocr" in f.mend) for f in first.failures] == [("scan", True)]
    second = stored(True, **options)
    assert (second.done, second.skipped, second.failures) == (1, 2, [])
    assert rows(READERS) == [
        ("plain", "plain", None, None),
        ("print", "pdf", None, None),
        ("scan", "pdf+ocr", "1", None),
    ]
    assert rows("SELECT value FROM observations WHERE release_id = 'scan'") == [(223.0,)]
    for again in (True, False):
        assert stored(again, **options).skipped == 3


def test_a_rerun_takes_up_releases_of_which_pages_were_not_read(folder):
    flow = [para(RELEASE.format(234, "2019/20")), PageBreak(), para(RELEASE.format(245, "2020/21"))]
    (folder / "scan.pdf").write_bytes(scanned(pdf(flow), keep=(1,)))
    assert stored(False).done == 3
    assert rows(READERS)[2] == ("scan", "pdf", None, "2")
    assert (stored(True).done, stored(True).skipped) == (1, 3)
    assert rows(READERS)[2] == ("scan", "pdf+ocr", "2", None)
    query = "SELECT value, page FROM observations WHERE release_id = 'scan' ORDER BY page"
    assert rows(query) == [(234.0, 1), (245.0, 2)]


def test_the_interface_for_python_reads_scans(folder):
    (found,) = annotated("in/scan.pdf", ocr=True)
    assert found.release.recognised == (1,)
    assert [o.value for o in found.observations] == [223.0]


def test_a_partition_made_without_it_is_not_taken_for_one_with_it(folder):
    (without,), (with_it,) = expand(["in/scan.pdf"]), expand(["in/scan.pdf"], ocr=True)
    assert input_key(without, "1") != input_key(with_it, "1")


def test_without_tesseract_the_run_ends_with_one_error(folder, monkeypatch):
    ocr.require.cache_clear()
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="needs Tesseract, which is not installed"):
        stored(True)
