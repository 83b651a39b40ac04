"""A thin entry for rule writers: ``python -m extract.evaluate PRED.jsonl --gold gold --split dev --errors``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from rich.console import Console

from extract.errors import ExtractError
from extract.evaluate.differences import differences
from extract.evaluate.gold import SPLITS, load_gold
from extract.evaluate.predictions import read_predictions
from extract.evaluate.report import as_data, as_markdown, as_table, error_lines
from extract.evaluate.scores import evaluate


def main(arguments: list[str] | None = None) -> int:
    """Score a JSONL file and print the report; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m extract.evaluate", description=__doc__)
    parser.add_argument("predictions", type=Path, help="output of `nspcc-extract annotate --format jsonl`")
    parser.add_argument("--gold", type=Path, default=Path("gold"))
    parser.add_argument("--split", choices=SPLITS, help="score one split only")
    parser.add_argument("--format", choices=("table", "json", "markdown"), default="table")
    parser.add_argument("--errors", action="store_true", help="list wrong, missed and spurious records of dev")
    parser.add_argument("--layer", choices=("mention", "observation"), help="list errors of one layer only")
    parser.add_argument("--field", help="list errors in one field only, or `missed` or `spurious`")
    parser.add_argument("--release", help="list errors of one release only")
    parser.add_argument("--reveal-test", action="store_true", help="show test releases one by one, too")
    options = parser.parse_args(arguments)
    try:
        return _run(options)
    except ExtractError as error:
        print(error, file=sys.stderr)
        return 2


def _run(options: argparse.Namespace) -> int:
    gold = load_gold(options.gold, options.split)
    predictions = read_predictions(options.predictions)
    scores = evaluate(predictions, gold)
    # What is known of single test releases leaks into rules: only sums are shown unless asked for.
    per_release = options.reveal_test or all(g.split == "dev" for g in gold)
    if options.format == "json":
        print(json.dumps(as_data(scores, per_release=per_release), indent=1))
    elif options.format == "markdown":
        print(as_markdown(scores, per_release=per_release), end="")
    else:
        Console(width=110).print(as_table(scores, per_release=per_release))
    if options.errors:
        found = differences(predictions, gold, reveal_test=options.reveal_test)
        chosen = [d for d in found if options.layer in (None, d.layer) and options.release in (None, d.release)]
        wanted = options.field
        print("\n".join(error_lines([d for d in chosen if wanted is None or wanted in (*d.fields, d.kind)])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
