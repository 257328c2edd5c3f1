"""Programmes: treatments one after another, each until its time is over or until the doctor sees what ends it."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, repeat
from typing import Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from repigment.skin.exposure import Exposure
from repigment.treatments.base import Treatment
from repigment.treatments.placing import begins, placed
from repigment.treatments.programme_step import Step
from repigment.treatments.seasons import seasons

FIRST_DAY = 80.0  # of the year: who says nothing of the calendar begins at the March equinox


class Programme(Treatment):
    """Steps one after another: treat, pause, maintain, and again from the first if `repeat`.

    Each step has `weeks`, the longest it lasts, and `until`: "time" (those weeks), "clear" (little is left), "relapse"
    (it has come back from the best of the step) or "no better" (little was gained since the step began). The doctor
    looks every `check_weeks`. Its `treatments` are written as in an arm, their weeks counted from the start of the
    step; with none it is a pause. With `season`, a list of seasons, they are given in those only. Each piece begins as
    a course of its own: its dose escalates anew, and the skin has to get used to it again. What counts as clear,
    relapsed and no better is assumed.
    """

    give: Literal["programme"] = "programme"
    start: Annotated[int, Field(ge=0, le=520, alias="from")] = 0
    until: Annotated[int, Field(ge=0, le=520)] | None = None
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=20)]
    check_weeks: Annotated[int, Field(ge=1, le=52)] = 4
    repeat: bool = False
    summary: ClassVar[str] = "treatments one after another, as the doctor sees fit"

    @model_validator(mode="after")
    def _ends_after_start(self) -> "Programme":
        if self.until is not None and self.until <= self.start:
            raise ValueError(f"until ({self.until}) must be later than from ({self.start}), both in weeks")
        return self

    def ends(self, last_week: float) -> float:
        """Week from which nothing of it is given any more; a condition may end it sooner."""
        longest = float("inf") if self.repeat else self.start + sum(step.weeks for step in self.steps)
        return min(longest, last_week if self.until is None else self.until, last_week)

    def checks(self, last_week: float) -> tuple[int, ...]:
        """Weeks before `last_week` at which the doctor looks; none if every step ends by time alone."""
        if all(step.until == "time" for step in self.steps):
            return ()
        looks = range(self.start, int(np.ceil(self.ends(last_week))), self.check_weeks)
        return tuple(week for week in looks if week > 0)

    def timeline(self, last_week: float) -> list[tuple[float, float]]:
        """One interval, the longest that it may last."""
        return [(self.start, self.ends(last_week))]

    def depots(self, n: int, dx: float, area: float, rng: np.random.Generator) -> NDArray[np.float32] | None:
        """The grid of the first treatment of any step that injects."""
        grids = (treatment.depots(n, dx, area, rng) for treatment in every([self]))
        return next((grid for grid in grids if grid is not None), None)

    def switches(self, strengths: dict[str, float]) -> dict[str, float]:
        """What the treatments of all steps set."""
        found: dict[str, float] = {}
        for treatment in every([self]):
            found |= treatment.switches(strengths)
        return found

    def unfolded(self, exposure: Exposure) -> list[Treatment]:
        """The treatments that it comes to, by what the doctor has seen of the patient so far."""
        return unfold(self, exposure.grades, exposure.days / 7, exposure.first_day, exposure.latitude)

    def prepare(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """What its treatments must make known."""
        for treatment in self.unfolded(exposure):
            treatment.prepare(exposure, np.random.default_rng(rng.integers(2**63)))

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """What its treatments do, where they have not been unfolded; each has random numbers of its own."""
        for treatment in self.unfolded(exposure):
            treatment.expose(exposure, np.random.default_rng(rng.integers(2**63)))


def every(treatments: Iterable[Treatment]) -> list[Treatment]:
    """All that may ever be given, programmes opened: their treatments as written, in the order of their steps."""
    found: list[Treatment] = []
    for treatment in treatments:
        if isinstance(treatment, Programme):
            found += [each for step in treatment.steps for each in step.treatments]
        else:
            found.append(treatment)
    return found


def unfold(
    programme: Programme,
    grades: Mapping[int, float],
    weeks: float,
    first_day: float = FIRST_DAY,
    latitude: float = 0.0,
) -> list[Treatment]:
    """The treatments that a programme comes to within `weeks`, in absolute weeks, in the order in which they begin.

    `grades` is what the doctor has seen so far: week -> severity left, 1 as at enrolment, 0 clear. A step is ended at
    a week of `programme.checks` by what was seen up to that week; the step that is running goes on, and the steps
    after it follow, as if nothing more were ever seen. So what is seen at a week never changes what was given before.
    `first_day` of the year and `latitude` tell the seasons.

    >>> steps = [{"treatments": [{"give": "nb-uvb"}], "weeks": 24, "until": "clear"}]
    >>> [light] = unfold(Programme(steps=steps), {12: 0.0}, 52)
    >>> light.start, light.until
    (0.0, 12.0)
    """
    calendar = seasons(first_day, round(7 * weeks), latitude)
    found: list[Treatment] = []
    for step, begin, end in spans(programme, grades, weeks):
        for window in _windows(step, range(7 * begin, round(7 * end)), calendar):
            pieces = (placed(treatment, begin, window) for treatment in step.treatments)
            found += sorted((piece for piece in pieces if piece is not None), key=begins)
    return found


def spans(programme: Programme, grades: Mapping[int, float], weeks: float) -> Iterator[tuple[Step, int, float]]:
    """Each step that is reached within `weeks`, with the weeks at which it begins and ends."""
    looks = [week for week in programme.checks(weeks) if week in grades]
    last, begin = programme.ends(weeks), programme.start
    rounds: Iterable[tuple[Step, ...]] = repeat(programme.steps) if programme.repeat else (programme.steps,)
    for step in chain.from_iterable(rounds):
        if begin >= last:
            return
        ending = begin + step.weeks
        seen = (week for week in looks if begin < week < ending)
        end = next((w for w in seen if step.fulfilled(begin, w, grades, programme.check_weeks)), ending)
        yield step, begin, min(end, last)
        begin = end


def _windows(step: Step, days: range, calendar: NDArray[np.str_]) -> Iterator[range]:
    """Runs of days of the step on which its treatments are given."""
    if step.season is None:
        yield days
        return
    given = np.isin(calendar[days.start : days.stop], step.season)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], given, [False]]).astype(int)))
    for first, last in edges.reshape(-1, 2):
        yield range(days.start + int(first), days.start + int(last))
