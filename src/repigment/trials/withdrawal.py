"""Randomised withdrawal: who did well enough is randomised once more, to go on or to stop."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from repigment.patients.lesion import Lesion
from repigment.scores.vasi import improvement
from repigment.treatments import Treatment
from repigment.trials.enrol import Case
from repigment.trials.scoring import scores_by_week
from repigment.trials.watch import Seen


@dataclass(frozen=True)
class Withdrawal:
    """The second stage of a study: the `score` that must have improved by `threshold` per cent at `week`."""

    week: int
    score: str
    threshold: float
    arms: tuple[Any, ...]
    rater: Any

    @classmethod
    def of(cls, study: Any) -> "Withdrawal | None":
        """The second stage that a study plans, if it plans one."""
        plan = study.withdrawal
        if plan is None:
            return None
        score = plan.criterion.rstrip("0123456789")
        threshold = float(plan.criterion[len(score) :])
        return cls(plan.week, score, threshold, tuple(plan.arms), study.rater)

    def qualifies(self, case: Case, seen: Seen) -> bool:
        """Whether a patient, as rated at `week`, may be randomised once more."""
        rated = scores_by_week(case, seen[:, : self.week + 1], self.rater)[self.score]
        return case.leaves > self.week and bool(improvement(rated[0], rated[self.week]) >= self.threshold)

    def arm_of(self, case: Case) -> Any:
        """The second-stage arm that a patient's lot gives, in the proportions of the arms' sizes."""
        sizes = np.array([arm.n for arm in self.arms], float)
        rng = np.random.default_rng([case.lesions[0].seed, case.person.number, 6])
        return self.arms[rng.choice(len(self.arms), p=sizes / sizes.sum())]

    def decide(self, case: Case, seen: Seen) -> tuple[Lesion, ...]:
        """The lesions of a case under the treatments that hold from `week` on."""
        return self.continued(case).lesions if self.qualifies(case, seen) else case.lesions

    def continued(self, case: Case) -> Case:
        """The case in its second-stage arm: first-stage treatments end at `week`, those of the arm follow."""
        arm = self.arm_of(case)
        given = tuple(stopped for t in case.lesions[0].treatments if (stopped := ended(t, self.week)) is not None)
        lesions = tuple(replace(lesion, treatments=given + tuple(arm.treatments)) for lesion in case.lesions)
        return replace(case, arm=arm.name, lesions=lesions)


def ended(treatment: Treatment, week: float) -> Treatment | None:
    """The treatment as given before `week`; None if none of it falls there."""
    intervals = treatment.timeline(week)
    if not intervals or intervals[0][0] >= week:
        return None
    if hasattr(treatment, "weeks"):
        return treatment.model_copy(update={"weeks": tuple(start for start, _ in intervals if start < week)})
    return treatment.model_copy(update={"until": intervals[-1][1]})
