"""Reads sitemaps and indexes of them, packed or not."""

from __future__ import annotations

from lxml.etree import LxmlError
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap

_GZIP = b"\x1f\x8b"


def sitemap_links(body: bytes, most: int) -> tuple[bool, list[str]]:
    """Return whether a sitemap is an index, and the web addresses in it; none where it is no sitemap.

    Parameters
    ----------
    body
        The file.
    most
        Bytes that it may have when unpacked; more is no sitemap.

    Examples
    --------
    >>> sitemap_links(b"<urlset><url><loc>http://a.org/x</loc></url></urlset>", 1000)
    (False, ['http://a.org/x'])
    """
    try:
        sitemap = Sitemap(gunzip(body, max_size=most) if body.startswith(_GZIP) else body)
        found = [str(entry["loc"]) for entry in sitemap]
    except (LxmlError, StopIteration, ValueError, OSError, EOFError):
        return False, []  # whatever stands at the address of a sitemap is no error of the site's releases
    return sitemap.type == "sitemapindex", [url for url in found if url.startswith(("http://", "https://"))]
