"""Why a release was read as it was: everything that bears on one place of its text, gathered for ``explain``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.annotate.pipeline import find_with_losers
from extract.annotate.resolve import Lost
from extract.lexicon.decisions import rule_rows
from extract.lexicon.rules import Rule
from extract.records import FIELDS, Mention, Release
from extract.relate import drafts_of
from extract.relate.discourse import Topic
from extract.relate.draft import Draft
from extract.relate.masked import Masked, mask
from extract.relate.scope import Layout, Sentence, read_layout

#: Rule files that speak of pages and whole releases, not of places in a text.
_OF_PAGES = frozenset({"furniture", "relevance"})
#: What of the topic a reader of a trace wants first; the rest follows by itself.
_TOPIC = ("geography", "period", "offence", "measure", "source", "platforms", "whole", "national", "comparison")


@dataclass(frozen=True, slots=True)
class Trace:
    """What is known of one place.

    ``lost`` are candidates that gave way here, ``drafts`` the figures anchored here with what was considered,
    ``before`` all drafts of the release, in order; ``over`` the rule rows whose pattern lies over the place, with the
    words that it matches, in the text or the masked sentence.
    """

    release: Release
    layout: Layout
    sentence: Sentence | None
    mention: Mention | None
    masked: Masked | None
    lost: tuple[Lost, ...]
    drafts: tuple[Draft, ...]
    before: tuple[Draft, ...]
    over: tuple[tuple[Rule, str, str], ...]


def trace(release: Release, at: int) -> Trace:
    """Return what bears on the character at an offset of a release's text."""
    mentions, lost = find_with_losers(release)
    layout = read_layout(release.text, mentions)
    sentence = next((s for s in layout.sentences if s.start <= at < s.end), None)
    mention = next((m for m in mentions if m.start <= at < m.end), None)
    start, end = (mention.start, mention.end) if mention else _word(release.text, at)
    drafts = drafts_of(release, mentions)
    lens = mention or Mention("COUNT", start, end, release.text[start:end], None)
    masked = _masked(release.text, sentence, lens) if sentence else None
    return Trace(
        release=release,
        layout=layout,
        sentence=sentence,
        mention=mention,
        masked=masked,
        lost=tuple(x for x in lost if x.candidate.start < end and start < x.candidate.end),
        drafts=tuple(d for d in drafts if d.mention.start < end and start < d.mention.end),
        before=tuple(drafts),
        over=tuple(_over(release.text, sentence, start, end, masked)),
    )


def _word(text: str, at: int) -> tuple[int, int]:
    """Return the span of the word or number around an offset."""
    start = end = at
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, max(end, at + 1)


def _masked(text: str, sentence: Sentence, lens: Mention) -> Masked:
    """Mask a sentence also where nothing is labelled under the lens, so that a miss can be seen as rules see it."""
    others = [m for m in sentence.mentions if m.end <= lens.start or lens.end <= m.start]
    inside = tuple(sorted([*others, lens], key=lambda m: m.start))
    return mask(text, Sentence(sentence.index, sentence.unit, sentence.start, sentence.end, inside), lens)


def _over(
    text: str, sentence: Sentence | None, start: int, end: int, masked: Masked | None
) -> Iterator[tuple[Rule, str, str]]:
    """Yield the rule rows whose pattern touches the span in the text, or covers it in the masked sentence."""
    if sentence is None or masked is None:
        return
    for name, rule in rule_rows().values():
        if name in _OF_PAGES:
            continue
        plain = (m for m in rule.pattern.finditer(text, sentence.start, sentence.end))
        found = next((m[0] for m in plain if m.start() <= end and start <= m.end()), None)
        if found is None:
            covered = (m for m in rule.pattern.finditer(masked.text) if m.start() <= masked.at < m.end())
            found = next((m[0] for m in covered), None)
        if found is not None:
            yield rule, name, found


def topic_at(found: Trace) -> list[tuple[str, object]]:
    """Return the topic that the figures before a sentence leave it, name by name; empty parts are left out.

    It is folded from the figures alone: a place or time that a sentence without figures takes up is not in it.
    """
    if found.sentence is None:
        return []
    topic = Topic()
    for group in _by_sentence([d for d in found.before if d.sentence.index < found.sentence.index]):
        topic = topic.after(group)
    values = [(name, getattr(topic, name)) for name in _TOPIC]
    return [(name, value) for name, value in values if value]


def _by_sentence(drafts: Sequence[Draft]) -> list[list[Draft]]:
    groups: dict[int, list[Draft]] = {}
    for draft in drafts:
        # The headline is read last: the body does not go on with it.
        if draft.sentence.unit.kind != "headline":
            groups.setdefault(draft.sentence.index, []).append(draft)
    return [groups[index] for index in sorted(groups)]


def origin(draft: Draft, name: str, drafts: Sequence[Draft]) -> Draft | None:
    """Return the nearest figure that says for itself what this one took over in a field, the ones before it first."""
    if name in draft.own or name not in FIELDS:
        return None
    value = getattr(draft, name)
    saying = [d for d in drafts if d is not draft and name in d.own and getattr(d, name) == value]
    if not value or not saying:
        return None
    return min(
        saying, key=lambda d: (d.mention.start > draft.mention.start, abs(d.mention.start - draft.mention.start))
    )
