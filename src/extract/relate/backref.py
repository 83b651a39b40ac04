"""Numbers taken up again: "119 of the 187 went to …" is told of the place, time and harm that the 187 were told of."""

from __future__ import annotations

import re

from extract.relate.draft import Draft

_WHOLE = re.compile(r"\b(?:of|among|out\sof|for)\s(?:the|these|those|all|its|their|that)\s(?:[a-z]+\s)?(<[NX]>)", re.I)
#: Below this a number is too common to be known again.
_LEAST = 13
_FIELDS = ("geography", "period", "offence")


class Told:
    """The counts that a text has told, by value: the last draft of each."""

    def __init__(self) -> None:
        self._by_value: dict[float, Draft] = {}

    def add(self, drafts: list[Draft]) -> None:
        """Keep the counts of a sentence."""
        for draft in drafts:
            if draft.statistic == "count" and draft.value >= _LEAST and draft.measure not in ("forces", "platforms"):
                self._by_value[draft.value] = draft

    def complete(self, draft: Draft) -> None:
        """Give a part, or the whole that its sentence takes up, what the whole was told of and it does not say itself."""
        whole = self._whole_of(draft)
        if whole is None:
            return
        taken_up = draft.value == whole.value and draft.statistic == "count"
        for name in (*_FIELDS, "measure") if taken_up else _FIELDS:
            if name not in draft.own or (taken_up and name in ("offence", "measure")):
                draft.put(name, getattr(whole, name), f"{name}.of-the-whole", own=True)

    def _whole_of(self, draft: Draft) -> Draft | None:
        for match in _WHOLE.finditer(draft.masked.text):
            value = draft.value if match[1] == "<X>" else _count_at(draft, match.start(1))
            if value in self._by_value:
                return self._by_value[value]
        return None


def _count_at(draft: Draft, place: int) -> float | None:
    return next((m.value for p, m in draft.masked.places if p == place and m.label == "COUNT"), None)
