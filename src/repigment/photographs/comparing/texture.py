"""What of a photograph stays the same while its lesion changes: the relief of the skin, without its melanin."""

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value

Picture = NDArray[np.float32]
Mask = NDArray[np.bool_]


class Texture(NamedTuple):
    """Two pictures (h, w) of the fine structure, each of mean 0 and spread 1, and where they may be used (h, w).

    `relief` is free of melanin, `marks` is plain brightness, with moles and freckles. `scale` is pixels of these
    pictures per pixel of the photograph.
    """

    relief: Picture
    marks: Picture
    usable: Mask
    scale: float


def texture(linear: Picture, lesion: Mask | None = None, valid: Mask | None = None) -> Texture:
    """The fine structure of linear RGB (h, w, 3), reduced to `align_pixels`; `lesion` and `valid` are (h, w).

    The rim of the lesion is marked unusable: there lies what changes between visits.
    """
    rows, columns = linear.shape[:2]
    scale = min(1.0, float(np.sqrt(value("align_pixels") / (rows * columns))))
    size = (max(1, round(columns * scale)), max(1, round(rows * scale)))
    small = cv2.resize(np.ascontiguousarray(linear, np.float32), size, interpolation=cv2.INTER_AREA)
    inside = np.zeros(small.shape[:2], bool) if lesion is None else reduced(lesion, size)
    usable = np.ones(small.shape[:2], bool) if valid is None else reduced(valid, size)
    logs = np.log(np.clip(small, value("align_floor"), None))
    weights = without_melanin(_melanin(logs, inside & usable, usable))
    relief = _fine(logs @ weights.astype(np.float32))
    return Texture(relief, _fine(logs[..., 1]), usable & ~_rim(inside), scale)


def reduced(mask: Mask, size: tuple[int, int]) -> Mask:
    """A mask at another `size` (width, height): what covers at least half of a pixel there."""
    resized = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    return np.asarray(resized >= 0.5, bool)


def without_melanin(melanin: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights (3,) of log-RGB that keep shading whole and leave nothing of the direction `melanin` (3,).

    The shortest w with w . 1 = 1 and w . melanin = 0. A direction near to that of shading cannot be told from it; a
    little of it is then left, so that the noise is not blown up.

    >>> w = without_melanin(np.array([0.5, 0.8, 1.3]))
    >>> bool(abs(w.sum() - 1) < 0.05 and abs(w @ [0.5, 0.8, 1.3]) < 0.05)
    True
    """
    unit = melanin / np.linalg.norm(melanin)
    rules = np.stack([np.ones(3) / np.sqrt(3), unit])
    damped = rules @ rules.T + value("align_damping") * np.eye(2)
    weights: NDArray[np.float64] = rules.T @ np.linalg.solve(damped, np.array([1 / np.sqrt(3), 0.0]))
    return weights


def _melanin(logs: Picture, inside: Mask, usable: Mask) -> NDArray[np.float64]:
    """Direction (3,) of melanin in log-RGB: from this lesion and the skin around it, or what is usual.

    A difference of logarithms does not depend on exposure and white balance.
    """
    usual = np.array([value(f"align_melanin.{channel}") for channel in "RGB"])
    around = grown(inside, 2 * _rim_width(inside.shape)) & ~grown(inside, _rim_width(inside.shape)) & usable
    if min(inside.sum(), around.sum()) < value("align_least_pixels"):
        return usual
    seen = np.abs(np.median(logs[around], axis=0) - np.median(logs[inside], axis=0)).astype(float)
    unit = seen / max(float(np.linalg.norm(seen)), 1e-9)
    alike = float(unit @ usual) / float(np.linalg.norm(usual))
    plain = np.linalg.norm(seen) < value("align_least_contrast") or alike < value("align_least_cosine")
    return usual if plain else unit


def _fine(channel: Picture) -> Picture:
    """Band between fine noise and slow shading, with the same strength everywhere."""
    fine, coarse = value("align_fine"), value("align_coarse") * float(np.hypot(*channel.shape))
    band = cv2.GaussianBlur(channel, (0, 0), fine) - cv2.GaussianBlur(channel, (0, 0), coarse)
    power = cv2.GaussianBlur(band * band, (0, 0), 2 * coarse)
    floor = 0.25 * float(np.mean(power)) + 1e-9
    return np.asarray(np.clip(band / np.sqrt(power + floor), -4, 4), np.float32)


def _rim_width(shape: tuple[int, ...]) -> float:
    return value("align_rim") * float(np.hypot(shape[0], shape[1]))


def grown(mask: Mask, width: float) -> Mask:
    """A mask (h, w) and all within `width` px of it.

    >>> int(grown(np.eye(5, dtype=bool)[:, :1] @ np.ones((1, 5), bool), 1).sum())
    10
    """
    if not mask.any():
        return mask
    return np.asarray(cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 3) <= width, bool)


def _rim(inside: Mask) -> Mask:
    """What lies within the width of a rim from the lesion's edge, on either side."""
    width = _rim_width(inside.shape)
    return grown(inside, width) & grown(~inside, width)
