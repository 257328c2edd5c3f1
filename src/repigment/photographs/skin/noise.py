"""How noisy the colours of a photograph are, and how far light must be evened out for pigments to be told from it."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.photographs.skin.sharpness import MAD

Map = NDArray[np.float32]
SCALES = (0.0, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)  # px, SDs of the smoothing that are tried
BESIDE = 4.0  # px, least SD of the mean that a pixel is held against
ENOUGH = 400_000  # pixels of which noise is told: rows are left out of larger pictures
LEAST = 1e-3  # light below which nothing is told


def relative(light: Map, where: NDArray[np.bool_], scale: float = 0.0) -> NDArray[np.float64]:
    """Robust relative SD (3,) of `light` (h, w, 3) about its local mean; `scale` px is its own blur.

    >>> grey = np.full((40, 40, 3), 0.2, np.float32)
    >>> relative(grey, np.ones((40, 40), bool)).round(5).tolist()
    [0.0, 0.0, 0.0]
    """
    import cv2

    mean = np.maximum(cv2.GaussianBlur(light, (0, 0), max(2 * scale, BESIDE)), LEAST)
    some = slice(None, None, 1 + light.shape[0] * light.shape[1] // ENOUGH)
    about = mean[some][where[some]]
    off = light[some][where[some]] / about - 1
    return np.median(np.abs(off), axis=0).astype(float) / MAD if len(off) else np.zeros(3)


class Smoothing(NamedTuple):
    """How far a picture must be smoothed: SD `scale` in px, and the relative noise `left` (3,) after it."""

    scale: float
    left: NDArray[np.float64]


def smoothing(corrected: Map, where: NDArray[np.bool_]) -> Smoothing:
    """How far a `corrected` picture (h, w, 3) must be smoothed, so that noise leaves pigments as they are.

    Pigments go with the logarithm of light: where noise is large against it, the mean of the logarithm is not that of
    the mean. So light is smoothed first, until its relative noise is `noise_most`, but no further than
    `noise_smoothing` of the picture's longer side, which would change what is seen of a lesion.
    """
    most = value("noise_smoothing") * max(corrected.shape[:2])
    for scale in (each for each in SCALES if each <= most):
        found = Smoothing(scale, relative(smoothed(corrected, scale), where, scale))
        if found.left.max() <= value("noise_most"):
            break
    return found


def lost(corrected: Map, where: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Covariance (3, 3) of ln of the mean channels of a `corrected` picture (h, w, 3) by what the file made of noise.

    A file averages levels, which are about roots of light, and cuts them at black: both move the mean of light, by a
    share of its squared relative noise that depends on how much of the noise is left.
    """
    return np.diag((value("noise_lost") * relative(corrected, where) ** 2) ** 2)


def smoothed(light: Map, scale: float) -> Map:
    """Light (h, w, channels) under a Gaussian of `scale` px; the same if that is 0."""
    import cv2

    return light if scale == 0 else np.asarray(cv2.GaussianBlur(light, (0, 0), scale), np.float32)


def of_squares(light: Map, where: NDArray[np.bool_], side: int, scale: float = 0.0) -> NDArray[np.float64]:
    """Relative SD (3,) of the mean of `side` x `side` px of light (h, w, 3); `scale` px is its own blur.

    Pixels go together in the blocks of a file and under a blur: side^2 px are as many as there are such places in it.
    """
    alike = max(value("noise_alike"), 4 * np.pi * scale**2)
    return relative(light, where, scale) * np.sqrt(min(alike / side**2, 1.0))
