"""Folds the statements of one figure into the value that stands, and says what the others are to it.

A figure is stated again and again: in the headline rounded, in the body exactly, a year later revised. Statements
that agree are sources of one value; those that do not are revisions (another release) or conflicts (the same one).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal

Role = Literal["taken", "restated", "rounded", "revised", "conflicting"]
#: How far (in the unit's points) a proportion in words may stand from its exact form: "a quarter" for 26%.
WORDS_SLACK = {"percent": 3.0, "multiple": 0.5}
#: A plainly stated number may be a rounding of another one only where it ends in at least two zeros.
ROUND_STEP = 100.0


@dataclass(frozen=True, slots=True)
class Statement:
    """One observation as far as folding needs it; ``words`` says that its figure is printed without digits."""

    observation_id: str
    release_id: str
    published: str | None
    start: int
    value: float
    bound: str
    unit: str = "number"
    words: bool = False


@dataclass(frozen=True, slots=True)
class Folded:
    """A figure: the statement taken, each statement's role, and one chosen statement a release, latest first.

    ``disagreeing`` pairs a statement with the one taken from its own release, with which it does not agree.
    """

    taken: Statement
    roles: dict[str, Role]
    by_release: tuple[Statement, ...]
    agreeing: tuple[Statement, ...]
    disagreeing: tuple[tuple[Statement, Statement], ...]

    @property
    def revised(self) -> bool:
        """Whether another release gives a value that does not agree with the one taken."""
        return len(self.agreeing) < len(self.by_release)


# Asked again and again for the same few numbers.
@lru_cache(maxsize=4096)
def step(value: float) -> float:
    """Return the place of the last digit that is not zero: 1000 for 4,000, 1 for 3,936, 0.1 for 34.2.

    Examples
    --------
    >>> step(4000), step(3936), step(34.2), step(0)
    (1000.0, 1.0, 0.1, 1.0)
    """
    if not float(value).is_integer():
        return 10.0 ** -len(f"{value:.6f}".rstrip("0").partition(".")[2])
    digits = str(abs(int(value)))
    return 10.0 ** (len(digits) - len(digits.rstrip("0"))) if value else 1.0


def agree(vague: Statement, exact: Statement) -> bool:
    """Return whether ``vague`` can be a rounded or hedged form of ``exact``, or both say the same.

    "More than 4,000" agrees with 4,373 but not with 9,000, since a writer would have said 9,000; "almost 4,000"
    agrees with 3,936. A plain "1,400" agrees with 1,391 only inside one release: from another it is a revision.
    """
    gap, near = exact.value - vague.value, step(vague.value)
    if abs(gap) < 1e-9:
        return True
    if vague.words and abs(gap) <= WORDS_SLACK.get(vague.unit, 0.0):
        return True
    if vague.bound == ">":
        return 0 < gap < near
    if vague.bound == "<":
        return -near < gap < 0
    if vague.bound == "~":
        return abs(gap) <= near / 2
    if vague.release_id != exact.release_id or step(exact.value) >= near:
        return False
    return abs(gap) <= near / 2 and (near >= ROUND_STEP or (vague.unit == "percent" and near >= 1 > step(exact.value)))


def both_agree(one: Statement, other: Statement) -> bool:
    """Return whether either statement can be a form of the other."""
    return agree(one, other) or agree(other, one)


def fold(statements: Iterable[Statement]) -> Folded:
    """Fold the statements of one figure: at least one, of any number of releases.

    The latest release's value stands. Where that value is hedged or rounded and another release has an exact one
    that agrees with it, the exact one is taken.
    """
    ordered = sorted(statements, key=lambda s: (s.release_id, s.start, s.observation_id))
    groups = [tuple(group) for _, group in groupby(ordered, key=lambda s: s.release_id)]
    chosen = {group[0].release_id: _best(group) for group in groups}
    latest = _latest_first(chosen.values())
    taken = _exact_form(latest)
    agreeing = tuple(s for s in latest if both_agree(s, taken))
    disagreeing = tuple((s, chosen[s.release_id]) for s in ordered if not both_agree(s, chosen[s.release_id]))
    standing = {s.release_id for s in agreeing}
    wrong = {s.observation_id for s, _ in disagreeing}
    roles = {s.observation_id: _role(s, taken, s.release_id in standing, s.observation_id in wrong) for s in ordered}
    return Folded(taken, roles, latest, agreeing, disagreeing)


def _best(group: tuple[Statement, ...]) -> Statement:
    """Return the exact form of what most statements of one release support; of equals, of the first one told."""
    if len(group) == 1:
        return group[0]
    backing = {s.observation_id: [t for t in group if both_agree(s, t)] for s in group}
    head = min(group, key=lambda s: (-len(backing[s.observation_id]), s.start, s.observation_id))
    often = Counter((s.value, s.bound) for s in group)

    def rank(s: Statement) -> tuple[object, ...]:
        return (s.bound != "=", s.words, step(s.value), -often[s.value, s.bound], s.start, s.observation_id)

    return min(backing[head.observation_id], key=rank)


def _latest_first(chosen: Iterable[Statement]) -> tuple[Statement, ...]:
    by_id = sorted(chosen, key=lambda s: s.release_id)
    return tuple(sorted(by_id, key=lambda s: s.published or "", reverse=True))


def _exact_form(latest: tuple[Statement, ...]) -> Statement:
    head = latest[0]
    finer: Callable[[Statement], bool] = lambda s: s.bound == "=" and not s.words and agree(head, s)  # noqa: E731
    if head.bound == "=" and not head.words:
        return head
    return next((s for s in latest if finer(s)), head)


def _role(s: Statement, taken: Statement, stands: bool, wrong: bool) -> Role:
    if s.observation_id == taken.observation_id:
        return "taken"
    if wrong:
        return "conflicting"
    if not stands:
        return "revised"
    return "restated" if (s.value, s.bound) == (taken.value, taken.bound) else "rounded"
