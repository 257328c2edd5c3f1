"""How large lesions are: areas and diameters on the plane of the skin."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.photographs.lengths.scale import Scale
from repigment.photographs.measures import Measure, within
from repigment.photographs.skin.lesion import Lesion, sure

Floats = NDArray[np.float64]


def sizes(lesions: Sequence[Lesion], scale: Scale) -> list[Measure]:
    """Area of all lesions in mm2, and the largest sure one's longest diameter and that across it, in mm."""
    each = areas(lesions, scale)
    total = sum(each)
    sd = float(np.hypot(2 * scale.error, spread(lesions)) * total)
    main = sure(lesions)[0]
    line, edge = np.concatenate(main.contours), main.spread / 2  # diameters go with the root of the area
    long, across = diameters(scale.mm(line))
    small = scale.mm_per_pixel(line.mean(axis=0)) * value("diameter_error")

    def diameter(name: str, mm: float) -> Measure:
        return within(name, mm, float(np.linalg.norm([scale.error * mm, edge * mm, small])), "mm", scale.basis, 0.0)

    area = within("area", total, sd, "mm2", scale.basis, 0.0)
    return [area, diameter("diameter", long), diameter("diameter across", across)]


def areas(lesions: Sequence[Lesion], scale: Scale) -> list[float]:
    """mm2 of each lesion."""
    weights = scale.areas(lesions[0].shape)
    return [float((lesion.cover * weights[lesion.here]).sum()) for lesion in lesions]


def spread(lesions: Sequence[Lesion]) -> float:
    """Relative SD of the area of all lesions by where their edges are drawn, which goes alike in all."""
    size = [lesion.area for lesion in lesions]
    return sum(one * lesion.spread for one, lesion in zip(size, lesions, strict=True)) / max(sum(size), 1e-9)


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
