"""What an analysis is asked for: endpoints, comparisons and rules, checked before any number is made."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Protocol

from repigment.errors import RepigmentError
from repigment.trials.analysis.endpoints import measure

DESIGNS = ("parallel", "delayed-start", "randomised-withdrawal", "within-patient")
MISSING = ("non-responder", "observed", "last-observation", "multiple-imputation")
ADJUST = ("baseline",)


class EndpointLike(Protocol):
    """A score at a week; `primary` marks what the trial is judged by."""

    @property
    def score(self) -> str: ...
    @property
    def week(self) -> int: ...
    @property
    def primary(self) -> bool: ...


class ComparisonLike(Protocol):
    """Two arms: the first is compared with (minus) the second."""

    @property
    def arms(self) -> Sequence[str]: ...


class PlanLike(Protocol):
    """The rules of the analysis, as the study's protocol gives them."""

    @property
    def control(self) -> str: ...
    @property
    def confidence(self) -> float: ...
    @property
    def adjust(self) -> Sequence[str]: ...
    @property
    def missing(self) -> str: ...


def unknown(kind: str, given: str, allowed: Iterable[str], where: str) -> RepigmentError:
    """The message for a name that does not exist, with the nearest one that does.

    >>> print(unknown("arm", "vehicel", ["vehicle", "cream"], "analysis.control"))
    the arm 'vehicel' is not known. In: analysis.control. Allowed: vehicle, cream. Do: write 'vehicle'.
    """
    names = list(allowed)
    near = get_close_matches(str(given), names, n=1)
    return RepigmentError(
        f"the {kind} '{given}' is not known",
        where=where,
        allowed=", ".join(names) or "none, because there are no patients",
        remedy=f"write '{near[0]}'" if near else "",
    )


def check_plan(plan: PlanLike, design: str, arms: Sequence[str]) -> None:
    """Raise RepigmentError where the design, a rule or the control arm is not one that exists.

    >>> from types import SimpleNamespace as Plan
    >>> check_plan(Plan(control="a", confidence=0.95, adjust=[], missing="observed"), "parallel", ["a"])
    """
    if design not in DESIGNS:
        raise unknown("design", design, DESIGNS, "design")
    if plan.missing not in MISSING:
        raise unknown("rule for missing values", plan.missing, MISSING, "analysis.missing")
    for name in plan.adjust:
        if name not in ADJUST:
            raise unknown("adjustment", name, ADJUST, "analysis.adjust")
    if not 0 < plan.confidence < 1:
        raise RepigmentError(
            f"a confidence of {plan.confidence} is impossible",
            where="analysis.confidence",
            allowed="above 0 and below 1",
            remedy="write 0.95 for 95 %",
        )
    if arms and plan.control not in arms:
        raise unknown("arm", plan.control, arms, "analysis.control")


def check_endpoints(endpoints: Iterable[EndpointLike], visits: Sequence[int]) -> None:
    """Raise RepigmentError for an endpoint that does not exist or is asked where there is no visit.

    Time to event is exempt from the visit: its cumulative incidence exists at any week.
    """
    for endpoint in endpoints:
        where = f"endpoint {endpoint.score} at week {endpoint.week}"
        if measure(endpoint.score).kind != "event" and visits and endpoint.week not in visits:
            raise RepigmentError(
                f"there is no visit at week {endpoint.week}",
                where=where,
                allowed="weeks " + ", ".join(str(week) for week in visits),
                remedy="add the week to the visits or ask for a week that has one",
            )


def pairs(comparisons: Iterable[ComparisonLike] | None, arms: Sequence[str], control: str) -> list[tuple[str, str]]:
    """The (arm, versus) pairs to compare; without any given, every arm against the control.

    >>> pairs(None, ["vehicle", "cream"], "vehicle")
    [('cream', 'vehicle')]
    """
    asked = [tuple(comparison.arms) for comparison in comparisons or ()]
    for pair in asked:
        _check_pair(pair, arms)
    if asked:
        return [(pair[0], pair[1]) for pair in asked]
    return [(arm, control) for arm in arms if arm != control]


def _check_pair(pair: tuple[str, ...], arms: Sequence[str]) -> None:
    for arm in pair:
        if arm not in arms:
            raise unknown("arm", arm, arms, "comparisons")
    if len(pair) != 2 or pair[0] == pair[1]:
        raise RepigmentError(
            f"a comparison of {' and '.join(pair) or 'nothing'} is impossible",
            where="comparisons",
            allowed="two different arms",
            remedy="write arms = [arm, control]",
        )
