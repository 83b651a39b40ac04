"""Decides about each document that came in: new, same, changed or not wanted; keeps it; writes the attempt down.

The crawler and the reader of WARC files both hand their documents here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from extract.fetch.archive import Archive
from extract.fetch.duplicates import Duplicates, Signature, sign
from extract.fetch.job import Summary
from extract.fetch.judge import Judgement, judge
from extract.fetch.ledger import Row
from extract.fetch.urls import canonical, make_id
from extract.records import Release

Outcome = Literal["new", "same", "changed", "skipped", "failed", "listed", "retried"]
#: Content types that may hold a release; whatever else a server sends is not looked into.
_TYPES = ("text/html", "application/xhtml", "application/pdf", "text/plain", "application/json", "")
_UNSURE = ("application/octet-stream", "binary/octet-stream", "application/x-pdf", "application/download")


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it came: where from, when, and what the server said of it.

    ``unchanged`` where the server said that what is kept still holds; ``parent`` is the id of the release that it is
    attached to; ``page_url`` is its own address where it came by way of a web archive; ``title``, ``published`` and
    ``publisher`` are what an adapter knows better than the general reader.
    """

    url: str
    final_url: str
    body: bytes
    kind: str = "page"
    status: int = 200
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    captured: str = ""
    unchanged: bool = False
    parent: str = ""
    page_url: str = ""
    title: str | None = None
    published: str | None = None
    publisher: str | None = None

    @property
    def sha256(self) -> str:
        """The hash of the body."""
        return hashlib.sha256(self.body).hexdigest()


class Keeper:
    """Keeps documents in an archive and counts what came of them.

    Parameters
    ----------
    archive
        Where they go.
    keep_all
        Keep what is not relevant, too.
    dry
        Write nothing.
    progress
        Called with the summary after each attempt.
    """

    def __init__(
        self,
        archive: Archive,
        *,
        keep_all: bool = False,
        dry: bool = False,
        progress: Callable[[Summary], None] | None = None,
    ) -> None:
        self.archive = archive
        self.summary = Summary()
        self.dry = dry
        self._keep_all = keep_all
        self._progress = progress
        by_hash = {row["sha256"]: row for row in archive.signatures.rows}
        self._duplicates = Duplicates(
            (row["id"], Signature.from_cells(known["hashes"], known["numbers"]))
            for row in archive.rows
            if (known := by_hash.get(row.get("sha256", "")))
        )

    def keep(self, doc: Document) -> str | None:
        """Keep a document that may be a release, and return its id; None where it is not kept."""
        if not _may_hold(doc):
            self._skip(doc, f"is of type {doc.content_type}")
            return None
        held = self.archive.manifest_row(sha256=doc.sha256) if doc.unchanged else None
        if held:
            self._log(doc, "same", "", held["id"])
            return held["id"]
        verdict = judge(doc.body, doc.final_url, doc.content_type, doc.publisher or "")
        if verdict.release is None and doc.kind == "start":
            self._skip(doc, f"holds no text: {verdict.reason}")
            return None
        if verdict.release is None:
            self.fail(doc, f"cannot be read: {verdict.reason}")
            return None
        if not (verdict.relevant or self._keep_all or doc.parent):
            self._skip(doc, verdict.reason)
            return None
        return self._store(doc, verdict.release, verdict)

    def _skip(self, doc: Document, why: str) -> None:
        self.archive.put_page(doc.body)
        self._log(doc, "skipped", why)

    def _store(self, doc: Document, release: Release, verdict: Judgement) -> str:
        url = canonical(doc.page_url or doc.final_url)
        known = self.archive.manifest_row(url=url)
        held = known is None and self.archive.manifest_row(sha256=doc.sha256)
        if known is not None and known.get("sha256") == doc.sha256:
            self.archive.put_file(doc.body, verdict.ending)
            self._log(doc, "same", "", known["id"])
            return known["id"]
        if held:
            # The very bytes are kept under another address: one file, one row, a second way to it.
            self._log(doc, "same", f"is the same file as {held['id']}", held["id"])
            return held["id"]
        if known is not None:
            return self._replace(doc, known, release, verdict)
        published, title = doc.published or release.published, doc.title or release.title
        taken = {row["id"] for row in self.archive.rows}
        name = f"{doc.parent}-{doc.sha256[:8]}" if doc.parent else make_id(published, title, url, taken)
        self._save(doc, name, release, verdict, "")
        self._log(doc, "new", self._why(name), name)
        return name

    def _why(self, name: str) -> str:
        row = self.archive.manifest_row(id=name) or {}
        return f"is the release {row['duplicate_of']} on another site" if row.get("duplicate_of") else ""

    def _replace(self, doc: Document, known: Row, release: Release, verdict: Judgement) -> str:
        name = known["id"]
        versions = known.get("older", "").split()
        if doc.captured and doc.captured < known.get("fetched", ""):
            if doc.sha256 in versions:
                self._log(doc, "same", "is an older version that is kept", name)
                return name
            self.archive.put_older(doc.body, verdict.ending)
            self.archive.save({"id": name, "older": " ".join(sorted({*versions, doc.sha256}))})
            self._log(doc, "changed", "is older than the version that is kept", name)
            return name
        older = sorted({*versions, known.get("sha256", "")} - {doc.sha256, ""})
        self._save(doc, name, release, verdict, " ".join(older))
        self._log(doc, "changed", f"replaces {known.get('sha256', '')[:12]}, which stays beside it", name)
        return name

    def _save(self, doc: Document, name: str, release: Release, verdict: Judgement, older: str) -> None:
        signature = sign(release.text)
        hashes, numbers = signature.to_cells()
        file = self.archive.put_file(doc.body, verdict.ending)
        self.archive.signatures.append({"sha256": doc.sha256, "hashes": hashes, "numbers": numbers})
        row = {
            "id": name,
            "file": file,
            "url": canonical(doc.page_url or doc.final_url),
            "published": doc.published or release.published or "",
            "publisher": doc.publisher or release.publisher or "",
            "title": doc.title or release.title or "",
            "fetched": doc.captured or now(),
            "sha256": doc.sha256,
            "reason": f"is attached to {doc.parent}" if doc.parent else verdict.reason,
            "duplicate_of": self._duplicates.find(signature, name) or "",
            "attachment_of": doc.parent,
            "older": older,
        }
        self.archive.save(row)
        self._duplicates.add(name, signature)

    def listed(self, doc: Document) -> None:
        """Remember a listing, sitemap or feed, so that the next run can ask whether it has changed."""
        if not self.dry:
            self.archive.put_page(doc.body)
        self._log(doc, "listed", "has not changed" if doc.unchanged else "")

    def fail(self, doc: Document, why: str) -> None:
        """Write down an attempt that failed for good."""
        self.summary.failures.append((doc.url, why))
        self._log(doc, "failed", why)

    def note(self, doc: Document, outcome: Outcome, why: str) -> None:
        """Write down an attempt without a document: one that will be tried again, or was not allowed."""
        self._log(doc, outcome, why)

    def _log(self, doc: Document, outcome: Outcome, why: str, name: str = "") -> None:
        whole = outcome not in ("failed", "retried") and bool(doc.body)
        row = {
            "time": doc.captured or now(),
            "url": doc.url,
            "final_url": doc.final_url,
            "kind": doc.kind,
            "status": "304" if doc.unchanged else str(doc.status or ""),
            "type": doc.content_type,
            "bytes": str(len(doc.body)) if doc.body else "",
            "sha256": doc.sha256 if whole else "",
            "etag": doc.etag,
            "last_modified": doc.last_modified,
            "outcome": outcome,
            "why": why,
            "id": name,
        }
        if not self.dry:
            self.archive.log(row)
        self.summary.outcomes[outcome] += 1
        if not doc.unchanged:
            self.summary.received += len(doc.body)
        if self._progress:
            self._progress(self.summary)


def _may_hold(doc: Document) -> bool:
    kind = doc.content_type.partition(";")[0].strip().lower()
    return kind in _UNSURE or any(kind.startswith(t) if t else not kind for t in _TYPES)


def now() -> str:
    """Return the time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
