"""What a call of ``fetch`` asks for, within which limits, and what came of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from extract.errors import UsageError

_CONTACT = re.compile(r"(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://[\w.-]+(?::\d+)?(?:/[!-~]*)?", re.ASCII)
#: Where snapshots of pages are looked up.
WAYBACK = "https://web.archive.org"


@dataclass(frozen=True, slots=True)
class Limits:
    """Where a crawl ends: seconds, bytes, and numbers of pages, links and attempts."""

    pages: int = 5000
    depth: int = 3
    #: Bytes of one document, as sent and after decompression.
    size: int = 25_000_000
    #: Seconds that a whole call may take.
    time: float = 6 * 3600.0
    #: Seconds between two requests to one host; a site's own Crawl-delay counts where it is longer.
    delay: float = 2.0
    #: Seconds that one response may take, body and all.
    timeout: float = 60.0
    retries: int = 2
    redirects: int = 8
    #: Seconds that a Retry-After may ask for before the page is given up.
    patience: float = 600.0
    attachments: int = 10


@dataclass(frozen=True, slots=True)
class Job:
    """One call: the corpus, where releases are looked for, and how.

    Parameters
    ----------
    corpus
        The folder that releases are kept in; made where it is missing.
    contact
        An e-mail address or a page by which the sites can reach whoever runs this.
    sites
        Names of adapters (``nspcc``) whose listings and sitemaps are searched.
    urls
        Pages from which links of the same host are followed.
    pages
        Pages that are fetched without following their links.
    sitemaps, feeds
        Addresses of sitemaps (or indexes of them) and of RSS or Atom feeds.
    wayback
        Pages whose snapshots are fetched from a web archive.
    warcs
        Local WARC files.
    adapters
        Adapter files of the user's own.
    keep_all
        Keep pages that do not speak of the charity or carry no figure, too.
    allow
        Networks (``127.0.0.1/32``) that may be fetched from although they are not public.
    """

    corpus: Path
    contact: str
    sites: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    wayback: tuple[str, ...] = ()
    warcs: tuple[Path, ...] = ()
    adapters: tuple[Path, ...] = ()
    limits: Limits = field(default_factory=Limits)
    keep_all: bool = False
    allow: tuple[str, ...] = ()
    dry_run: bool = False
    wayback_server: str = WAYBACK

    def check(self) -> None:
        """Refuse what cannot be done.

        Raises
        ------
        UsageError
            No contact, or an address that is not http or https.
        """
        if not _CONTACT.fullmatch(self.contact):
            problem = f"{self.contact!r} is no contact address" if self.contact else "no contact address is given"
            raise UsageError(None, problem, "give --contact an e-mail address or page of yours: sites are told it")
        for url in (*self.urls, *self.pages, *self.sitemaps, *self.feeds, *self.wayback):
            if not re.match(r"https?://[^/?#\s]", url, re.IGNORECASE):
                raise UsageError(None, f"{url!r} is no web address", "give one that begins with http:// or https://")


@dataclass(slots=True)
class Summary:
    """What a call did: attempts by outcome, failures, and why it ended before its end, if it did."""

    outcomes: Counter[str] = field(default_factory=Counter)
    #: Bytes of bodies that were transferred.
    received: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)
    planned: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    ended: str = ""

    @property
    def seen(self) -> int:
        """How many documents were looked at, whatever came of them."""
        return sum(self.outcomes.values())


#: Called after each attempt.
Progress = Callable[[Summary], None]
