"""A ruler with millimetre marks in a photograph: the scale that it gives, and where it lies."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.photographs.lengths.ruler_marks import Marks, rows
from repigment.photographs.lengths.scale import Scale

Floats = NDArray[np.float64]
Single = NDArray[np.float32]
PERIODS = range(2, 10)  # of longer marks that are tried: inches have 2, 4 and 8, millimetres 5
REMEDY = "show the whole millimetre edge of it, sharp and without shine, or mark a length: --scale x1,y1,x2,y2,mm"


@dataclass(frozen=True, eq=False)
class Ruler:
    """The `scale` of its plane, and the pixels (h, w) that it covers."""

    scale: Scale
    covered: NDArray[np.bool_]


def find(linear: Single) -> Ruler:
    """The ruler in a picture (h, w, 3) of linear light.

    RepigmentError where none with millimetre marks is found, or where the marks of two disagree.
    """
    root = np.asarray(np.sqrt(np.maximum(linear, 0)).mean(axis=2), np.float32)
    wide = 2 * round(value("ruler_around") * max(root.shape) / 2) + 1
    even = np.asarray(root / np.maximum(cv2.blur(root, (wide, wide)), value("card_floor")), np.float32)
    found = _single([marks for marks in rows(even) if _in_millimetres(even, marks)])
    if not found:
        raise RepigmentError(
            "no ruler with a mark each millimetre and a longer one each five was found",
            where="--scale ruler",
            remedy=REMEDY,
        )
    best = max(found, key=lambda marks: len(marks.points))
    for other in found:
        if abs(np.log(other.pitch / best.pitch)) > value("ruler_disagreement"):
            told = f"{1 / best.pitch:.3g} and {1 / other.pitch:.3g} mm a pixel"
            raise RepigmentError(f"marks of rulers disagree: {told}", where="--scale ruler", remedy=REMEDY)
    return Ruler(_scale(best), _covered(root, best))


def _single(found: list[Marks]) -> list[Marks]:
    """Rows without those that are but every second or third mark of another one."""
    kept: list[Marks] = []
    for marks in sorted(found, key=lambda marks: marks.pitch):
        finer = [fine for fine in kept if fine.pitch < (1 - value("ruler_disagreement")) * marks.pitch]
        if not any(_among(marks, fine) for fine in finer):
            kept.append(marks)
    return kept


def _among(marks: Marks, fine: Marks) -> bool:
    """Whether most marks of a row are those of a finer one."""
    off = marks.points[:, None] - fine.points
    same = np.abs(off @ fine.along) < value("ruler_near") * fine.pitch
    same &= np.abs(off @ fine.across) < value("ruler_reach") * fine.pitch
    return bool(np.mean(same.any(axis=1)) >= value("ruler_seen"))


def _in_millimetres(root: Single, marks: Marks) -> bool:
    """Whether there are enough marks, none of them missing or too many, and each fifth is longer, as of millimetres."""
    count = int(np.ptp(marks.numbers)) + 1
    if count < value("ruler_least") or len(marks.points) < value("ruler_seen") * count:
        return False
    lengths = _lengths(root, marks)
    explained = {period: _explained(lengths, period) for period in PERIODS}
    return max(explained, key=explained.__getitem__) == 5 and explained[5] > value("ruler_fifths")


def _explained(lengths: Floats, period: int) -> float:
    """Share of the variance of lengths (n,) that one longer mark each `period` explains, best placed."""
    total = float(((lengths - lengths.mean()) ** 2).sum())
    best = 0.0
    for first in range(min(period, len(lengths) - period)):
        long = np.arange(len(lengths)) % period == first
        gain = lengths[long].mean() - lengths[~long].mean()
        if gain > 0:
            best = max(best, gain**2 * long.sum() * (~long).sum() / len(lengths) / max(total, 1e-9))
    return best


def _lengths(root: Single, marks: Marks) -> Floats:
    """How far each mm's mark reaches, in pitches: where it differs from the paper beside it, seen straight."""
    strip = _straight(root, marks, value("ruler_reach"))
    between = (strip[:, :-1:2] + strip[:, 2::2]) / 2
    contrast = np.abs(strip[:, 1::2] - between)
    return np.asarray((contrast > np.quantile(contrast, 0.95) / 2).sum(axis=0) / marks.pitch, float)


def _straight(root: Single, marks: Marks, reach: float) -> Single:
    """Light (v, 2 n + 1) along marks and along the paper between them, by turns, `reach` pitches to either side."""
    numbers = np.arange(marks.numbers.min() - 0.5, marks.numbers.max() + 0.75, 0.5)
    below = np.arange(-reach * marks.pitch, reach * marks.pitch + 1)[:, None, None] * marks.down
    spread = marks.origin + marks.at(numbers)[None, :, None] * marks.along + below
    x, y = (np.ascontiguousarray(spread[..., each], np.float32) for each in (0, 1))
    seen = cv2.remap(root, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return np.asarray(seen, np.float32)


def _covered(root: Single, marks: Marks) -> NDArray[np.bool_]:
    """Pixels (h, w) of the ruler: as far beside the marks as its paper is alike, and a little beyond the outer ones."""
    paper = np.median(_straight(root, marks, value("ruler_widest"))[:, ::2], axis=1)
    middle = len(paper) // 2
    alike = np.abs(paper / max(float(paper[middle]), 1e-3) - 1) < value("ruler_paper_alike")
    ends = [np.argmin(np.append(side, False)) for side in (alike[middle::-1], alike[middle:])]
    more = value("ruler_beyond")
    along = marks.at(np.array([marks.numbers.min() - more, marks.numbers.max() + more]))
    sides = np.array([-ends[0], ends[1]]) + marks.pitch * np.array([-1, 1])
    corners = [
        marks.origin + u * marks.along + v * marks.down
        for u, v in zip(along[[0, 1, 1, 0]], sides[[0, 0, 1, 1]], strict=True)
    ]
    return cv2.fillConvexPoly(np.zeros(root.shape, np.uint8), np.round(corners).astype(np.int32), 1) > 0


def _scale(marks: Marks) -> Scale:
    """From pixels to mm: along the ruler as its marks lie, across as in its middle."""
    a, b, c = marks.fit
    along, across, origin = marks.along, marks.across, marks.origin
    frame = np.array([[*along, -origin @ along], [*across, -origin @ across], [0, 0, 1]])
    depth = a - c * float(marks.at(np.array(marks.middle)))
    upright = np.array([[1, 0, -b], [0, (a - b * c) / depth, 0], [-c, 0, a]])
    error = float(np.hypot(value("ruler_scale_error"), marks.error))
    return Scale(upright @ frame, error, f"ruler, {len(marks.points)} marks")
