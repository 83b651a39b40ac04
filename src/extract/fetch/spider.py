"""The crawler: from listings, sitemaps, feeds, pages and snapshots to documents, which it hands to the keeper."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse
from scrapy.linkextractors import LinkExtractor
from twisted.python.failure import Failure

from extract.fetch.discover import feed_links, sitemap_links, snapshots
from extract.fetch.job import Job
from extract.fetch.keep import Document, Keeper
from extract.fetch.middleware import NO_ROBOTS, PLANNED, UNCHANGED, explain
from extract.fetch.resolver import GuardedResolver
from extract.fetch.sites import Site, site_of
from extract.fetch.traps import Shapes
from extract.fetch.urls import canonical, host, same_site
from extract.read.dates import iso_date

_ENDED = {
    "closespider_timeout": "the time limit was reached; the same call goes on from here",
    "shutdown": "it was stopped; the same call goes on from here",
}


class ReleaseSpider(Spider):
    """Finds releases.

    Parameters
    ----------
    job
        What is asked for.
    keeper
        Where documents go.
    sites
        The adapters, the general one last.
    resolver
        What has refused an address, for the reason in the log.
    """

    name = "releases"

    def __init__(
        self, job: Job, keeper: Keeper, sites: tuple[Site, ...], resolver: GuardedResolver, **rest: Any
    ) -> None:
        super().__init__(**rest)
        self.job, self.keeper, self.sites, self.resolver = job, keeper, sites, resolver
        self._seen: set[str] = set()
        self._shapes = Shapes()
        self._left = job.limits.pages

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> ReleaseSpider:
        """Make it for a crawl, and have its own errors told."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.bug, signal=signals.spider_error)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Yield the first requests."""
        for request in self._first():
            yield request

    def _first(self) -> Iterator[Request]:
        job = self.job
        chosen = [site for site in self.sites if site.name in job.sites]
        for url in (*(u for site in chosen for u in site.sitemaps), *job.sitemaps):
            yield from self._request(url, "sitemap")
        for url in (u for site in chosen for u in site.start):
            yield from self._request(url, "listing")
        for url in job.feeds:
            yield from self._request(url, "feed")
        for url in job.urls:
            site = site_of(url, self.sites)
            article = site.kind(url) == "article"
            yield from self._request(url, "start" if site.general else "page" if article else "listing")
        for url in job.pages:
            yield from self._request(url, "page")
        for url in job.wayback:
            yield from self._request(snapshots.query(job.wayback_server, url), "snapshots")

    def _request(self, url: str, kind: str, *, priority: int = 0, **more: Any) -> Iterator[Request]:
        """Yield the request of an address that was not asked for before, within the limit of pages."""
        url = canonical(url)
        if url in self._seen:
            return
        if not self._left:
            self.keeper.summary.ended = f"the limit of {self.job.limits.pages} pages was reached"
            return
        self._seen.add(url)
        self._left -= 1
        yield Request(
            url,
            callback=getattr(self, f"on_{kind}"),
            errback=self.on_failure,
            cb_kwargs={"kind": kind, "asked": url, **more},
            priority=priority,
            dont_filter=True,  # redirects that set a cookie come back to the same address
        )

    def _document(self, response: Response, kind: str, asked: str, **more: Any) -> Document:
        def header(name: str) -> str:
            return (response.headers.get(name) or b"").decode("latin-1")

        return Document(
            url=asked,
            final_url=canonical(response.url),
            body=response.body,
            kind=kind,
            status=response.status,
            content_type=header("Content-Type"),
            etag=header("ETag"),
            last_modified=header("Last-Modified"),
            unchanged=UNCHANGED in response.flags,
            **more,
        )

    def _arrived(self, response: Response, doc: Document, *, linked: bool = False) -> bool:
        """Say whether a document came; write down why where it did not. A dead link is no failure of the call."""
        if PLANNED in response.flags:
            self.keeper.summary.planned.append(doc.url)
            return False
        self._seen.add(doc.final_url)
        if response.status == 200:
            return True
        away = 300 <= response.status < 400 and b"Location" in response.headers
        why = f"HTTP {response.status}" + (", leads to what is no web address" if away else "")
        if linked and response.status in (404, 410):
            self.keeper.note(doc, "failed", why)
        else:
            self.keeper.fail(doc, why)
        return False

    def on_listing(self, response: Response, kind: str, asked: str) -> Iterator[Request]:
        """Follow a listing of an adapter's site to its releases and further pages."""
        doc = self._document(response, kind, asked)
        if not self._arrived(response, doc):
            return
        self.keeper.listed(doc)
        site = site_of(response.url, self.sites)
        for url in self._links(response, site.links):
            if site.covers(url):
                leads = site.kind(url)
                if leads in ("article", "listing"):
                    yield from self._request(url, "page" if leads == "article" else "listing")

    def on_sitemap(self, response: Response, kind: str, asked: str, level: int = 0) -> Iterator[Request]:
        """Follow a sitemap to its pages, or an index to its sitemaps."""
        doc = self._document(response, kind, asked)
        if not self._arrived(response, doc):
            return
        self.keeper.listed(doc)
        site = site_of(response.url, self.sites)
        index, urls = sitemap_links(response.body, self.job.limits.size)
        for url in urls:
            if not (same_site(url, response.url) or (site.covers(url) and not site.general)):
                continue
            if index and level < self.job.limits.depth:
                yield from self._request(url, "sitemap", level=level + 1)
            elif not index and site.kind(url) == "article":
                yield from self._request(url, "page")

    def on_feed(self, response: Response, kind: str, asked: str) -> Iterator[Request]:
        """Follow a feed to its entries."""
        doc = self._document(response, kind, asked)
        if self._arrived(response, doc):
            self.keeper.listed(doc)
            for url in feed_links(response.body, response.url):
                yield from self._request(url, "page")

    def on_snapshots(self, response: Response, kind: str, asked: str) -> Iterator[Request]:
        """Ask for each different snapshot of a page, the oldest first."""
        doc = self._document(response, kind, asked)
        if not self._arrived(response, doc):
            return
        self.keeper.listed(doc)
        for n, shot in enumerate(snapshots.read(response.body, self.job.wayback_server)):
            more = {"page_url": shot.page, "captured": shot.time}
            yield from self._request(shot.url, "snapshot", priority=-n, **more)

    def on_snapshot(self, response: Response, kind: str, asked: str, **more: str) -> None:
        """Keep a snapshot under the address of its page."""
        doc = self._document(response, kind, asked, **more)
        if self._arrived(response, doc):
            self.keeper.keep(doc)

    def on_start(self, response: Response, kind: str, asked: str, depth: int = 0) -> Iterator[Request]:
        """Keep a page of a site without an adapter, and follow its links within the host."""
        doc = self._document(response, kind, asked, **self._known(response))
        if not self._arrived(response, doc, linked=depth > 0):
            return
        kept = None if self.keeper.dry else self.keeper.keep(doc)
        self._shapes.note(doc.final_url, kept is not None)
        if kept:
            yield from self._attachments(response, kept)
        if depth >= self.job.limits.depth:
            return
        site = site_of(response.url, self.sites)
        for url in self._links(response, site.links):
            wanted = same_site(url, response.url) and site.kind(url) == "article"
            if wanted and self._shapes.fruitful(url):
                # In a dry run nothing but the first page is asked for, so its links are only listed.
                yield from (
                    self._request(url, "page") if self.keeper.dry else self._request(url, "start", depth=depth + 1)
                )

    def on_page(self, response: Response, kind: str, asked: str) -> Iterator[Request]:
        """Keep a release, and ask for what is attached to it."""
        doc = self._document(response, kind, asked, **self._known(response))
        if self._arrived(response, doc):
            kept = self.keeper.keep(doc)
            if kept:
                yield from self._attachments(response, kept)

    def on_attachment(self, response: Response, kind: str, asked: str, parent: str) -> None:
        """Keep a PDF with the release that links to it."""
        doc = self._document(response, kind, asked, parent=parent)
        if self._arrived(response, doc):
            self.keeper.keep(doc)

    def _attachments(self, response: Response, parent: str) -> Iterator[Request]:
        found = [
            url
            for url in self._links(response, site_of(response.url, self.sites).attachments)
            if url.partition("?")[0].lower().endswith(".pdf")
        ]
        for url in found[: self.job.limits.attachments]:
            yield from self._request(url, "attachment", priority=1, parent=parent)

    def _known(self, response: Response) -> dict[str, str | None]:
        """Return what the site's adapter knows of a release better than the general reader."""
        site = site_of(response.url, self.sites)
        found: dict[str, str | None] = {"publisher": site.publisher}
        if isinstance(response, TextResponse):
            for name, css in (("title", site.title), ("published", site.date)):
                if css:
                    text = " ".join(response.css(css).xpath("string()").get("").split())
                    found[name] = (iso_date(text) if name == "published" else text) or None
        return found

    @staticmethod
    def _links(response: Response, places: tuple[str, ...]) -> list[str]:
        """Return the web addresses that the first of some places in a page links to, in order."""
        if not isinstance(response, TextResponse):
            return []
        place = next((css for css in places if response.css(css)), None)
        if place is None:
            return []
        found = LinkExtractor(restrict_css=place, deny_extensions=(), unique=True).extract_links(response)
        more = response.xpath("//link[@rel='next']/@href").getall()
        urls = [link.url for link in found] + [response.urljoin(url) for url in more]
        return [url for url in urls if url.startswith(("http://", "https://"))]

    def on_failure(self, failure: Failure) -> None:
        """Write down a request that brought no response."""
        request: Request = failure.request  # type: ignore[attr-defined]
        asked, kind = request.cb_kwargs["asked"], request.cb_kwargs["kind"]
        doc = Document(asked, canonical(request.url), b"", kind=kind, status=0)
        error = failure.value
        refused = self.resolver.refused.get(host(request.url))
        if refused is not None:
            self.keeper.fail(doc, f"{host(request.url)} resolves to {refused}, which is no public address")
        elif isinstance(error, IgnoreRequest) and NO_ROBOTS in str(error):
            self.keeper.fail(doc, str(error))
        elif isinstance(error, IgnoreRequest) and "robots.txt" in str(error):
            self.keeper.note(doc, "skipped", "robots.txt does not allow it")
        elif isinstance(error, IgnoreRequest) and "redirections" in str(error):
            self.keeper.fail(doc, "redirects in a circle or too often")
        elif isinstance(error, IgnoreRequest) and "decompression" in str(error):
            self.keeper.fail(doc, "is larger than the limit when decompressed")
        else:
            self.keeper.fail(doc, explain(error or RuntimeError()))

    def bug(self, failure: Failure, response: Response) -> None:
        """Tell an error of the program's own as such."""
        why = (
            f"unexpected error, {type(failure.value).__name__}: {failure.value}; report this as a bug with the address"
        )
        self.keeper.summary.failures.append((response.url, why))

    def closed(self, reason: str) -> None:
        """Say why the crawl ended, where it was not at its end."""
        if reason != "finished":
            self.keeper.summary.ended = _ENDED.get(reason, reason)
