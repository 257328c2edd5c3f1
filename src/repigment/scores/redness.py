"""How red the skin is, now and added up: inflammation and, in melasma, the vessels of the niche."""

import numpy as np

from repigment.evidence.parameters import value
from repigment.scores.watched import Series, Watched

REDDEST = 4  # grades of a clinician's assessment of erythema: none, almost none, mild, moderate, severe


def redness(scale: str, regions: list[Watched]) -> Series:
    """Redness (weeks,) of the worst region, 0 to 4: 4 x / (1 + x), x = s N / N_half + i + F / F_half.

    N is inflammation and s how sensitive the skin is, i the week's irritation a day by what is put or shone on it
    (score, sensitivity included); the niche F counts in melasma, where it stands for vessels too.
    """
    hurt = [region.sensitivity * region.inflammation / value("redness_half") + irritation(region) for region in regions]
    red = np.max(hurt, axis=0)
    if scale == "face":
        red = red + np.max([region.niche for region in regions], axis=0) / value("redness_vessels")
    return np.asarray(REDDEST * red / (1 + red))


def irritation(region: Watched) -> Series:
    """Irritation a day (weeks,), the mean of the week before, from its running total."""
    total = np.asarray(region.tolls.get("irritation", np.zeros(len(region.inflammation))), float)
    return np.diff(total, prepend=total[:1]) / 7


def redness_burden(red: Series) -> Series:
    """Running total of redness (weeks,) in score-days: 7 days at each week's grade, 0 at week 0.

    >>> redness_burden(np.array([1.0, 2.0, 0.5])).tolist()
    [0.0, 14.0, 17.5]
    """
    return 7 * (np.cumsum(red) - red[0])
