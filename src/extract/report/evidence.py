"""A release's text cut into pieces, each with the mention and the sentences that it belongs to; and which mentions
an observation rests on.

A stored observation has its figure's span and its sentence. Its other evidence is found by value: of the mentions
that say the observation's place, period or platform, those in its sentence, else the nearest before it, else the
nearest after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.tabulate.schema import Row

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of a release's text; ``label`` is FIGURE where no mention stands at an observation's figure."""

    key: str
    start: int
    end: int
    label: str
    says: str
    rule: str = ""


@dataclass(slots=True)
class Evidence:
    """Marks in their order; the sentences that carry figures; and for each observation its sentence and marks."""

    marks: list[Mark]
    sentences: list[Span]
    sentence_of: dict[str, int | None]
    marks_of: dict[str, list[str]]
    observations_of: dict[str, list[str]] = field(default_factory=dict)


def sentence_span(text: str, observation: Row) -> Span | None:
    """Return where an observation's sentence stands: the occurrence that holds its figure."""
    sentence, start, end = observation["sentence"], observation["span_start"], observation["span_end"]
    at = text.find(sentence, max(0, end - len(sentence)), start + len(sentence)) if sentence else -1
    return (at, at + len(sentence)) if 0 <= at <= start else None


def gather(text: str, mentions: Sequence[Row], observations: Sequence[Row]) -> Evidence:
    """Return the evidence of a release.

    Parameters
    ----------
    text
        The release's text.
    mentions
        Rows of ``mentions``, with the list ``platforms``, in text order and without overlaps.
    observations
        Rows of ``observations``, with the lists ``geographies`` and ``platforms``.
    """
    spans = {o["observation_id"]: sentence_span(text, o) for o in observations}
    sentences = sorted({span for span in spans.values() if span is not None})
    place = {span: number for number, span in enumerate(sentences)}
    sentence_of = {key: None if span is None else place[span] for key, span in spans.items()}
    marks = _marks(mentions, observations)
    by_key = {m["mention_id"]: m for m in mentions}
    made = Evidence(marks, sentences, sentence_of, {}, {mark.key: [] for mark in marks})
    for o in observations:
        keys = list(dict.fromkeys(_behind(o, marks, by_key, spans[o["observation_id"]])))
        made.marks_of[o["observation_id"]] = keys
        for key in keys:
            made.observations_of[key].append(o["observation_id"])
    return made


def _marks(mentions: Sequence[Row], observations: Sequence[Row]) -> list[Mark]:
    marks = [Mark(m["mention_id"], m["span_start"], m["span_end"], m["label"], m["says"], m["rule"]) for m in mentions]
    for o in observations:
        start, end = o["span_start"], o["span_end"]
        if start < end and not any(m.start < end and start < m.end for m in marks):
            marks.append(Mark(f"f{start}", start, end, "FIGURE", o["figure_text"]))
    return sorted(marks, key=lambda m: (m.start, m.end))


def _behind(o: Row, marks: Sequence[Mark], by_key: dict[str, Row], sentence: Span | None) -> Iterator[str]:
    start, end = o["span_start"], o["span_end"]
    yield from (m.key for m in marks if m.start < end and start < m.end)

    wanted: list[tuple[tuple[str, ...], str, object]] = [
        (("FORCE", "AREA"), "geography", geography) for geography in o["geographies"]
    ]
    wanted += [
        (("YEAR",), "period", (o[first], o[last]))
        for first, last in (("period_start", "period_end"), ("base_start", "base_end"))
        if o[first] is not None
    ]
    wanted += [(("PLATFORM",), "platform", platform) for platform in o["platforms"]]
    for labels, what, value in wanted:
        fitting = [m for m in marks if m.label in labels and _says(by_key[m.key], what, value)]
        yield from nearest(fitting, start, sentence)


def _says(mention: Row, what: str, value: object) -> bool:
    if what == "geography":
        return bool(mention["geography"] == value)
    if what == "period":
        return (mention["period_start"], mention["period_end"]) == value
    return value in mention["platforms"]


def nearest(marks: Sequence[Mark], offset: int, sentence: Span | None) -> list[str]:
    """Return the keys of the marks in the sentence, else of the last one before an offset, else of the next."""
    if sentence is not None:
        inside = [m.key for m in marks if sentence[0] <= m.start and m.end <= sentence[1]]
        if inside:
            return inside
    before = [m.key for m in marks if m.end <= offset]
    return before[-1:] or [m.key for m in marks[:1]]


def pieces(text: str, evidence: Evidence, spans: Iterable[Span]) -> list[list[Row]]:
    """Return stretches of text, each a list of pieces: ``text``, ``mark`` (or None) and ``sentences`` (numbers).

    The pieces of a stretch, joined, are the stretch.
    """
    return [_cut(text, span, evidence) for span in spans]


def _cut(text: str, span: Span, evidence: Evidence) -> list[Row]:
    start, end = span
    marks = [m for m in evidence.marks if m.start < end and start < m.end]
    sentences = [(n, s) for n, s in enumerate(evidence.sentences) if s[0] < end and start < s[1]]
    edges = {start, end}
    for a, b in [(m.start, m.end) for m in marks] + [s for _, s in sentences]:
        edges |= {edge for edge in (a, b) if start < edge < end}
    points = sorted(edges)
    made = []
    for a, b in pairwise(points):
        mark = next((m for m in marks if m.start <= a and b <= m.end), None)
        inside = [n for n, s in sentences if s[0] <= a and b <= s[1]]
        made.append({"text": text[a:b], "mark": mark, "sentences": inside, "first": mark is None or mark.start == a})
    return made


def lines(text: str) -> list[Span]:
    """Return the spans of the lines that hold more than white space."""
    made, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            made.append((at, at + len(line)))
        at += len(line) + 1
    return made


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that overlap joined to one."""
    made: list[Span] = []
    for start, end in sorted(spans):
        if made and start < made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return made
