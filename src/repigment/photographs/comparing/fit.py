"""Which transform carries matched points onto each other, how plain it may be, and how well it is known."""

from typing import Literal, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value

Model = Literal["similarity", "affine", "homography"]
MODELS: tuple[Model, ...] = ("similarity", "affine", "homography")  # from plain to free
NEEDED = {"similarity": 4, "affine": 6, "homography": 8}  # points for a fit that is worth a test
Points = NDArray[np.float64]


class Fit(NamedTuple):
    """A transform (3, 3), its kind, and the median distance in px by which it misses points that it was not told of."""

    matrix: NDArray[np.float64]
    model: Model
    residual: float


def carry(matrix: NDArray[np.float64], points: Points) -> Points:
    """Points (n, 2) as x, y through a transform (3, 3).

    >>> carry(np.diag([2.0, 2.0, 1.0]), np.array([[1.0, 3.0]])).tolist()
    [[2.0, 6.0]]
    """
    carried = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return np.asarray(carried[:, :2] / carried[:, 2:], float)


def distances(matrix: NDArray[np.float64], source: Points, target: Points) -> NDArray[np.float64]:
    """How far in px each carried source point (n, 2) lies from its target (n, 2)."""
    return np.hypot(*(carry(matrix, source) - target).T)


def fit(model: Model, source: Points, target: Points) -> NDArray[np.float64]:
    """The transform (3, 3) of this kind with the least squares of distance, from source to target points (n, 2).

    >>> points = np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 3.0], [5.0, 5.0]])
    >>> fit("similarity", points, 2 * points + 1).round(6).tolist()
    [[2.0, -0.0, 1.0], [0.0, 2.0, 1.0], [0.0, 0.0, 1.0]]
    """
    if model == "homography":
        found, _ = cv2.findHomography(source, target, 0)
        return np.full((3, 3), np.nan) if found is None else np.asarray(found, float)
    centre = source.mean(axis=0)
    x, y = (source - centre).T
    one, none = np.ones_like(x), np.zeros_like(x)
    if model == "affine":
        known = np.column_stack([x, y, one])
        matrix = np.vstack([np.linalg.lstsq(known, target, rcond=None)[0].T, [0.0, 0.0, 1.0]])
    else:
        known = np.vstack([np.column_stack([x, -y, one, none]), np.column_stack([y, x, none, one])])
        a, b, right, down = np.linalg.lstsq(known, target.T.ravel(), rcond=None)[0]
        matrix = np.array([[a, -b, right], [b, a, down], [0.0, 0.0, 1.0]])
    back = np.array([[1.0, 0.0, -centre[0]], [0.0, 1.0, -centre[1]], [0.0, 0.0, 1.0]])
    return np.asarray(matrix @ back, float)


def plainest(source: Points, target: Points, rng: np.random.Generator) -> Fit:
    """The plainest transform that points left out do not speak against.

    A freer kind is taken when it lowers the median distance of left-out points by more than the share `align_freer` of
    it, and of a pixel.
    """
    best = Fit(np.eye(3), "similarity", float("inf"))
    for model in MODELS:
        if len(source) < NEEDED[model]:
            break
        residual = left_out(model, source, target, rng)
        if model == "similarity" or best.residual - residual > value("align_freer") * max(best.residual, 1.0):
            best = Fit(fit(model, source, target), model, residual)
    return best


def left_out(model: Model, source: Points, target: Points, rng: np.random.Generator) -> float:
    """Median distance in px of points from where a fit without them carries them."""
    folds = rng.permutation(len(source)) % round(value("align_folds"))
    missed = np.empty(len(source))
    for fold in np.unique(folds):
        held = folds == fold
        missed[held] = distances(fit(model, source[~held], target[~held]), source[held], target[held])
    return float(np.median(missed))


def wobble(found: Fit, source: Points, target: Points, at: Points, rng: np.random.Generator) -> float:
    """Root mean square px by which the places `at` (n, 2) move when the matches are drawn anew with replacement."""
    middle = carry(found.matrix, at)
    squares = []
    for _ in range(round(value("align_draws"))):
        drawn = rng.integers(0, len(source), len(source))
        squares.append(np.mean((carry(fit(found.model, source[drawn], target[drawn]), at) - middle) ** 2) * 2)
    return float(np.sqrt(np.nanmean(squares)))
