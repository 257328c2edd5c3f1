"""How a person who rates differs from what is there: live or on photographs, as far apart as published raters are."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value

Mode = Literal["live", "photograph", "none"]


@dataclass(frozen=True)
class Rater:
    """Errors of one rater on one patient: a fold on area per week, and an error of each graded share."""

    fold: NDArray[np.float64]  # (weeks,)
    grade: NDArray[np.float64]  # (regions, lesions, weeks), shares


def error_spread(mode: Mode) -> float:
    """SD of a rater's error of ln VASI: sd_between sqrt((1 - ICC) / ICC); 0 for mode none.

    >>> round(error_spread("live"), 3)
    0.236
    """
    if mode == "none":
        return 0.0
    icc = value(f"icc_{mode}")
    return value("vasi_spread") * float(np.sqrt((1 - icc) / icc))


def rate(
    mode: Mode, regions: int, lesions: int, weeks: int, rng: np.random.Generator, person: np.random.Generator
) -> Rater:
    """A rater's errors over `weeks` weeks; the lasting share of their variance is the `person`'s at every visit."""
    lasting, spread = value("rater_lasting"), error_spread(mode)
    areas, shares = rng.spawn(2)  # week by week, so that a longer trial begins with the same errors
    once, each = person.standard_normal(), areas.standard_normal(weeks)
    noise = np.moveaxis(shares.standard_normal((weeks, regions, lesions)), 0, -1)
    fold = np.exp(spread * (np.sqrt(lasting) * once + np.sqrt(1 - lasting) * each))
    return Rater(fold, noise * (value("rater_grade") if spread else 0.0))
