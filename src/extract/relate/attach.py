"""Which figure a place, a time, a platform or an age in the same sentence belongs to.

A group (coordinated names are one group) that stands between two figures goes to the side from which the weaker barrier
parts it: "82 in 2017/18 and 127 in 2018/19", "in 2017/18 it was 82 and in 2018/19 127". One that stands before the
first figure leads the sentence: it holds for every later figure that has none of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.records import Mention

_JOIN = re.compile(
    r"[\s,&/()’'*]*(?:(?:and|or|as\swell\sas|plus|along\swith|together\swith|police|Police|forces?|constabular(?:y|ies)|Constabulary|(?:City\s|County\s|Borough\s|District\s)?Councils?|the|both|either|in|its|at|(?:websites?|apps?|platforms?|sites?|services|products)\s(?:owned|run)\sby|outnumber(?:s|ed)?)[\s,’'s]*){0,4}$"
)
#: A comma at *and* begins a clause: "40 in 2013/14, and in 2016/17 it was 61", "and, in 2015, 98".
_NEW_CLAUSE = re.compile(r",\s(?:and|or)\s(?:(?:the|in|for|by)\s){0,2}|\s(?:and|but),\s(?:in|for|by)\s(?:the\s)?")
_MEMBERS = re.compile(r"\s[–-]\s|,\s(?:meaning|namely|that\sis)\s|:\s")
_MARKS = {";": 3.0, ":": 1.0, ",": 1.0, ")": 1.0}
#: A clause or name in commas that tells more of what stands before it: "Humberside Police, which …, was up 9%".
_APPOSITION = re.compile(
    r",\s(?:which|who|whose|where|the\sonly|formerly|including|also|too|though|however|meanwhile|for\sexample|in\sturn|(?:the\s)?[a-z]+est\sof\sthe)\b[^,]{0,90},"
)
#: A verb with *up*, not a rise.
_TURNS_UP = re.compile(
    r"\b(?:turn|crop|show|c[ao]me|ma[dk]e|t[ao]oke?|take|pop|br(?:ing|ought)|draw|drew|drawn)(?:s|ed|ped)?\sup\b", re.I
)
#: Words that join within a name or a noun phrase, not clauses.
_PHRASES = re.compile(
    r"\band\s(?:neglect|cruelty|sexual|possession|possessing|sharing|making|taking|exploitation|abuse|young|girls|boys|women|emails?|controlling)\b",
    re.I,
)
_OF_THE = re.compile(r"\s(?:out\s)?of\s(?:the|these|those|all|its)?\s?")
_HAPPENED = re.compile(r"\s(?:\w+\s){0,2}?(?:took|were|was|happened|came|occurred|involved|related|concerned)\b", re.I)
_CONTRAST = re.compile(r"\b(?:while|whilst|whereas)\b", re.I)
_DASH = re.compile(r"\s[–—-]+\s|—")
#: A clause that tells of an amount in words: "…, and a small number came from women".
_OWN_CLAUSE = re.compile(
    r";|,\s(?:and|but)\s(?:[A-Z][\w’-]+\s)?(?:[a-z]+\s){0,2}(?:have|has|had)\s(?:told|said|warned|called|made)\b|"
    r",\s(?:and|but|while|with)\s(?:an?\s(?:small\s|tiny\s|large\s)?(?:number|handful|few|minority|majority)|some|others|"
    r"several|many|the\s(?:rest|others|remainder))\b",
    re.I,
)
_LINKS = re.compile(
    r"\b(?:and|but|while|whilst|whereas|although|though|against(?!\s(?:a\s)?(?:child|young|under|bab|girl|boy|kid|minor|teen|pupil|victim|those|infant|toddler))|including|compared|followed|then|versus|when|where|which|who|because(?!\sof)|after|"
    r"rising|falling|rose|fell|up|down|than)\b",
    re.I,
)
_PREPOSITION = re.compile(
    r"(?:^|\s)(?:in|for|at|on|by|from|of|to|since|during|over|across|between|through|via|using|against|the|within)\s*$",
    re.I,
)
#: "the 2017/18 figure of 274", "and Sussex's total rose by 17%"
_FIGURE_OF = re.compile(
    r"(?:[’']s?)?\s(?:figure|total|number|tally|peak|level|count|high|low|record|sum)\sof\b|[’']s?\s(?:own\s)?(?:figure|total|number|tally|count)s?\s"
    r"(?:rose|fell|went|was|were|climbed|jumped|stood|grew|dropped|came|is|has|had|doubled|trebled)\b",
    re.I,
)
#: A sentence that opens with where something happened.
_LOCATED = re.compile(
    r"(?:^|[.!?]\s|\n)\W*(?:In|On|Across|Around|Over\sin|Down\sin|Up\sin)\s(?:the\s)?[A-Z][\w’' -]{2,30},\s$"
)
#: The end of a list: "Across England, Wales and Northern Ireland".
_AND_NAME = re.compile(r"(?:,\s[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)*,?\sand\s[A-Z]")
#: A member of a group that has a figure to itself: "Meta's products: Instagram with 14%".
_OWN_FIGURE = re.compile(r"\s(?:with\s|at\s|on\s|had\s|\()?(?:about\s|some\s|around\s|just\s)?\d")
#: "four times as many as boys": whom the figure is compared with.
_AS_MANY_AS = re.compile(r"\bas\s(?:many|often|likely|much|high)\sas\s(?:in\s|for\s|among\s)?$", re.I)
#: How much a preposition right before the group ties it to what stands on its left.
_TIE = 0.6
_PER_CHARACTER = 0.004


@dataclass(frozen=True, slots=True)
class Group:
    """Coordinated mentions of one dimension: (start, end) from the first to the last, and the members."""

    start: int
    end: int
    members: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Attached:
    """A group given to a figure: on its ``left`` (it follows the figure) or ``right``, with margin and cost."""

    group: Group
    side: str
    margin: float
    cost: float = 0.0


@lru_cache(maxsize=512)  # each dimension of a sentence asks of the same words
def barrier(between: str) -> float:
    """Return how strongly the words between a figure and a group part them; 0 for none."""
    between = _PHRASES.sub(" ", _TURNS_UP.sub(" ", _APPOSITION.sub("", between)))
    if between.strip() in ("with", "on", "at"):
        return 0.0
    if between.strip() in (", with", ", on", ", at", ":"):
        return 0.5
    strength = sum(_MARKS.get(c, 0.0) for c in between)
    strength += 1.0 * len(re.findall(r"(?:,|^)\s?with\b", between))
    strength += 2.0 * len(_DASH.findall(between))
    strength += 1.0 * len(_LINKS.findall(between)) + 1.0 * len(_CONTRAST.findall(between))
    return strength + _PER_CHARACTER * len(between)


def groups(
    mentions: Sequence[Mention], text: str, joins: Callable[[Mention, Mention], bool] | None = None
) -> list[Group]:
    """Put coordinated mentions ("Dorset, Kent and Essex Police") into groups, by offset."""
    out: list[list[Mention]] = []
    for mention in mentions:
        between = text[out[-1][-1].end : mention.start] if out else ""
        alone = _OWN_FIGURE.match(text, mention.end)
        joined = _JOIN.match(between) or (_MEMBERS.fullmatch(between) and _is_member(out[-1], mention) and not alone)
        if out and len(out[-1]) == 1 and _NEW_CLAUSE.fullmatch(between):
            joined = None  # two names with a comma before *and* are two clauses' subjects, not a list
        located = between == ", " and _LOCATED.search(text, max(0, mention.start - 60), mention.start)
        if located and not (_AND_NAME.match(text, mention.end) and out[-1][-1].label == mention.label):
            joined = None  # "On Teesside, Cleveland Police went …"
        if out and len(between) < 40 and joined and (joins is None or joins(out[-1][-1], mention)):
            out[-1].append(mention)
        else:
            out.append([mention])
    return [Group(g[0].start, g[-1].end, tuple(g)) for g in out]


def _is_member(group: Sequence[Mention], mention: Mention) -> bool:
    """Tell whether a platform is a member of the group named before it: "Meta-owned apps - Facebook, Messenger …"."""
    whole = group[0].value
    return isinstance(whole, tuple) and len(whole) > 1 and set(mention.value) <= set(whole)


def attach(figures: Sequence[tuple[int, int]], found: Sequence[Group], text: str) -> dict[int, list[Attached]]:
    """Give each group to one figure; figures are (start, end) spans by offset, keys of the result their indices."""
    out: dict[int, list[Attached]] = {}
    for group in found:
        inside = next((i for i, f in enumerate(figures) if f[0] <= group.start and group.end <= f[1]), None)
        if inside is not None:
            out.setdefault(inside, []).append(Attached(group, "left", 1.0))
            continue
        left = max((i for i, f in enumerate(figures) if f[1] <= group.start), default=None)
        right = min((i for i, f in enumerate(figures) if f[0] >= group.end), default=None)
        cost_left = _cost_left(text[figures[left][1] : group.start]) if left is not None else None
        cost_right = barrier(_closed(group, text, figures[right][0])) if right is not None else None
        if cost_left is not None and right is not None and _inside_bracket(text, figures, left, right, group):
            cost_left += 2.0
        if left is not None and cost_right is None and _OWN_CLAUSE.search(text, figures[left][1], group.start):
            continue  # a clause of its own without a figure
        if cost_left is None and cost_right is None:
            continue
        if cost_right is not None and _FIGURE_OF.match(text, group.end):
            cost_right -= 2 * _TIE
        if cost_right is None or (cost_left is not None and cost_left <= cost_right):
            assert left is not None
            index, side, won, lost = _part_of(text, figures, left, group), "left", cost_left, cost_right
        else:
            assert right is not None
            index, side, won, lost = right, "right", cost_right, cost_left
        margin = 1.0 if lost is None or won is None else min(1.0, max(0.0, (lost - won) / 2))
        out.setdefault(index, []).append(Attached(group, side, round(margin, 2), won or 0.0))
    return out


def _inside_bracket(text: str, figures: Sequence[tuple[int, int]], left: int | None, right: int, group: Group) -> bool:
    """Tell whether a group opens a bracket that holds the next figure: "174 (a year earlier: 179)"."""
    assert left is not None
    before, after = text[figures[left][1] : group.start], text[group.end : figures[right][0]]
    return before.rfind("(") > before.rfind(")") and ")" not in after


def _part_of(text: str, figures: Sequence[tuple[int, int]], left: int, group: Group) -> int:
    """Return the part's index where a place or time is told of the part: "31 of the 397 took place on …"."""
    if left == 0 or not _OF_THE.fullmatch(text[figures[left - 1][1] : figures[left][0]]):
        return left
    return left - 1 if _HAPPENED.match(text[figures[left][1] : group.start]) else left


def _closed(group: Group, text: str, stop: int) -> str:
    """Return what stands between a group and a figure, without the mark that closes the list of its members."""
    between = text[group.end : stop]
    inside = text[group.start : group.end]
    if re.search(r"\s[–-]\s", inside):
        return re.sub(r"^\s?[–-]\s", " ", between)
    return between[1:] if "(" in inside and between.startswith(")") else between


def _cost_left(between: str) -> float:
    cost = barrier(between) + 2.0 * bool(_AS_MANY_AS.search(between))
    return cost - _TIE if _PREPOSITION.search(between) else cost
