"""Monte Carlo error: how far an estimate moves when other virtual patients are drawn."""

import numpy as np
import pytest

from repigment.trials.analysis import analyse, montecarlo

pytestmark = pytest.mark.filterwarnings("error")
NAMES = ["F-VASI75", "F-VASI change", "time to repigmentation"]


def test_one_world_is_the_textbook_error():
    rng = np.random.default_rng(0)
    yes, x = (rng.random((1, 1, 200)) < 0.3).astype(float), rng.normal(size=(1, 1, 200))
    p = yes.mean()
    assert montecarlo.of_proportion(yes) == pytest.approx(np.sqrt(p * (1 - p) / 200))
    assert montecarlo.of_mean(x) == pytest.approx(x.std(ddof=1) / np.sqrt(200))


def test_worlds_with_the_same_patients_are_not_more_patients():
    yes = (np.random.default_rng(0).random((1, 1, 200)) < 0.3).astype(float)
    assert montecarlo.of_proportion(np.repeat(yes, 9, axis=0)) == pytest.approx(montecarlo.of_proportion(yes))


def test_nobody_or_everybody_is_no_certainty():
    none, few = montecarlo.of_proportion(np.zeros((1, 1, 40))), np.zeros((1, 1, 40))
    few[..., 0] = 1
    assert 0 < none < montecarlo.of_proportion(few)
    assert montecarlo.of_proportion(np.ones((1, 1, 40))) == pytest.approx(none)
    assert montecarlo.of_proportion(np.zeros((1, 1, 400))) < none / 5


def test_it_is_the_spread_of_reruns_with_other_patients(random_trial, endpoint, plan):
    """Sixty reruns of the same study, vehicle and one given cream: their spread is what each of them announces."""
    asked = [endpoint(name, 24) for name in NAMES]
    estimates, announced = [], []
    for seed in range(60):
        scores, people = random_trial(np.random.default_rng([seed, 1]), {"vehicle": 60, "cream": 2})
        rows = analyse(scores, people, "parallel", asked, [], plan()).estimates
        rows = rows[rows["arm"] == "vehicle"]
        estimates.append(rows["estimate"].to_numpy())
        announced.append(rows["mc_error"].to_numpy())
    spread, told = np.std(estimates, axis=0, ddof=1), np.mean(announced, axis=0)
    assert spread[1] == pytest.approx(told[1], rel=0.3)
    assert (told > 0).all()


def test_it_falls_with_the_root_of_the_patients(random_trial, endpoint, plan):
    asked = [endpoint(name, 24) for name in NAMES]
    small, large = (
        analyse(*random_trial(np.random.default_rng(3), {"vehicle": n, "cream": 4}), "parallel", asked, [], plan())
        for n in (100, 1600)
    )
    ratio = (small.estimates["mc_error"] / large.estimates["mc_error"])[small.estimates["arm"] == "vehicle"]
    np.testing.assert_allclose(ratio, 4, rtol=0.35)
