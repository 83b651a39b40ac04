"""Keeps each host's pace: its Crawl-delay, its Retry-After, and never more than one request at a time."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

from scrapy import Request, signals
from scrapy.http import Response

from extract.fetch.middleware import retry_after

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

#: Seconds of delay from which a host's queue is one that waits at all.
_LEAST = 0.001


class Manners:
    """Sets the delay of a host's download slot; comes after AutoThrottle, which may only lengthen it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._floor: dict[str, float] = {}
        self._agent = crawler.settings["ROBOTSTXT_USER_AGENT"]
        crawler.signals.connect(self.robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(self.response_downloaded, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Manners:
        """Make it for a crawl."""
        return cls(crawler)

    def robots_parsed(self, robotparser: Any, request: Request) -> None:
        """Take a site's Crawl-delay over."""
        delay = robotparser.crawl_delay(self._agent)
        downloader = self._crawler.engine.downloader
        key = downloader.get_slot_key(request)
        if delay:
            self._floor[key] = float(delay)
            self._hold(key)

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Hold a host's queue for as long as it asks."""
        key = request.meta.get("download_slot", "")
        self._hold(key)
        slot = self._crawler.engine.downloader.slots.get(key)
        wait = retry_after(response)
        if slot is not None and wait is not None and wait <= self._crawler.settings.getfloat("FETCH_PATIENCE"):
            slot.delay = max(slot.delay, _LEAST)
            slot.lastseen = monotonic() + wait - slot.delay

    def _hold(self, key: str) -> None:
        slot = self._crawler.engine.downloader.slots.get(key)
        if slot is not None:
            slot.delay = max(slot.delay, self._floor.get(key, 0.0))
