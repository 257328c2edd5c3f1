"""Values that were not seen, completed as the protocol says."""

from dataclasses import replace

import numpy as np

from repigment.trials.analysis.courses import Course
from repigment.trials.analysis.imputation import impute
from repigment.trials.analysis.summary import Floats


def complete(course: Course, missing: str, worlds: int) -> Course:
    """The course with its gaps treated by the rule `missing`.

    "observed" and "non-responder" leave gaps (the second is a rule on responses: `values.sample`);
    "last-observation" carries the last value seen forward, the baseline included; "multiple-imputation"
    draws plausible values (`imputation.impute`). worlds: how many the whole trial has.
    """
    if missing == "last-observation":
        return replace(course, values=carry_forward(course.values))
    if missing == "multiple-imputation":
        return impute(course, worlds)
    return course


def carry_forward(values: Floats) -> Floats:
    """Fill each gap along the last axis (visits) with the last value before it.

    >>> carry_forward(np.array([2.0, np.nan, 1.0, np.nan]))
    array([2., 2., 1., 1.])
    """
    seen = np.where(np.isnan(values), 0, np.arange(values.shape[-1]))
    return np.take_along_axis(values, np.maximum.accumulate(seen, axis=-1), axis=-1)
