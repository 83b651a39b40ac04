"""Makes a scan of a PDF: its pages drawn, tilted a little, with specks and the marks of JPEG, and no text layer."""

from __future__ import annotations

import io
from collections.abc import Collection

import numpy as np
import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas


def scanned(
    data: bytes,
    *,
    dpi: int = 200,
    tilt: float = 0.5,
    noise: float = 12.0,
    turn: int = 0,
    keep: Collection[int] = (),
) -> bytes:
    """Return a PDF whose pages are images of those of another.

    Parameters
    ----------
    data
        The PDF that is scanned.
    dpi
        Dots an inch.
    tilt, turn
        Degrees by which the sheet lies askew, and by which it was laid on the glass the wrong way (0, 90, 180, 270).
    noise
        The standard deviation of what is added to each dot's shade, of 255.
    keep
        Pages, from 1, that stay as they are.
    """
    source, made = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new()
    for number, page in enumerate(source, 1):
        if number in keep:
            made.import_pages(source, [number - 1])
            continue
        image = _worn(page.render(scale=dpi / 72).to_pil().convert("RGB"), tilt, noise, number)
        sheet = pypdfium2.PdfDocument(_sheet(image.rotate(turn, expand=True), dpi))
        made.import_pages(sheet)
        sheet.close()
    buffer = io.BytesIO()
    made.save(buffer)
    made.close()
    source.close()
    return buffer.getvalue()


def _worn(image: Image.Image, tilt: float, noise: float, seed: int) -> Image.Image:
    tilted = image.rotate(tilt, resample=Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    shades = np.asarray(tilted, dtype=float)
    specks = np.random.default_rng(seed).normal(0.0, noise, shades.shape[:2])[:, :, None]
    return Image.fromarray((shades + specks).clip(0, 255).astype(np.uint8))


def _sheet(image: Image.Image, dpi: int) -> bytes:
    jpeg, buffer = io.BytesIO(), io.BytesIO()
    image.save(jpeg, "JPEG", quality=80)
    jpeg.seek(0)
    wide, tall = image.width * 72 / dpi, image.height * 72 / dpi
    canvas = Canvas(buffer, pagesize=(wide, tall), invariant=1)
    canvas.drawImage(ImageReader(jpeg), 0, 0, wide, tall)
    canvas.save()
    return buffer.getvalue()
