"""One value per patient: a response, a change or a score at a week, with the baseline that adjusts it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repigment.trials.analysis.courses import Course
from repigment.trials.analysis.endpoints import Measure
from repigment.trials.analysis.missing import carry_forward
from repigment.trials.analysis.summary import Floats

NOTHING = 1e-12  # a lesion smaller than this is none: what is left of a sum, not of the skin
ROUNDING = 1e-9  # of the baseline: a patient at exactly 75 % must not fail by the last bit of a float


@dataclass(frozen=True)
class Sample:
    """One arm at one visit.

    patients (n,); values (K worlds, M imputations, n); baseline likewise; NaN = not known.
    """

    patients: NDArray[np.int64]
    values: Floats
    baseline: Floats

    def among(self, patients: NDArray[np.int64]) -> "Sample":
        """The same for some of the patients only, in their order (all of them must be here)."""
        index = np.searchsorted(self.patients, patients)
        return Sample(patients, self.values[..., index], self.baseline[..., index])


def together(first: Sample, second: Sample) -> tuple[Sample, Sample]:
    """Two samples over the same worlds and imputations: an arm that is alike in all of them is repeated."""
    arrays = (first.values, first.baseline, second.values, second.baseline)
    draws = np.broadcast_shapes(*(array.shape[:2] for array in arrays))
    return _spread(first, draws), _spread(second, draws)


def _spread(sample: Sample, draws: tuple[int, ...]) -> Sample:
    shape = (*draws, sample.patients.size)
    return Sample(sample.patients, np.broadcast_to(sample.values, shape), np.broadcast_to(sample.baseline, shape))


def responded(now: Floats, baseline: Floats, level: float) -> Floats:
    """1 where the score fell by at least `level` per cent of its baseline, 0 where not, NaN where not known.

    now, baseline: any shapes that broadcast, in the unit of the score. A baseline of zero leaves nothing
    to improve: NaN.

    >>> responded(np.array([0.5, 0.6]), np.array([2.0, 2.0]), 75)
    array([1., 0.])
    """
    start = np.where(baseline > NOTHING, baseline, np.nan)
    bound = start * (1 - level / 100) + ROUNDING * start
    return np.where(np.isnan(now) | np.isnan(bound), np.nan, now <= bound)


def change(now: Floats, baseline: Floats) -> Floats:
    """Per cent change from baseline (negative is better).

    NaN where the baseline is zero or something is missing.

    >>> change(np.array([0.5]), np.array([2.0]))
    array([-75.])
    """
    start = np.where(baseline > NOTHING, baseline, np.nan)
    return 100 * (now - start) / start


def sample(course: Course, covariate: Course, measure: Measure, week: float, missing: str) -> Sample:
    """The values of an endpoint at a week, for the patients who were due then.

    course: of the endpoint's score, completed by the rule `missing`; covariate: course of the score that
    adjusts (its week 0 is taken). Nobody is due at a week that the arm does not have: the sample is then empty.
    """
    start = course.at(0)
    values = _shares(course, measure, week, missing) if measure.is_share else course.at(week)
    if measure.kind == "change":
        values = change(values, start)
    due = course.scheduled[:, course.weeks == week].any(axis=1)
    return Sample(course.patients[due], values[..., due], _baseline(course, covariate)[..., due])


def _shares(course: Course, measure: Measure, week: float, missing: str) -> Floats:
    """1 for patients of whom it is true at a week, 0 for others, NaN where not known.

    With "non-responder", who was missed counts as 0 where something is wished for, unless his baseline is unknown
    (or, of a response, zero). What is feared ("at least") counts where it was seen by then, and as not there where
    no visit showed it: patients in whom it was seen over all patients, as tables of side effects count.
    """
    now, start, strict = course.at(week), course.at(0), missing == "non-responder"
    if measure.kind == "at least":
        return _feared(course, measure.level, week) if strict else np.where(np.isnan(now), np.nan, now >= measure.level)
    if measure.kind == "responder":
        values, judged = responded(now, start, measure.level), start > NOTHING
    else:
        values, judged = np.where(np.isnan(now), np.nan, now <= measure.level), ~np.isnan(start)
    return np.where(np.isnan(values) & judged, 0.0, values) if strict else values


def _feared(course: Course, level: float, week: float) -> Floats:
    """1 where a score was `level` or higher at the last visit that was seen by `week`; NaN if none was."""
    last = carry_forward(course.values[..., course.weeks <= week])[..., -1:]
    last = last[..., 0] if last.shape[-1] else course.at(week)
    return np.where(np.isnan(last), np.nan, last >= level)


def _baseline(course: Course, covariate: Course) -> Floats:
    """Week 0 of the covariate for the patients of the course, (K, M, n)."""
    start = covariate.at(0)
    if covariate.patients.size == 0:
        return np.full((1, 1, course.patients.size), np.nan)
    index = np.searchsorted(covariate.patients, course.patients).clip(max=covariate.patients.size - 1)
    return np.where(covariate.patients[index] == course.patients, start[..., index], np.nan)
