"""AREA mentions."""

from __future__ import annotations

from extract.annotate.layout import Layout
from extract.annotate.policing import find_labelled
from extract.records import Mention


def find(lay: Layout) -> list[Mention]:
    """Return the AREA mentions of a text."""
    return [mention for mention in find_labelled(lay) if mention.label == "AREA"]
