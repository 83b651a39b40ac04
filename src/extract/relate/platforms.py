"""The field ``platforms``: the services that a figure is about; groups stand as their members."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from extract.lexicon.needs import Pattern
from extract.records import Mention
from extract.relate.attach import Attached
from extract.relate.draft import Draft
from extract.relate.frame import LATTER, Binding, Frame, bind, new_clause
from extract.relate.masked import mask

_OWNER = Pattern(
    r"\ban?\s<X>(?:-owned)?\s(?:company|product|subsidiary|firm)\b|\b(?:owned\sby|belong(?:s|ing)\sto|parent(?:\scompany)?|run\sby|part\sof|owner\sof|maker\sof|bought\sby|boss\sof|formerly(?:\sknown\sas)?)\s(?:the\s)?<X>",
    re.I,
)
_ALL_OWNED = re.compile(
    r"(?<!<P>,\s)(?<!<P>\sand\sother\s)\b(?:websites|sites|apps|platforms|services|products)\s(?:owned|run)\sby\s(?:the\s)?<X>(?!,\s(?:which|the\sowner))",
    re.I,
)
_TOGETHER = Pattern(
    r"\b(?:mak(?:e|es|ing)\sup|made\sup|account(?:s|ed|ing)?\sfor|together|combined|between\sthem|in\sall|altogether|add\sup\sto)\b",
    re.I,
)
_IN_ALL = re.compile(r"\s(?:in\sall|altogether|between\sthem|combined|in\stotal)\b")
#: Between a platform and a count: the count is told of these, not of the platform.
_OTHER_SUBJECT = Pattern(r"\b(?:as|after)\b|\b(?:police|forces?|officers)\b", re.I)
#: "Facebook – 58": the label of a line.
_LABEL = re.compile(r"\s?[–—:,-]\s")
#: "- WhatsApp: 89 in 2017/18 and 112 a year later": a line on one service.
_OWN_LINE = re.compile(r"\W*<P>\s?(?::|\s[–—-])\s")
#: "47 had to do with the three social media platforms"
_THE_N = Pattern(
    r"\b(?:the|these|those|all)\s(?:<N>|two|three|four|five)\s(?:[a-z]+\s){0,2}(?:platforms|apps|sites|networks|services)\b",
    re.I,
)
#: "Snapchat most popular app as offences more than double": the change is of all offences.
_AS_CRIMES = re.compile(r"\bas\s(?:[\w-]+\s){0,4}(?:offences|crimes|cases|reports|police|numbers|figures)\b", re.I)
_THEY = Pattern(
    r"\b(?:they|these)(?=\s(?:account|made|make|had|have|are|were|took|take|came|come|represent|add)\w*\b|[^,;]*$)"
    r"|\b(?:together|both|all\sthree|the\s(?:two|three|four|trio|pair|duo))\b",
    re.I,
)
_IT = Pattern(
    r"^\W*(?:It|Its|The\s(?:app|platform|site|service))\b|\b(?:it|its|the\s(?:app|platform|site|service))\b", re.I
)
#: "did not trust companies such as TikTok": whom a survey asked about, as examples.
_EXAMPLE = Pattern(
    r"\b(?:companies|firms|giants|bosses|platforms|sites|networks|services|apps)\s(?:such\sas|like|including)\s(?:<P>(?:,\s|,?\sand\s|,?\sor\s))*<X>",
    re.I,
)
_END_OF_CHANGE = re.compile(r"[>\w,\s]*\b(?:from|to)\s\Z")
_NOT_ABOUT = frozenset({"forces", "platforms"})


def bind_platforms(frame: Frame) -> Binding:
    """Bind the platform mentions of a sentence, without those that stand as an owner only."""
    found = [m for m in frame.sentence.of("PLATFORM") if not _is_owner(mask(frame.layout.text, frame.sentence, m).text)]
    return bind(frame, found)


def _is_owner(masked: str) -> bool:
    """Tell whether a name stands as an owner only, and not for all that it owns ("websites owned by Meta")."""
    return _OWNER.search(masked) is not None and _ALL_OWNED.search(masked) is None


def fill(
    draft: Draft, binding: Binding, *, lead: Sequence[Mention], before: tuple[str, ...], union: tuple[str, ...]
) -> None:
    """Fill ``platforms``; ``before`` are those of the figure before, for a pronoun that takes them up."""
    if draft.measure in _NOT_ABOUT:
        return
    if draft.twin_of is not None:
        draft.put("platforms", draft.twin_of.platforms, "platforms.restated", own=True)
        return
    found, rule = _find(draft, binding)
    if draft.source == "survey":
        frame = binding.frame
        found = [m for m in found if not _EXAMPLE.search(mask(frame.layout.text, frame.sentence, m).text)]
    if found:
        draft.put("platforms", ids_of(found), rule, own=True)
    elif lead:
        draft.put("platforms", ids_of(lead), "platforms.lead-in", own=True)
    elif union and draft.statistic == "count" and _THE_N.search(draft.masked.after()):
        draft.put("platforms", union, "platforms.they")
    elif (union or binding.groups) and draft.statistic == "share" and _THEY.search(draft.masked.before()):
        told = [m for g in binding.groups if g.end <= draft.mention.start for m in g.members]
        draft.put("platforms", tuple(sorted({*union, *ids_of(told)})), "platforms.they")
    elif before and (draft.measure == "instances" or draft.statistic == "share") and _IT.search(draft.masked.before()):
        draft.put("platforms", before, "platforms.pronoun")


def of_change(draft: Draft, previous: Draft | None) -> None:
    """Fill ``platforms`` of a count that is one end of the change before it: "rose by 200%, from 126 to 428"."""
    if previous is None or draft.platforms or draft.statistic != "count":
        return
    told = previous.statistic in ("change", "ratio") or previous.rules.get("platforms") == "platforms.of-change"
    between = draft.masked.before().rsplit("<", 1)[-1]
    if told and previous.platforms and _END_OF_CHANGE.search(between):
        draft.put("platforms", previous.platforms, "platforms.of-change")


def _find(draft: Draft, binding: Binding) -> tuple[Sequence[Mention], str]:
    dealt = binding.dealt_to(draft)
    if dealt is not None:
        return [dealt], "platforms.one-each"
    latter = _latter(draft, binding)
    if latter is not None:
        return [latter], "platforms.latter"
    if len(binding.groups) == 1 and len(binding.groups[0].members) == 1 and _OWN_LINE.match(draft.masked.text):
        return binding.groups[0].members, "platforms.own-line"
    own = [
        a
        for a in binding.own(draft)
        if not _is_as_clause(draft, binding, a) and not _AS_CRIMES.search(_between(binding, a, draft))
    ]
    if draft.statistic in ("count", "rate"):
        text = binding.frame.layout.text
        own = [
            a
            for a in own
            if (a.cost < 1.0 or _LABEL.fullmatch(_between(binding, a, draft)))
            and not _OTHER_SUBJECT.search(text[a.group.end : draft.mention.start])
        ]
    if own:
        return _together(own, binding), "platforms.with-figure"
    left = [g for g in binding.groups if g.end <= draft.mention.start and not new_clause(draft, binding, g.end)]
    if not left:
        return [], ""
    together = _TOGETHER.search(draft.masked.before()[-60:]) or _IN_ALL.match(draft.masked.after())
    # A single name without a figure of its own has this one to itself.
    free = [g for g in left if not any(a.group is g for found in binding.attached.values() for a in found)]
    if together and len(left) > 1 and len(free) != 1:
        return [m for g in left for m in g.members], "platforms.together"
    if draft.statistic in ("share", "ratio", "change") or draft.measure == "instances":
        return left[-1].members, "platforms.before"
    return [], ""


def _latter(draft: Draft, binding: Binding) -> Mention | None:
    """Return the last of two services told: "Snapchat and Instagram were named most, the latter in 34% of cases"."""
    found = next(reversed(list(LATTER.finditer(draft.masked.before()))), None)
    group = binding.before(draft) if found else None
    if found is None or group is None or len(group.members) < 2 or "<P>" in draft.masked.before()[found.end() :]:
        return None
    return group.members[-1 if found["which"].lower() == "latter" else -2]


def _is_as_clause(draft: Draft, binding: Binding, attached: Attached) -> bool:
    """Tell whether a platform opens a clause of its own behind a change: "up 74%, as Snapchat is named most often"."""
    text = binding.frame.layout.text
    behind = attached.group.start >= draft.mention.end and draft.statistic in ("change", "ratio")
    return behind and text[: attached.group.start].endswith((", as ", ", while ", ", with "))


def _between(binding: Binding, attached: Attached, draft: Draft) -> str:
    return binding.frame.layout.text[attached.group.end : draft.mention.start]


def _together(own: Sequence[Attached], binding: Binding) -> list[Mention]:
    """Return the members of all groups at a figure, or of the nearest where a colon or a dash parts them."""
    text = binding.frame.layout.text
    ordered = sorted(own, key=lambda a: a.group.start)
    for first, second in itertools.pairwise(ordered):
        if re.search(r"[:;]|\s[–-]\s", text[first.group.end : second.group.start]) or first.side != second.side:
            return list(min(own, key=lambda a: a.cost).group.members)
    return [m for a in own for m in a.group.members]


def ids_of(found: Sequence[Mention]) -> tuple[str, ...]:
    """Return the sorted ids of platform mentions, groups as their members."""
    out: set[str] = set()
    for mention in found:
        value = mention.value
        out.update((value,) if isinstance(value, str) else value)
    return tuple(sorted(out))
