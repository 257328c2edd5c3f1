"""Points of two textures that look alike, and those among them that agree on one transform."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.photographs.comparing.fit import Points
from repigment.photographs.comparing.texture import Mask, Picture, Texture

STEPS_OF_SPREAD = 32  # grey steps of an 8-bit picture for one spread of the texture


class Matches(NamedTuple):
    """Places (n, 2) as x, y in both textures, and the numbers of those that agree on one transform."""

    before: Points
    after: Points
    agreed: NDArray[np.int64]


def matched(first: Texture, second: Texture) -> Matches:
    """Points of `first` and `second` that belong together, from relief and marks at once."""
    pairs = [
        _alike(_points(first.relief, first.usable), _points(second.relief, second.usable)),
        _alike(_points(first.marks, first.usable), _points(second.marks, second.usable)),
    ]
    before, after = _once(np.vstack([pair[0] for pair in pairs]), np.vstack([pair[1] for pair in pairs]))
    if len(before) < value("align_least_matches"):
        return Matches(before, after, np.empty(0, np.int64))
    _, agree = cv2.findHomography(
        after, before, cv2.USAC_MAGSAC, value("align_reach"), maxIters=round(value("align_rounds")), confidence=0.9999
    )
    agreed = np.empty(0, np.int64) if agree is None else np.flatnonzero(agree.ravel())
    return Matches(before, after, agreed)


def _points(picture: Picture, usable: Mask) -> tuple[Points, Picture]:
    """Places (n, 2) and descriptors (n, 128) of unit length: SIFT, its square root (Arandjelovic 2012)."""
    grey = np.clip(128 + STEPS_OF_SPREAD * picture, 0, 255).astype(np.uint8)
    sift = cv2.SIFT.create(round(value("align_features")), contrastThreshold=value("align_faintest"))
    found, seen = sift.detectAndCompute(grey, usable.astype(np.uint8))
    if seen is None or not len(found):
        return np.empty((0, 2)), np.empty((0, 128), np.float32)
    roots = np.sqrt(seen / np.maximum(seen.sum(axis=1, keepdims=True), 1e-9))
    return np.array([point.pt for point in found], float), roots.astype(np.float32)


def _alike(first: tuple[Points, Picture], second: tuple[Points, Picture]) -> tuple[Points, Points]:
    """Pairs that are each other's nearest, and clearly nearer than the second nearest (Lowe's test, both ways)."""
    none = np.empty((0, 2)), np.empty((0, 2))
    if min(len(first[0]), len(second[0])) < 2:
        return none
    likeness = first[1] @ second[1].T
    there, back = likeness.argmax(axis=1), likeness.argmax(axis=0)
    rows = np.arange(len(there))
    best = likeness[rows, there]
    likeness[rows, there] = -1
    second_best = likeness.max(axis=1)
    near, next_near = (np.sqrt(np.maximum(2 - 2 * each, 0)) for each in (best, second_best))
    kept = (back[there] == rows) & (near < value("align_ratio") * next_near)
    return first[0][kept], second[0][there[kept]]


def _once(before: Points, after: Points) -> tuple[Points, Points]:
    """Pairs of which none stands within the same two pixels as another: a point found twice counts once."""
    cells = np.round(np.column_stack([before, after]) / 2).astype(np.int64)
    _, kept = np.unique(cells, axis=0, return_index=True)
    return before[np.sort(kept)], after[np.sort(kept)]
