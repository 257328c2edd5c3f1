"""A treatment written for a step of a programme, put where the step has come to lie."""

from repigment.treatments.base import Course, Sessions, Treatment


def placed(treatment: Treatment, week: float, window: range) -> Treatment | None:
    """The treatment begun at `week` and given on the days of `window` only; None if none of it falls there.

    Its own weeks count from `week`: sessions are shifted and those outside left out, a course is shifted and cut.

    >>> from repigment.treatments.vehicle import Vehicle
    >>> cut = placed(Vehicle(until=8), 12, range(84, 112))
    >>> cut.start, cut.until
    (12.0, 16.0)
    """
    if isinstance(treatment, Sessions):
        kept = tuple(week + own for own in treatment.weeks if round(7 * (week + own)) in window)
        return treatment.model_copy(update={"weeks": kept}) if kept else None
    if not isinstance(treatment, Course):
        raise TypeError(f"{type(treatment).__name__} is neither a course nor sessions, and cannot stand in a programme")
    first = max(window.start, round(7 * (week + treatment.start)))
    last = window.stop if treatment.until is None else min(window.stop, round(7 * (week + treatment.until)))
    return treatment.model_copy(update={"start": first / 7, "until": last / 7}) if first < last else None


def begins(treatment: Treatment) -> float:
    """Week in which a treatment is first given."""
    return min((first for first, _ in treatment.timeline(float("inf"))), default=float("inf"))
