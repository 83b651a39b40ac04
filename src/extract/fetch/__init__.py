"""Fetches releases politely and keeps them, with their provenance, in a corpus folder.

`extract.fetch.job` says what is asked for, `extract.fetch.crawl.fetch` does it. The crawler and everything heavy is
imported there only, so that this package can be imported without the extra ``fetch``.
"""

from extract.fetch.job import Job, Limits, Summary

__all__ = ["Job", "Limits", "Summary"]
