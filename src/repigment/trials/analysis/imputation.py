"""Multiple imputation of missed scores by predictive mean matching, visit after visit."""

from dataclasses import replace
from math import ceil
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from repigment.trials.analysis.courses import Course
from repigment.trials.analysis.summary import Floats

DRAWS = 20  # completed data sets: at least the per cent missing (White et al. 2011, 10.1002/sim.4067)
DONORS = 5  # nearest predictions among which the value is drawn (van Buuren 2018, section 3.4.2)
RIDGE = 1e-5  # keeps collinear visits from making a singular system (van Buuren 2018, algorithm 3.1)


def impute(course: Course, worlds: int) -> Course:
    """The course completed several times, values (K, M, n, V); unchanged if nothing is missing.

    In each world, each missed score is replaced by the score of a patient of the same arm who was seen at
    that visit and for whom a linear regression on the baseline and on the visit before predicts about the
    same: predictive mean matching, type 1, with the coefficients drawn from their posterior (Rubin 1987,
    section 5.3; van Buuren, Flexible Imputation of Missing Data, 2nd ed. 2018, algorithm 3.3). Values
    therefore stay in range. At least DRAWS completed sets over all worlds; an arm that is the same in every
    world gets its own draws in each. Random numbers depend on arm, score, world and imputation only: the same
    table gives the same bytes. What cannot be imputed (no baseline, nobody seen at the visit) stays NaN.
    """
    if not (np.isnan(course.values) & course.scheduled).any():
        return course
    draws = max(1, ceil(DRAWS / worlds))
    known = np.broadcast_to(course.values, (worlds, 1, *course.values.shape[2:]))
    values = np.repeat(known, draws, axis=1)
    for world in range(worlds):
        for draw in range(draws):
            seed = [crc32(course.arm.encode()), crc32(course.score.encode()), world, draw]
            _fill(values[world, draw], course.scheduled, np.random.default_rng(seed))
    return replace(course, values=values)


def _fill(table: Floats, scheduled: NDArray[np.bool_], rng: np.random.Generator) -> None:
    """Complete one table (n, V) in place, visits in order, so that each leans on completed ones."""
    for visit in range(1, table.shape[1]):
        earlier = table[:, [0]] if visit == 1 else table[:, [0, visit - 1]]
        usable = np.isfinite(earlier).all(axis=1) & scheduled[:, visit]
        seen = usable & np.isfinite(table[:, visit])
        missed = usable & ~seen
        if missed.any() and seen.any():
            table[missed, visit] = _match(earlier[seen], table[seen, visit], earlier[missed], rng)


def _match(x: Floats, y: Floats, x_missed: Floats, rng: np.random.Generator) -> Floats:
    """For each missed row the `y` of one of the donors whose prediction is nearest."""
    low, spread = x.min(axis=0), np.ptp(x, axis=0)
    columns = spread > np.finfo(float).tiny
    design, wanted = (
        np.column_stack([np.ones(len(part)), (part - low)[:, columns] / spread[columns]]) for part in (x, x_missed)
    )
    fitted, drawn = _coefficients(design, y, rng)
    distance = np.abs((design @ fitted)[None, :] - (wanted @ drawn)[:, None])
    nearest = np.argsort(distance, axis=1, kind="stable")[:, : min(DONORS, len(y))]
    return y[nearest[np.arange(len(wanted)), rng.integers(nearest.shape[1], size=len(wanted))]]


def _coefficients(x: Floats, y: Floats, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Least squares, and one draw from its posterior under the flat prior: (p,), (p,)."""
    gram = x.T @ x
    scale = np.linalg.inv(gram + RIDGE * np.diag(np.diag(gram)))
    fitted = scale @ x.T @ y
    freedom = len(y) - x.shape[1]
    noise = rng.standard_normal(x.shape[1])
    if freedom < 1:  # too few to know the spread: every donor is as good as another
        return fitted * 0, fitted * 0
    variance = float(((y - x @ fitted) ** 2).sum()) / rng.chisquare(freedom)
    return fitted, fitted + np.sqrt(variance) * np.linalg.cholesky(scale) @ noise
