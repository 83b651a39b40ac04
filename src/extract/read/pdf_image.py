"""Draws PDF pages, and says where a box of the page, in points, lies on the drawing, in dots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageChops, ImageDraw

from extract.read.pdf_words import Box

#: Room around a word, in points: its box ends where its letters do.
ROOM = 1.5
_FRAME, _WASH = (200, 0, 0), (255, 240, 130)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as an image: ``origin`` is the point of the page in its corner, ``scale`` the dots of a point."""

    image: Image.Image
    origin: tuple[float, float]
    scale: float

    def dots(self, box: Sequence[float], room: float = ROOM) -> tuple[int, int, int, int]:
        """Return the left, upper, right and lower dot of a box of the page, with some room around it."""
        x0, top, x1, bottom = box
        left, upper = (x0 - room - self.origin[0]) * self.scale, (top - room - self.origin[1]) * self.scale
        right, lower = (x1 + room - self.origin[0]) * self.scale, (bottom + room - self.origin[1]) * self.scale
        return max(0, int(left)), max(0, int(upper)), int(right) + 1, int(lower) + 1

    def points(self, box: Sequence[float]) -> Box:
        """Return the box of the page, in points, that a box of dots covers."""
        x0, top, x1, bottom = box
        left, upper = self.origin
        return (
            x0 / self.scale + left,
            top / self.scale + upper,
            x1 / self.scale + left,
            bottom / self.scale + upper,
        )


def size_of(page: Any) -> tuple[float, float]:
    """Return the width and height in points of what is shown of a pdfplumber page."""
    x0, top, x1, bottom = page.cropbox
    return max(1.0, float(x1 - x0)), max(1.0, float(bottom - top))


def draw(page: Any, scale: float) -> Drawn:
    """Return a pdfplumber page as an image of ``scale`` dots a point."""
    x0, top = page.cropbox[:2]
    image: Image.Image = page.to_image(resolution=72 * scale, antialias=True).original
    return Drawn(image, (float(x0), float(top)), scale)


def outlined(drawn: Drawn, boxes: Iterable[Sequence[float]]) -> Image.Image:
    """Return a page with a red frame around boxes of it, and a wash of yellow inside that leaves the ink to be read."""
    image = drawn.image.convert("RGB")
    pen = ImageDraw.Draw(image)
    for box in boxes:
        place = drawn.dots(box)
        part = image.crop(place)
        image.paste(ImageChops.multiply(part, Image.new("RGB", part.size, _WASH)), place)
        pen.rectangle(place, outline=_FRAME, width=max(2, round(drawn.scale)))
    return image
