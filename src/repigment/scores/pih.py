"""Dark marks that inflammation leaves while a treatment is given, and places that it leaves too light."""

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.scores.watched import Series, Watched

Bools = NDArray[np.bool_]
NOTHING = 1e-3  # a niche smaller than this accounts for no contrast


def pih(regions: list[Watched]) -> dict[str, Series]:
    """PIH (0/1, so far), PIH peak (largest rise so far, MI units), PIH duration (weeks with it so far), (weeks,) each.

    A part has it from the week in which it is visibly darker than the skin around, has darkened by more than
    `pih_rise` and by more than `pih_share` of its old contrast (see `risen`), and its region was inflamed within the
    `pih_weeks` before; until it is no longer that dark.
    """
    marks = [_marks(region) for region in regions]
    present = np.concatenate([there for there, _ in marks], axis=1)
    rise = np.concatenate([risen for _, risen in marks], axis=1)
    now = present.any(axis=1)
    peak = np.where(present, rise, 0.0).max(axis=1, initial=0.0)
    return {
        "PIH": np.maximum.accumulate(now).astype(float),
        "PIH peak": value("mexameter_slope") * np.maximum.accumulate(peak),
        "PIH duration": np.cumsum(now).astype(float),
    }


def _marks(region: Watched) -> tuple[Bools, Series]:
    """Whether each part has a new mark, and its rise in contrast (type III = 1), (weeks, parts) each."""
    dark = region.part_contrast[:, region.sizes > 0]
    rise = risen(dark, region.niche)
    least = np.maximum(value("pih_rise"), value("pih_share") * dark[:1])
    enough = (dark > value("dark_step")) & (rise > least)
    begins = enough & (since(inflamed(region.inflammation)) <= value("pih_weeks"))[:, None]
    return enough & (since(begins) < since(~enough)), rise


def risen(contrast: Series, niche: Series) -> Series:
    """How far each part (weeks, parts) has darkened by more than its disease, in its unit (type III = 1).

    Above its lowest contrast so far, or the skin around where that was lighter; and above what is left of the `niche`
    (weeks,), which accounts for its share of the old contrast, c0 F/F0: a lesion that refills from it is no mark.
    """
    lowest = np.maximum(np.minimum.accumulate(contrast, axis=0), 0)
    left = np.clip(niche / niche[0], 0, 1) if niche[0] > NOTHING else np.zeros(len(niche))
    return np.asarray(contrast - np.maximum(lowest, contrast[:1] * left[:, None]))


def inflamed(inflammation: Series) -> Bools:
    """Weeks in which inflammation has risen by more than `pih_inflammation` above its lowest so far.

    So the inflammation that made a patient's marks before week 0, and dies down, is not the treatment's.
    """
    return np.asarray(inflammation - np.minimum.accumulate(inflammation) > value("pih_inflammation"))


def since(happened: Bools) -> Series:
    """Weeks (weeks, ...) since something last happened, 0 in that week, infinite before the first time.

    >>> since(np.array([False, True, False, False])).tolist()
    [inf, 0.0, 1.0, 2.0]
    """
    week = np.arange(len(happened), dtype=float).reshape(-1, *[1] * (happened.ndim - 1))
    return week - np.maximum.accumulate(np.where(happened, week, -np.inf), axis=0)


def hypopigmentation(regions: list[Watched]) -> Series:
    """Whether any part was ever visibly lighter than the skin around for long, 0/1 so far (weeks,).

    That is over more than `hypo_share` of the part more than at week 0, `hypo_weeks` weekly looks in a row.
    """
    ever = np.zeros(len(regions[0].part_lighter), bool)
    for region in regions:
        share = region.part_lighter[:, region.sizes > 0]
        light = share - share[:1] > value("hypo_share")
        week = np.arange(1.0, len(light) + 1)[:, None]
        ever |= (np.minimum(since(~light), week) >= value("hypo_weeks")).any(axis=1)
    return np.maximum.accumulate(ever).astype(float)
