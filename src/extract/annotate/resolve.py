"""Overlapping candidates become mentions by a total order; the losers stay listed with the winner."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from extract.annotate.component import CANDIDATES
from extract.records import Label, Mention

MENTIONS = "nspcc.mentions"
LOSERS = "nspcc.losers"
SPANS = "nspcc"
#: Which label wins between candidates of one length.
PRIORITY: tuple[Label, ...] = ("YEAR", "PERCENTAGE", "FORCE", "AREA", "PLATFORM", "COUNT")
_RANK = {label: rank for rank, label in enumerate(PRIORITY)}


@dataclass(frozen=True, slots=True)
class Lost:
    """A candidate that overlapped a better one."""

    candidate: Mention
    winner: Mention


def order(mention: Mention) -> tuple[int, int, int, str]:
    """Return the key of the total order: the longest first, then label, start and rule id."""
    return (mention.start - mention.end, _RANK[mention.label], mention.start, mention.rule)


def resolve(candidates: Iterable[Mention]) -> tuple[tuple[Mention, ...], tuple[Lost, ...]]:
    """Return the mentions that stand, by start, and the candidates that lost with their winners."""
    kept: list[Mention] = []
    lost: list[Lost] = []
    for candidate in sorted(set(candidates), key=order):
        rival = _overlapping(kept, candidate)
        if rival is None:
            insort(kept, candidate, key=lambda m: m.start)
        else:
            lost.append(Lost(candidate, rival))
    return tuple(kept), tuple(lost)


def _overlapping(kept: list[Mention], candidate: Mention) -> Mention | None:
    n = bisect_left(kept, candidate.start, key=lambda m: m.start)
    for rival in kept[max(0, n - 1) : n + 1]:
        if rival.start < candidate.end and candidate.start < rival.end:
            return rival
    return None


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


@Language.factory("nspcc_mentions")
def make_mentions(nlp: Language, name: str) -> MentionResolver:
    """Make the component ``nspcc_mentions``."""
    return MentionResolver()
