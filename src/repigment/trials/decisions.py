"""What is decided while a trial goes on: who is randomised once more, and what programmes come to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from repigment.patients.lesion import Lesion
from repigment.treatments import Treatment
from repigment.treatments.programme import Programme
from repigment.trials.enrol import Case
from repigment.trials.watch import COLUMNS, Seen
from repigment.trials.withdrawal import Withdrawal

NOTHING = 1e-6  # less than this at enrolment is nothing that could be graded


@dataclass(frozen=True)
class Decisions:
    """The decisions of a study: a second randomisation, if there is one, and the checks of its programmes."""

    second: Withdrawal | None
    weeks: tuple[int, ...]

    @classmethod
    def of(cls, study: Any) -> "Decisions":
        """Those that a study plans."""
        second = Withdrawal.of(study)
        last = study.last_week
        looks = checks((treatment for arm in study.all_arms for treatment in arm.treatments), last)
        planned = looks | ({second.week} if second else set())
        return cls(second, tuple(sorted(week for week in planned if 0 < week < last)))

    def decide(self, case: Case, seen: Seen) -> tuple[Lesion, ...]:
        """The lesions of a case with the treatments that follow from what was `seen` so far."""
        if self.second is not None and seen.shape[1] > self.second.week:
            return graded(self.second.decide(case, seen), seen)
        return graded(case.lesions, seen)


def checks(treatments: Iterable[Treatment], last: int) -> set[int]:
    """Weeks at which the programmes among the treatments must be decided anew."""
    return {week for given in treatments if isinstance(given, Programme) for week in given.checks(last)}


def graded(lesions: tuple[Lesion, ...], seen: Seen) -> tuple[Lesion, ...]:
    """The lesions with what the doctor saw of the patient at the checks so far, if a programme asks for it."""
    weeks = sorted(week for week in checks(lesions[0].treatments, 10**6) if week < seen.shape[1])
    if not weeks:
        return lesions
    left = severity_left(lesions, seen)
    grades = tuple((week, float(left[week])) for week in weeks)
    return tuple(replace(lesion, grades=grades) for lesion in lesions)


def severity_left(lesions: Sequence[Lesion], seen: Seen) -> Any:
    """What is left of a patient's disease by week, 1 as at enrolment: of white area in vitiligo, else of contrast.

    Mean over the regions by their areas.
    """
    course = seen[..., COLUMNS.index(lesions[0].condition.watched)].astype(float)
    areas = np.array([lesion.hand_units for lesion in lesions])
    whole = np.average(np.maximum(course, 0), axis=0, weights=areas)
    return whole / max(float(whole[0]), NOTHING)
