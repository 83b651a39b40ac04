"""The flags that come from wording: periods repaired or inferred, geography that contradicts itself."""

from __future__ import annotations

import re

from extract.annotate.year import Times
from extract.lexicon.vocabulary import force_ids
from extract.records import Mention
from extract.relate.draft import Draft
from extract.relate.frame import Frame
from extract.relate.geography import is_aside, named

_WHERE = re.compile(r"\b(?:where|which|that|whose\s(?:[\w’'-]+\s){1,6})(?:[\w\s,’'-]{0,40})$", re.I)


def periods(draft: Draft, times: Times) -> None:
    """Flag a period whose printed form is impossible, or whose year the text prints nowhere."""
    if any("+repaired" in m.rule for m in draft.period_mentions):
        draft.flags.add("period_repaired")
        draft.notes.append(f"printed as {draft.period_mentions[0].text}")
    if draft.period is not None and draft.period[1] not in times.printed_ends:
        draft.flags.add("period_inferred")
        draft.notes.append("the year is printed nowhere in the text")


def contradictions(frame: Frame) -> None:
    """Flag the figures of a sentence whose topic is one force and that says that another recorded them.

    "As for Warwickshire Police, … of the instances that Staffordshire Police had recorded": the first force is whose
    figure it is said to be, the second, in the relative clause, whose it is said to be again.
    """
    forces = [m for m in named(frame.layout, frame.sentence) if m.label == "FORCE" or m.value in force_ids()]
    if len({m.value for m in forces}) < 2 or not frame.drafts:
        return
    found = [m for m in forces if not is_aside(frame.layout, frame.sentence, m)]
    if len({m.value for m in found}) < 2:
        return
    first = found[0]
    if not _opens(frame, first):
        return
    for other in found[1:]:
        if other.value != first.value and _recorded_it(frame, other):
            for draft in frame.drafts:
                draft.put("geography", (first.value,), "geography.topic-of-contradiction", own=True)
                draft.flags.add("conflicting_geography")
                draft.notes.append(f"the sentence is on {first.text} and says that {other.text} recorded it")
            return


def _opens(frame: Frame, mention: Mention) -> bool:
    before = frame.layout.text[frame.sentence.start : mention.start]
    return bool(
        re.fullmatch(
            r"\W*(?:and\s|but\s)?(?:for|as\sfor|in\sthe\scase\sof|in|at|turning\sto|on)?\s?(?:the\s)?", before, re.I
        )
    )


def _recorded_it(frame: Frame, mention: Mention) -> bool:
    text = frame.layout.text
    before = text[max(frame.sentence.start, mention.start - 60) : mention.start]
    subject = re.search(
        r"(?:for|in\sthe\scase\sof)\s[^,]+,\s(?:the\s)?$", text[frame.sentence.start : mention.start], re.I
    )
    if subject and re.match(r"\s(?:had|saw|recorded|logged|counted|registered)\b", text[mention.end :]):
        return True
    after = text[mention.end : mention.end + 40]
    return bool(
        re.search(r"\b(?:where|which|that|whose(?:\s[\w’'-]+){1,6})\s(?:the\s)?$", before, re.I)
        and re.match(
            r"\s(?:had\s|has\s|have\s)?(?:recorded|logged|noted|registered|provided|counted|released|reported|received|is\ssent|was\ssent|took)\b",
            after,
        )
    )
