"""The doctor's checks: what is left of a patient's disease, by which programmes decide what is given next."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from repigment.patients.lesion import Lesion
from repigment.patients.ward import WATCHED
from repigment.treatments import Treatment
from repigment.treatments.programme import Programme

NOTHING = 1e-6  # less than this at enrolment is nothing that could be graded


def checks(treatments: Iterable[Treatment], last: int) -> set[int]:
    """Weeks at which the programmes among the treatments must be decided anew."""
    return {week for given in treatments if isinstance(given, Programme) for week in given.checks(last)}


def graded(lesions: tuple[Lesion, ...], seen: NDArray[np.floating]) -> tuple[Lesion, ...]:
    """The lesions with what the doctor saw at the checks so far, if a programme asks; `seen` (lesions, weeks, ...)."""
    weeks = sorted(checks(lesions[0].treatments, seen.shape[1]))
    if not weeks:
        return lesions
    left = severity_left(lesions, seen)
    grades = tuple((week, float(left[week])) for week in weeks)
    return tuple(replace(lesion, grades=grades) for lesion in lesions)


def severity_left(lesions: Sequence[Lesion], seen: NDArray[np.floating]) -> NDArray[np.float64]:
    """What is left of a patient's disease by week, 1 as at enrolment: of white area in vitiligo, else of contrast.

    Mean over the regions by their areas.
    """
    course = seen[..., WATCHED.index(lesions[0].condition.watched)].astype(float)
    areas = np.array([lesion.hand_units for lesion in lesions])
    whole = np.average(np.maximum(course, 0), axis=0, weights=areas)
    return np.asarray(whole / max(float(whole[0]), NOTHING))
