"""Thin straight strokes of a picture, darker or lighter than what they lie on: marks of a ruler, hairs, writing."""

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value

Single = NDArray[np.float32]
Floats = NDArray[np.float64]
WINDOWS = 12  # directions, each with its neighbours, in which strokes are looked for
WIDTH = 1.2  # px, of the Gaussian under which crests are looked for


class Strokes(NamedTuple):
    """Strokes that run in about the same direction: `middles` (n, 2) in px, `angles` (n,) of each, and where they end.

    `low` and `high` (n,) are in px along `direction` (2,).
    """

    middles: Floats
    angles: Floats
    low: Floats
    high: Floats
    direction: Floats

    def of(self, which: NDArray[np.intp]) -> "Strokes":
        """Some of them."""
        return Strokes(self.middles[which], self.angles[which], self.low[which], self.high[which], self.direction)


def strokes(grey: Single, *, dark: bool = True) -> Iterator[Strokes]:
    """The strokes of a picture (h, w), by direction; each is in two of them, so that none falls between."""
    strength, normal = _crests(grey if dark else -grey)
    usual = float(np.median(strength[strength > 0])) if strength.any() else 0.0
    clear = strength > max(value("ruler_stroke_least"), value("ruler_stroke_noise") * usual)
    for window in range(WINDOWS):
        middle = np.pi * window / WINDOWS
        off = (normal - middle + np.pi / 2) % np.pi - np.pi / 2
        seen = clear & (np.abs(off) < np.pi / WINDOWS)
        found = _joined(seen, np.array([-np.sin(middle), np.cos(middle)]))
        if found is not None:
            yield found


def _crests(grey: Single) -> tuple[Single, Single]:
    """Second derivative (h, w) across dark lines where it is a crest, else 0, and the angle (h, w) of their normals."""
    smooth = cv2.GaussianBlur(grey, (0, 0), WIDTH)
    xx, yy, xy = (cv2.Sobel(smooth, cv2.CV_32F, *order, ksize=3) for order in ((2, 0), (0, 2), (1, 1)))
    half, gap = (xx + yy) / 2, cv2.magnitude((xx - yy) / 2, xy)
    strength = np.where(np.abs(half - gap) < 0.5 * (half + gap), half + gap, 0).astype(np.float32)
    normal = (0.5 * np.arctan2(2 * xy, xx - yy)).astype(np.float32)
    rows, columns = (each.astype(np.float32) for each in np.indices(grey.shape))
    x, y = np.cos(normal), np.sin(normal)
    for side in (-1, 1):
        beside = cv2.remap(half + gap, columns + side * x, rows + side * y, cv2.INTER_LINEAR)
        strength[strength < beside] = 0
    return strength, normal


def _joined(seen: NDArray[np.bool_], direction: Floats) -> Strokes | None:
    """Pixels that touch, as strokes; None where there are none."""
    count, labels, stats, centres = cv2.connectedComponentsWithStats(seen.astype(np.uint8), connectivity=8)
    y, x = np.nonzero(labels)
    if not len(y):
        return None
    label, middles = np.asarray(labels[y, x], np.intp), np.asarray(centres, float)
    along = x * direction[0] + y * direction[1]
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(low, label, along)
    np.maximum.at(high, label, along)
    long = np.flatnonzero(high - low >= value("ruler_stroke_length"))
    long = long[np.argsort(-stats[long, cv2.CC_STAT_AREA], kind="stable")][: int(value("ruler_strokes_most"))]
    if not len(long):
        return None
    off = np.stack([x, y], axis=1) - middles[label]
    xx, yy, xy = (np.bincount(label, each, count) for each in (off[:, 0] ** 2, off[:, 1] ** 2, off[:, 0] * off[:, 1]))
    angles = 0.5 * np.arctan2(2 * xy, xx - yy)
    return Strokes(middles[long], angles[long], low[long], high[long], direction)
