"""Writes ``mutation.md``, what came of the last ``mutmut run`` by module: ``python -m benchmarks.mutation``.

With ``survivors`` behind it, prints each change that no test noticed instead.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code

from benchmarks.machine import ROOT, header, table, write

MUTANTS = ROOT / "mutants"
#: What mutmut says of a mutant, in the order of the columns; a run that never ends has noticed its mutant too.
ENDS = ("killed", "timeout", "survived", "no tests")

_TOLD = (
    "The code of numbers and periods is changed bit by bit, one change at a time, and the tests of `tests/annotate` "
    "and `tests/relate` are run against each. *Killed*: a test failed; *timeout*: the change never came to an end, "
    "which a run notices too; *survived*: no test noticed; *no tests*: no test comes by. Changes that leave the "
    "outcome as it was (a cache a little smaller, a pattern that says the same) cannot be noticed and stay among the "
    "survivors; where fewer were tried than there are, the run was ended before it was through. "
    "`python -m benchmarks.mutation survivors` lists them all."
)


def ends_by_module() -> dict[Path, dict[str, str]]:
    """Return how each mutant of each module ended, by the files that mutmut keeps on them."""
    found = {}
    for meta in sorted(MUTANTS.rglob("*.meta")):
        ends = json.loads(meta.read_text("utf-8"))["exit_code_by_key"]
        if ends:
            found[meta.relative_to(MUTANTS).with_suffix("")] = {m: status_by_exit_code[e] for m, e in ends.items()}
    return found


def rows(found: dict[Path, dict[str, str]]) -> Iterator[list[str]]:
    """Yield the counts of each module and of all."""
    total: Counter[str] = Counter()
    for module, ends in found.items():
        counted = Counter(ends.values())
        total += counted
        yield _row(f"{module.parent.name}/{module.name}", counted)
    yield _row("**all**", total)


def _row(name: str, counted: Counter[str]) -> list[str]:
    noticed, tried = counted["killed"] + counted["timeout"], sum(counted[end] for end in ENDS)
    share = f"{100 * noticed / tried:.1f}%" if tried else "–"
    return [name, str(counted.total()), str(tried), *(str(counted[end]) for end in ENDS), share]


def survivors(found: dict[Path, dict[str, str]]) -> Iterator[str]:
    """Yield the change of each mutant that no test noticed."""
    for module, ends in found.items():
        for mutant, end in ends.items():
            if end in ("survived", "no tests"):
                diff = get_diff_for_mutant(mutant, path=module)
                changed = [line for line in diff.splitlines()[2:] if line.startswith(("+", "-"))]
                yield "\n".join([f"{mutant} ({end})", *changed])


def main(arguments: list[str]) -> int:
    """Write the table of the last run, or print its survivors where they are asked for; return the exit code."""
    found = ends_by_module()
    if not found:
        print("there is no run of mutmut to tell of; run make mutate first", file=sys.stderr)
        return 2
    if arguments == ["survivors"]:
        print("\n".join(survivors(found)))
        return 0
    head = header("Mutation testing", "mutation", ("nspcc-extract", "mutmut", "pytest"), "mutate")
    head = [line.replace("benchmarks mutation", "benchmarks.mutation") for line in head]
    write("mutation.md", [*head, _TOLD, "", *table(["module", "mutants", "tried", *ENDS, "noticed"], rows(found))])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
