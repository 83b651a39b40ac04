"""The flag ``arithmetic_mismatch``: figures that disagree with others of their release by more than rounding explains.

Each check is pure and returns findings; `check` writes them into the drafts. A figure is compared only with figures of
the same measure, offence, place, victims and platforms, for the periods that it names, and is flagged only where no
reading of those figures bears it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from extract.relate import audit_changes, audit_headline, audit_rates, audit_shares, audit_sums, audit_tables
from extract.relate.audit_terms import Finding
from extract.relate.draft import Draft

#: In this order: of the notes on one figure the first check's is kept.
CHECKS: tuple[Callable[[Sequence[Draft]], Iterator[Finding]], ...] = (
    audit_changes.find,
    audit_rates.find,
    audit_tables.find,
    audit_sums.find,
    audit_shares.find,
    audit_headline.find,
)


def check(drafts: Sequence[Draft]) -> None:
    """Flag the drafts of one release whose figure the others contradict, with the sum in their notes.

    Parameters
    ----------
    drafts
        All drafts of one release, their fields filled; they are changed in place.
    """
    seen: set[int] = set()
    for finding in findings(drafts):
        if id(finding.draft) not in seen:
            seen.add(id(finding.draft))
            finding.draft.flags.add("arithmetic_mismatch")
            finding.draft.notes.append(finding.note)


def findings(drafts: Sequence[Draft]) -> list[Finding]:
    """Return what the checks find, without changing anything."""
    ordered = sorted(drafts, key=lambda d: (d.mention.start, d.mention.end))
    return [finding for find in CHECKS for finding in find(ordered)]
