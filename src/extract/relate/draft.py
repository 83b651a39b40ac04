"""A figure on its way to an observation: its fields as they are filled, with the rule that filled each."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from extract.records import AgeRange, Bound, Flag, Gender, Mention, Observation, Period, Statistic
from extract.relate.masked import Masked
from extract.relate.scope import Sentence
from extract.relate.source import Source


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading of a field that was considered: the rule that proposes it and how much speaks for it (0 to 1)."""

    rule: str
    value: Any
    weight: float


@dataclass(slots=True, eq=False)
class Draft:
    """The fields of one observation while they are filled.

    ``own`` names the fields whose value stands with the figure itself (its clause, sentence, lead-in or cell); the
    others were carried from the discourse and give way to a restatement of the same figure that says more. ``source``
    tells whose figure it is; ``counted`` is the measure that a later figure goes on with (a share of girls among
    sessions is of victims, but what goes on are sessions).
    """

    mention: Mention
    sentence: Sentence
    masked: Masked
    twin_of: Draft | None = None
    statistic: Statistic = "count"
    unit: str = "number"
    value: float = 0.0
    bound: Bound = "="
    measure: str = "offences"
    offence: str | None = None
    geography: tuple[str, ...] = ()
    period: Period | None = None
    base: Period | None = None
    platforms: tuple[str, ...] = ()
    gender: Gender | None = None
    age: AgeRange | None = None
    flags: set[Flag] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    rules: dict[str, str] = field(default_factory=dict)
    own: set[str] = field(default_factory=set)
    candidates: dict[str, list[Candidate]] = field(default_factory=dict)
    sign: int = 1
    source: Source = "police"
    counted: str = "offences"
    period_mentions: tuple[Mention, ...] = ()

    def put(self, name: str, value: Any, rule: str, *, own: bool = False) -> None:
        """Fill a field and note the rule; ``own`` where the evidence stands with the figure."""
        setattr(self, name, value)
        self.rules[name] = rule
        if own:
            self.own.add(name)
        else:
            self.own.discard(name)

    def consider(self, name: str, rule: str, value: Any, weight: float) -> None:
        """Note a reading that was considered for a field."""
        self.candidates.setdefault(name, []).append(Candidate(rule, value, weight))

    def margin(self) -> float:
        """Return how far the chosen readings stood above the next: the least over the fields with a rival."""
        margins = [1.0]
        for name, considered in self.candidates.items():
            chosen = getattr(self, name, None)
            for_it = max((c.weight for c in considered if c.value == chosen), default=1.0)
            rivals = [c.weight for c in considered if c.value != chosen]
            if rivals:
                margins.append(min(1.0, max(0.0, for_it - max(rivals))))
        return round(min(margins), 2)

    def finish(self, text: str, order: tuple[Flag, ...]) -> Observation:
        """Return the frozen observation."""
        return Observation(
            start=self.mention.start,
            end=self.mention.end,
            statistic=self.statistic,
            value=self.value,
            unit=self.unit,
            bound=self.bound,
            measure=self.measure,
            offence=self.offence,
            geography=self.geography,
            period=self.period,
            base=self.base,
            platforms=self.platforms,
            gender=self.gender,
            age=self.age,
            flags=tuple(f for f in order if f in self.flags),
            notes=tuple(self.notes),
            sentence=text[self.sentence.start : self.sentence.end].strip(),
            rules=dict(self.rules),
            margin=self.margin(),
        )
