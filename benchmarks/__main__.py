"""Runs the benchmarks, or those named: ``python -m benchmarks [speed] [baselines] [pages] [renderings] [scans]
[scale]``."""

from __future__ import annotations

import sys
from collections.abc import Callable

from benchmarks import baselines, pages, renderings, scale, scans, speed

PARTS: dict[str, Callable[[], None]] = {
    "speed": speed.main,
    "baselines": baselines.main,
    "pages": pages.main,
    "renderings": renderings.main,
    "scans": scans.main,
    "scale": scale.main,
}
#: Run only where it is named (``make bench-scale``): it takes an hour or two on two cores.
LONG = ("scale",)


def main(names: list[str]) -> int:
    """Run the named parts, all but the long one where none is named; return the exit code."""
    unknown = [n for n in names if n not in PARTS]
    if unknown:
        print(f"unknown part {unknown[0]}; name any of {', '.join(PARTS)}", file=sys.stderr)
        return 2
    for name in names or (part for part in PARTS if part not in LONG):
        PARTS[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
