"""The field ``bound``: how a figure is hedged."""

from __future__ import annotations

from extract.lexicon.rules import likely
from extract.relate.draft import Draft


def fill(draft: Draft) -> None:
    """Fill ``bound`` from the words that touch the figure; plain where none does."""
    masked = draft.masked
    window_start = max(0, masked.at - 60)
    for rule in likely("bound", masked.text):
        for match in rule.pattern.finditer(masked.text, window_start, masked.at + 40):
            if match.start() <= masked.at < match.end():
                draft.put("bound", rule.value, rule.id, own=True)
                return
    draft.put("bound", "=", "bound.plain", own=True)
