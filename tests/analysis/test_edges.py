"""Tiny, empty and one-sided arms: always a defined answer, never a warning, never a traceback."""

from types import SimpleNamespace as Some

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repigment.trials.analysis import MEASURES, analyse
from repigment.trials.analysis.analyse import COMPARISONS, ESTIMATES
from repigment.trials.analysis.logistic import compare
from repigment.trials.analysis.values import Sample

pytestmark = pytest.mark.filterwarnings("error")
WEEKS = [0, 12, 24]
NAN = np.nan
RULES = ["non-responder", "observed", "last-observation", "multiple-imputation"]
RESPONDER, FAILURE, UNSEEN, UNKNOWN, CLEAR = [2.0, 0.4, 0.1], [1.5, 1.5, 1.5], [1, NAN, NAN], [NAN] * 3, [0, 0, 0]


def everything(endpoint):
    return [endpoint(name, 24) for name in MEASURES]


def all_scores(tidy, courses, weeks=WEEKS):
    return pd.concat([tidy(courses, weeks, score) for score in sorted({m.score for m in MEASURES.values()})])


@pytest.mark.parametrize("missing", RULES)
@pytest.mark.parametrize("design", ["parallel", "delayed-start", "randomised-withdrawal", "within-patient"])
@pytest.mark.parametrize(
    "courses",
    [
        {"vehicle": [FAILURE], "cream": [RESPONDER]},
        {"vehicle": [FAILURE, FAILURE], "cream": [RESPONDER, RESPONDER]},
        {"vehicle": [FAILURE] * 9, "cream": [RESPONDER] * 9},
        {"vehicle": [RESPONDER] * 9, "cream": [RESPONDER] * 9},
        {"vehicle": [FAILURE] * 9, "cream": [FAILURE] * 9},
        {"vehicle": [UNSEEN] * 5, "cream": [RESPONDER, FAILURE] * 3},
        {"vehicle": [UNKNOWN] * 5, "cream": [UNKNOWN] * 2},
        {"vehicle": [CLEAR] * 5, "cream": [RESPONDER, FAILURE, UNSEEN]},
        {"vehicle": [UNSEEN], "cream": [UNSEEN]},
    ],
)
def test_every_endpoint_of_an_extreme_trial(courses, design, missing, tidy, people_of, endpoint, plan):
    scores = all_scores(tidy, courses)
    if design == "within-patient":  # the same people in both arms
        scores = scores.assign(patient=scores["patient"] % len(courses["vehicle"]))
        scores = scores.drop_duplicates(["patient", "arm", "score", "week"])
    found = analyse(scores, people_of(scores), design, everything(endpoint), None, plan(missing=missing))
    assert_sound(found)


def assert_sound(found):
    """No interval without its estimate inside, nothing said about nobody, all fractions in [0, 1]."""
    rows, pairs = found.estimates, found.comparisons
    assert list(rows) == ESTIMATES
    assert list(pairs) == COMPARISONS
    assert (rows["estimate"].isna() == (rows["n"] == 0)).all()
    known = rows.dropna(subset=["ci_low"])
    assert (known["ci_low"] <= known["estimate"]).all()
    assert (known["estimate"] <= known["ci_high"]).all()
    fractions = known[known["unit"] == "fraction"][["ci_low", "estimate", "ci_high", "mc_error"]]
    assert fractions.stack().between(0, 1).all()
    assert rows[rows["unit"] == "fraction"]["ci_low"].notna().equals(rows[rows["unit"] == "fraction"]["n"] > 0)
    both = pairs.dropna(subset=["ci_low"])
    assert (both["ci_low"] <= both["difference"]).all()
    assert (both["difference"] <= both["ci_high"]).all()
    assert pairs["p_value"].dropna().between(0, 1).all()
    assert (pairs["method"].str.len() > 10).all()


def test_all_against_none_is_fishers_test_and_says_so(tidy, people_of, endpoint, plan):
    scores = tidy({"vehicle": [FAILURE] * 8, "cream": [RESPONDER] * 8}, WEEKS)
    row = analyse(scores, people_of(scores), "parallel", [endpoint("F-VASI75", 24)], None, plan()).comparisons.iloc[0]
    assert row["difference"] == 1
    assert row["p_value"] == pytest.approx(2 / 12870)  # 16 choose 8
    assert "Fisher's exact test, not adjusted (logistic regression is separated)" in row["method"]


def test_no_response_anywhere_is_no_difference(tidy, people_of, endpoint, plan):
    scores = tidy({"vehicle": [FAILURE] * 8, "cream": [FAILURE] * 20}, WEEKS)
    asked = [endpoint("F-VASI75", 24), endpoint("time to repigmentation", 24)]
    rows = analyse(scores, people_of(scores), "parallel", asked, None, plan()).comparisons
    assert rows["difference"].tolist() == [0, 0]
    assert rows["p_value"].tolist() == [1, 1]
    assert (rows["ci_low"] < 0).all()
    assert (rows["ci_high"] > 0).all()


def test_an_event_in_all_against_none_is_tested(tidy, people_of, endpoint, plan):
    scores = tidy({"vehicle": [FAILURE] * 8, "cream": [RESPONDER] * 8}, WEEKS)
    asked = [endpoint("time to repigmentation", 24)]
    row = analyse(scores, people_of(scores), "parallel", asked, None, plan()).comparisons.iloc[0]
    assert row["difference"] == 1
    assert row["p_value"] == pytest.approx(6.3e-5, rel=0.01)  # z = 1 / sqrt(0.25 (1/8 + 1/8)) = 4


def test_scores_that_do_not_vary_have_no_test(tidy, people_of, endpoint, plan):
    scores = tidy({"vehicle": [[0, 0, 0.3]] * 4, "cream": [[0, 0, 1.7]] * 7}, WEEKS, "spread")
    found = analyse(scores, people_of(scores), "parallel", [endpoint("spread", 24)], None, plan())
    row = found.comparisons.iloc[0]
    assert row[["difference", "ci_low", "ci_high"]].tolist() == pytest.approx([1.4, 1.4, 1.4])
    assert np.isnan(row["p_value"])
    same = found.estimates[["estimate", "ci_low", "ci_high"]]
    assert same.iloc[1].tolist() == pytest.approx([1.7] * 3)


def test_one_patient_has_an_estimate_but_no_interval(tidy, people_of, endpoint, plan):
    scores = tidy({"vehicle": [FAILURE], "cream": [RESPONDER]}, WEEKS)
    found = analyse(scores, people_of(scores), "parallel", [endpoint("F-VASI", 24)], None, plan())
    assert found.estimates["estimate"].tolist() == [1.5, 0.1]
    assert found.estimates[["ci_low", "ci_high", "mc_error"]].isna().all(axis=None)
    assert found.comparisons["difference"].item() == pytest.approx(-1.4)
    assert found.comparisons["method"].item().startswith("difference of means, no test (too few patients)")


def test_an_arm_of_nobody(tidy, people_of, endpoint, plan):
    scores = all_scores(tidy, {"vehicle": [FAILURE, RESPONDER] * 3})
    asked = everything(endpoint)
    found = analyse(scores, people_of(scores), "parallel", asked, None, plan(), arms=["vehicle", "cream"])
    cream = found.estimates[found.estimates["arm"] == "cream"]
    assert (cream["n"] == 0).all()
    assert cream["estimate"].isna().all()
    assert found.comparisons[["difference", "p_value"]].isna().all(axis=None)


def test_a_trial_without_patients(endpoint, plan):
    scores = pd.DataFrame({name: [] for name in ("world", "patient", "arm", "score", "week", "value")})
    people = pd.DataFrame({"patient": [], "arm": []})
    empty = analyse(scores, people, "parallel", everything(endpoint), None, plan())
    assert empty.estimates.empty
    named = analyse(scores, people, "parallel", everything(endpoint), None, plan(), arms=["vehicle", "cream"])
    assert named.estimates["n"].eq(0).all()
    assert named.comparisons["p_value"].isna().all()


def test_a_baseline_that_nobody_has_cannot_adjust(tidy, people_of, endpoint, plan):
    scores = tidy({"vehicle": [[1], [2], [4]], "cream": [[3], [5], [9]]}, [24], "spread")
    found = analyse(scores, people_of(scores), "parallel", [endpoint("spread", 24)], None, plan()).comparisons
    assert "not adjusted" in found["method"].item()


@pytest.mark.parametrize("gap", [1e-3, 1e-6, 1e-9, 1e-12, 1e-15, 0.0])
def test_nearly_separated_by_baseline(gap):
    """Responders and the rest overlap by a hair: no warning, and no p-value that pretends to know."""
    x = np.array([1.0, 2.0, 3.0, 3.0 - gap, 4.0, 5.0])
    y = np.array([0.0, 0.0, 0.0, 1.0, 1.0, 1.0])[None, None]
    one = Sample(np.arange(6), y, x[None, None])
    found = compare(one, Sample(np.arange(6), y, x[None, None] + 0.1), True)
    assert found.p_value > 0.2


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_the_unit_of_a_score_does_not_matter(trial, endpoint, plan, scale):
    scores, people = trial
    asked = [endpoint("F-VASI75", 24), endpoint("F-VASI", 24), endpoint("F-VASI change", 24)]
    base = analyse(scores, people, "parallel", asked, None, plan()).comparisons
    found = analyse(scores.assign(value=scores["value"] * scale), people, "parallel", asked, None, plan()).comparisons
    np.testing.assert_allclose(found["p_value"], base["p_value"], rtol=1e-5)
    np.testing.assert_allclose(found["difference"], base["difference"] * [1, scale, 1], rtol=1e-6)
    assert found["method"].equals(base["method"])


CELL = st.sampled_from([NAN, 0.0, 0.1, 0.25, 0.5, 1.0, 7.25, 30.0])
ARM = st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=7)
DESIGNS = st.sampled_from(["parallel", "delayed-start", "randomised-withdrawal", "within-patient"])
SCORES = ("F-VASI", "T-VASI", "spread", "repigmentation")
TIMES = (
    "F-VASI75",
    "T-VASI100",
    "F-VASI change",
    "spread",
    "repigmentation",
    "time to repigmentation",
    "time to relapse",
)


def small_trial(vehicle, worlds, leaving, shift):
    """Vehicle in world 0, cream in each world (as many patients as the first has), and who leaves when."""
    arms = [(0, "vehicle", vehicle, 0)]
    sized = [table for table in worlds if len(table) >= len(worlds[0])]
    arms += [(world, "cream", table[: len(worlds[0])], shift) for world, table in enumerate(sized)]
    rows = [
        (world, patient + offset, arm, score, week, value)
        for world, arm, table, offset in arms
        for patient, values in enumerate(table)
        for score in SCORES
        for week, value in zip(WEEKS, values, strict=True)
    ]
    scores = pd.DataFrame(rows, columns=["world", "patient", "arm", "score", "week", "value"])
    people = scores[["patient", "arm"]].drop_duplicates("patient")
    return scores, people.assign(dropout_week=(leaving + [np.inf] * 20)[: len(people)])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    vehicle=ARM,
    worlds=st.lists(ARM, min_size=1, max_size=3),
    missing=st.sampled_from(RULES),
    design=DESIGNS,
    leaving=st.lists(st.sampled_from([0.0, 5.5, 12.0, 20.0, 40.0]), max_size=4),
)
def test_no_table_makes_it_stumble(vehicle, worlds, missing, design, leaving):
    scores, people = small_trial(vehicle, worlds, leaving, 0 if design == "within-patient" else 100)
    asked = [Some(score=name, week=24, primary=True) for name in TIMES]
    plan = Some(control="vehicle", confidence=0.9, adjust=["baseline"], missing=missing)
    arms = ["vehicle", "cream"]
    assert_sound(analyse(scores, people, design, asked, None, plan, arms=arms))
