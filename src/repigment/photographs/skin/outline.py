"""Where a lesion is: lighter or darker than own skin, its edge half way between that skin and its middle."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.photographs.skin.edges import contours, coverage, steepness
from repigment.photographs.skin.half_way import HalfWay
from repigment.photographs.skin.not_skin import hidden
from repigment.photographs.skin.own_skin import ROBUST, OwnSkin

Floats = NDArray[np.float64]
Map = NDArray[np.float32]
Mask = NDArray[np.bool_]
Direction = Literal["lighter", "darker"]


@dataclass(frozen=True, eq=False)
class Lesion:
    """One lesion: `cover` (h, w) the share of each pixel that it covers, `contours` its edges (n, 2) in pixels.

    `middle` is its contrast to own skin in melanin index (above zero), `spread` the relative SD of its area by where
    the edge is drawn and what is `hidden` of it (share of its area), `darker` whether it is darker than own skin. It is
    `doubtful` where it stands out no more than the texture of own skin may: its area is then anything down to none.
    """

    cover: Map
    contours: tuple[Floats, ...]
    middle: float
    spread: float
    darker: bool = True
    hidden: float = 0.0
    doubtful: bool = False

    @property
    def mask(self) -> Mask:
        """Pixels (h, w) more than half of which it covers."""
        return self.cover > 0.5

    @property
    def cut(self) -> bool:
        """Whether it goes on beyond the edge of the picture."""
        inside = self.mask
        return bool(inside[0].any() or inside[-1].any() or inside[:, 0].any() or inside[:, -1].any())


Allowed = Callable[[Lesion], bool]
PLAIN = HalfWay()
ANY = 1 / np.sqrt(3)  # SD of what may be anything from nothing to twice of it alike


class Found(NamedTuple):
    """On which side of own skin lesions lie, they themselves, clear ones of the other side, and `faintest`.

    That is the least contrast to own skin, in melanin index, that noise and texture of the picture let be told.
    """

    direction: Direction
    lesions: list[Lesion]
    others: list[Lesion]
    faintest: float


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
    fine = _without_hair(contrast, max(index.shape))
    coarse = np.asarray(cv2.GaussianBlur(fine, (0, 0), value("outline_scale") * max(index.shape)), np.float32)
    own_places = own.mask & (np.abs(coarse) < 3 * own.spread)
    texture = ROBUST * float(np.median(np.abs(coarse[own_places]))) if own_places.any() else own.spread
    sides: tuple[Direction, ...] = ("darker", "lighter")
    high = max(value("outline_high") * texture, value("outline_least"))
    low = max(value("outline_low") * texture, value("outline_least") / 2)
    found = {each: _lesions(each, fine, coarse, usable, (low, high), half_way) for each in sides}
    found = {
        each: [replace(lesion, darker=each == "darker") for lesion in found[each] if allowed(lesion)] for each in sides
    }
    heavier = max(sides, key=lambda each: sum(_mass(lesion, index.shape) for lesion in found[each]))
    chosen: Direction = heavier if direction is None else direction
    rest = found["lighter" if chosen == "darker" else "darker"]
    return Found(chosen, found[chosen], _clear(rest, found[chosen], index.shape), high)


def _clear(rest: list[Lesion], chosen: list[Lesion], shape: tuple[int, ...]) -> list[Lesion]:
    """Those of the `rest` that stand out about as much as what was chosen does."""
    share = value("lesion_other")
    most = max((_mass(lesion, shape) for lesion in chosen), default=0.0)
    middle = max((lesion.middle for lesion in chosen), default=0.0)
    return [each for each in rest if each.middle >= share * middle and _mass(each, shape) >= share * most]


def _mass(lesion: Lesion, shape: tuple[int, ...]) -> float:
    """How much a lesion stands out: area times contrast, those in the middle of the picture counting more."""
    rows, columns = np.nonzero(lesion.mask)
    x, y = 2 * columns / shape[1] - 1, 2 * rows / shape[0] - 1
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


def _lesions(
    direction: Direction, fine: Map, coarse: Map, usable: Mask, limits: tuple[float, float], half_way: HalfWay
) -> list[Lesion]:
    """By hysteresis on the coarse map: what is above the low of the `limits` and somewhere the high; fine edges."""
    if direction == "lighter":
        fine, coarse = -fine, -coarse

    half_way = replace(half_way, darker=direction == "darker", blur=np.sqrt(2) * _blur(max(fine.shape)))
    low, high = limits
    even = value("outline_scale") * max(fine.shape)
    count, labels, stats, _ = cv2.connectedComponentsWithStats((coarse > low).astype(np.uint8), connectivity=4)
    least = value("outline_smallest") * fine.size
    peaks = np.zeros(count, np.float32)
    np.maximum.at(peaks, np.asarray(labels, np.intp).ravel(), coarse.ravel())
    found: list[Lesion] = []
    taken = np.zeros(fine.shape, bool)
    for label in np.argsort(-stats[:, cv2.CC_STAT_AREA]):
        if label == 0 or stats[label, cv2.CC_STAT_AREA] < least or peaks[label] < high:
            continue
        here = _around(stats[label], fine.shape)
        for part in _within(fine[here], labels[here] == label, high, least, half_way, even):
            if not (taken[here] & part.mask).any() and _plausible(part.mask, usable[here], max(fine.shape)):
                taken[here] |= part.mask
                found.append(_put_back(_unsure(part, usable[here]), here, fine.shape))
    return _outstanding(found, fine.shape)


def _unsure(lesion: Lesion, usable: Mask) -> Lesion:
    """The lesion with a spread that holds what may be of it where nothing is seen: from none to all of that alike."""
    more = hidden(lesion.mask, usable)
    return replace(lesion, spread=float(np.hypot(lesion.spread, ANY * more)), hidden=more)


def _around(box: NDArray[np.int32], shape: tuple[int, ...]) -> tuple[slice, slice]:
    """Rows and columns of a region and of what lies near it."""
    left, top, width, height = (int(each) for each in box[:4])
    pad = round(value("outline_pad") * max(shape))
    return slice(max(0, top - pad), top + height + pad), slice(max(0, left - pad), left + width + pad)


def _put_back(lesion: Lesion, here: tuple[slice, slice], shape: tuple[int, ...]) -> Lesion:
    cover = np.zeros(shape, np.float32)
    cover[here] = lesion.cover
    corner = np.array([here[1].start, here[0].start], float)
    return replace(lesion, cover=cover, contours=tuple(line + corner for line in lesion.contours))


def _outstanding(found: list[Lesion], shape: tuple[int, ...]) -> list[Lesion]:
    """Lesions whose contrast is not far below that of the one that stands out most, largest first."""
    if not found:
        return []
    main = max(found, key=lambda lesion: _mass(lesion, shape))
    size = value("lesion_cut_off") * float(main.cover.sum())
    kept = [
        lesion
        for lesion in found
        if lesion.middle >= value("lesion_fainter") * main.middle and (lesion.cover.sum() > size or not lesion.cut)
    ]
    return sorted(kept, key=lambda lesion: -float(lesion.cover.sum()))[: int(value("lesions_most"))]


def _within(contrast: Map, region: Mask, high: float, least: float, half_way: HalfWay, even: float) -> list[Lesion]:
    """Lesions in a region: one for each piece of it that lies above half of the region's own middle.

    What hangs on to a lesion may lower that middle so far that it is no more than texture: then that of its core is
    taken. A lesion whose own middle is far below `high` is texture, unless it has such a core.
    """
    enough = value("lesion_enough") * high
    middle = _middle(contrast, region, even)
    core = region & (cv2.GaussianBlur(contrast, (0, 0), even) > high)
    if middle < enough:
        if core.sum() < least:
            return []
        middle = _middle(contrast, core, even)
    grown = cv2.dilate(region.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    pieces = (grown & (contrast > middle * half_way.plain(middle))).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(pieces, connectivity=4)
    whole = [label for label in range(1, count) if stats[label, cv2.CC_STAT_AREA] >= least]
    lesions = [_lesion(contrast, labels == label, high, least, half_way, even) for label in whole]
    return [lesion for lesion in lesions if lesion.middle >= enough or (core & lesion.mask).sum() >= least]


def _middle(contrast: Map, mask: Mask, even: float) -> float:
    """What stands for the middle of a lesion: a high quantile of its contrast, above half of its highest.

    Of the contrast under a Gaussian of `even` px that sees the `mask` alone: a high quantile of noise and mottling is
    too high.
    """
    share = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), even)[mask]
    inside = cv2.GaussianBlur(np.where(mask, contrast, 0).astype(np.float32), (0, 0), even)[mask] / share
    return float(np.quantile(inside[inside >= 0.4 * np.quantile(inside, 0.95)], value("outline_middle")))


def _lesion(contrast: Map, part: Mask, high: float, least: float, half_way: HalfWay, even: float) -> Lesion:
    """The lesion that holds `part`: its middle told from what lies inside, its edge at half of that."""
    inside = part
    for _ in range(3):
        middle = _middle(contrast, inside, even)
        inside = _holding(contrast > middle * half_way.plain(middle), part)
    radius = float(np.sqrt(inside.sum() / np.pi))
    level = middle * half_way.smoothed(middle, radius, steepness(contrast, inside) / middle)

    def at(level: float) -> tuple[Mask, Map]:
        mask = _without_streaks(_filled(_holding(contrast > level, part), least))
        return mask, coverage(contrast, mask, level)

    mask, cover = at(level)
    shift = float(np.hypot(value("outline_shift"), high / value("outline_high") / middle))
    areas = [float(at(level * step)[1].sum()) for step in (1 - shift, 1 + shift)]
    spread = abs(areas[0] - areas[1]) / 2 / max(float(cover.sum()), 1.0)
    doubtful = middle < high
    spread = float(np.hypot(spread, ANY)) if doubtful else spread
    return Lesion(cover, contours(contrast, mask, level), middle, spread, doubtful=doubtful)


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


def _holding(above: Mask, part: Mask) -> Mask:
    """The connected piece of `above` that shares most with `part`."""
    _, labels = cv2.connectedComponents(above.astype(np.uint8), connectivity=4)
    shared = np.bincount(labels[part & above], minlength=2)
    shared[0] = 0
    return labels == int(shared.argmax()) if shared.max() else part


def _without_streaks(mask: Mask) -> Mask:
    """The largest piece of the mask that is left without what is thin against it."""
    width = 2 * round(value("streak_width") * float(np.sqrt(mask.sum()))) + 1
    if width < 3:
        return mask
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (width, width))
    padded = cv2.copyMakeBorder(mask.astype(np.uint8), width, width, width, width, cv2.BORDER_REPLICATE)
    opened = cv2.morphologyEx(padded, cv2.MORPH_OPEN, disc)[width:-width, width:-width]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(opened, connectivity=4)
    if count < 2:
        return mask
    return labels == 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))


def _filled(mask: Mask, least: float) -> Mask:
    """The mask without holes smaller than the least lesion or than `hole_share` of it."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats((~mask).astype(np.uint8), connectivity=8)
    cut = max(least, value("hole_share") * mask.sum())
    small = np.flatnonzero(stats[:, cv2.CC_STAT_AREA] < cut)
    return mask | np.isin(labels, small)
