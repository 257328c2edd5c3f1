"""Draws of an unknown product: what they add to an interval, and arms that do not have them."""

import numpy as np
import pandas as pd
import pytest

from repigment.trials.analysis import analyse

pytestmark = pytest.mark.filterwarnings("error")
NAMES = ["F-VASI50", "F-VASI change", "repigmentation", "time to repigmentation"]


@pytest.fixture
def asked(endpoint):
    return [endpoint(name, 24) for name in NAMES]


@pytest.mark.parametrize("missing", ["non-responder", "observed", "last-observation", "multiple-imputation"])
def test_repeating_the_same_world_changes_nothing(trial, asked, plan, missing):
    scores, people = trial
    copies = [scores[scores["arm"] == "cream"].assign(world=world) for world in (1, 2)]
    once = analyse(scores, people, "parallel", asked, None, plan(missing=missing))
    thrice = analyse(pd.concat([scores, *copies]), people, "parallel", asked, None, plan(missing=missing))
    close = {"rtol": 1e-9} if missing != "multiple-imputation" else {"rtol": 0.25, "atol": 0.05}
    pd.testing.assert_frame_equal(once.estimates, thrice.estimates, **close)
    numbers = ["difference", "ci_low", "ci_high"] + ["p_value", "mc_error"] * (missing != "multiple-imputation")
    pd.testing.assert_frame_equal(once.comparisons[numbers], thrice.comparisons[numbers], **close)
    assert all("worlds" in text for text in thrice.comparisons["method"])
    assert not any("worlds" in text for text in once.comparisons["method"])


def test_an_arm_without_the_product_is_that_of_its_one_world(worlds, asked, plan):
    scores, people = worlds
    alone = analyse(scores[scores["world"] == 0], people, "parallel", asked, None, plan()).estimates
    found = analyse(scores, people, "parallel", asked, None, plan()).estimates
    vehicle = found["arm"] == "vehicle"
    pd.testing.assert_frame_equal(found[vehicle], alone[vehicle])


def test_estimates_are_means_over_worlds_and_their_intervals_hold_the_worlds(worlds, asked, plan):
    scores, people = worlds
    each = []
    for world in range(6):
        own = scores[(scores["world"] == world) | (scores["arm"] == "vehicle")]
        own = own.assign(world=0)
        each.append(analyse(own, people, "parallel", asked, None, plan()))
    found = analyse(scores, people, "parallel", asked, None, plan())
    cream = found.estimates["arm"] == "cream"
    per_world = np.array([one.estimates["estimate"][cream] for one in each])
    rows = found.estimates[cream]
    np.testing.assert_allclose(rows["estimate"], per_world.mean(axis=0))
    assert (rows["ci_high"] - rows["ci_low"] > np.ptp(per_world, axis=0)).all()
    differences = np.array([one.comparisons["difference"] for one in each])
    np.testing.assert_allclose(found.comparisons["difference"], differences.mean(axis=0))


def test_worlds_widen_the_interval_but_not_the_monte_carlo_error(worlds, asked, plan):
    scores, people = worlds
    one = analyse(scores[scores["world"] == 0], people, "parallel", asked, None, plan())
    six = analyse(scores, people, "parallel", asked, None, plan())
    for table in ("estimates", "comparisons"):
        a, b = getattr(one, table), getattr(six, table)
        keep = a["arm"] == "cream"
        assert ((b["ci_high"] - b["ci_low"])[keep] > 1.2 * (a["ci_high"] - a["ci_low"])[keep]).all()
        assert (b["mc_error"][keep] < 1.5 * a["mc_error"][keep]).all()


def test_two_arms_with_the_same_product_share_its_worlds(worlds, endpoint, comparison, plan):
    """Twins of the cream arm: whatever the product does, it does to both, so their difference stays narrow."""
    scores, people = worlds
    twin = scores[scores["arm"] == "cream"]
    twin = twin.assign(arm="twin", patient=twin["patient"] + 1000)
    more = people[people["arm"] == "cream"]
    everyone = pd.concat([people, more.assign(arm="twin", patient=more["patient"] + 1000)])
    asked = [endpoint(name, 24) for name in NAMES]
    pair = [comparison(("twin", "cream")), comparison(("cream", "vehicle"))]
    rows = analyse(pd.concat([scores, twin]), everyone, "parallel", asked, pair, plan()).comparisons
    width = (rows["ci_high"] - rows["ci_low"]).to_numpy().reshape(-1, 2)
    np.testing.assert_allclose(rows["difference"].to_numpy().reshape(-1, 2)[:, 0], 0, atol=1e-12)
    assert (width[:, 0] < 0.8 * width[:, 1]).all()


def test_a_score_with_one_world_is_adjusted_for_a_baseline_with_several(worlds, endpoint, plan):
    """A burden that the draws of the product leave alone may be kept once; an absent score is nobody's."""
    scores, people = worlds
    once = scores[(scores["score"] != "irritation burden") | (scores["world"] == 0)]
    once = once[once["score"] != "spread"]
    asked = [endpoint("irritation burden", 24), endpoint("spread", 24)]
    found = analyse(once, people, "parallel", asked, None, plan())
    assert found.comparisons["difference"].notna().tolist() == [True, False]
    assert found.estimates["n"].gt(0).tolist() == [True, True, False, False]


def test_separation_in_some_worlds_is_said(tidy, people_of, endpoint, plan):
    weeks = [0, 24]
    vehicle = [[1.0 + i / 50, 0.9] for i in range(12)] + [[1.1, 0.1]] * 2
    worlds = [tidy({"vehicle": vehicle, "cream": [[1, 0.1], [1.2, 0.1], [1.1, 0.9]] * 5}, weeks)]
    none = tidy({"vehicle": vehicle, "cream": [[1, 0.9], [1.2, 0.9], [1.1, 0.9]] * 5}, weeks, world=1)
    table = pd.concat([*worlds, none[none["arm"] == "cream"]])
    rows = analyse(table, people_of(table), "parallel", [endpoint("F-VASI75", 24)], None, plan()).comparisons
    assert "arcsine test, not adjusted (logistic regression is separated in 1 of 2)" in rows["method"].item()
    assert 0 < rows["p_value"].item() < 1


def test_worlds_far_apart_do_not_blow_up_the_interval(tidy, people_of, endpoint, plan):
    """Twenty worlds with little spread between patients: the t quantile is that of about nineteen, not of one."""
    rng = np.random.default_rng(0)
    tables = []
    for world, level in enumerate(np.linspace(10, 90, 20)):
        cream = [[0, level + e] for e in rng.normal(0, 2, 30)]
        tables.append(tidy({"vehicle": [[0, 5], [0, 6]], "cream": cream}, [0, 24], "repigmentation", world))
    table = pd.concat(tables)
    table = table[(table["arm"] == "cream") | (table["world"] == 0)]
    found = analyse(table, people_of(table), "parallel", [endpoint("repigmentation", 24)], None, plan())
    row = found.estimates.iloc[1]
    assert row["estimate"] == pytest.approx(50, abs=1)
    assert (row["ci_low"], row["ci_high"]) == (0, 100)  # 50 +- 2.09 * 25 stops at the ends of the scale
    assert found.comparisons["ci_high"].item() == pytest.approx(44.5 + 52, abs=3)
