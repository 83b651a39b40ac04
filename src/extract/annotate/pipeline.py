"""The spaCy pipeline that finds mentions: a blank English tokenizer and one component a label."""

from __future__ import annotations

import re
from functools import cache

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extract.annotate import area, count, force, percentage, platform, resolve, year  # noqa: F401  (register factories)
from extract.annotate.resolve import MENTIONS
from extract.annotate.tokens import add_rules
from extract.records import Mention, Release

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
RELEASE = "nspcc.release"
#: Half a character, which no encoding can write; the tokenizer sees a replacement of the same length.
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@cache
def build_pipeline() -> Language:
    """Return the pipeline, built once a process.

    >>> nlp = build_pipeline()
    >>> [span.label_ for span in nlp("Kent Police recorded 61 offences in 2017/18.").spans["nspcc"]]
    ['FORCE', 'COUNT', 'YEAR']
    """
    nlp = spacy.blank("en")
    nlp.max_length = 50_000_000
    add_rules(nlp)
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def annotate(release: Release) -> Doc:
    """Return the doc of a release after the whole pipeline.

    ``doc.user_data`` then holds ``nspcc.mentions``, ``nspcc.losers`` (candidates that overlapped a better one) and
    ``nspcc.release``; ``doc.spans["nspcc"]`` holds the mentions widened to tokens.
    """
    nlp = build_pipeline()
    doc = nlp.make_doc(_SURROGATE.sub("\ufffd", release.text))
    doc.user_data[RELEASE] = release
    annotated: Doc = nlp(doc)
    return annotated


def find_mentions(release: Release) -> tuple[Mention, ...]:
    """Return the mentions of a release, by start; none overlaps another."""
    mentions: tuple[Mention, ...] = annotate(release).user_data[MENTIONS]
    return mentions
