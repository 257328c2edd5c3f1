"""What a user is told when the analysis cannot be done: what, where, what is allowed, what to do."""

import numpy as np
import pandas as pd
import pytest

from repigment.errors import RepigmentError
from repigment.trials.analysis import analyse

ALL = "F-VASI, F-VASI change, F-VASI25, F-VASI50, F-VASI75, F-VASI90, F-VASI100, T-VASI"


@pytest.fixture
def ask(trial, endpoint, plan):
    def run(scores=trial[0], people=trial[1], design="parallel", score="F-VASI75", week=24, comparisons=None, **rules):
        return analyse(scores, people, design, [endpoint(score, week)], comparisons, plan(**rules))

    return run


def told(error) -> str:
    return str(error.value)


def test_unknown_endpoint(ask):
    with pytest.raises(RepigmentError) as error:
        ask(score="F-VASI80")
    assert told(error).startswith("the endpoint 'F-VASI80' is not known. In: endpoints. Allowed: " + ALL)
    assert "Do: write 'F-VASI" in told(error)


def test_endpoint_where_there_is_no_visit(ask):
    with pytest.raises(RepigmentError) as error:
        ask(week=23)
    assert told(error) == (
        "there is no visit at week 23. In: endpoint F-VASI75 at week 23. Allowed: weeks 0, 4, 12, 24. "
        "Do: add the week to the visits or ask for a week that has one."
    )


def test_time_to_event_may_be_asked_between_visits(ask):
    assert ask(score="time to repigmentation", week=23).estimates["estimate"].notna().all()


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (
            {"missing": "nonresponder"},
            "the rule for missing values 'nonresponder' is not known. In: analysis.missing. Allowed: non-responder, "
            "observed, last-observation, multiple-imputation. Do: write 'non-responder'.",
        ),
        (
            {"control": "Vehicle"},
            "the arm 'Vehicle' is not known. In: analysis.control. Allowed: vehicle, cream. Do: write 'vehicle'.",
        ),
        ({"adjust": ["age"]}, "the adjustment 'age' is not known. In: analysis.adjust. Allowed: baseline."),
        (
            {"confidence": 95},
            "a confidence of 95 is impossible. In: analysis.confidence. Allowed: above 0 and below 1. "
            "Do: write 0.95 for 95 %.",
        ),
        (
            {"design": "paralel"},
            "the design 'paralel' is not known. In: design. Allowed: parallel, delayed-start, randomised-withdrawal, "
            "within-patient. Do: write 'parallel'.",
        ),
    ],
)
def test_unknown_rules(ask, rules, words):
    with pytest.raises(RepigmentError) as error:
        ask(**rules)
    assert told(error) == words


@pytest.mark.parametrize(
    ("arms", "words"),
    [
        (("cream", "placebo"), "the arm 'placebo' is not known. In: comparisons. Allowed: vehicle, cream."),
        (
            ("cream", "cream"),
            "a comparison of cream and cream is impossible. In: comparisons. Allowed: two different arms. "
            "Do: write arms = [arm, control].",
        ),
        (
            (),
            "a comparison of nothing is impossible. In: comparisons. Allowed: two different arms. "
            "Do: write arms = [arm, control].",
        ),
    ],
)
def test_impossible_comparisons(ask, comparison, arms, words):
    with pytest.raises(RepigmentError) as error:
        ask(comparisons=[comparison(arms)])
    assert told(error) == words


def test_tables_that_lack_a_column(ask, trial):
    with pytest.raises(RepigmentError) as error:
        ask(scores=trial[0].drop(columns=["world", "value"]))
    assert told(error) == (
        "the table of scores lacks world, value. In: scores. Allowed: columns world, patient, arm, score, week, value."
    )
    with pytest.raises(RepigmentError, match="the table of people lacks patient"):
        ask(people=trial[1].drop(columns="patient"))


def test_two_values_at_one_visit(ask, trial):
    with pytest.raises(RepigmentError) as error:
        ask(scores=pd.concat([trial[0], trial[0].head(5)]))
    assert told(error) == (
        "a patient has two values of F-VASI at the same visit. In: scores, arm 'vehicle'. "
        "Allowed: one row for each world, patient, arm, score and week."
    )


@pytest.mark.parametrize("value", [np.inf, -np.inf, 1e13])
def test_a_score_beyond_all_bounds(ask, trial, value):
    with pytest.raises(RepigmentError) as error:
        ask(scores=trial[0].assign(value=value))
    assert told(error) == (
        "a score is beyond all bounds. In: scores, column value. Allowed: -1e+12 to 1e+12, or NaN if missed."
    )


def test_an_arm_with_some_of_the_worlds(worlds, endpoint, plan):
    scores, people = worlds
    lacking = scores[(scores["world"] < 4) | (scores["arm"] == "vehicle")]
    extra = scores[scores["world"] == 5].assign(arm="tablet")
    with pytest.raises(RepigmentError) as error:
        analyse(pd.concat([lacking, extra]), people, "parallel", [endpoint("F-VASI75", 24)], None, plan())
    assert told(error) == (
        "the arm 'cream' has 4 of 5 worlds. In: scores, column world. "
        "Allowed: all of the worlds 0 to 5, or world 0 alone. Do: complete the run with --resume."
    )
