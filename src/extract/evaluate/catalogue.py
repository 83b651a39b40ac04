"""The catalogue of rules: every row of the rule files and every decision in code, with how often a corpus uses it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from extract.lexicon.decisions import decisions, rule_rows
from extract.lexicon.rules import rule_files, rules_folder

Verdict = Literal["dead", "single use", "in use"]

_INTRODUCTION = """\
# Rules

Everything that decides how a release is read, by id. The ids stand in the output: `rules` of an observation names the
rule behind each field, the column `rule` of the table `mentions` the rule that found a mention.
`nspcc-extract explain FILE --at OFFSET` shows them at work. This page is made by `make docs` from
`src/extract/lexicon/rules/*.toml`, `src/extract/lexicon/decisions.csv` and `corpus/`; change it there.

In an example, `[[...]]` encloses what the rule marks. In a masked sentence `<X>` is the mention under the lens, `<N>`
another count, `<%>` another percentage, `<Y>` a time, `<G>` a force or place, `<P>` a platform.
"""
_DECISIONS = """\
## Decisions in code

What is decided by structure rather than by words. An id that begins with `-` or `+` is an ending that is put behind the
id of a rule: `measure.offences-counted`, `year.last-n+stated`. A candidate is weighed and shown by `explain`.
"""
_USES = """\
## Hits on the corpus

*Matched*: places where the pattern of a row matched while the corpus was read; a row that is tried only where others
leave something to decide matches there alone. *Chosen*: mentions and fields of observations that name it as the rule
that decided; a row that bars or binds is never named. *Releases*: in how many it matched or was chosen. *Dead*: never;
*single use*: in one place.
"""


@dataclass(frozen=True, slots=True)
class Use:
    """How often a corpus uses a rule."""

    matched: int = 0
    chosen: int = 0
    releases: int = 0

    @property
    def verdict(self) -> Verdict:
        """Whether the rule is never used, used in one place, or in use."""
        if not self.releases:
            return "dead"
        return "single use" if max(self.matched, self.chosen) == 1 else "in use"


def about(file: str) -> str:
    """Return what a rule file's opening comment says of it."""
    lines = (rules_folder() / f"{file}.toml").read_text("utf-8").splitlines()
    said = []
    for line in lines:
        if not line.startswith("#"):
            break
        said.append(line.lstrip("# "))
    return " ".join(" ".join(said).split())


def by_verdict(uses: Mapping[str, Use], verdict: Verdict) -> list[str]:
    """Return the ids of all rule rows and decisions of a verdict, in the order of the catalogue."""
    return [one for one in counted() if uses.get(one, Use()).verdict == verdict]


def counted() -> list[str]:
    """Return the ids whose use can be counted: all but those that only weigh a candidate."""
    return [*rule_rows(), *(d.id for d in decisions().values() if not d.field.endswith("(candidate)"))]


def catalogue_markdown() -> str:
    """Return the part of ``docs/rules.md`` that the rule files and the decisions give."""
    parts = [_INTRODUCTION]
    for file in rule_files():
        rows = [rule for name, rule in rule_rows().values() if name == file]
        lines = [f"## `{file}.toml`", "", f"{_cell(about(file))}", ""]
        lines += ["| id | why | matches | does not match |", "| --- | --- | --- | --- |"]
        lines += [_row(f"`{r.id}`", _cell(r.why), _examples(r.yes), _examples(r.no)) for r in rows]
        parts.append("\n".join(lines) + "\n")
    lines = [_DECISIONS, "| id | fills | meaning |", "| --- | --- | --- |"]
    lines += [_row(f"`{d.id}`", d.field, _cell(d.meaning)) for d in decisions().values()]
    return "\n".join([*parts, "\n".join(lines) + "\n"])


def uses_markdown(uses: Mapping[str, Use], releases: int) -> str:
    """Return the part of ``docs/rules.md`` that a corpus of so many releases gives."""
    lines = [_USES, f"Counted over {releases} releases.", ""]
    for verdict in ("dead", "single use"):
        found = by_verdict(uses, verdict)
        lines += [f"{verdict.capitalize()} ({len(found)}): {', '.join(f'`{one}`' for one in found) or 'none'}.", ""]
    lines += ["| id | matched | chosen | releases |", "| --- | ---: | ---: | ---: |"]
    for one in counted():
        use = uses.get(one, Use())
        # A decision has no pattern that could match.
        matched = str(use.matched) if one in rule_rows() else ""
        lines.append(_row(f"`{one}`", matched, str(use.chosen), str(use.releases)))
    return "\n".join(lines) + "\n"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _examples(examples: Iterable[str]) -> str:
    return "<br>".join(_code(example) for example in examples)


def _code(text: str) -> str:
    """Return text as inline code in a table's cell, with what would end either of them made harmless."""
    shown = text.replace("\n", "⏎").replace("|", "\\|")
    fence = "``" if "`" in shown else "`"
    space = " " if fence == "``" or shown != shown.strip() else ""
    return f"{fence}{space}{shown}{space}{fence}"


def _cell(text: str) -> str:
    plain = " ".join(text.split()).replace("|", "\\|")
    # Angle brackets outside code would be taken for HTML.
    return "".join(p if n % 2 else p.replace("<", "&lt;") for n, p in _pieces(plain))


def _pieces(text: str) -> Iterable[tuple[int, str]]:
    pieces = text.split("`")
    return ((n, piece if n % 2 == 0 else f"`{piece}`") for n, piece in enumerate(pieces))
