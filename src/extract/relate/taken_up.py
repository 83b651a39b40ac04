"""Words that take up a place without its name: "the force", "the region", "nationally", "the three forces"."""

from __future__ import annotations

import re
from collections.abc import Callable

from extract.lexicon.needs import Pattern
from extract.lexicon.rules import Rule, likely
from extract.lexicon.vocabulary import force_ids, forces_in
from extract.records import Mention
from extract.relate.discourse import Ids, Topic, contains_all, is_national, kind_of
from extract.relate.scope import Layout, Sentence


def taken_up(
    topic: Topic,
    layout: Layout,
    sentence: Sentence,
    end: int | None = None,
    start: int | None = None,
    at: int | None = None,
) -> tuple[Ids, str] | None:
    """Return the place that a word without a name takes up ("the force", "nationally"), with the rule's id.

    With ``start`` and ``end`` only words between these offsets are looked at: those before a figure and its own clause.
    Of several the last before the offset ``at`` of the figure is taken.
    """
    first, last = sentence.start if start is None else start, sentence.end if end is None else end
    for rule in _by_nearness(layout.text, sentence, first, last, at):
        if rule.id == "discourse.forces" and sentence.of("PLATFORM") and not _PLACES.search(layout.text, first, last):
            continue  # services taken together
        if rule.value == "forces":
            ids = _spoken(topic, layout.text[sentence.start : sentence.end])
        elif rule.value == "covered":
            ids = topic.covered or topic.told_nation
        else:
            ids = _meant(topic, layout, rule.value)
        if ids:
            return ids, rule.id
    return None


def _by_nearness(text: str, sentence: Sentence, first: int, last: int, at: int | None) -> list[Rule]:
    """Return the rules with words in a stretch of text: those whose words stand last before a figure first."""
    found: list[tuple[int, Rule]] = []
    for rule in likely("discourse", text, sentence.start, sentence.end):
        starts = [m.start() for m in rule.pattern.finditer(text, first, last)]
        if starts:
            before = [s for s in starts if at is not None and s < at]
            found.append((before[-1] if before else -1, rule))
    return [rule for _, rule in sorted(found, key=lambda f: -f[0])]


#: "forces across England and Wales", "42 UK police forces"
_FORCES_OF = re.compile(r"\bforces\s(?:\w+\s)?(?:across|in|of|from|throughout)\s(?:the\s)?$")
_SO_MANY = re.compile(r"\b\d\d\s$")
_FORCES = re.compile(r"\s(?:police\s)?forces\b")
_PLACES = Pattern(r"\b(?:forces|constabularies|counties|districts|boroughs|councils|authorities)\b")
_NUMBERS = {
    "pair": 2,
    "duo": 2,
    "trio": 3,
    "quartet": 4,
    "both": 2,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
}


#: Those whose figures the text is on, not those that it named last.
SAME_FORCES = Pattern(r"\bthe\ssame\s(?:[\w<>]+\s)?(?:police\s)?forces\b", re.I)
_COUNTED_PLACES = Pattern(
    r"\b(?:(?:the|these|those|all)\s)?(two|three|four|five|six|seven|eight|both)\s(?:\w+\s)?(?:forces|counties|areas|districts|boroughs|constabularies|authorities|councils)\b"
    r"|\b(?:the|this|that)\s(?:same\s)?(?:pair|duo|trio|quartet)(?=\sof\s(?:forces|counties|constabularies|areas))"
    r"|\b(?:the|these|those)\s(two|three|four|five|six|seven|eight)\b(?!\s(?:days|weeks|months|years))"
)


def _spoken(topic: Topic, sentence: str) -> Ids:
    """Return the forces or counties last spoken of that are taken up together ("the three forces", "combined")."""
    if topic.covered and topic.geography == topic.covered:
        return topic.covered
    if len(topic.forces) > 1:
        return topic.forces
    if SAME_FORCES.search(sentence):
        return topic.covered or topic.told_nation
    counted = _COUNTED_PLACES.search(sentence.lower())
    n = _NUMBERS[counted[1] or counted[2] or counted[0].split()[-1]] if counted else None
    spoken = topic.spoken
    if counted and counted[0].split()[-1] in ("forces", "constabularies"):
        spoken = tuple(i for i in spoken if i in force_ids())
    said = spoken[-n:] if n else spoken
    return tuple(sorted(said)) if len(said) > 1 and (n is None or len(said) == n) else ()


def _meant(topic: Topic, layout: Layout, what: str) -> Ids:
    if what == "national":
        return _nation_around(topic, layout)
    if what == "force":
        if is_national(topic.geography) and topic.geography not in (("scotland",), ("northern-ireland",)):
            return _main_force(layout) or topic.forces
        return topic.forces if len(topic.forces) == 1 else topic.local if len(topic.local) == 1 else first_force(layout)
    if what in ("wales", "scotland", "england"):
        return (what,)
    joint = _joint(topic, layout)
    if what == "region":
        named = _first(layout, "region")
        if topic.region or not joint or topic.geography != joint:
            return topic.region or named or joint or first_local(layout)
        return named if named and forces_in(named[0]) <= set(joint) else joint
    if what == "area" and joint:
        return joint
    if what in ("town", "county"):
        fit = tuple(i for i in topic.spoken if (i in force_ids()) == (what == "county"))
        if topic.local and topic.local[-1:] != fit[-1:] and fit and not topic.several:
            return fit[-1:]
    return first_local(layout) if topic.several or not topic.local else topic.local


def _nation_around(topic: Topic, layout: Layout) -> Ids:
    """Return the nation that *nationally* means: the last or first named that the release's place lies in, else all."""
    local = first_local(layout)
    named = (
        topic.national,
        *((m.value,) for m in layout.mentions if m.label == "AREA" and kind_of(m.value) == "nation"),
    )
    return next((n for n in named if n and (not local or n == local or contains_all(n, [local]))), ("uk",))


def _joint(topic: Topic, layout: Layout) -> Ids:
    """Return the several places below a region that the text is on together: those last told, or the headline's."""
    if _is_joint(topic.geography):
        return topic.geography
    named = tuple(sorted(_in_headline(layout)))
    return named if _is_joint(named) else ()


def _in_headline(layout: Layout) -> set[str]:
    """Return the forces and places that the headline names."""
    end = layout.units[0].end if layout.units else 0
    return {m.value for m in layout.mentions if m.start < end and m.label in ("FORCE", "AREA")}


def _is_joint(ids: Ids) -> bool:
    return len(ids) > 1 and all(kind_of(i) in ("force", "area") and not is_national((i,)) for i in ids)


def first_nation(layout: Layout) -> Ids:
    """Return the first nation that the release names, or ()."""
    return _first(layout, "nation")


def nation_of_forces(layout: Layout) -> Ids:
    """Return the nation whose forces a release counts or speaks of: "42 UK police forces", "forces across England"."""
    text = layout.text

    def counted(m: Mention) -> bool:
        nation = m.label == "AREA" and kind_of(m.value) == "nation"
        before, after = text[max(0, m.start - 40) : m.start], text[m.end : m.end + 20]
        return nation and bool(_FORCES_OF.search(before) or (_SO_MANY.search(before) and _FORCES.match(after)))

    return _first_of(layout, "nation of forces", counted)


def first_force(layout: Layout) -> Ids:
    """Return the first force, or area that is a force's, that the release names."""
    return _first_of(layout, "a force", lambda m: m.label in ("FORCE", "AREA") and m.value in force_ids())


def _main_force(layout: Layout) -> Ids:
    """Return the only force that the headline names, or ()."""
    named = _in_headline(layout) & force_ids()
    return tuple(named) if len(named) == 1 else ()


def first_local(layout: Layout) -> Ids:
    """Return the first place below a nation or region that the release names, or ()."""
    return _first_of(layout, "local", lambda m: m.label in ("FORCE", "AREA") and kind_of(m.value) in ("force", "area"))


def _first(layout: Layout, kind: str) -> Ids:
    return _first_of(layout, kind, lambda m: m.label == "AREA" and kind_of(m.value) == kind)


def _first_of(layout: Layout, name: str, test: Callable[[Mention], bool]) -> Ids:
    """Return the first place of the release that passes a test, looked for once."""
    if name not in layout.firsts:
        layout.firsts[name] = next(((m.value,) for m in layout.mentions if test(m)), ())
    return layout.firsts[name]
