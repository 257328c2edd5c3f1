"""What a file rounds off: JPEG keeps the mean of a block of even light only to a step of luma and of chroma."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Steps = tuple[float, float, float]
EXACT: Steps = (0.0, 0.0, 0.0)
BLOCK, LEVELS = 8, 255  # the mean of a block of 8 x 8 is 1/8 of its first coefficient
RGB_OF_YCC = np.array([[1, 0, 1.402], [1, -0.344136, -0.714136], [1, 1.772, 0]])  # JFIF 1.02


def steps_of(tables: dict[int, list[int]]) -> Steps:
    """Steps of the mean of a block in Y, Cb and Cr, white = 1, by the quantisation tables of a JPEG.

    >>> steps_of({0: [8] * 64, 1: [16] * 64}) == (1 / 255, 2 / 255, 2 / 255)
    True
    """
    luma, chroma = (tables[each][0] / BLOCK / LEVELS for each in (min(tables), max(tables)))
    return luma, chroma, chroma


def rounded(light: Floats, steps: Steps) -> Floats:
    """Covariance (..., 3, 3) of linear light (..., 3) of an even place by rounding to `steps`: evenly within one.

    Blocks of an even place are alike, so that their rounding does not average out; the whole levels that a decoder
    gives do, in the texture of skin, and are left out. The slope of sRGB is
    dl/dv = 2.4 ((v + 0.055) / 1.055)^1.4 / 1.055.
    """
    slope = 2.4 / 1.055 * np.maximum(light, 0) ** (1.4 / 2.4)
    turned = slope[..., None] * RGB_OF_YCC * np.array(steps) / np.sqrt(12)
    return np.asarray(turned @ np.swapaxes(turned, -1, -2))
