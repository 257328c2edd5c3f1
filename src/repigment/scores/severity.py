"""A doctor's impression of dark lesions in four grades: none, mild, moderate, severe."""

import numpy as np

from repigment.evidence.parameters import value
from repigment.scores.rater import Strictness, bent
from repigment.scores.watched import Series, Watched, mean


def severity(regions: list[Watched], contrast: Series, rater: Strictness) -> Series:
    """Grade (weeks,): 0 none, 1 mild, 2 moderate, 3 severe, as the rater sees it.

    None where less than `severity_share` of the lesions is visibly darker; otherwise by the true `contrast` (weeks,)
    in MI units.
    """
    dark = mean(regions, [region.of_lesion(region.darker, region.part_darker) for region in regions])
    steps = [value("severity_moderate"), value("severity_severe")]
    grade = 1.0 + np.searchsorted(steps, contrast * np.exp(rater.darkness), side="right")
    return np.where(bent(dark, rater.area) < value("severity_share"), 0.0, grade)
