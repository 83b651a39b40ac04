"""Reads where releases are: sitemaps, feeds, and the index of a web archive."""

from extract.fetch.discover import snapshots
from extract.fetch.discover.feeds import feed_links
from extract.fetch.discover.sitemaps import sitemap_links

__all__ = ["feed_links", "sitemap_links", "snapshots"]
