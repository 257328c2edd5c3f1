"""How red the skin is, now and added up: inflammation and, in melasma, the vessels of the niche."""

import numpy as np

from repigment.evidence.parameters import value
from repigment.scores.watched import Series, Watched

REDDEST = 4  # grades of a clinician's assessment of erythema: none, almost none, mild, moderate, severe


def redness(scale: str, regions: list[Watched]) -> Series:
    """Redness (weeks,) of the worst region, 0 to 4: 4 x / (1 + x), x = N / N_half + F / F_half.

    N is inflammation; the niche F counts in melasma, where it stands for vessels too.
    """
    red = np.max([region.inflammation for region in regions], axis=0) / value("redness_half")
    if scale == "face":
        red = red + np.max([region.niche for region in regions], axis=0) / value("redness_vessels")
    return np.asarray(REDDEST * red / (1 + red))


def redness_burden(red: Series) -> Series:
    """Running total of redness (weeks,) in score-days: 7 days at each week's grade, 0 at week 0.

    >>> redness_burden(np.array([1.0, 2.0, 0.5])).tolist()
    [0.0, 14.0, 17.5]
    """
    return 7 * (np.cumsum(red) - red[0])
