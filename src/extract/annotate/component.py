"""The thin spaCy side: components, registered by name, that add to a doc what the pure functions find in its text."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from extract.annotate import area, count, force, percentage, platform, year
from extract.annotate.layout import Layout
from extract.annotate.resolve import resolve
from extract.records import Mention, Release

#: Where a doc's ``user_data`` keeps the release, its layout, candidates, mentions, and those that lost.
RELEASE = "nspcc.release"
LAYOUT = "nspcc.layout"
CANDIDATES = "nspcc.candidates"
MENTIONS = "nspcc.mentions"
LOSERS = "nspcc.losers"
#: The span group of the mentions.
SPANS = "nspcc"
Finder = Callable[[Layout], list[Mention]]


def layout(doc: Doc) -> Layout:
    """Return the doc's layout, made once; a doc's own ``text`` is joined anew at each access."""
    found: Layout | None = doc.user_data.get(LAYOUT)
    if found is None:
        release: Release | None = doc.user_data.get(RELEASE)
        found = Layout(release.text, release.published) if release else Layout(doc.text)
        doc.user_data[LAYOUT] = found
    return found


class MentionComponent:
    """A pipeline component that adds a finder's mentions to the doc's candidates.

    Parameters
    ----------
    find
        A pure function from a text's layout to mentions.
    """

    def __init__(self, find: Finder) -> None:
        self.find = find

    def __call__(self, doc: Doc) -> Doc:
        """Append the mentions of ``find`` to the doc's candidates."""
        doc.user_data.setdefault(CANDIDATES, []).extend(self.find(layout(doc)))
        return doc


class MentionResolver:
    """Turns candidates into ``doc.user_data["nspcc.mentions"]`` and the span group ``doc.spans["nspcc"]``."""

    def __call__(self, doc: Doc) -> Doc:
        """Resolve the doc's candidates; spans are widened to tokens, mentions keep their characters."""
        mentions, lost = resolve(doc.user_data.get(CANDIDATES, ()))
        doc.user_data[MENTIONS] = mentions
        doc.user_data[LOSERS] = lost
        spans = [doc.char_span(m.start, m.end, label=m.label, alignment_mode="expand") for m in mentions]
        doc.spans[SPANS] = SpanGroup(doc, name=SPANS, spans=[s for s in spans if isinstance(s, Span)])
        return doc


@Language.factory("nspcc_force")
def make_force(nlp: Language, name: str) -> MentionComponent:
    """Make the component ``nspcc_force``."""
    return MentionComponent(force.find)


@Language.factory("nspcc_area")
def make_area(nlp: Language, name: str) -> MentionComponent:
    """Make the component ``nspcc_area``."""
    return MentionComponent(area.find)


@Language.factory("nspcc_year")
def make_year(nlp: Language, name: str) -> MentionComponent:
    """Make the component ``nspcc_year``."""
    return MentionComponent(year.find)


@Language.factory("nspcc_count")
def make_count(nlp: Language, name: str) -> MentionComponent:
    """Make the component ``nspcc_count``."""
    return MentionComponent(count.find)


@Language.factory("nspcc_percentage")
def make_percentage(nlp: Language, name: str) -> MentionComponent:
    """Make the component ``nspcc_percentage``."""
    return MentionComponent(percentage.find)


@Language.factory("nspcc_platform")
def make_platform(nlp: Language, name: str) -> MentionComponent:
    """Make the component ``nspcc_platform``."""
    return MentionComponent(platform.find)


@Language.factory("nspcc_mentions")
def make_mentions(nlp: Language, name: str) -> MentionResolver:
    """Make the component ``nspcc_mentions``."""
    return MentionResolver()
