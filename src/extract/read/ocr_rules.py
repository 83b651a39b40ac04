"""Finds the rules of tables on an image: long thin runs of dark dots, across and down."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

#: A dot darker than this, of 255, is ink.
_INK = 150
#: The least length of a rule and its most thickness, in points; letters have no such strokes, and pictures are thicker.
_LENGTH, _THICK = 24.0, 2.2
#: The least length of what is painted over before the page is levelled.
_LENGTH_ASKEW = 36.0
#: More runs than this are a picture.
_MOST = 5000
Mask = npt.NDArray[np.bool_]


def rules_on(image: Image.Image, scale: float, skew: float) -> list[dict[str, Any]]:
    """Return the rules on an image as pdfplumber's edges, in points, level.

    Parameters
    ----------
    image
        The page in shades of grey, upright.
    scale
        Dots a point.
    skew
        The angle, in radians, by which its lines fall to the right.
    """
    cos, sin = math.cos(skew), math.sin(skew)
    turned = (cos, -sin, 0.0, sin, cos, 0.0)
    level = image.transform(image.size, Image.Transform.AFFINE, turned, Image.Resampling.BILINEAR, fillcolor=255)
    thin = _thin(level, scale)
    return [*_across(thin, scale, "h"), *_across(thin.T, scale, "v")]


def without_rules(image: Image.Image, scale: float) -> Image.Image:
    """Return an image on which long rules are painted over: letters beside them are misread."""
    thin, least = _thin(image, scale), round(_LENGTH_ASKEW * scale)
    ruled = _long(_stepped(thin), least) | _long(_stepped(thin.T), least).T
    for axis in (0, 1, 0, 1):  # and two dots on all sides, where the edge of a rule is grey
        ruled |= np.roll(ruled, 1, axis) | np.roll(ruled, -1, axis)
    return Image.fromarray(np.where(ruled, np.uint8(255), np.asarray(image)))


def _thin(image: Image.Image, scale: float) -> Mask:
    """Return what is ink and no part of a solid area, as pictures and bars have."""
    side = max(2, round(_THICK * scale))
    solid = np.asarray(image.reduce(side)) < _INK // 3
    for axis in (0, 1):
        solid = solid | np.roll(solid, 1, axis) | np.roll(solid, -1, axis)
    tall, wide = image.height, image.width
    return (np.asarray(image) < _INK) & ~solid.repeat(side, 0).repeat(side, 1)[:tall, :wide]


def _stepped(thin: Mask) -> Mask:
    """Return a mask a dot thicker above and below: a rule that is not quite level steps from row to row."""
    return thin | np.roll(thin, 1, axis=0) | np.roll(thin, -1, axis=0)


def _across(thin: Mask, scale: float, orientation: str) -> list[dict[str, Any]]:
    """Return the long runs along the rows of a mask; those of its columns are asked for by its transpose."""
    rows, starts, ends = _runs(_stepped(thin), round(_LENGTH * scale))
    if len(rows) > _MOST:
        return []
    return [_edge(y / scale, x0 / scale, x1 / scale, orientation) for y, x0, x1 in zip(rows, starts, ends, strict=True)]


def _runs(mask: Mask, least: int) -> tuple[npt.NDArray[np.int_], npt.NDArray[np.int_], npt.NDArray[np.int_]]:
    """Return row, start and end of each run of at least so many dots along the rows of a mask."""
    steps = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(steps == 1)
    _, ends = np.nonzero(steps == -1)
    kept = ends - starts >= least
    return rows[kept], starts[kept], ends[kept]


def _long(mask: Mask, least: int) -> Mask:
    """Return the dots of a mask that lie in runs of at least so many along its rows."""
    rows, starts, ends = _runs(mask, least)
    steps = np.zeros((mask.shape[0], mask.shape[1] + 1), np.int32)
    np.add.at(steps, (rows, starts), 1)
    np.add.at(steps, (rows, ends), -1)
    covered: Mask = np.cumsum(steps, axis=1)[:, :-1] > 0
    return covered


def _edge(across: float, start: float, end: float, orientation: str) -> dict[str, Any]:
    if orientation == "h":
        place = {"x0": start, "x1": end, "top": across, "bottom": across, "width": end - start, "height": 0.0}
    else:
        place = {"x0": across, "x1": across, "top": start, "bottom": end, "width": 0.0, "height": end - start}
    return {**place, "orientation": orientation, "object_type": "rule_edge"}
