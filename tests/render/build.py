"""Builds ``corpus/`` from ``gold/``: ``python -m tests.render.build``.

Each release is rendered in the form that ``tests/render/plan.csv`` gives it, and ``corpus/manifest.csv`` is written.
The result depends on nothing but the gold and the plan: a second run changes no byte. ``--assign`` first adds rows
for gold files that the plan does not know.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.render.paper import render_pdf
from tests.render.web import render_html

from extract.evaluate.gold import GoldRelease, load_gold

ROOT = Path(__file__).parents[2]
PLAN = Path(__file__).with_name("plan.csv")
MANIFEST_COLUMNS = ("id", "file", "url", "published", "publisher", "split")
_ENDINGS = {"html": "html", "pdf": "pdf", "json": "json", "txt": "txt"}
_DATELINE = re.compile(
    r"^\W*(?:published|updated|posted|last modified)\b"
    r"|\b\d{1,2}[:.]\d\d\b.*\|"
    r"|^\W*(?:\w+day,? )?\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9},? \d{4}\b.{0,25}$",
    re.IGNORECASE,
)
# The order in which forms are given out; tables first where a release has one.
_FORMS = ("html-a", "pdf-one", "html-b", "pdf-two", "json", "html-b", "txt", "html-a", "pdf-two", "txt-crlf", "pdf-one")
_TABLE_FORMS = ("pdf-table", "html-a", "pdf-table", "html-b", "json")
_PUBLISHERS = {
    "html-a": "Harbour Children's Trust",
    "html-b": "The Wealdshire Courier",
    "pdf": "Harbour Children's Trust",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A row of the plan: how a release is rendered and what the manifest says of it."""

    id: str
    form: str
    publisher: str
    url: str

    @property
    def file(self) -> str:
        """The name of the file in ``corpus/``."""
        return f"{self.id}.{_ENDINGS[self.form.split('-')[0]]}"


def read_plan(path: Path = PLAN) -> list[Plan]:
    """Return the rows of the plan."""
    return [Plan(**row) for row in csv.DictReader(path.read_text("utf-8").splitlines())]


def render(gold: GoldRelease, plan: Plan) -> bytes:
    """Return a release in its form: the bytes of one file of the corpus."""
    kind, _, variant = plan.form.partition("-")
    if kind == "html":
        return render_html(gold, variant, plan.publisher).encode()
    if kind == "pdf":
        return render_pdf(gold, variant, plan.publisher)
    if kind == "json":
        data = {"id": gold.id, "text": gold.text, "title": gold.title, "published": gold.published, "url": None}
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    if variant == "crlf":
        # A byte-order mark and Windows line endings, as Notepad writes them.
        return gold.text.replace("\n", "\r\n").encode("utf-8-sig")
    return gold.text.encode("cp1252" if variant == "cp1252" else "utf-8")


def assign(releases: Iterable[GoldRelease], plan: list[Plan]) -> list[Plan]:
    """Return the plan with rows for releases that it lacks, forms given out in turn within each split."""
    known = {row.id for row in plan}
    made = list(plan)
    for has_table, forms in ((True, _TABLE_FORMS), (False, _FORMS)):
        for split in ("dev", "test"):
            # In an order that says nothing of the content: by the hash of the id.
            group = sorted(
                (r for r in releases if r.split == split and _has_table(r) == has_table and r.id not in known),
                key=lambda r: hashlib.sha256(r.id.encode()).hexdigest(),
            )
            for index, release in enumerate(group):
                form = _possible(forms[index % len(forms)], release)
                publisher = _PUBLISHERS.get(form) or _PUBLISHERS.get(form.split("-")[0], "")
                made.append(Plan(release.id, form, publisher, ""))
    return sorted(made, key=lambda row: row.id)


def _possible(form: str, release: GoldRelease) -> str:
    # A line of dates and times is furniture on a page, and readers are right to drop it there.
    if any(_DATELINE.search(line) for line in release.text.split("\n")[1:8]):
        return "json" if form.startswith("html") else "txt"
    printable = release.text.encode("cp1252", "ignore").decode("cp1252") == release.text
    return form if printable or not form.startswith("pdf") else "html-a"


def _has_table(release: GoldRelease) -> bool:
    return sum(" | " in line for line in release.text.split("\n")) > 1


def files(releases: Iterable[GoldRelease], plan: list[Plan]) -> Iterator[tuple[str, bytes]]:
    """Return names and bytes of all files of the corpus, the manifest last."""
    rows = {row.id: row for row in plan}
    manifest = io.StringIO()
    writer = csv.DictWriter(manifest, MANIFEST_COLUMNS, lineterminator="\n")
    writer.writeheader()
    for gold in sorted(releases, key=lambda r: r.id):
        row = rows[gold.id]
        yield row.file, render(gold, row)
        writer.writerow(
            {
                "id": gold.id,
                "file": row.file,
                "url": row.url,
                "published": gold.published or "",
                "publisher": row.publisher,
                "split": gold.split,
            }
        )
    yield "manifest.csv", manifest.getvalue().encode()


def build(gold_folder: Path, corpus: Path, plan: list[Plan]) -> int:
    """Write the corpus and remove what an earlier plan left; returns how many files changed."""
    made = dict(files(load_gold(gold_folder), plan))
    changed = 0
    for old in corpus.iterdir():
        if old.suffix.removeprefix(".") in _ENDINGS and old.name not in made:
            old.unlink()
            changed += 1
    for name, content in made.items():
        path = corpus / name
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
            changed += 1
    return changed


def write_plan(plan: list[Plan], path: Path = PLAN) -> None:
    """Write the plan back as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("id", "form", "publisher", "url"))
        writer.writerows((row.id, row.form, row.publisher, row.url) for row in plan)


def main(arguments: list[str] | None = None) -> int:
    """Build the corpus; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.render.build", description=__doc__)
    parser.add_argument("--assign", action="store_true", help="add rows to the plan for gold files that it lacks")
    options = parser.parse_args(arguments)
    plan = read_plan() if PLAN.exists() else []
    if options.assign:
        plan = assign(load_gold(ROOT / "gold"), plan)
        write_plan(plan)
    changed = build(ROOT / "gold", ROOT / "corpus", plan)
    print(f"{changed} files of corpus/ changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
