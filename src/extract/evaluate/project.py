"""Carries labels from the text they were made on to another rendering's text, character by character.

White space, hyphens (a word broken at a line end has one more), bullets, cell bars and footnote marks are folded
away, the rest is aligned: first word by word, then character by character where words differ.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise

from extract.evaluate.gold import GoldRelease
from extract.records import Mention, Observation

# What renderings add or drop: white space, dashes, soft hyphens, zero-width marks, bullets, cell bars, note marks.
_DROPPED = re.compile(r"[\s|•·▪‣◦●○*†‡\u00ad\u200b-\u200f\u2060\ufeff\u2010-\u2015\u2212⁃\-]|[⁰¹²³⁴-⁹]|\[\d{1,3}\]")
_FOLDS = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "`": "'", "…": "."})
_WORD = re.compile(r"[^\W\d_]+|\d+|[\W_]")
_SIGNS = "-\u2010\u2011\u2012\u2013\u2212"
# Character alignment is quadratic: two stretches that differ for longer than this are different texts.
_LONGEST_GAP = 4_000_000


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without what renderings change; ``at[i]`` is where its i-th character stood in the original."""

    text: str
    at: tuple[int, ...]


def fold(text: str) -> Folded:
    """Fold a text: drop what renderings add or drop, unify quotes, resolve ligatures; offsets are kept.

    >>> fold("on‐line abuse").text
    'onlineabuse'
    """
    characters: list[str] = []
    at: list[int] = []
    end = 0
    for match in _DROPPED.finditer(text):
        _keep(text, end, match.start(), characters, at)
        end = match.end()
    _keep(text, end, len(text), characters, at)
    return Folded("".join(characters), tuple(at))


def _keep(text: str, start: int, end: int, characters: list[str], at: list[int]) -> None:
    for index in range(start, end):
        plain = unicodedata.normalize("NFKC", text[index].translate(_FOLDS))
        # Compatibility forms may open into spaces (accents alone do); those would be dropped above.
        kept = [c for c in plain if not c.isspace()]
        characters.extend(kept)
        at.extend([index] * len(kept))


def align_characters(left: Folded, right: Folded) -> dict[int, int]:
    """Return for each character of ``left.text`` that has a counterpart the index of that one in ``right.text``.

    Equal words are paired first, so that a letter never finds its partner in noise far away.
    """
    pairs: dict[int, int] = {}
    source, target = left.text, right.text
    starts, other_starts = _word_starts(left), _word_starts(right)
    words = SequenceMatcher(None, _cut(source, starts), _cut(target, other_starts), autojunk=False)
    for tag, i1, i2, j1, j2 in words.get_opcodes():
        a, b = (starts[i1], starts[i2]), (other_starts[j1], other_starts[j2])
        if tag == "equal":
            pairs.update(zip(range(*a), range(*b), strict=True))
        elif tag == "replace" and (a[1] - a[0]) * (b[1] - b[0]) <= _LONGEST_GAP:
            inner = SequenceMatcher(None, source[a[0] : a[1]], target[b[0] : b[1]], autojunk=False)
            for i, j, size in inner.get_matching_blocks():
                pairs.update((a[0] + i + k, b[0] + j + k) for k in range(size))
    return pairs


def _word_starts(folded: Folded) -> list[int]:
    """Return where words start, then the length: a word ends where its kind does or something was dropped."""
    starts = [m.start() for m in _WORD.finditer(folded.text)]
    gaps = [i for i in range(1, len(folded.at)) if folded.at[i] > folded.at[i - 1] + 1]
    return sorted({*starts, *gaps, len(folded.text)})


def _cut(text: str, starts: Sequence[int]) -> list[str]:
    return [text[a:b] for a, b in pairwise(starts)]


class Projection:
    """Maps spans of one text onto another rendering of it.

    Parameters
    ----------
    source, target
        The labelled text and the text that was read.
    """

    def __init__(self, source: str, target: str) -> None:
        self._same = source == target
        self._source, self._target = fold(source), fold(target)
        self._text = target
        pairs = {} if self._same else align_characters(self._source, self._target)
        #: Original offset in the source to original offset in the target, for each character that has a counterpart.
        self._offsets = {self._source.at[i]: self._target.at[j] for i, j in pairs.items()}
        self.similarity = 1.0 if self._same else self._ratio(len(pairs))

    def _ratio(self, matched: int) -> float:
        length = len(self._source.text) + len(self._target.text)
        return 2 * matched / length if length else 1.0

    def span(self, start: int, end: int, surface: str) -> tuple[int, int] | None:
        """Return where a span stands in the target; None where its characters are not all there, in one piece."""
        if self._same:
            return start, end
        hits = [self._offsets[i] for i in range(start, end) if i in self._offsets]
        if not hits:
            return None
        first, last = hits[0], hits[-1] + 1
        if fold(self._text[first:last]).text != fold(surface).text:
            return None
        # A minus sign is folded away like a hyphen, but belongs to the span of the number that it is printed with.
        signed = surface[0] in _SIGNS and first and self._text[first - 1] in _SIGNS
        return first - bool(signed), last


def project_gold(gold: GoldRelease, text: str) -> GoldRelease:
    """Return the gold with its labels carried to ``text``; what cannot be carried is kept as unprojected."""
    if gold.text == text:
        return gold
    projection = Projection(gold.text, text)
    places = {(m.start, m.end) for m in gold.mentions} | {(o.start, o.end) for o in gold.observations}
    spans = {place: projection.span(*place, gold.text[slice(*place)]) for place in places}
    return replace(
        gold,
        text=text,
        mentions=tuple(_moved_mentions(gold.mentions, spans, text)),
        observations=tuple(_moved_observations(gold.observations, spans)),
        unprojected_mentions=tuple(m for m in gold.mentions if spans[m.start, m.end] is None),
        unprojected_observations=tuple(o for o in gold.observations if spans[o.start, o.end] is None),
    )


_Spans = dict[tuple[int, int], tuple[int, int] | None]


def _moved_mentions(mentions: Sequence[Mention], spans: _Spans, text: str) -> Iterator[Mention]:
    for mention in mentions:
        span = spans[mention.start, mention.end]
        if span is not None:
            yield replace(mention, start=span[0], end=span[1], text=text[slice(*span)])


def _moved_observations(observations: Sequence[Observation], spans: _Spans) -> Iterator[Observation]:
    for observation in observations:
        span = spans[observation.start, observation.end]
        if span is not None:
            yield replace(observation, start=span[0], end=span[1])
