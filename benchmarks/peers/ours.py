"""This package itself."""

from __future__ import annotations

from benchmarks.peers.peer import Finder, peer


def load() -> Finder:
    """Return the pipeline's first half, which finds mentions."""
    from extract.annotate import build_pipeline, find_mentions

    build_pipeline()
    return find_mentions


PEER = peer("ours", load)
