"""Missed visits under each rule of the protocol."""

from dataclasses import replace

import numpy as np
import pytest

from repigment.trials.analysis import analyse
from repigment.trials.analysis.courses import read
from repigment.trials.analysis.imputation import DRAWS, impute
from repigment.trials.analysis.missing import carry_forward

pytestmark = pytest.mark.filterwarnings("error")
WEEKS = [0, 12, 24]
NAN = np.nan
# 2 respond, 1 does not, 1 responded and then missed, 1 had not and then missed, 1 without any lesion
TABLE = [[2, 1, 0.2], [2, 1, 0.2], [2, 1, 1.8], [2, 0.1, NAN], [2, 1.9, NAN], [0, 0, 0]]


@pytest.mark.parametrize(
    ("missing", "responders", "n"), [("non-responder", 2, 5), ("observed", 2, 3), ("last-observation", 3, 5)]
)
def test_rules_for_responders(missing, responders, n, tidy, people_of, endpoint, plan):
    scores = tidy({"vehicle": TABLE}, WEEKS)
    rows = analyse(
        scores, people_of(scores), "parallel", [endpoint("F-VASI75", 24)], None, plan(missing=missing)
    ).estimates
    assert rows["estimate"].item() == pytest.approx(responders / n)
    assert rows["n"].item() == n


@pytest.mark.parametrize(
    ("missing", "mean"), [("non-responder", 2.2 / 3), ("observed", 2.2 / 3), ("last-observation", 4.2 / 5)]
)
def test_rules_for_means(missing, mean, tidy, people_of, endpoint, plan):
    scores = tidy({"vehicle": TABLE[:5]}, WEEKS)
    rows = analyse(scores, people_of(scores), "parallel", [endpoint("F-VASI", 24)], None, plan(missing=missing))
    assert rows.estimates["estimate"].item() == pytest.approx(mean)


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("non-responder", "missed visits count as no response"),
        ("observed", "missed visits left out"),
        ("last-observation", "last observation carried forward"),
        ("multiple-imputation", "missed visits imputed"),
    ],
)
def test_the_method_names_the_rule(missing, words, trial, endpoint, plan):
    asked = [endpoint("F-VASI75", 24), endpoint("time to repigmentation", 24), endpoint("F-VASI", 24)]
    methods = analyse(*trial, "parallel", asked, None, plan(missing=missing)).comparisons["method"]
    assert methods[0].endswith(words)
    assert words not in methods[1]  # time to event deals with drop-out itself
    assert methods[2].endswith("missed visits left out" if missing == "non-responder" else words)


def test_a_row_left_out_is_a_missed_visit(trial, endpoint, plan):
    scores, people = trial
    asked = [endpoint("F-VASI75", 24)]
    whole = analyse(scores, people, "parallel", asked, None, plan())
    short = analyse(scores.dropna(subset="value"), people, "parallel", asked, None, plan())
    assert short.estimates.equals(whole.estimates)
    assert whole.estimates["n"].sum() == 90


def test_carrying_forward_starts_at_the_first_value():
    values = np.array([[1.0, NAN, NAN, 3.0, NAN], [NAN, 2.0, NAN, NAN, 4.0]])
    expected = [[1, 1, 1, 3, 3], [NAN, 2, 2, 2, 4]]
    np.testing.assert_array_equal(carry_forward(values), expected)


@pytest.fixture
def course(trial):
    scores, people = trial
    return read(scores, people, "parallel").course("cream", "F-VASI")


def test_imputation_keeps_what_was_seen_and_fills_the_rest(course):
    done = impute(course, 1)
    assert done.values.shape == (1, DRAWS, *course.values.shape[2:])
    seen = np.isfinite(course.values)
    assert np.isfinite(done.values).all()
    assert (~seen).sum() > 10
    np.testing.assert_array_equal(
        done.values[:, :5][:, :, seen[0, 0]], np.repeat(course.values[seen][None, None], 5, 1)
    )


def test_imputed_scores_are_scores_of_others_at_that_visit(course):
    done = impute(course, 1).values
    for visit in range(1, course.weeks.size):
        assert set(done[..., visit].ravel()) == set(
            course.values[..., visit].ravel()[np.isfinite(course.values[..., visit].ravel())]
        )


def test_imputation_is_the_same_every_time_and_differs_between_draws_worlds_and_arms(course):
    done = impute(course, 2).values
    assert done.tobytes() == impute(course, 2).values.tobytes()
    assert done.shape[:2] == (2, DRAWS // 2)
    assert not np.array_equal(done[0, 0], done[0, 1])
    assert not np.array_equal(done[0, 0], done[1, 0])
    assert not np.array_equal(done, impute(replace(course, arm="another"), 2).values)


def test_imputation_of_nothing_missing_changes_nothing(course):
    full = replace(course, values=carry_forward(course.values))
    assert impute(full, 5) is full


def test_imputation_leans_on_the_course_of_the_patient(tidy, people_of):
    """Two kinds of patients, improving or not; who missed the last visit is completed like his kind."""
    rng = np.random.default_rng(2)
    kinds = [
        [2 + e, 1.0 + e, 0.2 + e] if i % 2 else [2 + e, 2.0 + e, 2.0 + e] for i, e in enumerate(rng.normal(0, 0.02, 80))
    ]
    for i in (10, 11):
        kinds[i][2] = NAN
    scores = tidy({"a": kinds}, WEEKS)
    done = impute(read(scores, people_of(scores), "parallel").course("a", "F-VASI"), 1).values[0]
    assert (done[:, 10, 2] > 1.5).all()
    assert (done[:, 11, 2] < 0.7).all()


def test_what_cannot_be_imputed_stays_unknown(tidy, people_of):
    scores = tidy({"a": [[1, NAN, NAN], [1, NAN, 0.5], [NAN, 0.5, NAN]]}, WEEKS)
    done = impute(read(scores, people_of(scores), "parallel").course("a", "F-VASI"), 1)
    assert np.isnan(done.values[..., 0, 1]).all()  # nobody with a baseline was seen at week 12
    assert np.isnan(done.values[..., 2, 2]).all()  # no baseline


def test_imputation_removes_the_bias_of_looking_at_who_stayed(random_trial, endpoint, plan):
    """Worse patients leave (missing at random given the visit before). The truth is the table before they left."""
    asked, error = [endpoint("F-VASI change", 24)], {"observed": [], "multiple-imputation": []}
    for seed in range(12):
        rng = np.random.default_rng(seed)
        scores, people = random_trial(rng, {"vehicle": 3, "cream": 150}, missed=0.0)
        truth = analyse(scores, people, "parallel", asked, [], plan()).estimates["estimate"][1]
        face = scores["score"] == "F-VASI"
        start, before = (scores[face & (scores["week"] == w)].set_index("patient")["value"] for w in (0, 12))
        worse = scores["patient"].map(before / start > 0.6) & (scores["arm"] == "cream")
        gone = worse & (scores["week"] == 24) & scores["patient"].map(dict(enumerate(rng.random(153) < 0.7)))
        partial = scores.assign(value=scores["value"].mask(gone))
        for rule in error:
            rows = analyse(partial, people, "parallel", asked, [], plan(missing=rule)).estimates
            error[rule].append(rows["estimate"][1] - truth)
    assert abs(np.mean(error["multiple-imputation"])) < 2
    assert np.mean(error["observed"]) < -5
