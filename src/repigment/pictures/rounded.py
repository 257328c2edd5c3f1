"""A round lesion from a strip across its margin: the strip is laid round its rim, and side by side in its middle."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from repigment.errors import RepigmentError
from repigment.optics.tissue import Pigments

DEEP = 0.5  # share of the strip's lesion that is laid round the rim; the rest stands for what lies deeper still
JOINED = 0.2  # share of the strip's lesion over which the rim goes over into the middle
REACH = 0.6  # share of the margin over which the strip's outer wall goes over into own skin
Floats = NDArray[np.float64]


def rounded(
    pigments: Pigments, mm: float, edge: float, radius: float, margin: float, own: Pigments | None = None
) -> Pigments:
    """Maps of a lesion `radius` mm wide with `margin` mm of skin around it, from maps (rows, columns) of a strip.

    The strip's lesion begins at column `edge` and goes on to its right; pixels are `mm` wide in both. It is mirrored
    at its ends, as it was simulated. Its deeper part is laid side by side, at true scale, where the lesion is deeper
    than the strip. Past its outer wall the mean of the wall goes over into `own` skin (the wall itself if not given).
    RepigmentError if the edge is not within the strip.

    >>> strip = np.repeat(np.arange(8.0)[None], 8, axis=0)
    >>> rounded(Pigments(strip, 0.01 * strip), 1.0, 2.0, 3.0, 1.0).melanin.shape
    (8, 8)
    """
    rows, columns = np.shape(pigments.melanin)
    if not 0 < edge < columns - 1:
        raise RepigmentError(f"a strip of {columns} columns has no edge at column {edge:g}")
    half = round((radius + margin) / mm)
    y, x = np.indices((2 * half, 2 * half)) + 0.5 - half
    depth, deepest = radius / mm - np.hypot(x, y), columns - 1 - edge
    turns = max(1, round(np.pi * radius / mm / rows))  # there and back again: a whole number, so that the ends meet
    along = _folded((np.arctan2(y, x) / np.pi + 1) * turns * rows, rows)
    across = np.clip(edge + depth, 0, columns - 1)
    length = (1 - DEEP) * deepest
    middle = [_folded(y + half, rows), columns - 1 - _folded(x + half, length)]
    inner = _rise((depth - DEEP * deepest) / (JOINED * deepest))
    wall = _rise((edge + depth) / edge)  # 0 at the outer wall, 1 at the lesion
    near = 1 - _rise(-(edge + depth) / (REACH * margin / mm))
    found = []
    for each, plain in zip(np.broadcast_arrays(*pigments), own or (None,) * 3, strict=True):
        strip = np.asarray(each, float)
        mean = float(strip[:, 0].mean())
        rim = map_coordinates(strip, [along, across], order=1, mode="nearest")
        level = np.interp(across, np.arange(columns), strip.mean(axis=0))  # by distance only: no spokes
        rim = level + wall * (rim - level)
        deep = map_coordinates(strip, middle, order=1, mode="nearest")
        beyond = mean if plain is None else float(plain)
        laid = rim + inner * (deep - rim)
        found.append(np.where(edge + depth < 0, beyond + near * (laid - beyond), laid))
    return Pigments(*found)


def _folded(places: Floats, length: float) -> Floats:
    """Places in pixels folded into 0 to `length`, there and back again."""
    turn = places % (2 * length)
    return np.asarray(np.minimum(turn, 2 * length - turn))


def _rise(x: Floats) -> Floats:
    """0 up to 0, 1 from 1 on, smooth between."""
    kept = np.clip(x, 0, 1)
    return np.asarray(kept**2 * (3 - 2 * kept))
