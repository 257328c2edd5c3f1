"""How large lesions are: areas and diameters on the plane of the skin."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.photographs.lengths.scale import Scale
from repigment.photographs.measures import Measure, within
from repigment.photographs.skin.outline import Lesion

Floats = NDArray[np.float64]


def sizes(lesions: Sequence[Lesion], scale: Scale) -> list[Measure]:
    """Area of all lesions in mm2, and the largest one's longest diameter and the one across it, in mm."""
    areas = scale.areas(lesions[0].cover.shape)
    each = [float((lesion.cover * areas).sum()) for lesion in lesions]
    total = sum(each)
    edge = sum(one * lesion.spread for one, lesion in zip(each, lesions, strict=True))
    sd = float(np.hypot(2 * scale.error * total, edge))
    long, across = diameters(scale.mm(np.concatenate(lesions[0].contours)))
    small = scale.mm_per_pixel(np.concatenate(lesions[0].contours).mean(axis=0)) * value("diameter_error")
    return [
        within("area", total, sd, "mm2", scale.basis, 0.0),
        within("diameter", long, float(np.hypot(scale.error * long, small)), "mm", scale.basis, 0.0),
        within("diameter across", across, float(np.hypot(scale.error * across, small)), "mm", scale.basis, 0.0),
    ]


def diameters(points: Floats) -> tuple[float, float]:
    """The longest distance between points (n, 2), and how wide they are at a right angle to it.

    >>> diameters(np.array([[0.0, 0.0], [4.0, 0.0], [2.0, 1.0], [2.0, -1.0]]))
    (4.0, 2.0)
    """
    hull = cv2.convexHull(points.astype(np.float32))[:, 0].astype(float)
    away = np.hypot(*(hull[:, None] - hull[None]).transpose(2, 0, 1))
    first, second = np.unravel_index(int(away.argmax()), away.shape)
    along = (hull[second] - hull[first]) / max(float(away.max()), 1e-9)
    side = hull @ np.array([-along[1], along[0]])
    return float(away.max()), float(side.max() - side.min())
