"""What lies on skin or beside it and is none: ink, cloth, paper; and how much of a lesion it may hide."""

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value

Map = NDArray[np.float32]
Mask = NDArray[np.bool_]
LEAST = 1e-3  # light below which there is no colour
SIDE = 9  # px, side of the square whose mean light is judged: a pixel alone is noise, most of all in dark skin


def inked(linear: Map, usable: Mask) -> Mask:
    """Pixels (h, w) far bluer and darker than the skin of the picture: pen, cloth, the rim of a card.

    The mean light about them must be so too: in a dark lesion, noise alone makes single pixels that blue.
    """
    if not usable.any():
        return np.zeros_like(usable)
    blue, light = _blue(linear), linear[..., 1]
    sample = usable.nonzero()[0].size // 20_000 + 1
    skin_blue, skin_light = (float(np.median(each[usable][::sample])) for each in (blue, light))
    limit = min(skin_blue - value("ink_blue"), -0.1)
    mean = cv2.blur(linear, (SIDE, SIDE))
    sure = (_blue(mean) < limit) & (mean[..., 1] < skin_light)
    near = cv2.dilate(sure.astype(np.uint8), np.ones((SIDE, SIDE), np.uint8)) > 0
    return np.asarray(near & (blue < limit) & (light < skin_light) | sure)


def _blue(linear: Map) -> Map:
    """ln G/B (h, w)."""
    known = np.maximum(linear, LEAST)
    return np.asarray(np.log(known[..., 1] / known[..., 2]), np.float32)


def cloth(corrected: Map) -> Mask:
    """Places (h, w) that are grey or green when seen in daylight, which skin never is: cloth, paper, walls.

    A place is judged as a whole, by its median: the whitest lesions of people with little blood are nearly grey, and
    mottling takes parts of them over any limit for single pixels.
    """
    known = np.maximum(cv2.blur(corrected, (SIDE, SIDE)), LEAST)
    red = np.log(known[..., 0] / known[..., 1])
    count, labels = cv2.connectedComponents((red < value("cloth_ratio")).astype(np.uint8), connectivity=4)
    inside = labels > 0
    places, values = labels[inside], red[inside]
    order = np.lexsort((values, places))
    ends = np.cumsum(np.bincount(places, minlength=count))
    middles = (np.r_[0, ends[:-1]] + ends) // 2
    grey = np.zeros(count, bool)
    grey[1:] = values[order][middles[1:]] < value("cloth_sure")
    return np.asarray(grey[labels])


def hidden(mask: Mask, usable: Mask) -> float:
    """How much larger a lesion (h, w) may be by what is not `usable` within its hull, as a share of its area.

    >>> mask = np.zeros((40, 40), bool)
    >>> mask[10:30, 10:30] = True
    >>> usable = np.ones_like(mask)
    >>> usable[10:20, 15:25] = False
    >>> round(hidden(mask & usable, usable), 2), hidden(mask, usable)
    (0.33, 0.0)
    """
    outlines, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not outlines:
        return 0.0
    hull = np.zeros(mask.shape, np.uint8)
    cv2.fillConvexPoly(hull, cv2.convexHull(np.concatenate(outlines)), 1)
    return float(((hull > 0) & ~usable & ~mask).sum() / mask.sum())
