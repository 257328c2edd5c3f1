"""How much darker a lesion is than the skin around it, as an instrument measures it, and how far that has faded."""

import numpy as np

from repigment.evidence.parameters import value
from repigment.scores.rater import Mode
from repigment.scores.watched import Series, Watched, mean


def contrast(regions: list[Watched]) -> Series:
    """True difference (weeks,) in melanin index between lesion and skin around, in MI units; negative is lighter."""
    courses = [region.of_lesion(region.contrast, region.part_contrast) for region in regions]
    return value("mexameter_slope") * mean(regions, courses)


def measured(true: Series, mode: Mode, rng: np.random.Generator) -> Series:
    """What the instrument reads (weeks,), in MI units: every visit has a new error; none for mode none."""
    error = 0.0 if mode == "none" else value("mexameter_error")
    return true + error * rng.standard_normal(len(true))


def darkening(read: Series) -> Series:
    """Whether a lesion is darker than at week 0 by more than readings err, 0 or 1 (weeks,), from contrasts as `read`.

    By more than the smallest detectable change z sqrt(2) e, with e the error of one reading and z = `darkening_z`: of
    lesions that stay as they are 1 in 40 is called darker by a reading.

    >>> darkening(np.array([60.0, 65.0, 75.0, 60.0])).tolist()
    [0.0, 0.0, 1.0, 0.0]
    """
    least = value("darkening_z") * np.sqrt(2) * value("mexameter_error")
    return np.asarray(read - read[0] > least, float)


def fading(contrast: Series) -> Series:
    """Per cent (weeks,) of the contrast of week 0 that is lost, from -100 to 100; NaN where there was none.

    >>> fading(np.array([60.0, 15.0, 90.0, -5.0])).tolist()
    [0.0, 75.0, -50.0, 100.0]
    """
    start = contrast[0] if contrast[0] > 0 else np.nan
    return np.clip(100 * (1 - contrast / start), -100, 100)
