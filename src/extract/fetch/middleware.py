"""What stands between the spider and the sites: robots.txt, conditional requests, retries, and the dry run."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from time import time
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.responsetypes import responsetypes
from scrapy.utils.httpobj import urlparse_cached

from extract.fetch.keep import Document, Keeper
from extract.fetch.urls import host

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_CLOSED = b"User-agent: *\nDisallow: /\n"
NO_ROBOTS = "its robots.txt cannot be had"
UNCHANGED = "unchanged"
PLANNED = "planned"


class StrictRobots(RobotsTxtMiddleware):
    """Obeys robots.txt as RFC 9309 says: none (4xx) allows everything, one that cannot be had (5xx) nothing."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        #: Sites whose robots.txt could not be had, and why.
        self._missing: dict[str, str] = {}

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            self._missing[netloc] = f"HTTP {response.status}"
            response = response.replace(body=_CLOSED)
        elif response.status >= 400:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._missing[netloc] = explain(exc)
        super()._robots_error(exc, netloc)

    async def process_request(self, request: Request, spider: Any = None) -> None:
        """Refuse what robots.txt forbids, and everything where it could not be had."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        await self.robot_parser(request)
        why = self._missing.get(urlparse_cached(request).netloc)
        if why is not None:
            raise IgnoreRequest(f"{NO_ROBOTS} ({why}), so nothing of the site is fetched")
        await super().process_request(request)


class Conditional:
    """Asks for what is kept only whether it has changed, and gives the kept body where it has not."""

    def __init__(self, keeper: Keeper) -> None:
        self._archive = keeper.archive

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Conditional:
        """Make it for a crawl."""
        return cls(crawler.spider.keeper)  # type: ignore[union-attr]

    def process_request(self, request: Request) -> None:
        """Set the validators of the kept document; those of a page that redirected here go."""
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)
        request.meta.pop("kept", None)
        row = self._archive.last(request.url)
        if row is None or not (row["etag"] or row["last_modified"]) or self._archive.body(row["sha256"]) is None:
            return
        request.meta["kept"] = row
        if row["etag"]:
            request.headers["If-None-Match"] = row["etag"]
        if row["last_modified"]:
            request.headers["If-Modified-Since"] = row["last_modified"]

    def process_response(self, request: Request, response: Response) -> Response:
        """Turn a 304 into the document that is kept."""
        row = request.meta.get("kept")
        if response.status != 304 or row is None:
            return response
        body = self._archive.body(row["sha256"])
        if body is None:
            return response
        headers = response.headers.copy()
        headers.setdefault("Content-Type", row["type"])
        headers.setdefault("ETag", row["etag"])
        headers.setdefault("Last-Modified", row["last_modified"])
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return kind(response.url, 200, headers=headers, body=body, flags=[UNCHANGED], request=request)


class PatientRetry(RetryMiddleware):
    """Retries a bounded number of times, writes each failed attempt down, and gives up where the wait is too long."""

    def process_response(self, request: Request, response: Response, spider: Any = None) -> Request | Response:
        """Try again where the status says that it may help."""
        wait = retry_after(response)
        if wait is not None and wait > self.crawler.settings.getfloat("FETCH_PATIENCE"):
            return response
        again = super().process_response(request, response)
        if isinstance(again, Request):
            self._note(request, response.status, f"HTTP {response.status}, is tried again")
        return again

    def process_exception(self, request: Request, exception: Exception, spider: Any = None) -> Any:
        """Try again where the connection failed."""
        if host(request.url) in self.crawler.spider.resolver.refused:  # type: ignore[union-attr]
            return None  # a private address stays one
        again = super().process_exception(request, exception)
        if isinstance(again, Request):
            self._note(request, 0, f"{explain(exception)}, is tried again")
        return again

    def _note(self, request: Request, status: int, why: str) -> None:
        keeper: Keeper = self.crawler.spider.keeper  # type: ignore[union-attr]
        kind = request.cb_kwargs.get("kind", "robots")
        keeper.note(Document(request.url, request.url, b"", kind=kind, status=status), "retried", why)


def retry_after(response: Response) -> float | None:
    """Return the seconds that a response asks to wait, given as a number or a date; None where it does not."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if response.status not in (429, 503) or not value:
        return None
    if value.isdecimal():
        return float(value)
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time())
    except ValueError:
        return None  # neither a number nor a date: the server asked for nothing that can be obeyed


def explain(error: BaseException) -> str:
    """Return what a failed download is, in words."""
    words = {
        "DownloadTimeoutError": "took longer than the limit",
        "ResponseDataLossError": "was cut short",
        "DownloadConnectionRefusedError": "connection refused",
        "DownloadFailedError": "connection lost",
        "CannotResolveHostError": "the name cannot be resolved",
        "DownloadCancelledError": "is larger than the limit",
    }
    return words.get(type(error).__name__) or str(error) or type(error).__name__


class DryRun:
    """Stands last before the network and lets only what finds releases through, not the releases."""

    def process_request(self, request: Request) -> Response | None:
        """Answer for a release in place of its site."""
        if request.cb_kwargs.get("kind") not in ("page", "attachment", "snapshot"):
            return None
        return Response(request.url, status=204, flags=[PLANNED], request=request)


__all__ = ["Conditional", "DryRun", "PatientRetry", "StrictRobots", "explain", "retry_after"]
