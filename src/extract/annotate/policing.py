"""FORCE or AREA: which names of places stand for the police force of the place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from extract.annotate.context import after, before, rules
from extract.annotate.discourse import established, told_again
from extract.annotate.layout import Layout, Span, bullet_end
from extract.annotate.places import places
from extract.annotate.placing import FIGURE, NATIONS, PREPOSITION, Place, has_figure, inside_of, located, mark, within
from extract.lexicon.gazetteer import Hit, scan
from extract.records import Mention

_LINK = re.compile(
    r"(?P<link>\s*(?:,\s*(?:and|&|or)?|;\s*(?:and)?|/|&|\band\b|\bor\b|\bas\swell\sas\b|\bplus\b)\s*(?:the\s|both\s)?)"
)
_JOINING = re.compile(r"and|&|/|or\b|plus|as\swell", re.IGNORECASE)
_IN = re.compile(r"\b(?:in|across|around|within)\s(?:the\s)?\Z", re.IGNORECASE)
#: "On Humberside" is the place.
_ON = re.compile(r"\bon\s\Z", re.IGNORECASE)
_POLICE_IN = re.compile(r"\b(?:police|officers|forces|detectives)\s(?:in|across|from)\s(?:the\s)?\Z", re.IGNORECASE)
_DOING = re.compile(r"\s(?:recorded|logged|received|registered|have|had|are|were|say|said)\b")
#: A cell with nothing but a figure, which is no year: such a row is no heading.
_DATA = re.compile(r"\|\s*(?!(?:19|20)\d\d\b)[\d,.]+%?\s*(?:\||$)", re.MULTILINE)
#: How long the words that link two names may be.
_LINKED = 30
#: How long a line of a list without bullets may be.
_SHORT = 70


def find_labelled(lay: Layout) -> list[Mention]:
    """Return the FORCE and AREA mentions of a text, decided together, once."""
    return lay.once(_labelled)


def _labelled(lay: Layout) -> list[Mention]:
    return decide(lay, places(lay))


def decide(lay: Layout, hits: Iterable[Hit]) -> list[Mention]:
    """Label names of places: each rule in turn may say that bare names are forces; what is left is an area."""
    found = [Place(hit) for hit in hits]
    for place in found:
        _by_itself(lay, place)
    chains = _chains(lay.text, found)
    for chain in chains:
        _by_chain(lay, chain)
    listed = [*_tables(lay, found), *_lists(lay, found, lay.bullets), *_lists(lay, found, _entries(lay, found))]
    for group in listed:
        _by_company(group, "force.in-list")
    established(lay, found, listed)
    _by_sentence(lay, found, _closings(chains))
    told_again(lay, found, chains)
    for chain in chains:
        _share(chain)
        _share_noun(lay.text, chain)
    return [mention for place in found for mention in _mentions(lay.text, place)]


def _by_itself(lay: Layout, place: Place) -> None:
    text, name, hit = lay.text, place.hit.name, place.hit
    noun = after(lay, "force_context", "noun", hit.end) if name.force_id and name.force_kind != "full" else None
    if noun:
        match = noun.pattern.match(text, hit.end)
        lower = match is not None and match[0].islower()
        if match and not (
            lower and _IN.search(text, max(0, hit.start - 15), hit.start) and _DOING.match(text, match.end())
        ):
            place.noun_end, place.rule = match.end(), noun.id
            return
    on_its_banks = hit.text.endswith("side") and _ON.search(text, max(0, hit.start - 4), hit.start)
    if name.force_kind in ("only", "full") and not on_its_banks:
        place.rule = "force.name"
    elif name.force_id and (rule := after(lay, "force_context", "force", hit.end)):
        place.rule = rule.id


def _chains(text: str, found: list[Place]) -> list[list[Place]]:
    """Group names that are linked by commas, bars of a pair, *and* or *or*."""
    chains: list[list[Place]] = []
    for place in found:
        end = chains[-1][-1].end if chains else -_LINKED
        if place.hit.start - end < _LINKED and _LINK.fullmatch(text, end, place.hit.start):
            chains[-1].append(place)
        else:
            chains.append([place])
    return [part for chain in chains for part in _apart(text, chain)]


def _apart(text: str, chain: list[Place]) -> list[list[Place]]:
    """Take apart what a comma only seems to link: "In the West Midlands, Kent Police"."""
    two = len(chain) == 2 and text[chain[0].end : chain[1].hit.start] in (", ", ", the ", "; ")
    if two and _IN.search(text, max(0, chain[0].hit.start - 15), chain[0].hit.start):
        return [chain[:1], chain[1:]]
    return [chain]


def _by_chain(lay: Layout, chain: list[Place]) -> None:
    """Look before and after a whole chain for what says that it lists forces."""
    text = lay.text
    able = [p for p in chain if p.able and p.hit.name.area_id not in NATIONS]
    if not able:
        return
    plural = after(lay, "force_context", "plural", chain[-1].end)
    if plural and len(able) > 1:
        mark(able, plural.id)
        return
    rule = before(lay, "force_context", "before", chain[0].hit.start)
    subject = chain[-1] in able and not PREPOSITION.search(text, max(0, chain[0].hit.start - 15), chain[0].hit.start)
    rule = rule or (after(lay, "force_context", "after", chain[-1].end) if subject else None)
    if rule:
        mark(able, rule.id)


def _share(chain: list[Place]) -> None:
    """Make every name of a coordination a force where one is."""
    if any(p.telling or p.rule == "force.in-list" for p in chain) and not _mixed(chain):
        mark((p for p in chain if p.able), "force.coordinated")


def _mixed(chain: list[Place]) -> bool:
    """Tell whether a coordination names nations or places without a force: then a bare name in it is an area."""
    return any(not p.rule and (p.hit.name.area_id in NATIONS or not p.able) for p in chain) and any(
        p.hit.name.area_id in NATIONS and p.hit.name.area_id not in ("scotland", "northern-ireland") for p in chain
    )


def _share_noun(text: str, chain: list[Place]) -> None:
    """Leave a noun that closes a coordination to all its names ("Kent and Essex police")."""
    for n in range(1, len(chain)):
        last, one_before = chain[n], chain[n - 1]
        link = text[one_before.end : last.hit.start]
        bare = one_before.noun_end is None and one_before.hit.name.force_kind != "full" and one_before.able
        if last.noun_end is not None and bare and _JOINING.search(link):
            last.noun_end = None


def _tables(lay: Layout, found: list[Place]) -> Iterable[list[Place]]:
    """Yield the names of each column of each table, marked where its heading or the line before says forces."""
    for table in lay.tables:
        heads = lay.cells(table[0])
        columns: dict[int, list[Place]] = {}
        for row in table:
            for place in within(found, row):
                column = sum(cell.end <= place.hit.start for cell in lay.cells(row))
                head = row == table[0] and not _DATA.search(lay.text, row.start, row.end)
                columns.setdefault(-1 if head else column, []).append(place)
        lead = _lead_in(lay, table[0])
        for column, group in columns.items():
            heading = lay.text[heads[column].start : heads[column].end] if 0 <= column < len(heads) else ""
            headed = any(r.pattern.search(heading) for r in rules("force_context", "column"))
            if headed or (lead and column <= 0):
                mark([p for p in group if p.able], "force.column")
            yield group


def _entries(lay: Layout, found: list[Place]) -> Iterable[list[Span]]:
    """Yield runs of short lines without bullets that open with a name and hold a figure."""
    run: list[Span] = []
    for line in lay.lines if found else ():
        inside = within(found, line)
        opens = inside and not lay.text[line.start : inside[0].hit.start].strip()
        if opens and _is_entry(lay.text, inside[0], line) and (run or _announces(lay.text, line) is None):
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_entry(text: str, first: Place, line: Span) -> bool:
    figure = FIGURE.search(text, first.end, line.end)
    return figure is not None and line.end - line.start <= _SHORT and text.find("|", line.start, line.end) < 0


def _lists(lay: Layout, found: list[Place], lists: Iterable[Sequence[Span]]) -> Iterable[list[Place]]:
    """Yield the first name of each item of each list, marked where the line before it announces forces."""
    for items in lists:
        if len(items) < 2:
            continue
        lead = _lead_in(lay, items[0])
        group = []
        for item in items:
            inside = within(found, item)
            if inside and FIGURE.search(lay.text, item.start, item.end):
                group.append(inside[0])
                if lead and inside[0].able and inside[0].hit.start == bullet_end(lay.text, item):
                    mark([inside[0]], lead)
        yield group


def _lead_in(lay: Layout, first: Span) -> str | None:
    """Return the rule by which the line before a list or table announces figures force by force."""
    above = bisect_left(lay.lines, first.start, key=lambda line: line.start) - 1
    if above < 0:
        return None
    return _announces(lay.text, lay.lines[above])


def _announces(text: str, line: Span) -> str | None:
    """Return the rule by which a line announces figures force by force."""
    words = text[line.start : line.end]
    return next((r.id for r in rules("force_context", "lead") if r.pattern.search(words)), None)


def _by_company(group: list[Place], rule: str) -> None:
    """Make all of a list forces where one member exists only as a force or carries a police noun."""
    tells = {p.hit.name.force_id for p in group if p.telling}
    others = [p for p in group if p.able and p.hit.name.force_id not in tells and p.hit.name.area_id not in NATIONS]
    if tells and others:
        mark(others, rule)


def _by_sentence(lay: Layout, found: list[Place], closings: dict[int, Place]) -> None:
    """A sentence that lists figures name by name; and sentences in a row that open with a name and give its figure."""
    before_it: list[Place] = []
    opened: list[Place] = []  # the bare name that opened the sentence before
    for sentence in lay.sentences if found else ():
        inside = within(found, sentence)
        holds = FIGURE.search(lay.text, sentence.start, sentence.end) is not None if inside else False
        figured = [p for p in inside if (holds and p.telling) or _figured(lay.text, p, closings.get(id(p)), sentence)]
        for alike in ([p for p in figured if inside_of(lay.text, p) == placed] for placed in (False, True)):
            if len({p.hit.name.force_id or p.hit.name.area_id for p in alike}) > 1:
                _by_company(alike, "force.in-sentence")
        if any(p.rule == "force.subject-recorded" for p in figured):
            mark((p for p in figured if p.able and not located(lay.text, p)), "force.elided-subject")
        opening = [p for p in inside if p.able and p.hit.start == bullet_end(lay.text, sentence)]
        if opening and FIGURE.search(lay.text, opening[0].end, sentence.end):
            _by_company([*opening, *(p for p in before_it if p.hit.name.force_kind == "only")], "force.in-row")
        told = [
            p
            for p in inside
            if p.telling and p.hit.start == bullet_end(lay.text, sentence) and has_figure(lay.text, p, sentence)
        ]
        if told and opened and "\n" not in lay.text[opened[0].hit.start : sentence.start]:
            mark(opened, "force.in-row")
        if inside:
            before_it = inside
        opened = [p for p in opening if has_figure(lay.text, p, sentence) and p.hit.name.area_id not in NATIONS]


def _closings(chains: list[list[Place]]) -> dict[int, Place]:
    """Return the last name of each coordination in which every name can be a force's, by the identity of each name."""
    return {id(p): chain[-1] for chain in chains if all(q.able for q in chain) for p in chain}


def _figured(text: str, place: Place, closing: Place | None, sentence: Span) -> bool:
    """Tell whether a name, or the coordination that it stands in, has a figure next to it."""
    shared = closing is not None and has_figure(text, closing, sentence)
    return (shared or has_figure(text, place, sentence)) and not _police_in(text, place)


def _police_in(text: str, place: Place) -> bool:
    """Tell whether the name follows "police in": then it is the place where they work."""
    return _POLICE_IN.search(text, max(0, place.hit.start - 30), place.hit.start) is not None


def _mentions(text: str, place: Place) -> Iterable[Mention]:
    hit, name = place.hit, place.hit.name
    if place.rule and name.force_id:
        yield Mention("FORCE", hit.start, place.end, text[hit.start : place.end], name.force_id, place.rule)
    elif name.area_id:
        yield Mention("AREA", hit.start, hit.end, hit.text, name.area_id, "area.name")
    elif name.force_kind == "listed":
        for part in scan(text, hit.start, hit.end, without=("listed",)):
            if part.name.area_id:
                yield Mention("AREA", part.start, part.end, part.text, part.name.area_id, "area.name")
