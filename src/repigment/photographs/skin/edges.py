"""Where the edge of a lesion runs between pixels: the share of each that is inside, and the line."""

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Map = NDArray[np.float32]
Mask = NDArray[np.bool_]


def coverage(contrast: Map, mask: Mask, level: float) -> Map:
    """Share (h, w) of each pixel inside of the edge at `level`: 1/2 + (c - level) / |grad c|, cut to 0..1.

    Only pixels at the edge of `mask` are shares; holes that were filled stay so.
    """
    down, across = np.gradient(contrast)
    slope = np.maximum(np.hypot(down, across), 1e-6)
    share = np.clip(0.5 + (contrast - level) / slope, 0, 1)
    three = np.ones((3, 3), np.uint8)
    solid = mask.astype(np.uint8)
    inner, outer = cv2.erode(solid, three) > 0, cv2.dilate(solid, three) > 0
    near = outer & ~inner
    moved = mask != (contrast > level)  # filled holes, streaks that were cut off
    return np.where(near & ~moved, share, mask).astype(np.float32)


def contours(contrast: Map, mask: Mask, level: float) -> tuple[Floats, ...]:
    """Edges (n, 2) of `mask` in pixels (x, y), each point moved along the slope to where the contrast is `level`."""
    found, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    down, across = (np.asarray(each, float) for each in np.gradient(contrast))
    lines: list[Floats] = []
    for line in found:
        x, y = np.array(line, dtype=np.intp).reshape(-1, 2).T
        if len(x) < 8:
            continue
        slope = np.stack([across[y, x], down[y, x]], axis=-1)
        size: Floats = np.asarray(np.maximum((slope**2).sum(axis=-1), 1e-12), float)
        move = ((level - contrast[y, x]) / size)[:, None] * slope
        near = np.hypot(*move.T) < 1.5  # elsewhere the edge is that of a filled hole or of a streak that was cut off
        lines.append(np.asarray(np.stack([x, y], axis=-1) + np.where(near[:, None], move, 0.0), float))
    return tuple(lines)


def steepness(contrast: Map, mask: Mask) -> float:
    """The usual slope of the contrast (h, w) per px at the edge of the `mask` (h, w)."""
    down, across = np.gradient(contrast)
    three, solid = np.ones((3, 3), np.uint8), mask.astype(np.uint8)
    edge = (cv2.dilate(solid, three) > 0) & ~(cv2.erode(solid, three) > 0)
    return float(np.median(np.hypot(down, across)[edge])) if edge.any() else 0.0
