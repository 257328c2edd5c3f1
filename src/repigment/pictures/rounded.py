"""A round lesion from a strip across its margin: the strip is laid round the lesion, depth for depth."""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import map_coordinates

from repigment.errors import RepigmentError
from repigment.optics.tissue import Pigments

REPEATED = 0.5  # deepest share of the strip's lesion that stands for what lies deeper still
Floats = NDArray[np.float64]


def rounded(pigments: Pigments, mm: float, edge: float, radius: float, margin: float, seed: int = 0) -> Pigments:
    """Maps of a lesion `radius` mm wide with `margin` mm of skin around it, from maps (rows, columns) of a strip.

    The strip's lesion begins at column `edge` and goes on to its right; pixels are `mm` wide in both. What lies deeper
    than the strip shows is its deepest part again, mirrored. Each turn of the strip is taken up or down and slid in
    depth by chance, from `seed`, so that it does not show itself again and again. RepigmentError if the edge is not
    within the strip.

    >>> strip = np.repeat(np.arange(8.0)[None], 8, axis=0)
    >>> rounded(Pigments(strip, 0.01 * strip), 1.0, 2.0, 3.0, 1.0).melanin.shape
    (8, 8)
    """
    columns = np.shape(pigments.melanin)[1]
    if not 0 < edge < columns - 1:
        raise RepigmentError(f"a strip of {columns} columns has no edge at column {edge:g}")
    half = round((radius + margin) / mm)
    y, x = (np.indices((2 * half, 2 * half)) + 0.5 - half) * mm
    depth = (radius - np.hypot(x, y)) / mm
    along, slid = _turned((np.arctan2(y, x) + np.pi) * radius / mm, len(np.asarray(pigments.melanin)), seed)
    deepest = columns - 1 - edge
    inner = np.clip(depth / deepest, 0, 1) * slid * deepest
    across = np.clip(edge + _folded(depth + inner, deepest), 0, columns - 1)
    found = (
        map_coordinates(np.asarray(each, float), [along, across], order=1, mode="mirror")
        for each in np.broadcast_arrays(*pigments)
    )
    return Pigments(*found)


def _folded(depth: Floats, deepest: float) -> Floats:
    """Depths in pixels, those past the deepest folded back into the deeper part; those outside kept to the strip."""
    length = REPEATED * deepest
    beyond = (depth - deepest) % (2 * length)
    return np.where(depth > deepest, deepest - np.minimum(beyond, 2 * length - beyond), depth)


def _turned(along: Floats, rows: int, seed: int) -> tuple[Floats, Floats]:
    """Rows of the strip for places along the edge, in pixels, and how far each turn of it is slid, 0 to 1."""
    rng = np.random.default_rng(seed)
    turns = 1 + int(along.max() // rows)
    turn = (along // rows).astype(int)
    up, slid = rng.integers(2, size=turns).astype(bool)[turn], rng.random(turns)[turn]
    row = along % rows
    return np.where(up, row, rows - row), slid
