"""The melasma area and severity index: areas of the face times how much, how dark and how dense, in whole grades."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value

Floats = NDArray[np.float64]

WEIGHTS = np.array([0.3, 0.3, 0.3, 0.1])  # forehead, right malar, left malar, chin; Kimbrough-Green 1994
HALF_WEIGHTS = np.array([0.15, 0.3, 0.05])  # forehead, malar, chin of one half of the face
AREA_STEPS = (0.1, 0.3, 0.5, 0.7, 0.9)  # shares of an area from which grades 2 to 6 begin
STEPS = (2, 3, 4)  # grades of darkness and homogeneity with a threshold of their own: what is seen at all has grade 1


def area_grade(share: Any) -> Floats:
    """Grade 0 to 6 of the involved `share` (0..1): none, below 10 %, 10-29, 30-49, 50-69, 70-89, 90-100 %.

    None is less than a rater sees, `masi_none`. Source: Kimbrough-Green 1994, Arch Dermatol 130:727; the limits as in
    Pandya 2011, PMID 20398960.

    >>> area_grade([0.0, 0.05, 0.1, 0.49, 0.9]).tolist()
    [0.0, 1.0, 2.0, 3.0, 6.0]
    """
    involved = np.asarray(share, float)
    return np.where(involved < value("masi_none"), 0.0, 1.0 + np.searchsorted(AREA_STEPS, involved, side="right"))


def darkness_grade(contrast: Any) -> Floats:
    """Grade 1 slight, 2 mild, 3 marked, 4 severe, of the `contrast` of what is visibly darker (type III skin = 1).

    >>> darkness_grade([0.1, 0.3, 5.0]).tolist()
    [1.0, 2.0, 4.0]
    """
    return _graded([value(f"masi_dark.{grade}") for grade in STEPS], contrast)


def homogeneity_grade(density: Any) -> Floats:
    """Grade 1 specks to 4 uniform, of the mean contrast of an area over that of its darker places (0..1).

    >>> homogeneity_grade([0.1, 0.3, 1.0]).tolist()
    [1.0, 2.0, 4.0]
    """
    return _graded([value(f"masi_dense.{grade}") for grade in STEPS], density)


def _graded(steps: list[float], amount: Any) -> Floats:
    return np.asarray(1.0 + np.searchsorted(steps, np.asarray(amount, float), side="right"), float)


def masi(area: Any, darkness: Any, homogeneity: Any, weights: Any = WEIGHTS) -> Floats:
    """Sum over the last axis of w A (D + H), in MASI points: 0 to 48 of a face, 0 to 24 of one half (HALF_WEIGHTS).

    Forehead, right malar, left malar, chin. Source: Kimbrough-Green 1994, Arch Dermatol 130:727.

    >>> round(float(masi([6, 6, 6, 6], [4, 4, 4, 4], [4, 4, 4, 4])), 9)
    48.0
    """
    both = np.asarray(darkness, float) + np.asarray(homogeneity, float)
    points: Floats = np.asarray(weights, float) * np.asarray(area, float) * both
    return np.asarray(points.sum(axis=-1))


def mmasi(area: Any, darkness: Any, weights: Any = WEIGHTS) -> Floats:
    """The modified index, which drops homogeneity: sum over the last axis of w A D, 0 to 24 of a face.

    Source: Pandya 2011, PMID 20398960.

    >>> round(float(mmasi([6, 6, 6, 6], [4, 4, 4, 4])), 9)
    24.0
    """
    return masi(area, darkness, 0.0, weights)
