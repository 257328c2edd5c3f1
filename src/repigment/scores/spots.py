"""How many spots a rater counts."""

import numpy as np

from repigment.evidence.parameters import value
from repigment.scores.watched import Series, Watched


def spots(regions: list[Watched], fold: Series) -> Series:
    """Spots (weeks,) that are still visible, times the rater's `fold`.

    Of each region its count times the share of watched spots whose area is visibly darker by more than
    `spot_visible`: the watched ones stand for all.
    """
    return fold * np.sum([region.count * visible(region) for region in regions], axis=0)


def visible(region: Watched) -> Series:
    """Share (weeks,) of the watched spots that can be seen; 0 where none is watched."""
    there = region.sizes > 0
    seen = region.part_darker[:, there] > value("spot_visible")
    return seen.sum(axis=1) / max(int(there.sum()), 1)
