"""Where lesions are: lighter or darker than own skin, their edges half way between that skin and their middles."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.photographs.skin.half_way import HalfWay
from repigment.photographs.skin.lesion import Lesion, Place
from repigment.photographs.skin.not_skin import hidden
from repigment.photographs.skin.own_skin import ROBUST, OwnSkin
from repigment.photographs.skin.trace import Limits, Trace, middle_of, trace

Map = NDArray[np.float32]
Mask = NDArray[np.bool_]
Direction = Literal["lighter", "darker"]
SIDES: tuple[Direction, ...] = ("darker", "lighter")
Allowed = Callable[[Lesion], bool]
PLAIN = HalfWay()
ANY = 1 / np.sqrt(3)  # SD of what may be anything from nothing to twice of it alike


class Found(NamedTuple):
    """On which side of own skin lesions lie, they themselves, clear ones of the other side, and `faintest`.

    That is the least contrast to own skin, in melanin index, that noise and texture of the picture let be told. `more`
    says that there are more lesions than are outlined.
    """

    direction: Direction
    lesions: list[Lesion]
    others: list[Lesion]
    faintest: float
    more: bool = False


def find(
    index: Map,
    own: OwnSkin,
    usable: Mask,
    direction: Direction | None = None,
    half_way: HalfWay = PLAIN,
    allowed: Allowed = lambda lesion: True,
) -> Found:
    """Which side of own skin lesions lie on, stated or the stronger one, those lesions, and clear ones of the other.

    Lesions are sorted by size, largest first. One of the other side is clear if it stands out at least
    `lesion_other` times as much, in contrast and in all, as the strongest one.

    `index` (h, w) is the melanin index, or darkness where colour is not known; `usable` (h, w) where there is skin.
    `half_way` tells at which share of a lesion's contrast in the index it has half of its contrast in melanin;
    `allowed` says whether something found can be a lesion.
    """
    contrast = np.where(usable, index - own.surface, 0).astype(np.float32)
    side = max(index.shape)
    fine, even = _without_hair(contrast, side), value("outline_scale") * side
    coarse = np.asarray(cv2.GaussianBlur(fine, (0, 0), even), np.float32)
    limits = _limits(coarse, own, even)
    found, more = {}, {}
    for each in SIDES:
        sign = 1 if each == "darker" else -1
        seen_from = replace(half_way, darker=each == "darker", blur=np.sqrt(2) * _blur(side))
        lesions = list(_lesions(sign * fine, sign * coarse, usable, limits, seen_from))
        more[each] = len(lesions) > value("lesions_most")
        found[each] = _outstanding([lesion for lesion in lesions if allowed(lesion)])
    heavier = max(SIDES, key=lambda each: sum(_mass(lesion) for lesion in found[each]))
    chosen: Direction = heavier if direction is None else direction
    rest = found["lighter" if chosen == "darker" else "darker"]
    return Found(chosen, found[chosen], _clear(rest, found[chosen]), limits.high, more[chosen])


def _limits(coarse: Map, own: OwnSkin, even: float) -> Limits:
    """Limits of the `coarse` contrast (h, w) in robust SDs of its texture in own skin."""
    own_places = own.mask & (np.abs(coarse) < 3 * own.spread)
    texture = ROBUST * float(np.median(np.abs(coarse[own_places]))) if own_places.any() else own.spread
    high = max(value("outline_high") * texture, value("outline_least"))
    low = max(value("outline_low") * texture, value("outline_least") / 2)
    return Limits(low, high, value("outline_smallest") * coarse.size, even)


def _clear(rest: list[Lesion], chosen: list[Lesion]) -> list[Lesion]:
    """Those of the `rest` that stand out about as much as what was chosen does."""
    share = value("lesion_other")
    most = max((_mass(lesion) for lesion in chosen), default=0.0)
    middle = max((lesion.middle for lesion in chosen), default=0.0)
    return [each for each in rest if each.middle >= share * middle and _mass(each) >= share * most]


def _mass(lesion: Lesion) -> float:
    """How much a lesion stands out: area times contrast, those in the middle of the picture counting more."""
    rows, columns = np.nonzero(lesion.mask)
    height, width = lesion.shape
    x, y = 2 * (columns + lesion.here[1].start) / width - 1, 2 * (rows + lesion.here[0].start) / height - 1
    return float(np.exp(-3 * (x**2 + y**2)).sum()) * lesion.middle


def _without_hair(contrast: Map, side: int) -> Map:
    """The contrast without thin lines, dark or light, and small shine; smoothed."""
    width = max(3, 2 * round(value("hair_width") * side / 2) + 1)
    blur = _blur(side)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    closed = cv2.morphologyEx(cv2.GaussianBlur(contrast, (0, 0), blur), cv2.MORPH_CLOSE, disc)
    opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, disc)
    return np.asarray(cv2.GaussianBlur(opened, (0, 0), blur), np.float32)


def _blur(side: int) -> float:
    """SD in px of each of the two smoothings of the contrast."""
    return max(0.5, value("outline_blur") * side)


def _lesions(fine: Map, coarse: Map, usable: Mask, limits: Limits, half_way: HalfWay) -> Iterator[Lesion]:
    """By hysteresis on the coarse map: what is above the low of the `limits` and somewhere the high; fine edges.

    The largest regions come first; no more than one lesion above `lesions_most`.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats((coarse > limits.low).astype(np.uint8), connectivity=4)
    peaks = np.zeros(count, np.float32)
    np.maximum.at(peaks, np.asarray(labels, np.intp).ravel(), coarse.ravel())
    taken, left = np.zeros(fine.shape, bool), int(value("lesions_most")) + 1
    for label in np.argsort(-stats[:, cv2.CC_STAT_AREA]):
        if label == 0 or stats[label, cv2.CC_STAT_AREA] < limits.least or peaks[label] < limits.high:
            continue
        here = _around(stats[label], fine.shape)
        for found, place in _within(fine[here], labels[here] == label, limits, half_way):
            lesion = _placed(found, _inner(here, place), usable, limits, half_way.darker)
            if lesion.of(taken).any() or not _plausible(lesion.mask, usable[lesion.here], max(fine.shape)):
                continue
            lesion.add_to(taken)
            yield lesion
            if (left := left - 1) == 0:
                return


def _placed(found: Trace, here: Place, usable: Mask, limits: Limits, darker: bool) -> Lesion:
    """A lesion where it was traced, with a spread that holds what may be of it where nothing is seen.

    That is from none to all of what is hidden alike, and of a doubtful one from none to all of it.
    """
    more, doubtful = hidden(found.mask, usable[here]), found.middle < limits.high
    spread = float(np.linalg.norm([found.spread, ANY * more, ANY * doubtful]))
    corner = np.array([here[1].start, here[0].start], float)
    lines = tuple(line + corner for line in found.contours)
    return Lesion(found.cover, lines, found.middle, spread, here, usable.shape, darker, more, doubtful)


def _around(box: NDArray[np.int32], shape: tuple[int, ...]) -> Place:
    """Rows and columns of a region and of what lies near it, within a picture of `shape`."""
    left, top, width, height = (int(each) for each in box[:4])
    pad = round(value("outline_pad") * max(shape))
    rows = slice(max(0, top - pad), min(top + height + pad, shape[0]))
    return rows, slice(max(0, left - pad), min(left + width + pad, shape[1]))


def _inner(here: Place, place: Place) -> Place:
    """Rows and columns of a `place` within `here`, in the picture."""
    rows, columns = (slice(a.start + b.start, a.start + b.stop) for a, b in zip(here, place, strict=True))
    return rows, columns


def _outstanding(found: list[Lesion]) -> list[Lesion]:
    """Lesions whose contrast is not far below that of the one that stands out most, largest first."""
    if not found:
        return []
    main = max(found, key=_mass)
    size = value("lesion_cut_off") * main.area
    kept = [
        lesion
        for lesion in found
        if lesion.middle >= value("lesion_fainter") * main.middle and (lesion.area > size or not lesion.cut)
    ]
    return sorted(kept, key=lambda lesion: -lesion.area)


def _within(contrast: Map, region: Mask, limits: Limits, half_way: HalfWay) -> Iterator[tuple[Trace, Place]]:
    """Lesions in a region, and where: one for each piece of it that lies above half of the region's own middle.

    What hangs on to a lesion may lower that middle so far that it is no more than texture: then that of its core is
    taken. A lesion whose own middle is far below `high` is texture, unless it has such a core.
    """
    enough = value("lesion_enough") * limits.high
    middle = middle_of(contrast, region, limits.even)
    core = region & (cv2.GaussianBlur(contrast, (0, 0), limits.even) > limits.high)
    if middle < enough:
        if core.sum() < limits.least:
            return
        middle = middle_of(contrast, core, limits.even)
    grown = cv2.dilate(region.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    pieces = (grown & (contrast > middle * half_way.plain(middle))).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(pieces, connectivity=4)
    for label in range(1, count):
        if stats[label, cv2.CC_STAT_AREA] < limits.least:
            continue
        found, place = _traced(contrast, labels == label, stats[label], limits, half_way)
        if found.middle >= enough or (core[place] & found.mask).sum() >= limits.least:
            yield found, place


def _traced(
    contrast: Map, part: Mask, box: NDArray[np.int32], limits: Limits, half_way: HalfWay
) -> tuple[Trace, Place]:
    """The outline of what holds `part` (h, w), and where: near its `box`, or in all of the map if it goes on there."""
    place = _around(box, contrast.shape)
    found = trace(contrast[place], part[place], limits, half_way)
    inside, (height, width) = found.mask, contrast.shape
    leaves = (
        (place[0].start > 0 and inside[0].any())
        or (place[1].start > 0 and inside[:, 0].any())
        or (place[0].stop < height and inside[-1].any())
        or (place[1].stop < width and inside[:, -1].any())
    )
    if not leaves:
        return found, place
    return trace(contrast, part, limits, half_way), (slice(0, height), slice(0, width))


def _plausible(mask: Mask, usable: Mask, side: int) -> bool:
    """Whether it can be a lesion: no thread of hair, no shine or shade at what cannot be used."""
    outlines, _ = cv2.findContours(mask.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outer = max(outlines, key=cv2.contourArea)
    hull = max(cv2.contourArea(cv2.convexHull(outer)), 1.0)
    thick = 2 * np.count_nonzero(mask) / max(cv2.arcLength(outer, True), 1.0)
    solid = cv2.contourArea(outer) / hull
    if thick < value("lesion_thickness") * side or solid < value("lesion_solidity"):
        return False
    ring = (cv2.dilate(mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0) & ~mask
    return float((~usable)[ring | mask].mean()) < value("lesion_unusable")
