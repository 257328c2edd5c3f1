"""What lies on skin or beside it and is none: ink, cloth, paper; and how much of a lesion it may hide."""

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value

Map = NDArray[np.float32]
Mask = NDArray[np.bool_]
LEAST = 1e-3  # light below which there is no colour
SIDE = 9  # px, side of the square whose mean light is judged: a pixel alone is noise, most of all in dark skin
WIDE = 4 * SIDE + 1  # px, side of the square over which dark places are judged


def inked(linear: Map, usable: Mask, noise: float = 0.0) -> Mask:
    """Pixels (h, w) far bluer and darker than the skin of the picture: pen, cloth, the rim of a card.

    The mean light about them must be so too, and in places as dark as the `noise` of usual skin's light, as a share of
    it, that of the whole: noise alone makes parts of a dark lesion that blue.
    """
    if not usable.any():
        return np.zeros_like(usable)
    blue, light = _blue(linear), linear[..., 1]
    skin_blue, skin_light = (float(np.median(_sample(each, usable))) for each in (blue, light))
    limit = min(skin_blue - value("ink_blue"), -0.1)
    mean = np.asarray(cv2.blur(linear, (SIDE, SIDE)), np.float32)
    sure = (np.maximum(_blue(mean), _blue(_evened(linear, usable, noise))) < limit) & (mean[..., 1] < skin_light)
    near = cv2.dilate(sure.astype(np.uint8), np.ones((SIDE, SIDE), np.uint8)) > 0
    return np.asarray(near & (blue < limit) & (light < skin_light) | sure)


def _evened(light: Map, usable: Mask, noise: float) -> Map:
    """Mean light (h, w, 3) about each pixel; where that is about as small as its `noise`, that of dark places about it.

    Noise does not fall with light: in a very dark lesion it gives single squares any colour, in all of it none. The
    darkest squares count most, so that the edge of a pen's stroke does not: by (1 - l / L)^2 with usual light L.
    """
    mean = np.asarray(cv2.blur(light, (SIDE, SIDE)), np.float32)
    level = mean[..., 1] / float(np.median(_sample(mean[..., 1], usable)))
    weight = np.maximum(1 - level, 0) ** 2
    about = np.maximum(cv2.blur(weight, (WIDE, WIDE)), 1e-6)
    whole = cv2.blur(light * weight[..., None], (WIDE, WIDE)) / about[..., None]
    return np.where((level < noise / value("dark_noise"))[..., None], whole, mean).astype(np.float32)


def _sample(values: Map, where: Mask) -> Map:
    """About 20 000 of the `values` (h, w) there."""
    return values[where][:: int(where.sum()) // 20_000 + 1]


def _blue(linear: Map) -> Map:
    """ln G/B (h, w)."""
    known = np.maximum(linear, LEAST)
    return np.asarray(np.log(known[..., 1] / known[..., 2]), np.float32)


def cloth(corrected: Map, valid: Mask, usable: Mask, noise: float = 0.0) -> Mask:
    """Places (h, w) that are grey or green when seen in daylight, which skin never is: cloth, paper, walls.

    A place is judged as a whole, by its median: the whitest lesions of people with little blood are nearly grey, and
    mottling takes parts of them over any limit for single pixels; so does `noise`, a share of the light of the `usable`
    skin (h, w), in places as dark as it. One that comes in from the edge of the picture must besides be `valid` (h, w),
    of a colour that skin has at its lightness, in most of its pixels.
    """
    red = _red(corrected)
    count, labels = _places(red < value("cloth_ratio"))
    at_edge = _at_edge(labels, count)
    evened = _red(_evened(corrected, usable, noise)) if usable.any() else red
    grey = np.where(at_edge, _medians(red, labels, count), _medians(evened, labels, count)) < value("cloth_sure")
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
