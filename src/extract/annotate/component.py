"""The thin spaCy side of every label: a component that appends what a pure function finds."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Doc

from extract.records import Mention

CANDIDATES = "nspcc.candidates"
Finder = Callable[[Doc], list[Mention]]


class MentionComponent:
    """A pipeline component that adds a finder's mentions to the doc's candidates.

    Parameters
    ----------
    find
        A pure function from a doc to mentions.
    """

    def __init__(self, find: Finder) -> None:
        self.find = find

    def __call__(self, doc: Doc) -> Doc:
        """Append the mentions of ``find`` to the doc's candidates."""
        doc.user_data.setdefault(CANDIDATES, []).extend(self.find(doc))
        return doc
