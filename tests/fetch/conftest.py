"""The local site, jobs that crawl it, and what a corpus holds afterwards."""

import csv
from dataclasses import replace

import pytest
from local_site import LocalSite

pytest.importorskip("scrapy", reason="the extra [fetch] is not installed")

from extract.fetch.crawl import fetch
from extract.fetch.job import Job, Limits

LIMITS = Limits(delay=0.0, timeout=5.0, retries=2, time=60.0)
LOOPBACK = ("127.0.0.1/32",)


@pytest.fixture
def site():
    found = LocalSite()
    yield found
    found.close()


@pytest.fixture
def crawl(tmp_path):
    """Run a job over loopback: ``crawl(pages=[...], delay=0.1)``; fields of `Limits` are limits, the rest the job's."""

    def run(corpus=None, lookup=None, **given):
        names = set(Limits.__dataclass_fields__) - {"pages"}
        limits = replace(LIMITS, **{k: given.pop(k) for k in list(given) if k in names})
        limits = replace(limits, pages=given.pop("most", limits.pages))
        given = {k: tuple(v) if isinstance(v, list) else v for k, v in given.items()}
        job = Job(corpus or tmp_path / "corpus", "tests@example.org", limits=limits, **{"allow": LOOPBACK, **given})
        return fetch(job, **({"lookup": lookup} if lookup else {}))

    return run


@pytest.fixture
def corpus(tmp_path):
    return Corpus(tmp_path / "corpus")


class Corpus:
    """What a corpus folder holds."""

    def __init__(self, folder):
        self.folder = folder

    def _rows(self, name):
        path = self.folder / name
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    @property
    def manifest(self):
        return self._rows("manifest.csv")

    @property
    def log(self):
        return self._rows("fetch-log.csv")

    def outcomes(self, *kinds):
        return [row["outcome"] for row in self.log if not kinds or row["kind"] in kinds]

    def contents(self):
        """Everything that two corpora of the same releases have in common: files with bytes, and rows without times."""
        files = {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file() and path.parent.name in ("files", "pages", "older")
        }
        rows = sorted(tuple((k, v) for k, v in row.items() if k != "fetched") for row in self.manifest)
        return files, rows
