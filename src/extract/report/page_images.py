"""Images of the PDF pages that hold figures, with where each figure stands on them.

The store keeps no pages, so the PDF is opened again where it was read from. It must be the very file, and give the
very text, that the store was made from; else the release has no image, and its page says why.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pdfplumber
from PIL import Image, ImageChops
from pypdfium2 import PdfiumError

from extract.errors import ExtractError
from extract.read.pdf_image import ROOM, draw, size_of
from extract.read.pdf_places import Printed, figure_boxes, read_places, words_of
from extract.report import links
from extract.report.evidence import Span
from extract.report.writing import Writer, fingerprint
from extract.tabulate.schema import Row

#: An image is no larger than this, in bytes; and than this many dots across and down.
MOST_BYTES = 150_000
_WIDE, _TALL = 900, 1400
#: Dots of a point at most: a small page is not blown up further.
_MOST_SCALE = 2.0
#: Raised whenever images or boxes come out otherwise for the same file.
_VERSION = 1


def page_images(
    writer: Writer, release: Row, source: Row | None, observations: Sequence[Row], shown: Sequence[Span] | None
) -> Row:
    """Return what a release's page shows of its PDF, and write the images.

    Parameters
    ----------
    release
        The release's row of ``releases``.
    source
        The row of ``inputs`` of its file.
    observations
        Its rows of ``observations``.
    shown
        The stretches of text that may be shown, or None for all of it: everything else on the pages is left blank.

    Returns
    -------
    dict
        ``pages``, each with ``number``, ``path``, ``width``, ``height`` and ``figures`` (``stated``, its observations;
        ``text``, and ``boxes`` of x, y, width, height in percent of the page); ``missing``, in words, where there are
        none; and ``anchors``, the first figure on the pages of each observation.
    """
    spans = sorted({(o["span_start"], o["span_end"]) for o in observations})
    if not spans:
        return {"pages": [], "missing": None, "anchors": {}}
    data = _bytes(source)
    if isinstance(data, str):
        return {"pages": [], "missing": data, "anchors": {}}
    name = links.file_name(release["release_id"])
    parts = [_VERSION, release["release_id"], hashlib.sha256(data).hexdigest(), release["text_hash"], spans, shown]
    mark, record = fingerprint(parts), f"pages/{name}.json"
    if writer.stands(record, mark):
        made: Row = json.loads((writer.folder / record).read_text("utf-8"))
        if all(writer.stands(page["path"], mark) for page in made["pages"]):
            return _tied(made, observations)
    made = _made(writer, data, release, spans, shown, f"pages/{name}", mark)
    writer.keep(record, json.dumps(made, separators=(",", ":")), mark)
    return _tied(made, observations)


def _bytes(source: Row | None) -> bytes | str:
    """Return the bytes of the file that a release was read from, or in words why there are none."""
    if source is None or source["sha256"] is None:
        return "the store does not say which file it was read from"
    path = Path(source["source"])
    if not path.is_file():
        return "the file does not stand where it was read from"
    if path.stat().st_size == source["size"]:
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() == source["sha256"]:
            return data
    return "the file has changed since it was read"


def _made(
    writer: Writer, data: bytes, release: Row, spans: Sequence[Span], shown: Sequence[Span] | None, stem: str, mark: str
) -> Row:
    try:
        read, places = read_places(data, str(release["source"]), ocr=release["pages_recognised"] is not None)
        if read.text_hash != release["text_hash"]:
            return {"pages": [], "missing": "this version of the program reads another text from it"}
        figures = {span: figure_boxes(read.text, places, *span) for span in spans}
        numbers = sorted({number for found in figures.values() for number, _ in found})
        kept = None if shown is None else [p for span in shown for p in words_of(places, *span)]
        pages = []
        with pdfplumber.open(io.BytesIO(data)) as document:
            for number in numbers:
                boxes = [(span, box) for span, found in figures.items() for on, box in found if on == number]
                pages.append(_page(writer, document.pages[number - 1], number, boxes, kept, stem, mark))
    except (ExtractError, PdfiumError) as error:
        return {"pages": [], "missing": f"the file cannot be drawn ({error})"}
    return {"pages": pages, "missing": None if pages else "its figures were not found on its pages"}


def _page(
    writer: Writer,
    page: Any,
    number: int,
    boxes: Sequence[tuple[Span, Sequence[float]]],
    kept: Sequence[Printed] | None,
    stem: str,
    mark: str,
) -> Row:
    wide, tall = size_of(page)
    drawn = draw(page, min(_WIDE / wide, _TALL / tall, _MOST_SCALE))
    image = drawn.image
    if kept is not None:
        image = _blanked(image, (drawn.dots(p.box) for p in kept if p.page == number))
    raw, ending = encoded(image)
    path = f"{stem}-{number}.{ending}"
    writer.keep(path, raw, mark)
    percent = [(span, _percent(box, (*drawn.origin, wide, tall))) for span, box in boxes]
    return {"number": number, "path": path, "width": image.width, "height": image.height, "boxes": percent}


def _percent(box: Sequence[float], page: tuple[float, float, float, float]) -> list[float]:
    x0, top, x1, bottom = box
    left, upper, wide, tall = page
    found = (x0 - ROOM - left) / wide, (top - ROOM - upper) / tall, (x1 - x0 + 2 * ROOM) / wide
    return [round(100 * part, 2) for part in (*found, (bottom - top + 2 * ROOM) / tall)]


def _blanked(drawn: Image.Image, kept: Iterable[tuple[int, int, int, int]]) -> Image.Image:
    """Return a page on which only some boxes are printed."""
    blank = Image.new("RGB", drawn.size, "white")
    for box in kept:
        blank.paste(drawn.crop(box), box[:2])
    return blank


def encoded(image: Image.Image) -> tuple[bytes, str]:
    """Return an image as a file of at most `MOST_BYTES`, and the file's ending.

    A page of text stays sharp as PNG of few colours; a page with photographs becomes a JPEG, coarser and then smaller
    until it fits.
    """
    # The octree keeps a colour that few dots have, such as a figure's in red; the median cut gives it away.
    colours = image.quantize(64, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few = _saved(colours, "PNG", optimize=True)
    if len(few) <= MOST_BYTES and _alike(image, few):
        return few, "png"
    quality = 80
    while True:
        raw = _saved(image, "JPEG", quality=quality, optimize=True)
        if len(raw) <= MOST_BYTES:
            return raw, "jpg"
        if quality > 40:
            quality -= 15
        else:
            image = image.resize((max(1, image.width * 4 // 5), max(1, image.height * 4 // 5)))


def _saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def _alike(image: Image.Image, raw: bytes) -> bool:
    """Return whether few colours are enough for an image: no dot in it looks otherwise."""
    other = Image.open(io.BytesIO(raw)).convert("RGB")
    bands = ImageChops.difference(image, other).split()
    return not any(sum(band.histogram()[33:]) for band in bands)


def _tied(made: Row, observations: Sequence[Row]) -> Row:
    """Return the pages with their boxes gathered by figure, and each figure tied to its observations."""
    of: dict[Span, list[Row]] = {}
    for o in observations:
        of.setdefault((o["span_start"], o["span_end"]), []).append(o)
    anchors: dict[str, Row] = {}
    pages = []
    for page in made["pages"]:
        boxes: dict[Span, list[list[float]]] = {}
        for span, at in page["boxes"]:
            boxes.setdefault((span[0], span[1]), []).append(at)
        figures = []
        for span, found in sorted(boxes.items()):
            keys = [o["observation_id"] for o in of[span]]
            first = keys[0] not in anchors
            anchors |= {key: {"href": f"#b-{keys[0]}", "number": page["number"]} for key in keys if first}
            figures.append({"stated": keys, "text": of[span][0]["figure_text"], "first": first, "boxes": found})
        pages.append({**page, "figures": figures})
    return {"pages": pages, "missing": made["missing"], "anchors": anchors}
