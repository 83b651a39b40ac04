"""What ``show --source`` does: leads figures back to their place, drawn on a PDF's page or named in any other file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extract.cli.printing import safe
from extract.errors import ExtractError, UsageError

if TYPE_CHECKING:
    from extract.read.pdf_words import Box
    from extract.records import Annotated, Block, Observation

#: Dots of a point, of a page that is drawn.
_SCALE = 150 / 72


def point(file: Path, annotated: Annotated, at: int | None, out: Path | None) -> Iterator[str]:
    """Yield a line for each figure with its place; the pages of a PDF are drawn and written as they are come to.

    Parameters
    ----------
    file
        The file that was read.
    annotated
        What is found in it.
    at
        The offset of one figure; None for all of them.
    out
        The image to write; of several pages each gets its number before the ending.

    Raises
    ------
    UsageError
        Where no figure stands at the offset, or ``out`` is asked for of a file that has no pages.
    ExtractError
        Where an image cannot be written.
    """
    from extract.read.detect import detect

    chosen = _chosen(file, annotated, at)
    data = file.read_bytes()
    if detect(data, str(file)) == "pdf":
        yield from _drawn(file, data, annotated, chosen, out)
        return
    if out is not None:
        raise UsageError(file, "is no PDF, so that no page can be drawn", "leave --out away: --source names the place")
    for o in chosen:
        yield f"{_figure(annotated, o)}: {_named(annotated, o)}"


def _chosen(file: Path, annotated: Annotated, at: int | None) -> Sequence[Observation]:
    found = annotated.observations
    if not found:
        raise UsageError(file, "states no figure", "name another file")
    if at is None:
        return found
    here = [o for o in found if o.start <= at < o.end]
    if not here:
        near = min(found, key=lambda o: min(abs(o.start - at), abs(o.end - at)))
        problem = f"has no figure at {at}; the nearest is {_figure(annotated, near)}"
        raise UsageError(file, problem, "give the offset of a figure; show lists them")
    return here


def _figure(annotated: Annotated, o: Observation) -> str:
    return f"{safe(annotated.release.text[o.start : o.end])!r} at {o.start}"


def _named(annotated: Annotated, o: Observation) -> str:
    """Return in words where a figure stands in a file without pages."""
    from extract.read.locate import locate

    return "; ".join(map(_block, locate(annotated.release, o.start, o.end))) or f"characters {o.start} to {o.end}"


def _block(block: Block) -> str:
    if block.path is not None:
        return f"{block.kind} {safe(block.path)}"
    if block.page is not None and block.box is not None:
        return f"{block.kind} on page {block.page} of what is attached, {_points(block.box)}"
    return f"{block.kind}, characters {block.start} to {block.end}"


def _points(box: Box) -> str:
    return "box " + " ".join(f"{side:.1f}" for side in box)


def _drawn(
    file: Path, data: bytes, annotated: Annotated, chosen: Sequence[Observation], out: Path | None
) -> Iterator[str]:
    """Yield where each figure is printed, then the images that were written."""
    from extract.read.pdf_places import figure_boxes, read_places

    release, places = read_places(data, str(file), ocr=bool(annotated.release.recognised))
    boxes: dict[int, list[Box]] = {}
    for o in chosen:
        found = figure_boxes(release.text, places, o.start, o.end)
        for page, box in found:
            boxes.setdefault(page, []).append(box)
        where = "; ".join(f"page {page}, {_points(box)}" for page, box in found)
        yield f"{_figure(annotated, o)}: {where or _block_of(annotated, o)}"
    target = out or Path(f"{Path(annotated.release.id).name}-source.png")
    for number, found_on in sorted(boxes.items()):
        path = target if len(boxes) == 1 else target.with_stem(f"{target.stem}-{number}")
        _write(data, number, found_on, path)
        yield f"Wrote {safe(str(path))}: page {number}"


def _block_of(annotated: Annotated, o: Observation) -> str:
    """Return the block of a figure whose own words were not found on its page."""
    from extract.read.locate import locate

    blocks = locate(annotated.release, o.start, o.end)
    named = "; ".join(f"{b.kind} on page {b.page}, {_points(b.box)}" for b in blocks if b.box is not None)
    return f"its words were not found by themselves; they stand in the {named}" if named else "not found on its pages"


def _write(data: bytes, number: int, boxes: Sequence[Box], path: Path) -> None:
    import io

    import pdfplumber

    from extract.read.pdf_image import draw, outlined

    with pdfplumber.open(io.BytesIO(data)) as document:
        image = outlined(draw(document.pages[number - 1], _SCALE), boxes)
    try:
        image.save(path, "PNG")
    except OSError as error:
        raise ExtractError(path, f"cannot be written ({error.strerror or error})", "name another file") from error
