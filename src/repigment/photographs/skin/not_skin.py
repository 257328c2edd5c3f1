"""What lies on skin or beside it and is none: ink, cloth, paper; and how much of a lesion it may hide."""

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value

Map = NDArray[np.float32]
Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]
LEAST = 1e-3  # light below which there is no colour
SIDE = 9  # px, side of the square whose mean light is judged: a pixel alone is noise, most of all in dark skin
NONE = np.zeros(3)


def inked(linear: Map, usable: Mask, noise: Floats = NONE) -> Mask:
    """Pixels (h, w) far bluer and darker than the skin of the picture: pen, cloth, the rim of a card.

    The mean light of the square about them must be so too, by more than `noise` makes it: (3,) the SD of that mean as a
    share of the light of usual skin.
    """
    if not usable.any():
        return np.zeros_like(usable)
    blue, light = _blue(linear), linear[..., 1]
    skin_blue, skin_light = (float(np.median(_sample(each, usable))) for each in (blue, light))
    limit = min(skin_blue - value("ink_blue"), -0.1)
    mean = np.asarray(cv2.blur(linear, (SIDE, SIDE)), np.float32)
    sure = (_blue(mean) < limit - _by_noise(mean, usable, noise, (1, 2))) & (mean[..., 1] < skin_light)
    near = cv2.dilate(sure.astype(np.uint8), np.ones((SIDE, SIDE), np.uint8)) > 0
    return np.asarray(near & (blue < limit) & (light < skin_light) | sure)


def _by_noise(mean: Map, usable: Mask, noise: Floats, channels: tuple[int, int]) -> Map:
    """How far noise may move ln of the ratio of two `channels` of the `mean` light (h, w, 3) of squares.

    k sqrt(sum (n_c L_c / l_c)^2) of light l in skin of usual light L: noise does not fall with light.
    """
    light = [mean[..., each] for each in channels]
    usual = [noise[each] * float(np.median(_sample(mean[..., each], usable))) for each in channels]
    shares = [each / np.maximum(here, LEAST) for each, here in zip(usual, light, strict=True)]
    return np.asarray(value("dark_noise") * np.hypot(*shares), np.float32)


def _sample(values: Map, where: Mask) -> Map:
    """About 20 000 of the `values` (h, w) there."""
    return values[where][:: int(where.sum()) // 20_000 + 1]


def _blue(linear: Map) -> Map:
    """ln G/B (h, w)."""
    known = np.maximum(linear, LEAST)
    return np.asarray(np.log(known[..., 1] / known[..., 2]), np.float32)


def cloth(corrected: Map, valid: Mask, usable: Mask, noise: Floats = NONE) -> Mask:
    """Places (h, w) that are grey or green when seen in daylight, which skin never is: cloth, paper, walls.

    A place is judged as a whole, by its median: the whitest lesions of people with little blood are nearly grey, and
    mottling takes parts of them over any limit for single pixels; so does `noise` (3,), a share of the light of the
    `usable` skin (h, w), in places as dark as it. One that comes in from the edge of the picture must besides be
    `valid` (h, w), of a colour that skin has at its lightness, in most of its pixels.
    """
    red = _red(corrected)
    count, labels = _places(red < value("cloth_ratio"))
    at_edge = _at_edge(labels, count)
    mean = np.asarray(cv2.blur(corrected, (SIDE, SIDE)), np.float32)
    surely = red + _by_noise(mean, usable, noise, (0, 1)) if usable.any() else red
    grey = _medians(np.where(at_edge[labels], red, surely), labels, count) < value("cloth_sure")
    share = np.bincount(labels.ravel(), valid.ravel(), count) / np.maximum(np.bincount(labels.ravel(), None, count), 1)
    grey |= at_edge & (share < 0.5)
    grey[0] = False
    return np.asarray(grey[labels])


def outside(linear: Map) -> Mask:
    """Places (h, w) beside the skin, told from the colours as they were written: what is grey, green or blue in them.

    Such a place comes in from the edge of the picture. One within skin may be a blue or black lesion, and stays.
    """
    red, blue = _red(linear), _blue(np.asarray(cv2.blur(linear, (SIDE, SIDE)), np.float32))
    least, bluest = value("skin_red_least"), value("skin_blue_least")
    count, labels = _places((red < least) | (blue < bluest))
    beside = _at_edge(labels, count)
    beside[0] = False
    return np.asarray(beside[labels])


def _red(light: Map) -> Map:
    """ln R/G (h, w) of the mean light about each pixel."""
    known = np.maximum(cv2.blur(light, (SIDE, SIDE)), LEAST)
    return np.asarray(np.log(known[..., 0] / known[..., 1]), np.float32)


def _places(where: Mask) -> tuple[int, NDArray[np.int32]]:
    """How many labels there are, and those (h, w) of what hangs together; 0 is what is not `where`."""
    count, labels = cv2.connectedComponents(where.astype(np.uint8), connectivity=4)
    return count, np.asarray(labels, np.int32)


def _medians(values: Map, labels: NDArray[np.int32], count: int) -> NDArray[np.float64]:
    """Median (count,) of the `values` (h, w) of each place; infinite for what is none, and for the first label."""
    inside = labels > 0
    places, known = labels[inside], values[inside]
    found = np.full(count, np.inf)
    if len(places):
        order = np.lexsort((known, places))
        ends = np.cumsum(np.bincount(places, minlength=count))
        found[1:] = known[order][((np.r_[0, ends[:-1]] + ends) // 2)[1:]]
    return found


def _at_edge(labels: NDArray[np.int32], count: int) -> Mask:
    """Whether (count,) each place holds more than a corner's worth of pixels on the edge of the picture."""
    edge = np.r_[labels[0], labels[-1], labels[:, 0], labels[:, -1]]
    return np.asarray(np.bincount(edge, minlength=count) > SIDE)


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
