"""The flag ``arithmetic_mismatch``: figures that disagree with others of their release by more than rounding explains.

Each check is pure and returns findings; `check` writes them into the drafts. A figure is compared only with figures of
the same measure, offence, place, victims and platforms, for the periods that it names, and is flagged only where no
reading of those figures bears it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import extract.relate.audit_changes as changes
import extract.relate.audit_headline as headline
import extract.relate.audit_rates as rates
import extract.relate.audit_shares as shares
import extract.relate.audit_sums as sums
import extract.relate.audit_tables as tables
from extract.relate.audit_ledger import Ledger
from extract.relate.audit_terms import Finding
from extract.relate.draft import Draft

#: In this order: of the notes on one figure the first check's is kept.
CHECKS: tuple[Callable[[Ledger], Iterator[Finding]], ...] = (
    changes.find,
    rates.find,
    tables.find,
    sums.find,
    shares.find,
    headline.find,
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
    ledger = Ledger(drafts)
    return [finding for find in CHECKS for finding in find(ledger)]
