"""One analysis for each randomisation: every stage sees its own arms, and the endpoints of its own time."""

from typing import Any

import pandas as pd

from repigment.trials.analysis import analyse


def analysed(
    study: Any, scores: pd.DataFrame, people: pd.DataFrame, second_week: int | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Estimates and comparisons of a study whose patients are randomised once more at `second_week`, if at all."""
    if second_week is None:
        stages = [(study.arms, study.endpoints)]
    else:
        before = [endpoint for endpoint in study.endpoints if endpoint.week <= second_week]
        after = [endpoint for endpoint in study.endpoints if endpoint.week > second_week]
        stages = [(study.arms, before), (study.withdrawal.arms, after)]
    tables = [_stage(study, scores, people, [arm.name for arm in arms], asked) for arms, asked in stages if asked]
    estimates, comparisons = zip(*tables, strict=True)
    return pd.concat(estimates, ignore_index=True), pd.concat(comparisons, ignore_index=True)


def _stage(
    study: Any, scores: pd.DataFrame, people: pd.DataFrame, arms: list[str], endpoints: list[Any]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    plan = study.analysis
    if plan.control not in arms:
        plan = plan.model_copy(update={"control": arms[0]})
    found = analyse(
        scores[scores["arm"].isin(arms)],
        people[people["arm"].isin(arms)],
        "within-patient" if study.design == "within-patient" else "parallel",
        endpoints,
        [pair for pair in study.comparisons if set(pair.arms) <= set(arms)] or None,
        plan,
        arms=arms,
    )
    return found.estimates, found.comparisons
