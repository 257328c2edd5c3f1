"""What is decided while a trial goes on: who is randomised once more, and what programmes come to."""

from dataclasses import dataclass
from typing import Any

from repigment.patients.checks import checks, graded
from repigment.patients.lesion import Lesion
from repigment.trials.enrol import Case
from repigment.trials.watch import Seen
from repigment.trials.withdrawal import Withdrawal


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
