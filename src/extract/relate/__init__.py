"""Mentions to observations: one figure at a time, one field a module, with the discourse as context."""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotate.year import read_times
from extract.records import FLAGS, Mention, Observation, Release
from extract.relate import figures
from extract.relate.draft import Draft
from extract.relate.grid import read_grids
from extract.relate.reader import Reader
from extract.relate.scope import read_layout

__all__ = ["drafts_of", "relate"]


def relate(release: Release, mentions: Sequence[Mention]) -> tuple[Observation, ...]:
    """Return the observations of a release, by offset.

    Parameters
    ----------
    release
        The release whose ``text`` the mentions index.
    mentions
        Its mentions, by offset, without overlaps.
    """
    drafts = drafts_of(release, mentions)
    return tuple(d.finish(release.text, FLAGS) for d in drafts)


def drafts_of(release: Release, mentions: Sequence[Mention]) -> list[Draft]:
    """Return the drafts of a release's observations with all that was considered, by offset."""
    if not any(m.label in ("COUNT", "PERCENTAGE") for m in mentions):
        return []
    layout = read_layout(release.text, mentions)
    grids = read_grids(layout)
    tabled = frozenset(u.index for g in grids for u in g.units)
    reader = Reader(layout, read_times(release.text, release.published), figures.find(layout, tabled), grids)
    reader.read()
    return sorted(reader.drafts, key=lambda d: (d.mention.start, d.mention.end))
