"""Takes new labels into ``gold/``: ``python -m tests.render.gather FOLDER --split dev``.

FOLDER holds ``releases/ID.json`` (id, text, title, published) and ``labels/ID.json`` (section 3 of the definition).
Each pair becomes one gold file, checked before it is written; then `tests.render.build --assign` renders it.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from extract.errors import ExtractError, GoldError
from extract.evaluate.gold import SPLITS, parse_gold
from extract.evaluate.goldfile import gold_json

ROOT = Path(__file__).parents[2]


def joined(release: dict[str, Any], labels: dict[str, Any], split: str) -> dict[str, Any]:
    """Return the gold file of a release and its labels; other keys of the release stay behind."""
    if release["id"] != labels["id"]:
        raise GoldError(release["id"], f"its labels are of {labels['id']}", "give both the same id")
    kept = {"id": release["id"], "split": split, "title": release.get("title"), "published": release.get("published")}
    return kept | {"text": release["text"], "mentions": labels["mentions"], "observations": labels["observations"]}


def gather(folder: Path, gold: Path, split: str) -> list[str]:
    """Write the gold files of a folder; returns their ids."""
    made = []
    for path in sorted((folder / "releases").glob("*.json")):
        labels = folder / "labels" / path.name
        data = joined(json.loads(path.read_text("utf-8")), json.loads(labels.read_text("utf-8")), split)
        parse_gold(data, str(labels))
        (gold / path.name).write_text(gold_json(data), "utf-8")
        made.append(path.stem)
    return made


def main(arguments: list[str] | None = None) -> int:
    """Gather one or more folders; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.render.gather", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--split", choices=SPLITS, required=True)
    options = parser.parse_args(arguments)
    try:
        for folder in options.folders:
            print("\n".join(gather(folder, ROOT / "gold", options.split)))
    except (ExtractError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
