"""Does a job: sets the crawler up, runs it, reads WARC files, and gives the summary."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.utils.reactor import install_reactor, is_reactor_installed

from extract import __version__
from extract.errors import ReadError, UsageError
from extract.fetch.addresses import networks
from extract.fetch.archive import Archive
from extract.fetch.job import Job, Progress, Summary
from extract.fetch.keep import Keeper
from extract.fetch.manners import Manners
from extract.fetch.middleware import Conditional, DryRun, PatientRetry, StrictRobots
from extract.fetch.resolver import GuardedResolver, Lookup, system_lookup
from extract.fetch.sites import Site, load_sites
from extract.fetch.spider import ReleaseSpider
from extract.fetch.warc import read_warc

_AGENT = "nspcc-extract"
_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"


def fetch(job: Job, *, progress: Progress | None = None, lookup: Lookup = system_lookup) -> Summary:
    """Fetch what a job asks for into its corpus.

    Parameters
    ----------
    job
        What is asked for.
    progress
        Called with the summary after each attempt.
    lookup
        Where the addresses of names come from.

    Raises
    ------
    UsageError
        The job makes no sense.
    ExtractError
        The corpus cannot be read or written, an adapter is not valid, a WARC file is damaged.
    KeyboardInterrupt
        It was stopped; what is kept stays.
    """
    job.check()
    allowed = networks(job.allow)
    sites, stale = _valid(load_sites(job.adapters), datetime.now(UTC).date())
    unknown = set(job.sites) - {site.name for site in sites}
    if unknown:
        problem = f"no adapter is called {', '.join(sorted(unknown))}"
        raise UsageError(None, problem, f"name one of: {', '.join(site.name for site in sites if not site.general)}")
    with Archive(job.corpus, write=not job.dry_run) as archive:
        keeper = Keeper(archive, keep_all=job.keep_all, dry=job.dry_run, progress=progress)
        keeper.summary.warnings += stale
        _read_warcs(job, keeper)
        if job.sites or job.urls or job.pages or job.sitemaps or job.feeds or job.wayback:
            resolver = GuardedResolver(allowed, lookup)
            _crawl(job, keeper, sites, resolver)
    return keeper.summary


def _valid(sites: tuple[Site, ...], today: date) -> tuple[tuple[Site, ...], list[str]]:
    """Return the sites, and a warning for each whose adapter is past its date."""
    stale = [
        f"the adapter {site.name} was checked for use until {site.valid_until}; see whether it still fits its site"
        for site in sites
        if site.valid_until is not None and site.valid_until < today
    ]
    return sites, stale


def _read_warcs(job: Job, keeper: Keeper) -> None:
    for path in job.warcs:
        try:
            for doc in read_warc(path, job.limits.size):
                if not doc.status:
                    keeper.fail(doc, "is larger than the limit")
                elif job.dry_run:
                    keeper.summary.planned.append(doc.url)
                else:
                    keeper.keep(doc)
        except ReadError as error:
            # What came before the damage is kept; the rest of the job goes on.
            keeper.summary.failures.append((str(path), f"{error.problem}; {error.mend}"))


def settings(job: Job) -> dict[str, Any]:
    """Return Scrapy's settings for a job."""
    limits = job.limits
    return {
        "USER_AGENT": f"{_AGENT}/{__version__} (+{job.contact})",
        "ROBOTSTXT_USER_AGENT": _AGENT,
        "ROBOTSTXT_OBEY": True,
        "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",  # in the order of the listings
        "CONCURRENT_REQUESTS": 8,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": limits.delay,
        "DOWNLOAD_DELAY_JITTER": 0,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": limits.delay,
        "DOWNLOAD_MAXSIZE": limits.size,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": limits.timeout,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "RETRY_TIMES": limits.retries,
        "RETRY_GIVE_UP_LOG_LEVEL": "INFO",
        "REDIRECT_MAX_TIMES": limits.redirects,
        "CLOSESPIDER_TIMEOUT": limits.time,
        "FETCH_PATIENCE": limits.patience,
        "HTTPERROR_ALLOW_ALL": True,  # what a status means is the spider's to say
        "HTTPPROXY_ENABLED": False,  # a proxy would resolve names by itself
        "DOWNLOAD_HANDLERS": dict.fromkeys(("data", "file", "ftp", "s3")),
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "MEMUSAGE_ENABLED": False,
        "STATS_DUMP": False,
        "EXTENSIONS": {Manners: 500},
        "DOWNLOADER_MIDDLEWARES": {
            RobotsTxtMiddleware: None,
            StrictRobots: 100,
            RetryMiddleware: None,
            PatientRetry: 550,
            Conditional: 560,
            **({DryRun: 880} if job.dry_run else {}),
        },
    }


def _crawl(job: Job, keeper: Keeper, sites: tuple[Site, ...], resolver: GuardedResolver) -> None:
    loop, reactor = _started()
    before = reactor.nameResolver
    reactor.installNameResolver(resolver)
    # Its messages are this program's to give; without a handler Python would print them.
    logging.getLogger("scrapy").addHandler(logging.NullHandler())
    runner = AsyncCrawlerRunner(settings(job))
    try:
        with _stoppable(loop, runner) as stopped:
            work = runner.crawl(ReleaseSpider, job=job, keeper=keeper, sites=sites, resolver=resolver)
            loop.run_until_complete(work)
        if stopped:
            raise KeyboardInterrupt
    finally:
        reactor.installNameResolver(before)


def _started() -> tuple[asyncio.AbstractEventLoop, Any]:
    """Return a loop and Twisted's reactor on it, which runs for as long as the loop does and can be used again."""
    if not is_reactor_installed():
        install_reactor(_REACTOR)
    from twisted.internet import reactor

    if not reactor.running:
        reactor.startRunning(installSignalHandlers=False)
    return reactor._asyncioEventloop, reactor


@contextmanager
def _stoppable(loop: asyncio.AbstractEventLoop, runner: AsyncCrawlerRunner) -> Iterator[list[int]]:
    """Let the first interrupt end the crawl in order; yields a list that then holds the signal."""
    stopped: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield stopped
        return

    def stop(number: int, _: object) -> None:
        signal.signal(signal.SIGINT, previous)
        stopped.append(number)
        loop.call_soon_threadsafe(lambda: loop.create_task(runner.stop()))

    previous = signal.signal(signal.SIGINT, stop)
    try:
        yield stopped
    finally:
        signal.signal(signal.SIGINT, previous)
