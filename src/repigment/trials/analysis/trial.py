"""A trial as its analysis sees it: courses, rules, and the two questions one can ask of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import pandas as pd

from repigment.trials.analysis import incidence, means, paired, proportions, risk
from repigment.trials.analysis.courses import Course, Courses, read
from repigment.trials.analysis.endpoints import Measure, measure
from repigment.trials.analysis.events import Times, times
from repigment.trials.analysis.missing import complete
from repigment.trials.analysis.plan import PlanLike, check_plan
from repigment.trials.analysis.summary import Contrast, Summary
from repigment.trials.analysis.values import Sample, sample

GAPS = {
    "non-responder": "missed visits count as no response",
    "observed": "missed visits left out",
    "last-observation": "last observation carried forward",
    "multiple-imputation": "missed visits imputed",
}
UNSEEN = "what missed visits would have shown is not counted"


@dataclass(frozen=True)
class Trial:
    """Courses of all arms and the plan of the analysis; completed courses are kept for the next endpoint."""

    courses: Courses
    plan: PlanLike
    since: float
    completed: dict[tuple[str, str], Course]

    @classmethod
    def read(
        cls,
        scores: pd.DataFrame,
        people: pd.DataFrame,
        design: str,
        plan: PlanLike,
        arms: Sequence[str] | None = None,
        since: float = 0.0,
    ) -> Self:
        """From the tidy tables; RepigmentError where tables or plan contradict themselves."""
        courses = read(scores, people, design, arms)
        check_plan(plan, design, courses.arms)
        return cls(courses, plan, since, {})

    def summary(self, endpoint: str, week: float, arm: str) -> Summary:
        """One arm at one week; its interval stops at the ends of the scale, beyond which several worlds may push it."""
        what = measure(endpoint)
        found = self._summary(what, week, arm)
        low = max(found.low, min(what.least, found.estimate))
        high = min(found.high, max(what.most, found.estimate))
        return replace(found, low=low, high=high)

    def _summary(self, what: Measure, week: float, arm: str) -> Summary:
        if what.kind == "event":
            return incidence.summarise(self.times_of(what, week, arm), self.plan.confidence)
        module = proportions if what.is_share else means
        return module.summarise(self.sample_of(what, week, arm).values, self.plan.confidence)

    def contrast(self, endpoint: str, week: float, arm: str, versus: str) -> Contrast:
        """Arm minus versus at one week, within patients where the design is."""
        what = measure(endpoint)
        ask = self._events if what.kind == "event" else self._values
        found = ask(what, week, arm, versus)
        notes = [found.method, *self._notes(what, arm, versus)]
        return replace(found, method="; ".join(notes))

    def _events(self, what: Measure, week: float, arm: str, versus: str) -> Contrast:
        first, second = self.times_of(what, week, arm), self.times_of(what, week, versus)
        if self._within:
            one, other = paired.happened(first), paired.happened(second)
            return paired.contrast_shares(one, other, self.plan.confidence)
        return incidence.contrast(first, second, self.plan.confidence)

    def _values(self, what: Measure, week: float, arm: str, versus: str) -> Contrast:
        first, second = self.sample_of(what, week, arm), self.sample_of(what, week, versus)
        if self._within:
            ask = paired.contrast_shares if what.is_share else paired.contrast_means
            return ask(first, second, self.plan.confidence)
        module = risk if what.is_share else means
        return module.contrast(first, second, "baseline" in self.plan.adjust, self.plan.confidence)

    @property
    def _within(self) -> bool:
        return self.courses.design == "within-patient"

    def _notes(self, what: Measure, arm: str, versus: str) -> list[str]:
        """What else made the numbers: the rule for missed visits, the worlds."""
        counted = what.is_share or self.plan.missing != "non-responder"
        gaps = [] if what.kind == "event" else [GAPS[self.plan.missing if counted else "observed"]]
        if what.stays or (what.kind == "at least" and self.plan.missing == "non-responder"):
            gaps = [UNSEEN]
        worlds = max(self.courses.course(name, what.score).values.shape[0] for name in (arm, versus))
        return [*gaps, *([f"{worlds} worlds pooled by Rubin's rules"] if worlds > 1 else [])]

    def times_of(self, what: Measure, week: float, arm: str) -> Times:
        """What happened first to the patients of an arm by a week."""
        return times(self.courses.course(arm, what.score), what, week, self.courses.design, self.since)

    def sample_of(self, what: Measure, week: float, arm: str) -> Sample:
        """The values of the patients of an arm who were due at a week, completed as the plan says."""
        key = (arm, what.score)
        rule = "last-observation" if what.stays else self.plan.missing
        if key not in self.completed:
            self.completed[key] = complete(self.courses.course(*key), rule, len(self.courses.worlds))
        covariate = self.courses.course(arm, self._covariate(what))
        return sample(self.completed[key], covariate, what, week, rule)

    def _covariate(self, what: Measure) -> str:
        """The score that adjusts: the first that anybody of this trial has, the same in all arms."""
        scored = {score for _, score in self.courses.groups}
        return next((score for score in what.covariates if score in scored), what.covariates[0])
