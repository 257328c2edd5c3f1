"""What was watched of one region of a patient over the weeks, and which places of it count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from repigment.skin.face import HALVES

Series = NDArray[np.float64]
Side = Literal["right", "left"]


def _unwatched() -> Series:
    return np.zeros(0)


def _no_parts() -> Series:
    return np.zeros((0, len(HALVES) * len(HALVES["right"])))


@dataclass(frozen=True)
class Watched:
    """One region over the weeks; every course is (weeks,) from week 0, enrolment. Empty: not watched.

    `hand_units` its lesional area, `radius` of its lesions (mm), `depigmented` share, `advance` (mm), `tolls` and
    `hazards` (adverse events to expect) running totals by name. `contrast` mean melanin of the lesion minus that
    around (type III skin = 1); `darker` share of the lesion visibly darker; `unevenness` SD of melanin over the
    window (type III = 1); `inflammation` and `niche` means of the lesion. Of each part (weeks, parts): mean
    contrast, share visibly darker, mean contrast of those darker places, share visibly lighter; `part_size`
    (parts,) relative areas, 0 = no such part. The parts of a melasma are the halves of the areas of MASI as in
    `skin.face.AREAS`, those of other conditions single spots that stand for `count` of them. `half` is the half of
    the face that an arm of a split face has, else None; `sensitivity` how many times more this skin reddens than
    usual skin.
    """

    site: str
    hand_units: float
    radius: float
    depigmented: Series
    advance: Series
    tolls: Mapping[str, Series]
    contrast: Series = field(default_factory=_unwatched)
    darker: Series = field(default_factory=_unwatched)
    unevenness: Series = field(default_factory=_unwatched)
    inflammation: Series = field(default_factory=_unwatched)
    niche: Series = field(default_factory=_unwatched)
    part_contrast: Series = field(default_factory=_no_parts)
    part_darker: Series = field(default_factory=_no_parts)
    part_depth: Series = field(default_factory=_no_parts)
    part_lighter: Series = field(default_factory=_no_parts)
    part_size: Series = field(default_factory=lambda: np.zeros(_no_parts().shape[1]))
    count: int = 0
    half: Side | None = None
    sensitivity: float = 1.0
    hazards: Mapping[str, Series] = field(default_factory=dict)

    @property
    def weight(self) -> float:
        """How much a region counts in a mean over the patient: its spots, or its hand units where none are counted."""
        return float(self.count or self.hand_units)

    @property
    def sizes(self) -> Series:
        """Relative areas (parts,) of the parts that count: those of the arm's half of the face, or all."""
        sizes = np.asarray(self.part_size, float)
        if self.half is None:
            return sizes
        mine = np.isin(np.arange(sizes.size), HALVES[self.half])
        return np.where(mine, sizes, 0.0)

    def of_lesion(self, whole: Series, parts: Series) -> Series:
        """A course of the lesion (weeks,): the `whole` one, or in a split face what the `parts` of its half make of it.

        Skin of the half that was visibly darker at week 0 counts as its lesion: sum(size parts) / sum(size darker_0).
        """
        if self.half is None:
            return whole
        lesion = float(self.sizes @ self.part_darker[0])
        return parts @ self.sizes / lesion if lesion > 0 else whole


def mean(regions: list[Watched], courses: list[Series]) -> Series:
    """Mean over the regions of a patient of one course (weeks,) each, by their weights.

    >>> here, there = (Watched("face", units, 1.0, np.ones(1), np.zeros(1), {}) for units in (1.0, 3.0))
    >>> mean([here, there], [np.array([4.0]), np.array([0.0])]).tolist()
    [1.0]
    """
    weights = np.array([region.weight for region in regions])
    return np.asarray(np.average(np.stack(courses), axis=0, weights=weights if weights.sum() > 0 else None))
