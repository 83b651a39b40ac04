"""Reads a release sentence by sentence: builds the frames, fills the fields in order, keeps the topic."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.annotate import dates
from extract.annotate.year import Times
from extract.lexicon.needs import Pattern
from extract.lexicon.rules import load_rules
from extract.lexicon.vocabulary import geographies
from extract.records import Mention, Period
from extract.relate import (
    anaphora,
    audit,
    base,
    bound,
    columns,
    coverage,
    covering,
    each,
    flags,
    geography,
    grid,
    grooming,
    lead_in,
    measure,
    measure_topic,
    offence,
    parallel,
    platforms,
    restate,
    source,
    statistic,
    survey,
    tables,
    uses,
    victims,
)
from extract.relate.backref import Told
from extract.relate.carry import Context
from extract.relate.discourse import Ids, Topic, is_national, opening
from extract.relate.draft import Draft
from extract.relate.frame import Binding, Frame
from extract.relate.hierarchy import SERVICE_MEASURES
from extract.relate.masked import mask
from extract.relate.population import of_population
from extract.relate.scope import Layout, Sentence
from extract.relate.taken_up import taken_up
from extract.relate.times import bind_times, is_compared, is_extent


class Reader:
    """Reads a layout sentence by sentence and keeps the topic; the headline comes last, since the body explains it."""

    def __init__(self, layout: Layout, times: Times, drafts: list[Draft], grids: Sequence[grid.Grid] = ()) -> None:
        self.layout = layout
        self.times = times
        self.drafts = drafts
        self.grids = {g.units[0].index: g for g in grids}
        self.tabled = {u.index for g in grids for u in g.units}
        self._split: set[int] = set()
        texts = [layout.text_of(u) for u in layout.units[:6]]
        self.measure = measure_topic.topic_of(texts)
        self.topic = Topic()
        self.told = Told()
        self.main: Period | None = None
        self.fieldwork: Period | None = None
        for sentence in reversed(layout.sentences):
            self.fieldwork = survey.fieldwork(layout, sentence) or self.fieldwork
        asked = survey.sample(layout)
        self.sample = geography.ids_of(self._main_places(asked)) if asked is not None else ()
        self.headline: Ids = ()
        self.crime: str | None = None
        self.source: source.Source = "police" if self.measure in ("offences", "other") else "helpline"
        if layout.sentences:
            first = layout.sentences[0]
            self.source = self._own_source() or self.source
            taken = taken_up(self.topic, layout, first)
            self.headline = geography.ids_of(self._main_places(first)) or (
                taken[0] if taken and taken[1] in _ADJECTIVES else ()
            )
        self.offence = offence.topic_of(layout, self.source)
        first_unit = layout.units[0] if layout.units else None
        self.told_in_headline = bool(first_unit and offence.cues(layout.text, first_unit.start, first_unit.end))

    def _own_source(self) -> source.Source | None:
        """Return whose figures the release is on: the first source that its opening names."""
        for unit in self.layout.units[:4]:
            found = source.of_text(self.layout.text, unit.start, unit.end)
            if found is not None:
                return found
        return None

    @property
    def data_year(self) -> Period | None:
        """The data year of the release."""
        return self.times.data_year

    def read(self) -> None:
        """Fill all drafts."""
        by_sentence: dict[int, list[Draft]] = {}
        for draft in self.drafts:
            by_sentence.setdefault(draft.sentence.index, []).append(draft)
        frames: list[Frame] = []
        for sentence in self.layout.sentences:
            if sentence.unit.kind == "headline":
                continue
            if sentence.unit.index in self.grids:
                self._read_table(self.grids[sentence.unit.index])
            if sentence.unit.index in self.tabled:
                continue
            found = by_sentence.get(sentence.index, [])
            if found:
                frames.append(self._read_sentence(sentence, found))
            else:
                self._pass(sentence)
        self._drop_split()
        columns.complete(self.drafts)
        columns.add_up(self.drafts)
        restate.complete([d for d in self.drafts if d.sentence.unit.kind != "headline"])
        self._read_headline(by_sentence, frames)
        coverage.complete(self.drafts)
        for frame in frames:
            flags.contradictions(frame)
        for draft in self.drafts:
            flags.periods(draft, self.times)
        audit.check(self.drafts)

    def _drop_split(self) -> None:
        """Drop the drafts of whose figures each place or year got one of its own."""
        self.drafts = [d for d in self.drafts if id(d) not in self._split]
        self._split.clear()

    def _read_headline(self, by_sentence: dict[int, list[Draft]], frames: list[Frame]) -> None:
        first = [s for s in self.layout.sentences if s.unit.kind == "headline"]
        self.topic = opening([d for f in frames for d in f.drafts])
        for sentence in first:
            found = by_sentence.get(sentence.index, [])
            if found:
                frames.append(self._read_sentence(sentence, found))
        self._drop_split()
        restate.complete(self.drafts)
        restate.compare(self.drafts)

    def _read_table(self, table: grid.Grid) -> None:
        context = tables.Context(
            offence=(self.topic.offence or self.offence) if self.source == "police" else self.offence,
            subject=self.offence,
            measure=_countable(self.topic.measure, self.topic.source or self.source) or self.measure,
            place=self.topic.whole or self.topic.geography or self.headline,
            source=self.topic.source or self.source,
            period=self.topic.period or self.data_year,
        )
        if context.source != "police":
            context.place = self.topic.section or self.headline
            if context.measure not in SERVICE_MEASURES | {"children", "people", "victims", "other"}:
                context.measure = measure.by_default(context.source, self.measure)
        self.drafts.extend(tables.drafts(self.layout, table, context))

    # --- one sentence --------------------------------------------------------------------------------------------

    def _read_sentence(self, sentence: Sentence, found: list[Draft]) -> Frame:
        frame = Frame(self.layout, sentence, found)
        lead = lead_in.of_unit(self.layout, sentence.unit)
        bindings = (
            offence.bind_cues(frame),
            platforms.bind_platforms(frame),
            victims.bind_genders(frame),
            victims.bind_ages(frame),
            geography.bind_places(frame),
            bind_times(frame),
        )
        when = bindings[-1]
        previous: Draft | None = None
        for draft in found:
            statistic.fill(draft, previous, self.topic.last)
            bound.fill(draft)
            previous = draft
        previous = None
        for draft in found:
            self._fill(draft, previous, bindings, lead)
            previous = draft
        found = [part for draft in found for part in each.split(draft, when)]
        if len(found) != len(frame.drafts):
            kept = {id(d) for d in found}
            self._split.update(id(d) for d in frame.drafts if id(d) not in kept)
            self.drafts.extend(d for d in found if d not in frame.drafts)
            frame.drafts = found
        self._note_main(found)
        self.told.add(found)
        named = [d.offence for d in found if d.source == "police" and "offence" in d.own]
        self.crime = named[-1] if named else self.crime
        self.topic = self.topic.after(found)._replace(source=self._source_after(sentence, found))
        return frame

    def _fill(self, draft: Draft, previous: Draft | None, bindings: tuple, lead: lead_in.Lead) -> None:  # type: ignore[type-arg]
        cues, services, genders, ages, where, when = bindings
        continues = self._continues(draft.sentence)
        own_source = self._source_in(draft.sentence)
        whose = own_source or self.topic.source or self.source
        before = previous.counted if previous is not None else self._measure_before(draft, whose, lead, where)
        if draft.sentence.unit.lead == 0 and own_source is not None and own_source != self.source:
            lead = lead_in.Lead()  # a key point on another matter than the headline's
        topic = "offences" if self.measure == "other" and own_source == "police" else self.measure
        measure.fill(draft, before=_countable(before), topic=topic, source=whose)
        if own_source is None and self.topic.source != "register" and of_population(draft):
            whose = "survey"
        platforms.fill(
            draft,
            services,
            lead=lead.platforms,
            before=self.topic.platforms if continues else (),
            union=self.topic.services if continues or _TAKEN_TOGETHER.match(draft.masked.text) else (),
        )
        platforms.of_change(draft, previous)
        self._fill_counted(draft, previous, genders, ages, whose)
        carried = previous.offence if previous else self._offence_before(draft, continues)
        offence.fill(draft, cues, lead=list(lead.offences), before=carried, topic=self._offence_of(draft))
        geography.fill(
            draft, where, self.topic,
            lead=lead.places, headline=self.headline, own_source=self.source,
            goes_on=anaphora.goes_on(draft, self.topic.measure),
            sample=self.sample, largest=self.told.largest,
        )  # fmt: skip
        context = Context(
            self.topic, lead.times, lead.bracketed, self.times, continues, previous, self.main, self.fieldwork
        )
        base.fill(draft, when, context, where)
        grooming.check_in_force(draft, self.layout.text)
        self.told.complete(draft, self.topic.whole)

    def _measure_before(self, draft: Draft, whose: source.Source, lead: lead_in.Lead, where: Binding) -> str | None:
        """Return what the first figure of a sentence goes on counting: its lead-in's or the text's, else None."""
        service = self.topic.measure in SERVICE_MEASURES
        broken_down = bool(where.groups) and not any(is_national((m.value,)) for g in where.groups for m in g.members)
        goes_on = self._continues(draft.sentence) or (service and (anaphora.takes_up(draft) or broken_down))
        listed = service and anaphora.in_cases(draft)
        asks_on = whose == self.topic.teller == "survey" and self.topic.gives_shares
        return lead.measure or (self.topic.measure if goes_on or asks_on or listed else None)

    def _fill_counted(
        self, draft: Draft, previous: Draft | None, genders: Binding, ages: Binding, whose: source.Source
    ) -> None:
        """Fill gender and age, and settle with them what is counted and whose figure it is."""
        twin = draft.twin_of
        if twin is None:
            victims.fill(draft, genders, ages)
        else:
            draft.gender, draft.age = twin.gender, twin.age
        victims.of_those(draft, previous or self.topic.last)
        victims.set_against(draft, previous)
        same = parallel.goes_on_with(draft, previous, self.topic.last)
        if same is not None:
            parallel.inherit(draft, same)
        else:
            uses.of_platform(draft)
            uses.of_share(draft, whose)
        if twin is not None:
            draft.measure, draft.counted, draft.source = twin.measure, twin.counted, twin.source
        else:
            draft.source = self._source_of(draft, whose)

    def _note_main(self, found: list[Draft]) -> None:
        """Keep the period of the first figure of the body that says its own."""
        for draft in found:
            if self.main is None and "period" in draft.own and "base" not in draft.rules.get("period", ""):
                self.main = draft.period

    def _source_after(self, sentence: Sentence, found: list[Draft]) -> source.Source | None:
        told = [d.source for d in found if d.measure != "platforms"]  # a number of services says nothing of whose it is
        return self._source_in(sentence) or (told[-1] if told else self.topic.source)

    def _source_in(self, sentence: Sentence) -> source.Source | None:
        """Return the source that a sentence names; a survey of police forces is told of what police record."""
        found = source.of_text(self.layout.text, sentence.start, sentence.end)
        return None if found == "survey" and self.source == "police" and sentence.of("FORCE") else found

    def _source_of(self, draft: Draft, whose: source.Source) -> source.Source:
        """Return whose figure it is by what it counts; victims are a service's where it was a service that told."""
        if draft.counted == "victims" and whose == "helpline" == self.topic.teller:
            return whose
        return source.of_measure(draft.counted) or whose

    def _offence_before(self, draft: Draft, continues: bool) -> str | None:
        """Return the offence that the first figure of a sentence goes on with, None where it does not go on."""
        named = self._named_before(draft)
        if named is not None:
            return named
        if self._turns_to_other_service(draft) and not anaphora.same_matter(draft):
            return None
        same_unit = self.topic.unit == draft.sentence.unit.index
        listed = continues and draft.sentence.unit.kind == "bullet" and anaphora.is_place_line(draft)
        return self.topic.offence if same_unit or listed or anaphora.takes_up_matter(draft) else None

    def _offence_of(self, draft: Draft) -> str:
        """Return the offence of a figure that goes on with nothing: the release's, if that is on such figures."""
        if draft.source == "police" and self.source != "police" and self.crime is not None:
            return self.crime
        return self.offence if self.told_in_headline or draft.source in (self.source, "survey") else "child-abuse"

    def _named_before(self, draft: Draft) -> str | None:
        """Return the one offence of the sentence before that "such cases", "it was behind" or "about it" takes up."""
        if not anaphora.takes_up_offence(draft):
            return None
        index = draft.sentence.index - 1
        before = self.layout.sentences[index] if index >= 0 else None
        last = self.topic.last
        told = last is not None and last.sentence.index == index
        if before is None or before.unit.kind == "headline" or told:
            return None
        named = {c.value for c in offence.cues(self.layout.text, before.start, before.end)}
        return named.pop() if len(named) == 1 else None

    def _turns_to_other_service(self, draft: Draft) -> bool:
        """Tell whether a sentence turns from Childline's sessions to a helpline's contacts, or the other way."""
        services = {draft.counted, self.topic.measure} & SERVICE_MEASURES
        return len(services) == 2 and "counselling-sessions" in services

    def _continues(self, sentence: Sentence) -> bool:
        """Tell whether a sentence goes on with the unit, or the list, of the last figure."""
        unit = sentence.unit
        if self.topic.unit == unit.index or anaphora.of_these(self.layout.text, sentence.start, sentence.end):
            return True
        last = self.layout.units[self.topic.unit] if self.topic.unit >= 0 else None
        return bool(last and unit.kind == "bullet" and unit.lead in (last.lead, last.index))

    def _pass(self, sentence: Sentence) -> None:
        """Take up the place and time of a sentence without figures."""
        found = self._main_places(sentence)
        if sentence.unit.kind == "heading":
            self.topic = self.topic._replace(section=geography.ids_of(found))
        taken = taken_up(self.topic, self.layout, sentence)
        ids = geography.ids_of(found)
        if found and self._gave_no_figure(sentence, found[0]):
            return
        if found and (self.topic.source in (None, "police") or any(i in geographies() for i in ids)):
            self.topic = self.topic.with_geography(ids)
        elif taken is not None:
            self.topic = self.topic.with_geography(taken[0])
        named = ids if found else taken[0] if taken else ()
        if named:
            self.topic = self.topic._replace(said=(sentence.unit.index, named))
        whose = self._source_in(sentence)
        if whose is not None and (sentence.unit.kind == "heading" or whose != "police"):
            self.topic = self.topic._replace(source=whose)
            if named and whose == "survey":
                self.topic = self.topic._replace(teller=whose)
        if _PAGE_LINE.search(self.layout.text, sentence.start, sentence.end):
            return
        covering.rescope(self.layout, sentence, self.drafts)
        times = [m for m in sentence.of("YEAR") if m.value and not is_compared(self.layout.text, sentence, m)]
        if (
            times
            and is_extent(times[-1])
            and (self.source != "police" or dates.months_in(times[-1].value) >= _LEAST_MONTHS)
        ):
            self.topic = self.topic._replace(period=times[-1].value)
        self._note_sample(sentence)
        self.fieldwork = survey.fieldwork(self.layout, sentence) or self.fieldwork
        services = sentence.of("PLATFORM")
        if services:
            self.topic = self.topic._replace(unit=sentence.unit.index, platforms=platforms.ids_of(services))
        elif self.topic.platforms:
            self.topic = self.topic._replace(platforms=())

    def _gave_no_figure(self, sentence: Sentence, place: Mention) -> bool:
        """Tell whether a sentence says of a place that it gave no figure: it is not whose figures come next."""
        masked = _NAME.sub("FORCE", mask(self.layout.text, sentence, place).text)
        return any(rule.pattern.search(masked) for rule in load_rules("no_answer"))

    def _note_sample(self, sentence: Sentence) -> None:
        """Keep whom a survey asked: parents and other adults, or children."""
        if self.topic.source == "survey":
            asked = survey.asked(self.layout.text_of(sentence))
            if asked is not None:
                self.topic = self.topic._replace(measure=asked, unit=sentence.unit.index)

    def _main_places(self, sentence: Sentence) -> list[Mention]:
        if not sentence.of("FORCE", "AREA"):
            return []
        frame = Frame(self.layout, sentence, [])
        binding = geography.bind_places(frame)
        return list(binding.groups[0].members) if binding.groups else []


_NAME = re.compile(r"<[XG]>")
#: A month in a sentence without figures dates an event.
_LEAST_MONTHS = 3
_ADJECTIVES = frozenset({"discourse.wales", "discourse.scotland", "discourse.england"})
_TAKEN_TOGETHER = re.compile(
    r"\W*(?:Taken\stogether|Together|Between\sthem|Combined|All\s(?:three|four)|The\s(?:two|three|trio|pair))\b", re.I
)
_PAGE_LINE = Pattern(r"\b(?:published|updated|(?:last\s)?revised|posted|authors?)\b", re.I)


def _countable(name: str | None, whose: str = "") -> str | None:
    return None if name in ("forces", "platforms") or (name == "children" and whose == "police") else name
