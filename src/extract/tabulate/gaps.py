"""Forces that gave no figure, and forces whose figure is 0."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from extract.lexicon.rules import load_rules
from extract.lexicon.vocabulary import force_ids
from extract.records import Annotated, Mention, Observation, Release
from extract.tabulate.ids import row_id
from extract.tabulate.schema import Row


def gap_rows(annotated: Annotated) -> list[Row]:
    """Return the rows that a release adds to ``gaps``."""
    release = annotated.release
    rows = list(_no_answers(release, annotated.mentions))
    for o in annotated.observations:
        if o.statistic == "count" and o.value == 0 and o.measure == "offences" and set(o.geography) <= force_ids():
            rows += [_none_recorded(release, o, force) for force in o.geography]
    return sorted({row["gap_id"]: row for row in rows}.values(), key=lambda row: (row["span_start"], row["gap_id"]))


def _no_answers(release: Release, mentions: tuple[Mention, ...]) -> Iterator[Row]:
    forces = [mention for mention in mentions if mention.label == "FORCE"]
    ends, starts = _cuts(release.text)
    offsets = [force.start for force in forces]
    for mention in forces:
        start = ends[bisect_right(ends, mention.start) - 1]
        end = starts[bisect_left(starts, mention.end)]
        beside = forces[bisect_left(offsets, start) : bisect_left(offsets, end)]
        rule = _rule_over(*_masked(release.text, beside, start, end, mention))
        if rule is not None:
            yield {
                **_row(release, mention.value, "no answer", mention.start, mention.end),
                "sentence": release.text[start:end].strip(),
                "rule": rule,
            }


def _rule_over(clause: str, offset: int) -> str | None:
    """Return the rule that marks a stretch of the clause with the force at ``offset`` in it."""
    for rule in load_rules("no_answer"):
        if any(start <= offset < end for start, end, _ in rule.spans(clause)):
            return rule.id
    return None


def _cuts(text: str) -> tuple[list[int], list[int]]:
    """Return where clauses start and where they end, each in order, the text's own start and end among them.

    A clause is a sentence, cut at a semicolon or at a ``but`` or ``while`` on either side.
    """
    found = [(start, end) for rule in load_rules("clause") for start, end, _ in rule.spans(text)]
    return sorted([0, *(end for _, end in found)]), sorted([*(start for start, _ in found), len(text)])


def _masked(text: str, forces: list[Mention], start: int, end: int, wanted: Mention) -> tuple[str, int]:
    """Return a clause with each force's name as FORCE, and where in it the wanted one stands.

    Names are put out of the way, since a rule speaks of what forces did, whichever they are.
    """
    made, last, offset = "", start, 0
    for mention in forces:
        made += text[last : mention.start]
        offset = len(made) if mention is wanted else offset
        made, last = made + "FORCE", mention.end
    return made + text[last:end], offset


def _none_recorded(release: Release, o: Observation, force: str) -> Row:
    period = o.period or (None, None)
    return {
        **_row(release, force, "none recorded", o.start, o.end),
        "offence": o.offence,
        "period_start": period[0],
        "period_end": period[1],
        "sentence": o.sentence,
    }


def _row(release: Release, force: str, kind: str, start: int, end: int) -> Row:
    return {
        "gap_id": row_id(release.id, release.text_hash, start, end, force, kind),
        "release_id": release.id,
        "geography": force,
        "kind": kind,
        "offence": None,
        "period_start": None,
        "period_end": None,
        "span_start": start,
        "span_end": end,
        "sentence": "",
        "rule": "",
    }
