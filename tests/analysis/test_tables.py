"""The two tables: rows, order, the same bytes from the same numbers, and how long they take."""

import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repigment.trials.analysis import MEASURES, analyse, estimate, paired, proportions
from repigment.trials.analysis.values import Sample

pytestmark = pytest.mark.filterwarnings("error")
NAMES = ["F-VASI75", "F-VASI change", "repigmentation", "time to repigmentation", "time to relapse", "spread"]


def test_a_row_for_each_endpoint_and_arm_in_the_order_asked(trial, endpoint, comparison, plan):
    asked = [endpoint("F-VASI75", 24, primary=True), endpoint("spread", 12)]
    pair = [comparison(("cream", "vehicle")), comparison(("vehicle", "cream"))]
    found = analyse(*trial, "parallel", asked, pair, plan())
    keys = found.estimates[["endpoint", "week", "arm", "unit", "primary"]].values.tolist()
    assert keys == [
        ["F-VASI75", 24, "vehicle", "fraction", True],
        ["F-VASI75", 24, "cream", "fraction", True],
        ["spread", 12, "vehicle", "hand units", False],
        ["spread", 12, "cream", "hand units", False],
    ]
    rows = found.comparisons
    assert rows[["arm", "versus"]].values.tolist() == [["cream", "vehicle"], ["vehicle", "cream"]] * 2
    np.testing.assert_allclose(rows["difference"][1::2], -rows["difference"][::2].to_numpy())
    np.testing.assert_allclose(rows["ci_low"][1::2], -rows["ci_high"][::2].to_numpy())
    np.testing.assert_allclose(rows["p_value"][1::2], rows["p_value"][::2])


@pytest.mark.parametrize("name", ["F-VASI50", "T-VASI change", "repigmentation", "spread", "irritation burden"])
def test_adjusting_is_done_if_asked_and_said(trial, endpoint, plan, name):
    """Scores that are zero in everybody at week 0 are adjusted for the VASI of that day."""
    asked = [endpoint(name, 24)]
    with_, without = (
        analyse(*trial, "parallel", asked, None, plan(adjust=adjust)).comparisons.iloc[0]
        for adjust in (["baseline"], [])
    )
    assert " adjusted for baseline" in with_["method"]
    assert "not adjusted" in without["method"]
    assert with_["p_value"] != without["p_value"]


def test_without_comparisons_every_arm_meets_the_control(random_trial, endpoint, plan):
    tables = random_trial(np.random.default_rng(0), {"cream": 5, "vehicle": 5, "tablet": 5})
    rows = analyse(*tables, "parallel", [endpoint("F-VASI75", 24)], None, plan()).comparisons
    assert rows[["arm", "versus"]].values.tolist() == [["cream", "vehicle"], ["tablet", "vehicle"]]
    rows = analyse(*tables, "parallel", [endpoint("F-VASI75", 24)], [], plan(), arms=["tablet", "cream", "vehicle"])
    assert rows.estimates["arm"].tolist() == ["tablet", "cream", "vehicle"]


@pytest.mark.parametrize("missing", ["non-responder", "multiple-imputation"])
@pytest.mark.parametrize("design", ["parallel", "within-patient"])
def test_the_order_of_the_rows_does_not_matter(worlds, endpoint, plan, missing, design):
    scores, people = worlds
    if design == "within-patient":
        scores = scores.assign(patient=scores["patient"] % 30).drop_duplicates(
            ["world", "patient", "arm", "score", "week"]
        )
        people = people[people["patient"] < 30]
    asked = [endpoint(name, 24) for name in NAMES]
    shuffled = scores.sample(frac=1, random_state=1).reset_index(drop=True)
    one = analyse(scores, people, design, asked, None, plan(missing=missing))
    other = analyse(shuffled, people.sample(frac=1, random_state=2), design, asked, None, plan(missing=missing))
    assert one.estimates.to_csv() == other.estimates.to_csv()
    assert one.comparisons.to_csv() == other.comparisons.to_csv()


def test_inputs_are_left_as_they_were(worlds, endpoint, plan):
    scores, people = worlds
    before = scores.copy(), people.copy()
    analyse(scores, people, "parallel", [endpoint(name, 24) for name in NAMES], None, plan(missing="last-observation"))
    pd.testing.assert_frame_equal(scores, before[0])
    pd.testing.assert_frame_equal(people, before[1])


def test_estimate_is_the_first_table(worlds, endpoint, plan):
    asked = [endpoint(name, week) for name in NAMES for week in (4, 12, 24)]
    whole = analyse(*worlds, "parallel", asked, None, plan()).estimates
    assert estimate(*worlds, "parallel", asked, plan()).equals(whole)


def test_categories_and_labels_that_are_not_zero_do_as_well(worlds, endpoint, plan):
    scores, people = worlds
    asked = [endpoint(name, 24) for name in NAMES]
    plain = analyse(scores, people, "parallel", asked, None, plan()).estimates
    odd = scores.assign(
        world=scores["world"] + 5, arm=scores["arm"].astype("category"), week=scores["week"].astype(float)
    )
    odd = odd.assign(score=odd["score"].astype("category"))
    assert analyse(odd, people, "parallel", asked, None, plan()).estimates.equals(plain)


def test_a_higher_confidence_gives_a_wider_interval(worlds, endpoint, plan):
    asked = [endpoint(name, 24) for name in ("F-VASI50", "F-VASI change", "spread", "time to repigmentation")]
    narrow, wide = (analyse(*worlds, "parallel", asked, None, plan(confidence=c)) for c in (0.8, 0.99))
    for table in ("estimates", "comparisons"):
        a, b = getattr(narrow, table), getattr(wide, table)
        assert (b["ci_low"] <= a["ci_low"]).all()
        assert (b["ci_high"] >= a["ci_high"]).all()
        assert ((b["ci_high"] - b["ci_low"]) > 1.2 * (a["ci_high"] - a["ci_low"])).all()


def test_within_patients_uses_the_pairs(endpoint, plan, tidy):
    """Twenty people, one side treated: 18 respond there, ten on the other, all of whom respond on both."""
    sides = {"treated": [[1, 0.1]] * 18 + [[1, 0.9]] * 2, "sham": [[1, 0.1]] * 10 + [[1, 0.9]] * 10}
    scores = tidy(sides, [0, 24])
    scores = scores.assign(patient=scores["patient"] % 20)
    people = pd.DataFrame({"patient": range(20), "arm": "both", "dropout_week": np.inf})
    asked = [endpoint("F-VASI75", 24), endpoint("time to repigmentation", 24), endpoint("F-VASI change", 24)]
    found = analyse(scores, people, "within-patient", asked, None, plan(control="sham"))
    rows = found.comparisons
    assert found.estimates["arm"].unique().tolist() == ["sham", "treated"]
    assert rows["difference"][:2].tolist() == pytest.approx([0.4, 0.4])
    assert rows["p_value"][:2].tolist() == pytest.approx([2 / 2**8] * 2)  # 8 against 0
    assert all("McNemar's exact test" in text for text in rows["method"][:2])
    assert rows["method"][2].startswith("mean difference within patients, paired t-test")
    independent = analyse(
        scores.assign(patient=scores["patient"] + 100 * (scores["arm"] == "sham")),
        people,
        "parallel",
        asked,
        None,
        plan(control="sham"),
        arms=["sham", "treated"],
    ).comparisons
    assert (rows["ci_high"] - rows["ci_low"] < independent["ci_high"] - independent["ci_low"]).all()


SHARE = st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(deadline=None, derandomize=True)
@given(yes=SHARE, confidence=st.floats(0.5, 0.999))
def test_wilson_holds_the_estimate_and_stays_in_range(yes, confidence):
    x, n = yes
    low, high = proportions.wilson(x / n, n, confidence)
    assert 0 <= low <= x / n <= high <= 1
    mirrored = proportions.wilson(1 - x / n, n, confidence)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-12)


@settings(deadline=None, derandomize=True)
@given(first=SHARE, second=SHARE, r=st.floats(-1, 1))
def test_square_and_add_holds_the_difference_and_stays_in_range(first, second, r):
    a, b = ((x / n, *proportions.wilson(x / n, n, 0.95)) for x, n in (first, second))
    low, high = proportions.square_and_add(a, b, r)
    d = a[0] - b[0]
    assert -1 - 1e-12 <= low <= d + 1e-12 or r < 0
    assert d - 1e-12 <= high <= 1 + 1e-12 or r < 0
    assert low <= d <= high
    assert proportions.square_and_add(b, a, r) == pytest.approx((-high, -low), abs=1e-12)


@settings(deadline=None, derandomize=True)
@given(table=st.tuples(*[st.integers(0, 12)] * 4).filter(lambda t: sum(t) > 0))
def test_pairs_hold_the_difference(table):
    one, other = (np.repeat(cells, table)[None, None] for cells in ([1.0, 1.0, 0.0, 0.0], [1.0, 0.0, 1.0, 0.0]))
    who, blank = np.arange(sum(table)), np.full(one.shape, np.nan)
    found = paired.contrast_shares(Sample(who, one, blank), Sample(who, other, blank), 0.95)
    assert -1 <= found.low <= found.difference + 1e-12
    assert found.difference - 1e-12 <= found.high <= 1
    assert 0 <= found.p_value <= 1
    assert found.mc_error > 0


@pytest.mark.parametrize("seed", range(20))
def test_estimates_hold_their_intervals_in_any_trial(random_trial, seed):
    scores, people = random_trial(np.random.default_rng(seed), {"vehicle": 6, "cream": 9}, worlds=3)
    found = _analyse_all(scores, people)
    for table, middle in ((found.estimates, "estimate"), (found.comparisons, "difference")):
        known = table.dropna(subset=["ci_low"])
        assert len(known) > 10
        assert (known["ci_low"] <= known[middle] + 1e-9).all()
        assert (known[middle] <= known["ci_high"] + 1e-9).all()


def _analyse_all(scores, people):
    from types import SimpleNamespace as Some

    plan = Some(control="vehicle", confidence=0.95, adjust=["baseline"], missing="non-responder")
    return analyse(scores, people, "parallel", [Some(score=n, week=24, primary=False) for n in MEASURES], None, plan)


def test_674_patients_ten_endpoints_and_twenty_worlds_take_under_three_seconds(random_trial, endpoint, plan):
    scores, people = random_trial(np.random.default_rng(0), {"vehicle": 224, "cream": 450}, worlds=20)
    asked = [endpoint(name, 24) for name in [*NAMES, "F-VASI50", "F-VASI90", "T-VASI50", "irritation burden"]]
    analyse(scores, people, "parallel", asked[:2], None, plan())  # imports of the libraries are paid once
    start = time.perf_counter()
    analyse(scores, people, "parallel", asked, None, plan())
    assert time.perf_counter() - start < 3


def test_importing_the_analysis_leaves_the_libraries_alone():
    code = (
        "import sys, repigment.trials.analysis; print([m for m in ('statsmodels', 'scipy.stats') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
