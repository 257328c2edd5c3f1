"""An alignment made finer on the whole texture, where that helps."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.photographs.comparing.fit import Fit, Points, distances
from repigment.photographs.comparing.texture import Picture, Texture, reduced


class Refined(NamedTuple):
    """A transform (3, 3) from the second texture to the first, and the correlation of both under it."""

    matrix: NDArray[np.float64]
    likeness: float


def refined(first: Texture, second: Texture, found: Fit, source: Points, target: Points) -> Refined:
    """Enhanced correlation (Evangelidis and Psarakis 2008) from the fit `found`; the fit itself if that is no better.

    No better means: the textures are less alike, or the matched points (n, 2) `source` and `target` lie further apart.
    """
    shrink = min(1.0, float(np.sqrt(value("align_refining") / first.relief.size)))
    to_small, (still, still_usable) = _smaller(first, shrink)
    _, (moved, moved_usable) = _smaller(second, shrink)
    start = to_small @ np.linalg.inv(found.matrix) @ np.linalg.inv(to_small)  # of the first to the second, as asked
    before = _likeness(still, moved, still_usable, moved_usable, start)
    free = found.model == "homography"
    motion = cv2.MOTION_HOMOGRAPHY if free else cv2.MOTION_AFFINE
    until = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, round(value("align_steps")), 1e-5)
    guess = (start / start[2, 2]).astype(np.float32)
    try:
        _, warp = cv2.findTransformECCWithMask(
            still, moved, still_usable, moved_usable, guess if free else guess[:2], motion, until, 3
        )
    except cv2.error:  # it did not settle
        return Refined(found.matrix, before)
    end = np.asarray(warp, float) if free else np.vstack([warp, [0.0, 0.0, 1.0]]).astype(float)
    matrix = np.linalg.inv(to_small) @ np.linalg.inv(end) @ to_small
    after = _likeness(still, moved, still_usable, moved_usable, end)
    apart, were = (float(np.median(distances(each, source, target))) for each in (matrix, found.matrix))
    if after > before and apart <= were + found.residual * value("align_freer"):
        return Refined(matrix, after)
    return Refined(found.matrix, before)


def _smaller(each: Texture, shrink: float) -> tuple[NDArray[np.float64], tuple[Picture, NDArray[np.uint8]]]:
    rows, columns = each.relief.shape
    size = (max(1, round(columns * shrink)), max(1, round(rows * shrink)))
    half = (shrink - 1) / 2
    matrix = np.array([[shrink, 0.0, half], [0.0, shrink, half], [0.0, 0.0, 1.0]])
    relief = np.asarray(cv2.resize(each.relief, size, interpolation=cv2.INTER_AREA), np.float32)
    return matrix, (relief, reduced(each.usable, size).astype(np.uint8))


def _likeness(
    still: Picture,
    moved: Picture,
    still_usable: NDArray[np.uint8],
    moved_usable: NDArray[np.uint8],
    matrix: NDArray[np.float64],
) -> float:
    """Correlation of both textures where both may be used; 0 where too little is left."""
    size, flags = (still.shape[1], still.shape[0]), cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    there = cv2.warpPerspective(moved, matrix, size, flags=flags)
    both = cv2.warpPerspective(moved_usable, matrix, size, flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP)
    kept = (both > 0) & (still_usable > 0)
    if kept.sum() < value("align_least_pixels"):
        return 0.0
    likeness = float(np.corrcoef(still[kept], there[kept])[0, 1])
    return likeness if np.isfinite(likeness) else 0.0
