"""How one lesion is traced: its middle told from what lies inside, its edge where melanin is half way."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.photographs.skin.edges import contours, coverage, steepness
from repigment.photographs.skin.half_way import HalfWay

Floats = NDArray[np.float64]
Map = NDArray[np.float32]
Mask = NDArray[np.bool_]
ROUNDS = 3  # of middle and edge, each of which is told from the other


@dataclass(frozen=True)
class Limits:
    """From which contrast on a place belongs to a lesion (`low`) and is surely one (`high`), and of how many pixels.

    `even` px is the SD of the Gaussian under which middles are told.
    """

    low: float
    high: float
    least: float
    even: float

    @property
    def texture(self) -> float:
        """SD of the contrast of own skin that `high` stands for."""
        return self.high / value("outline_high")


@dataclass(frozen=True, eq=False)
class Trace:
    """An outline in a contrast map (h, w): `cover` (h, w), `contours` in its pixels, `middle`, `spread` of the area."""

    cover: Map
    contours: tuple[Floats, ...]
    middle: float
    spread: float

    @property
    def mask(self) -> Mask:
        """Pixels (h, w) more than half of which it covers."""
        return self.cover > 0.5


def trace(contrast: Map, part: Mask, limits: Limits, half_way: HalfWay) -> Trace:
    """The outline of what holds `part` (h, w) in the `contrast` (h, w) to own skin."""
    inside = part
    for _ in range(ROUNDS):
        middle = middle_of(contrast, inside, limits.even)
        level = middle * half_way.plain(middle)
        inside = holding(contrast > level, part)
    radius = perimeter(contrast, inside, level) / (2 * np.pi)
    edge = half_way.smoothed(middle, radius, steepness(contrast, inside) / middle)
    level = middle * edge.share

    def at(level: float) -> tuple[Mask, Map]:
        mask = without_streaks(filled(holding(contrast > level, part), limits.least))
        return mask, coverage(contrast, mask, level)

    mask, cover = at(level)
    shift = float(np.linalg.norm([value("outline_shift"), limits.texture / middle, edge.error / edge.share]))
    areas = [float(at(level * step)[1].sum()) for step in (1 - shift, 1 + shift)]
    spread = abs(areas[0] - areas[1]) / 2 / max(float(cover.sum()), 1.0)
    return Trace(cover, contours(contrast, mask, level), middle, spread)


def perimeter(contrast: Map, mask: Mask, level: float) -> float:
    """Length in px of the longest edge of the `mask` (h, w), where the `contrast` (h, w) is `level`."""
    lines = contours(contrast, mask, level)
    closed = [np.vstack([line, line[:1]]) for line in lines]
    return max((float(np.hypot(*np.diff(line, axis=0).T).sum()) for line in closed), default=1.0)


def middle_of(contrast: Map, mask: Mask, even: float) -> float:
    """What stands for the middle of a lesion: a high quantile of its contrast, above half of its highest.

    Of the contrast under a Gaussian of `even` px that sees the `mask` alone: a high quantile of noise and mottling is
    too high.
    """
    share = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), even)[mask]
    inside = cv2.GaussianBlur(np.where(mask, contrast, 0).astype(np.float32), (0, 0), even)[mask] / share
    highest = np.quantile(inside, value("outline_highest"))
    return float(np.quantile(inside[inside >= value("outline_inside") * highest], value("outline_middle")))


def holding(above: Mask, part: Mask) -> Mask:
    """The connected piece of `above` that shares most with `part`."""
    _, labels = cv2.connectedComponents(above.astype(np.uint8), connectivity=4)
    shared = np.bincount(labels[part & above], minlength=2)
    shared[0] = 0
    return labels == int(shared.argmax()) if shared.max() else part


def without_streaks(mask: Mask) -> Mask:
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


def filled(mask: Mask, least: float) -> Mask:
    """The mask without holes smaller than the least lesion or than `hole_share` of it."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats((~mask).astype(np.uint8), connectivity=8)
    cut = max(least, value("hole_share") * mask.sum())
    small = np.flatnonzero(stats[:, cv2.CC_STAT_AREA] < cut)
    return mask | np.isin(labels, small)
