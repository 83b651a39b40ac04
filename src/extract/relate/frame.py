"""One sentence with its figures: which group of places, times, platforms, ages … stands with which figure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from extract.lexicon.needs import Pattern
from extract.records import Mention
from extract.relate.attach import Attached, Group, attach, groups
from extract.relate.draft import Draft
from extract.relate.scope import Layout, Sentence

_RUN = re.compile(
    r"\s*(?:,|;|and|or|,\sand|to|then|against|versus|v)\s*(?:(?:from|to|by|of|about|around|almost|nearly|over|a|an|just|only|more\sthan|then)\s*){0,3}$"
)
_IN_BRACKET = re.compile(
    r"(?:\s(?:of|in)(?:\s[\w’'-]+){1,5})?(?:\s[a-z]+){0,3}\s(?:\(|[–-]\s)(?:or\s|about\s|some\s|around\s|nearly\s|almost\s)?"
)
_OR = re.compile(
    r"(?:\s(?:of|in)(?:\s[\w’'-]+){1,5}|\s(?:offences|crimes|cases|sessions|contacts|children|referrals|victims))?,\sor\s(?:about\s|some\s|around\s|nearly\s|almost\s|just\s|over\s|under\s|more\sthan\s|a\s){0,2}"
)
#: "A third of victims, 287, were …"
_APPOSED = re.compile(r"\s(?:of|in)(?:\s[\w’'-]+){1,4},\s(?:some\s|or\s)?")
#: How far in points a share in words may stand from the exact one behind it.
_ROUNDED = 5
#: "2,800 – 8 a day – were no older than four": the rate is of the same.
_A_DAY = re.compile(r"\s(?:an?|per|every|each)\s(?:day|week|month|hour)(?:\)|\s[–-]\s)")
_CLOSES = re.compile(r"(?:\s(?:offences|crimes|cases|sessions|contacts|children|referrals|victims))?(?:\)|\s[–-]\s)")
#: As many names as numbers, told each in its order.
IN_ORDER = Pattern(r"\brespectively\b|\bin\s(?:that|this)\sorder\b|\bin\sturn\b", re.I)
#: The second or the first of two names told.
LATTER = re.compile(r"\bthe\s(?P<which>latter|former)(?:[’']s)?\b", re.I)
_OF_THE = re.compile(r"\s(?:out\s)?of\s(?:the|all|its|those|these)?\s?")
_COUNTED = re.compile(r"(?:\s[a-z]+){1,2}(?=\s*(?:,|and))")


@dataclass(slots=True)
class Frame:
    """A sentence, its drafts by offset, and the figures' extents (a figure with the parenthesis that restates it)."""

    layout: Layout
    sentence: Sentence
    drafts: list[Draft]
    heads: list[Draft] = field(default_factory=list)
    extents: list[tuple[int, int]] = field(default_factory=list)
    head_of: dict[int, int] = field(default_factory=dict)  # by identity
    runs: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Collect the heads (figures that restate no other) and their extents."""
        for draft in self.drafts:
            if self.heads and (draft.twin_of is not None or self._goes_with_last(draft)):
                closing = self.layout.text.startswith(")", draft.mention.end)
                self.extents[-1] = (self.extents[-1][0], draft.mention.end + closing)
            else:
                self.heads.append(draft)
                self.extents.append((draft.mention.start, draft.mention.end))
            self.head_of[id(draft)] = len(self.heads) - 1
        self.runs = self._runs()

    def _goes_with_last(self, draft: Draft) -> bool:
        """Tell whether a figure shares all with the one before: "a quarter of victims (518)", "39 of the 43"."""
        between = self.layout.text[self.extents[-1][1] : draft.mention.start]
        closed = _CLOSES.match(self.layout.text, draft.mention.end)
        if _IN_BRACKET.fullmatch(between) and _A_DAY.match(self.layout.text, draft.mention.end):
            return True
        if closed and _IN_BRACKET.fullmatch(between):
            # Two counts are two facts: "Gwent 97 (61 the year before), Dyfed-Powys 55 (43)".
            return not self.heads[-1].mention.label == draft.mention.label == "COUNT"
        if self._restates(draft, between):
            return True
        if self._same_share(draft, between):
            return True
        after = self.layout.text[draft.mention.end : draft.mention.end + 40]
        return bool(_OF_THE.fullmatch(between) and re.match(r"(?:\s[\w’'-]+){0,2}\s(?:forces|constabularies)\b", after))

    def _restates(self, draft: Draft, between: str) -> bool:
        """Tell whether a count and a share are one fact told twice: "two thirds of these, or 306"."""
        last = self.heads[-1]
        apposed = _APPOSED.fullmatch(between) and self.layout.text.startswith(",", draft.mention.end)
        return {last.mention.label, draft.mention.label} == {"COUNT", "PERCENTAGE"} and bool(
            apposed or _OR.fullmatch(between)
        )

    def _same_share(self, draft: Draft, between: str) -> bool:
        """Tell whether a bracket gives a share told in words anew: "four in five were girls (83% where known)"."""
        last = self.heads[-1].mention
        if last.label != "PERCENTAGE" or draft.mention.label != "PERCENTAGE":
            return False
        (a, unit), (b, other) = last.value, draft.mention.value
        near = unit == other == "percent" and abs(a - b) <= _ROUNDED
        return near and re.fullmatch(r"(?:\s[\w’'-]+){1,8}\s\((?:[a-z]+\s){0,3}", between) is not None

    def index(self, draft: Draft) -> int:
        """Return the index of a draft's head."""
        return self.head_of[id(draft)]

    def run_of(self, draft: Draft) -> list[int] | None:
        """Return the run of coordinated figures that a draft stands in, None where it stands alone."""
        index = self.index(draft)
        return next((run for run in self.runs if index in run), None)

    def _runs(self) -> list[list[int]]:
        """Return the runs of two or more coordinated figures ("42 and 25", "98 to 70 and 157 to 130")."""
        out: list[list[int]] = [[0]] if self.heads else []
        for i in range(1, len(self.heads)):
            between = self.layout.text[self.extents[i - 1][1] : self.extents[i][0]]
            if _RUN.fullmatch(_COUNTED.sub("", between)) or _RUN.fullmatch(between):
                out[-1].append(i)
            else:
                out.append([i])
        return [run for run in out if len(run) > 1]


@dataclass(slots=True)
class Binding:
    """How the groups of one dimension stand to the figures of a frame."""

    frame: Frame
    groups: list[Group]
    attached: dict[int, list[Attached]]
    dealt: dict[int, Mention]

    def own(self, draft: Draft) -> list[Attached]:
        """Return the groups that stand with a figure."""
        return self.attached.get(self.frame.index(draft), [])

    def dealt_to(self, draft: Draft) -> Mention | None:
        """Return the member dealt to a figure of a coordinated run, one each ("A and B recorded 42 and 25")."""
        return self.dealt.get(self.frame.index(draft))

    def before(self, draft: Draft, skip: Callable[[Group], bool] | None = None) -> Group | None:
        """Return the last group before a figure in its sentence."""
        found = [g for g in self.groups if g.end <= draft.mention.start and not (skip and skip(g))]
        return found[-1] if found else None

    def after(self, draft: Draft) -> Group | None:
        """Return the first group behind a figure in its sentence."""
        found = [g for g in self.groups if g.start >= draft.mention.end]
        return found[0] if found else None


def bind(
    frame: Frame,
    mentions: Sequence[Mention],
    *,
    joins: Callable[[Mention, Mention], bool] | None = None,
    deal: bool = True,
    text: str | None = None,
) -> Binding:
    """Bind one dimension's mentions to the figures of a frame; ``text`` is in the place of its smoothed text."""
    found = groups(mentions, frame.layout.text, joins)
    dealt = _deal(frame, found) if deal else {}
    return Binding(frame, found, attach(frame.extents, found, text or frame.layout.smooth), dealt)


def _deal(frame: Frame, found: Sequence[Group]) -> dict[int, Mention]:
    """Deal the members of a group to a run of as many figures, or of twice as many ("98 to 70 and 157 to 130")."""
    dealt: dict[int, Mention] = {}
    for run in frame.runs:
        near = _nearest_group(frame, run, [g for g in found if len(g.members) > 1])
        if near is None or _told_between(frame, near, run):
            continue
        per, rest = divmod(len(run), len(near.members))
        if rest or per not in (1, 2) or (per == 1 and _from_to(frame, run)):
            continue
        for n, i in enumerate(run):
            dealt[i] = near.members[n // per]
    return dealt


def _told_between(frame: Frame, near: Group, run: Sequence[int]) -> bool:
    """Tell whether a figure of its own parts names and a run: "A and B held 2,230, 1,405 of them with girls"."""
    first = frame.extents[run[0]][0]
    between = sum(near.end <= start and end <= first for start, end in frame.extents[: run[0]])
    return (
        between % len(run) > 0 and IN_ORDER.search(frame.layout.text, frame.sentence.start, frame.sentence.end) is None
    )


def _from_to(frame: Frame, run: Sequence[int]) -> bool:
    """Tell whether a run is one number that went to another, not one number each."""
    if len(run) != 2:
        return False
    text = frame.layout.text
    before = text[max(frame.sentence.start, frame.extents[run[0]][0] - 25) : frame.extents[run[0]][0]]
    between = text[frame.extents[run[0]][1] : frame.extents[run[1]][0]]
    return bool(re.search(r"\bfrom\b", before) and re.match(r"\sto\b", between))


def _nearest_group(frame: Frame, run: Sequence[int], found: Sequence[Group]) -> Group | None:
    first, last = frame.extents[run[0]][0], frame.extents[run[-1]][1]
    before = [g for g in found if g.end <= first]
    after = [g for g in found if g.start >= last]
    if before:
        return before[-1]
    return after[0] if after else None


def new_clause(draft: Draft, binding: Binding, end: int) -> bool:
    """Tell whether a clause with a figure of its own stands between a group and this figure."""
    frame = binding.frame
    between = [h for h in frame.heads if end <= h.mention.start < draft.mention.start]
    if not between:
        return False
    return bool(
        re.search(
            r"[;:]|,\s(?:and|while|but|whereas)\b", frame.layout.text[between[-1].mention.end : draft.mention.start]
        )
    )
