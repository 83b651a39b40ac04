"""Reads documents from a local WARC file, so that archives and extracts of crawls can be used without any site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from extract.errors import ReadError
from extract.fetch.keep import Document
from extract.fetch.urls import canonical


def read_warc(path: Path, size: int) -> Iterator[Document]:
    """Yield the documents that a WARC file holds, those that were sent with status 200.

    Parameters
    ----------
    path
        The file, packed or not.
    size
        Bytes that a document may have; a larger one is yielded without its body and with status 0.

    Raises
    ------
    ReadError
        The file cannot be opened or is no WARC file.
    """
    try:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                headers = record.http_headers
                url = record.rec_headers.get_header("WARC-Target-URI") or ""
                if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
                    continue
                if not url.startswith(("http://", "https://")):
                    continue
                body = record.content_stream().read(size + 1)
                large = len(body) > size
                yield Document(
                    url=canonical(url),
                    final_url=canonical(url),
                    body=b"" if large else body,
                    kind="warc",
                    status=0 if large else 200,
                    content_type=headers.get_header("Content-Type") or "",
                    captured=record.rec_headers.get_header("WARC-Date") or "",
                )
    except OSError as error:
        raise ReadError(path, f"cannot be opened ({error.strerror or error})", "name a WARC file") from error
    except (ArchiveLoadFailed, EOFError) as error:
        raise ReadError(path, f"is no whole WARC file ({error})", "fetch or export it again") from error
