"""The figures of one release as the checks look them up: those alike, those of a sentence, the one of a mention."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property

from extract.records import Mention
from extract.relate.audit_terms import key
from extract.relate.draft import Draft

#: How many figures on either side of one are compared with it, and how many in pairs: more than any release has.
_MOST, _MOST_PAIRED = 100, 40


class Ledger(list[Draft]):
    """The drafts of one release, by offset.

    Each is put under what it shares with others once: a check that compared every figure with every other would take
    a hundred times as long for ten times as many.

    Parameters
    ----------
    drafts
        The drafts, in any order; their fields are not changed from here on.
    """

    def __init__(self, drafts: Iterable[Draft]) -> None:
        super().__init__(sorted(drafts, key=lambda d: (d.mention.start, d.mention.end)))
        self._alike: dict[tuple[str, ...], dict[Hashable, list[Draft]]] = {}
        self._of_time: dict[tuple[str, ...], dict[Hashable, list[Draft]]] = {}

    def alike(self, draft: Draft, *, but: tuple[str, ...] = ()) -> Sequence[Draft]:
        """Return the figures that share all but some fields with a draft (see `key`), itself among them."""
        if but not in self._alike:
            self._alike[but] = self._by(lambda d: key(d, but=but))
        return _nearest(self._alike[but].get(key(draft, but=but), ()), draft, _MOST)

    def near(self, draft: Draft) -> Sequence[Draft]:
        """Return those alike that stand so near to a draft that their pairs can be looked at."""
        return _nearest(self.alike(draft), draft, _MOST_PAIRED)

    def at_one_time(self, draft: Draft, *, but: tuple[str, ...] = ()) -> Sequence[Draft]:
        """Return those alike that are of a draft's period, itself among them."""
        if but not in self._of_time:
            self._of_time[but] = self._by(lambda d: (d.period, key(d, but=but)))
        return _nearest(self._of_time[but].get((draft.period, key(draft, but=but)), ()), draft, _MOST)

    def in_sentence(self, index: int) -> Sequence[Draft]:
        """Return the figures of a sentence."""
        return self._by_sentence.get(index, ())

    def mates(self, draft: Draft) -> list[Draft]:
        """Return the other figures of a draft's sentence."""
        return [d for d in self.in_sentence(draft.sentence.index) if d is not draft]

    def of_place_and_time(self, draft: Draft) -> Sequence[Draft]:
        """Return the figures of a draft's place and time, itself among them."""
        return _nearest(self._by_place_and_time.get((draft.geography, draft.period), ()), draft, _MOST)

    def twins(self, draft: Draft) -> Sequence[Draft]:
        """Return the figures that give a draft again in a bracket."""
        return self._by_twin.get(id(draft), ())

    def of_mention(self, mention: Mention) -> Draft | None:
        """Return the first figure of a mention."""
        found = self._by_start.get(mention.start, ())
        return next((d for d in found if d.mention == mention), None)

    def figure_at(self, draft: Draft, position: int) -> Draft | None:
        """Return the figure whose token stands at a position of a draft's masked sentence."""
        mention = next((m for place, m in draft.masked.places if place == position), None)
        return self.of_mention(mention) if mention is not None else None

    def _by(self, place: Callable[[Draft], Hashable]) -> dict[Hashable, list[Draft]]:
        found: dict[Hashable, list[Draft]] = {}
        for draft in self:
            found.setdefault(place(draft), []).append(draft)
        return found

    @cached_property
    def _by_sentence(self) -> dict[Hashable, list[Draft]]:
        return self._by(lambda d: d.sentence.index)

    @cached_property
    def _by_place_and_time(self) -> dict[Hashable, list[Draft]]:
        return self._by(lambda d: (d.geography, d.period))

    @cached_property
    def _by_twin(self) -> dict[Hashable, list[Draft]]:
        return self._by(lambda d: id(d.twin_of))

    @cached_property
    def _by_start(self) -> dict[Hashable, list[Draft]]:
        return self._by(lambda d: d.mention.start)


def _nearest(found: Sequence[Draft], draft: Draft, most: int) -> Sequence[Draft]:
    if len(found) <= most:
        return found
    at = bisect_left(found, draft.mention.start, key=lambda d: d.mention.start)
    return found[max(0, at - most) : at + most]
