"""Counts how often each rule matches and decides while releases are read, in a process of its own.

The process watches the patterns of all rule rows before anything that uses them is loaded, so that what is counted is
what the pipeline itself asks, and nothing of it stays behind.
"""

from __future__ import annotations

import multiprocessing
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from extract.batch.inputs import Source
from extract.batch.work import Failure, process
from extract.evaluate.catalogue import Use
from extract.lexicon.decisions import parts
from extract.lexicon.rules import load_rules, rule_files

#: How often each rule matched, and how often it was chosen.
_Found = tuple[Counter[str], Counter[str]]
#: The places in which a rule matched since a release was begun: the text's hash and the span.
_seen: dict[str, set[tuple[int, int, int]]] = defaultdict(set)


class _Watched:
    """A pattern that notes where it matches; all else is the pattern itself."""

    def __init__(self, pattern: re.Pattern[str], note: Callable[[re.Match[str]], None]) -> None:
        self._pattern, self._note = pattern, note

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pattern, name)

    def _noted(self, found: re.Match[str] | None) -> re.Match[str] | None:
        if found is not None:
            self._note(found)
        return found

    def search(self, *arguments: Any) -> re.Match[str] | None:
        return self._noted(self._pattern.search(*arguments))

    def match(self, *arguments: Any) -> re.Match[str] | None:
        return self._noted(self._pattern.match(*arguments))

    def fullmatch(self, *arguments: Any) -> re.Match[str] | None:
        return self._noted(self._pattern.fullmatch(*arguments))

    def finditer(self, *arguments: Any) -> Iterator[re.Match[str]]:
        for found in self._pattern.finditer(*arguments):
            self._note(found)
            yield found


def count_uses(sources: Sequence[Source], limit: float | None = None) -> tuple[dict[str, Use], list[Failure]]:
    """Return how often each rule id is used over inputs, and the inputs that could not be read.

    Parameters
    ----------
    sources
        The inputs.
    limit
        Seconds that one input may take.
    """
    matched: Counter[str] = Counter()
    chosen: Counter[str] = Counter()
    releases: Counter[str] = Counter()
    failures: list[Failure] = []
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=_watch) as pool:
        for result in pool.map(_uses, sources, [limit] * len(sources)):
            if isinstance(result, Failure):
                failures.append(result)
                continue
            matched += result[0]
            chosen += result[1]
            releases.update(set(result[0]) | set(result[1]))
    return {one: Use(matched[one], chosen[one], releases[one]) for one in releases}, failures


def _watch() -> None:
    for name in rule_files():
        for rule in load_rules(name):
            # Rows are frozen, and every user of them holds these very rows.
            object.__setattr__(rule, "pattern", _Watched(rule.pattern, _noter(rule.id)))


def _noter(rule: str) -> Callable[[re.Match[str]], None]:
    def note(found: re.Match[str]) -> None:
        _seen[rule].add((hash(found.string), *found.span()))

    return note


def _uses(source: Source, limit: float | None) -> _Found | Failure:
    from extract.fetch.judge import relevance
    from extract.tabulate.rows import release_rows

    _seen.clear()
    found = process(source, limit)
    if isinstance(found, Failure):
        return found
    # Two files of rules are asked before and after the pipeline: is it worth keeping, which forces gave no answer.
    relevance(found.release.text)
    release_rows(found)
    matched = Counter({rule: len(places) for rule, places in _seen.items()})
    chosen: Counter[str] = Counter()
    for rule in [m.rule for m in found.mentions] + [r for o in found.observations for r in o.rules.values()]:
        stem, ending = parts(rule) or (rule, None)
        chosen.update([stem, ending.id] if ending else [stem])
    return matched, chosen
