"""Time to event: when a response is reached or lost, with drop-out as the competing event."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repigment.trials.analysis.courses import Course
from repigment.trials.analysis.endpoints import Measure
from repigment.trials.analysis.summary import Floats
from repigment.trials.analysis.values import responded

Bools = NDArray[np.bool_]

NOT_AT_RISK, CENSORED, EVENT, DROPOUT = -1, 0, 1, 2


@dataclass(frozen=True)
class Times:
    """What happened first to each patient until the week asked for.

    patients (n,); week (K worlds, n), weeks since the start of the study; status (K, n): -1 never at risk or
    never seen, 0 followed to that week without event, 1 event, 2 dropped out before it.
    """

    patients: NDArray[np.int64]
    week: Floats
    status: NDArray[np.int64]

    def among(self, patients: NDArray[np.int64]) -> "Times":
        """The same for some of the patients only, in their order (all of them must be here)."""
        index = np.searchsorted(self.patients, patients)
        return Times(patients, self.week[:, index], self.status[:, index])


def times(course: Course, measure: Measure, until: float, design: str, since: float = 0.0) -> Times:
    """Event, drop-out or end of follow-up by week `until`, whichever is first, on the weeks of the study.

    The event is the first visit at which the response is seen; of a measure of what is `lost` the first visit at
    which it is not seen, among those in whom it was seen before (and by then), visits before week `since` not
    counted; after a randomised withdrawal the clock of an arm starts at the visit before its own first one. A
    response is known at visits only; a missed visit is no event. Who leaves without an event is a competing
    event at his week of drop-out.
    """
    keep = course.weeks <= until
    response = responded(course.values[:, 0][..., keep], course.at(0)[:, 0][..., None], measure.level)
    weeks, due = course.weeks[keep], course.scheduled[:, keep]
    happened, at_risk = _lost(response, due, weeks, since) if measure.lost else _reached(response)
    event = np.where(happened, weeks, np.inf).min(axis=-1, initial=np.inf)
    seen = np.where(np.isnan(response) | ~due, 0.0, weeks).max(axis=-1, initial=0.0)
    left = np.where(course.dropout <= until, course.dropout, np.inf)
    if design == "randomised-withdrawal":  # leaving a later arm is not leaving this one
        left = np.where(left <= np.where(due, weeks, -np.inf).max(axis=-1, initial=-np.inf), left, np.inf)
    status = np.where(np.isfinite(event), EVENT, np.where(np.isfinite(left), DROPOUT, CENSORED))
    week = np.where(status == EVENT, event, np.where(status == DROPOUT, left, seen))
    gone = ~at_risk | (week <= 0) & (status == CENSORED) | ~due.any(axis=-1)
    return Times(course.patients, week, np.where(gone, NOT_AT_RISK, status))


def _reached(response: Floats) -> tuple[Bools, Bools]:
    """Visits with the response (K, n, V), and whose response could be judged at all (K, n)."""
    return np.asarray(response == 1), np.asarray(~np.isnan(response).all(axis=-1))


def _lost(response: Floats, due: Bools, weeks: Floats, since: float) -> tuple[Bools, Bools]:
    """Visits at which a response had before, but not before `since`, is gone (K, n, V), and who had one (K, n)."""
    first = np.maximum(np.argmax(due, axis=-1) - 1, 0)[:, None] if weeks.size else np.zeros((due.shape[0], 1))
    counted = np.where((np.arange(weeks.size) >= first) & (weeks >= since), response, np.nan)
    had = np.maximum.accumulate(np.where(counted == 1, 1, 0), axis=-1).astype(bool)
    return had & (counted == 0), np.asarray(had.any(axis=-1))


def cumulative_incidence(week: Floats, status: NDArray[np.int64]) -> tuple[float, float]:
    """Aalen-Johansen probability of the event by the last week given, and its variance.

    week (n,), status (n,) as in `Times`, without who is not at risk. F = sum of S(t-) d/n over event times, S
    the chance of neither event nor drop-out; the variance by the delta method (Marubini and Valsecchi 1995,
    chapter 10; statsmodels CumIncidenceRight). Once nobody is left at risk that variance is 0 times infinity:
    then F (1 - F) / n, with n those not censored, which is its limit and exact where nobody was censored.
    Source: Aalen and Johansen 1978, Scand J Statist 5, 141-150.

    >>> f, variance = cumulative_incidence(np.array([1.0, 2.0, 3.0, 3.0]), np.array([1, 2, 0, 0]))
    >>> f, round(variance, 6)
    (0.25, 0.046875)
    """
    from statsmodels.duration.survfunc import CumIncidenceRight

    if week.size == 0:
        return np.nan, np.nan
    if not (status == EVENT).any():
        return 0.0, 0.0
    if (status[week == week.max()] == CENSORED).any():
        found = CumIncidenceRight(week, status)
        return float(found.cinc[0][-1]), float(found.cinc_se[0][-1] ** 2)
    f = float(CumIncidenceRight(week, status, freq_weights=np.ones(week.size)).cinc[0][-1])
    f = min(f, 1.0)
    return f, f * (1 - f) / int((status != CENSORED).sum())
