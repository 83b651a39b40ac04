"""Adapters: what is known of a site, as data. One TOML file a site in ``lexicon/sites``, and any of the user's own.

An adapter tells releases from listings by the path of an address, says where listings begin, where in a page links
and attachments stand, what is never fetched, and until when it is known to be valid. A site without one has the
adapter ``general``: every page of it may be a release.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from extract.errors import LexiconError
from extract.fetch.urls import host

Kind = Literal["article", "listing", "skip", "other"]
_TABLES = {
    "": {"name", "domains", "publisher", "valid_until", "listing", "article", "skip", "example"},
    "listing": {"start", "sitemaps", "pattern", "links"},
    "article": {"pattern", "attachments", "title", "date"},
    "skip": {"patterns"},
}


@dataclass(frozen=True, slots=True)
class Site:
    """An adapter.

    ``links`` and ``attachments`` are CSS selectors of what encloses links, of which the first that a page has counts;
    ``title`` and ``date`` are selectors of what holds them, None where the general reader finds them.
    """

    name: str
    domains: tuple[str, ...]
    article: re.Pattern[str]
    listing: re.Pattern[str] | None = None
    skip: tuple[re.Pattern[str], ...] = ()
    start: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    links: tuple[str, ...] = ("body",)
    attachments: tuple[str, ...] = ("body",)
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    valid_until: datetime.date | None = None
    examples: tuple[tuple[str, Kind], ...] = ()

    def covers(self, url: str) -> bool:
        """Say whether an address belongs to the site, sub-domains with it."""
        name = host(url)
        return any(d == "*" or name == d or name.endswith("." + d) for d in self.domains)

    def kind(self, url: str) -> Kind:
        """Tell what an address leads to, by itself."""
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if any(pattern.search(path) for pattern in self.skip):
            return "skip"
        if self.article.search(path):
            return "article"
        return "listing" if self.listing is not None and self.listing.search(path) else "other"

    @property
    def general(self) -> bool:
        """Whether it is the adapter of sites that have none."""
        return "*" in self.domains


def load_sites(own: Iterable[Path] = ()) -> tuple[Site, ...]:
    """Return all adapters: the user's own first, the general one last.

    Raises
    ------
    LexiconError
        Naming the file and what is wrong in it.
    """
    found = [parse_site(_read(path), str(path)) for path in own]
    folder = files("extract.lexicon") / "sites"
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            found.append(parse_site(entry.read_text("utf-8"), f"lexicon/sites/{entry.name}"))
    return tuple(sorted(found, key=lambda site: site.general))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LexiconError(path, f"cannot be read ({error})", "name an adapter file in TOML") from error


def parse_site(text: str, path: str) -> Site:
    """Parse and validate one adapter; ``path`` is used in errors only. Its examples are run. See `load_sites`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(path, f"is not TOML ({error})", "mend the line it names") from error
    tables = {name: data.get(name, {}) for name in ("listing", "article", "skip")}
    for name, keys in _TABLES.items():
        unknown = set(tables.get(name, data) if name else data) - keys
        if unknown:
            raise LexiconError(path, f"unknown keys {sorted(unknown)}", f"use {sorted(keys)}")
    if not data.get("name") or not data.get("domains") or "pattern" not in tables["article"]:
        raise LexiconError(path, "lacks name, domains or article.pattern", "add them")
    site = _site(data, tables, path)
    for url, kind in site.examples:
        if site.kind(url) != kind:
            raise LexiconError(path, f"takes its example {url} for {site.kind(url)}, not {kind}", "mend a pattern")
    return site


def _site(data: Mapping[str, Any], tables: Mapping[str, Mapping[str, Any]], path: str) -> Site:
    listing, article, skip = tables["listing"], tables["article"], tables["skip"]
    until = data.get("valid_until")
    try:
        return Site(
            name=data["name"],
            domains=tuple(data["domains"]),
            article=re.compile(article["pattern"]),
            listing=re.compile(listing["pattern"]) if "pattern" in listing else None,
            skip=tuple(re.compile(pattern, re.IGNORECASE) for pattern in skip.get("patterns", ())),
            start=tuple(listing.get("start", ())),
            sitemaps=tuple(listing.get("sitemaps", ())),
            links=tuple(listing.get("links", ("body",))),
            attachments=tuple(article.get("attachments", ("body",))),
            title=article.get("title"),
            date=article.get("date"),
            publisher=data.get("publisher"),
            valid_until=datetime.date.fromisoformat(until) if until else None,
            examples=tuple((one["url"], one["kind"]) for one in data.get("example", ())),
        )
    except (re.error, ValueError, TypeError, KeyError) as error:
        raise LexiconError(path, f"is not valid ({error})", "mend the pattern, date or example it names") from error


def site_of(url: str, sites: Iterable[Site]) -> Site:
    """Return the first adapter that covers an address."""
    return next(site for site in sites if site.covers(url))
