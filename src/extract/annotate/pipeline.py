"""The labels together: what they find in a release's text, and the same as a spaCy pipeline for who wants a doc.

The rules read characters, not tokens. `find_mentions` therefore goes without spaCy, which takes longer to load, and to
make tokens, than the rules take; `annotate` runs the same finders as components over a doc.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extract.annotate import area, count, force, percentage, platform, year
from extract.annotate.layout import Layout
from extract.annotate.resolve import Lost, resolve
from extract.records import Mention, Release

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: The labels' finders, each a pure function of a text's layout.
FINDERS = (force.find, area.find, year.find, count.find, percentage.find, platform.find)
#: The components in the order in which they run.
COMPONENTS = (
    "nspcc_force",
    "nspcc_area",
    "nspcc_year",
    "nspcc_count",
    "nspcc_percentage",
    "nspcc_platform",
    "nspcc_mentions",
)
#: Half a character, which no encoding can write; the tokenizer sees a replacement of the same length.
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def find_mentions(release: Release) -> tuple[Mention, ...]:
    """Return the mentions of a release, by start; none overlaps another."""
    return find_with_losers(release)[0]


def find_with_losers(release: Release) -> tuple[tuple[Mention, ...], tuple[Lost, ...]]:
    """Return the mentions of a release and the candidates that overlapped a better one."""
    lay = Layout(release.text, release.published)
    return resolve(mention for find in FINDERS for mention in find(lay))


@cache
def build_pipeline() -> Language:
    """Return the spaCy pipeline, built once a process.

    >>> nlp = build_pipeline()
    >>> [span.label_ for span in nlp("Kent Police recorded 61 offences in 2017/18.").spans["nspcc"]]
    ['FORCE', 'COUNT', 'YEAR']
    """
    import spacy

    from extract.annotate import component  # noqa: F401  (registers the components)
    from extract.annotate.tokens import add_rules

    nlp = spacy.blank("en")
    nlp.max_length = 50_000_000
    add_rules(nlp)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def annotate(release: Release) -> Doc:
    """Return the doc of a release after the whole spaCy pipeline.

    ``doc.user_data`` then holds ``nspcc.mentions``, ``nspcc.losers`` (candidates that overlapped a better one) and
    ``nspcc.release``; ``doc.spans["nspcc"]`` holds the mentions widened to tokens.
    """
    from extract.annotate.component import RELEASE

    nlp = build_pipeline()
    doc = nlp.make_doc(_SURROGATE.sub("\ufffd", release.text))
    doc.user_data[RELEASE] = release
    annotated: Doc = nlp(doc)
    return annotated
