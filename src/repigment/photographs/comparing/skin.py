"""The level of a person's own skin over a photograph, and how far each place departs from it."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.photographs.comparing.texture import Mask

Floats = NDArray[np.float64]


class Cells(NamedTuple):
    """Cells of healthy skin: places (n, 2) as x, y in px, medians (n, visits) of pigment, weights (n,), side in px."""

    at: Floats
    level: Floats
    weight: Floats
    side: float


def healthy_cells(pigments: NDArray[np.float32], healthy: Mask, lesion: Mask) -> Cells:
    """Medians of the pigment maps (visits, h, w) in cells of healthy skin; cells near the lesion weigh more.

    Raises RepigmentError when there is too little healthy skin.
    """
    rows, columns = healthy.shape
    side = max(4, int(np.ceil(max(rows, columns) / value("compare_cells"))))
    away = cv2.distanceTransform((~lesion).astype(np.uint8), cv2.DIST_L2, 3)
    reach = np.sqrt(max(float(lesion.sum()), 1.0))
    at, level, weight = [], [], []
    for top in range(0, rows, side):
        for left in range(0, columns, side):
            part = np.s_[top : top + side, left : left + side]
            kept = healthy[part]
            if kept.mean() < value("compare_cell_share"):
                continue
            y, x = np.nonzero(kept)
            at.append((left + x.mean(), top + y.mean()))
            level.append([float(np.median(each[part][kept])) for each in pigments])
            weight.append(kept.mean() / (1 + (float(away[part][kept].mean()) / reach) ** 2))
    if len(at) < value("compare_least_cells"):
        raise RepigmentError(
            "Too little healthy skin is seen around the lesion in both photographs",
            allowed=f"at least {value('compare_least_cells'):g} cells of {side} px",
            remedy="photograph from further away, so that skin is seen all around the lesion",
        )
    return Cells(np.array(at), np.array(level), np.array(weight), float(side))


def planes(cells: Cells) -> Floats:
    """Level and slopes (3, visits) of own skin: own(x, y) = c0 + c1 x + c2 y, weighted, cells that stand out less so.

    Huber's M-estimate by reweighted least squares, a few rounds from the weighted plane.

    >>> at = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0], [10.0, 10.0]])
    >>> planes(Cells(at, (1 + 0.1 * at[:, :1]), np.ones(4), 5.0)).ravel().round(6).tolist()
    [1.0, 0.1, 0.0]
    """
    known = np.column_stack([np.ones(len(cells.at)), cells.at])
    found = np.empty((3, cells.level.shape[1]))
    for visit, level in enumerate(cells.level.T):
        trust = cells.weight.copy()
        for _ in range(5):
            root = np.sqrt(trust)
            found[:, visit] = np.linalg.lstsq(known * root[:, None], level * root, rcond=None)[0]
            off = np.abs(level - known @ found[:, visit])
            spread = 1.4826 * float(np.median(off)) + 1e-12  # of a normal distribution, from its median
            trust = cells.weight * np.minimum(1, value("compare_huber") * spread / np.maximum(off, 1e-12))
    return found + 0.0


def own(plane: Floats, shape: tuple[int, int], corner: tuple[float, float] = (0.0, 0.0), step: float = 1.0) -> Floats:
    """Own skin (h, w) from a plane (3,), in a window whose first pixel is `corner` (x, y), every `step` px."""
    x = corner[0] + step * np.arange(shape[1])
    y = corner[1] + step * np.arange(shape[0])
    return np.asarray(plane[0] + plane[1] * x[None, :] + plane[2] * y[:, None])


class Unevenness(NamedTuple):
    """Standard deviation of pigment around the plane from cell to cell: alike at both visits, and of each alone."""

    shared: float
    single: float


def unevenness(cells: Cells, plane: Floats) -> Unevenness:
    """How uneven own skin is: under a lesion its level is known no better than this.

    `shared` is of the mean of both visits, `single` of their difference, in which the skin itself falls out; robust.
    """
    known = np.column_stack([np.ones(len(cells.at)), cells.at])
    off = cells.level - known @ plane
    return Unevenness(_spread(off.mean(axis=1)), _spread(off[:, 1] - off[:, 0]) / np.sqrt(2))


def _spread(values: Floats) -> float:
    """Standard deviation of a normal distribution with this median distance from its median."""
    return float(1.4826 * np.median(np.abs(values - np.median(values))))
