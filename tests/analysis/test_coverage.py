"""Do 95 % intervals hold the truth 95 times in 100, and do tests reject a true null 5 times? By simulation, seeded."""

import numpy as np
import pytest
from scipy import stats

from repigment.trials.analysis import incidence, logistic, means, proportions, risk
from repigment.trials.analysis.events import CENSORED, DROPOUT, EVENT, Times
from repigment.trials.analysis.values import Sample

pytestmark = pytest.mark.filterwarnings("error")


def sample(values, baseline=None) -> Sample:
    values = np.asarray(values, float)
    values = values.reshape(1, 1, -1) if values.ndim == 1 else values
    return Sample(np.arange(values.shape[-1]), values, np.full(values.shape, np.nan) if baseline is None else baseline)


def test_difference_of_proportions_by_enumeration():
    """Every outcome of 15 and 20 patients, weighted by its probability: no simulation error."""
    covered = 0.0
    p1, p2 = 0.35, 0.1
    for a in range(16):
        for b in range(21):
            chance = stats.binom.pmf(a, 15, p1) * stats.binom.pmf(b, 20, p2)
            if chance > 1e-4:
                one, other = ((np.arange(n) < x).astype(float)[None, None] for x, n in ((a, 15), (b, 20)))
                found = risk.contrast(sample(one), sample(other), False, 0.95)
                covered += chance * (found.low <= p1 - p2 <= found.high)
    assert 0.94 < covered < 0.985


@pytest.mark.parametrize(("centre", "spread"), [(-0.3, 0.5), (0.0, 1.5), (-1.2, 0.6), (-1.0, 0.15)])
def test_worlds_cover_the_one_true_product(centre, spread):
    """The truth is another draw from the prior that the worlds are drawn from, in patients like the virtual ones."""
    rng, inside, runs, k, n = np.random.default_rng(1), 0, 300, 10, 80
    for _ in range(runs):
        luck = rng.random(n)
        truth, *guesses = stats.norm.cdf(centre + spread * rng.standard_normal(k + 1))
        found = proportions.summarise((luck < np.array(guesses)[:, None]).astype(float)[:, None], 0.95)
        inside += found.low <= truth <= found.high
    assert 0.92 < inside / runs < 0.995


def test_worlds_cover_the_true_difference_to_an_arm_without_the_product():
    rng, inside, runs, k, n = np.random.default_rng(8), 0, 200, 10, 80
    for _ in range(runs):
        luck, control = rng.random(n), (rng.random(n) < 0.2).astype(float)
        truth, *guesses = stats.norm.cdf(-0.3 + 0.5 * rng.standard_normal(k + 1))
        product = sample((luck < np.array(guesses)[:, None]).astype(float)[:, None])
        found = risk.contrast(product, sample(control), False, 0.95)
        inside += found.low <= truth - 0.2 <= found.high
    assert 0.92 < inside / runs < 0.995


def test_one_world_alone_would_not_cover_it():
    rng, inside, runs, n = np.random.default_rng(1), 0, 200, 80
    for _ in range(runs):
        truth, guess = stats.norm.cdf(-0.3 + 0.5 * rng.standard_normal(2))
        found = proportions.summarise((rng.random(n) < guess).astype(float)[None, None], 0.95)
        inside += found.low <= truth <= found.high
    assert inside / runs < 0.75


def test_means_of_unequal_spread_and_size():
    rng, inside, rejected, runs = np.random.default_rng(2), 0, 0, 500
    for _ in range(runs):
        x1, x2 = rng.normal(size=20), rng.normal(size=60)
        first = sample(x1 + rng.normal(0, 3, 20), x1[None, None])
        second = sample(x2 + rng.normal(0, 1, 60), x2[None, None])
        found = means.contrast(first, second, True, 0.95)
        inside += found.low <= 0 <= found.high
        rejected += found.p_value < 0.05
    assert inside + rejected == runs  # interval and test are the same statement
    assert 0.93 < inside / runs < 0.985


def test_adjusting_for_baseline_narrows_the_interval():
    rng = np.random.default_rng(3)
    x = rng.normal(0, 2, (2, 50))
    first, second = (sample(side + rng.normal(0, 0.5, 50), side[None, None]) for side in x)
    adjusted, plain = (means.contrast(first, second, how, 0.95) for how in (True, False))
    assert adjusted.high - adjusted.low < 0.5 * (plain.high - plain.low)


@pytest.mark.parametrize("share", [0.5, 0.05])
def test_the_test_of_responses_rejects_a_true_null_rarely(share):
    """At 5 % responders in 30 and 40 patients most tables are separated: Fisher's test is then conservative."""
    rng, rejected, runs = np.random.default_rng(4), 0, 400
    for _ in range(runs):
        first, second = ((rng.random(n) < share).astype(float) for n in (30, 40))
        x = [rng.normal(size=n)[None, None] for n in (30, 40)]
        rejected += logistic.compare(sample(first, x[0]), sample(second, x[1]), True).p_value < 0.05
    assert rejected / runs < 0.075
    if share == 0.5:
        assert rejected / runs > 0.02


def test_the_test_of_responses_finds_a_true_difference():
    rng, found, runs = np.random.default_rng(5), 0, 100
    for _ in range(runs):
        first, second = (rng.random(100) < 0.6).astype(float), (rng.random(100) < 0.3).astype(float)
        found += risk.contrast(sample(first), sample(second), False, 0.95).p_value < 0.05
    assert found / runs > 0.95


def test_cumulative_incidence_with_drop_out_and_censoring():
    rng, inside, runs, n = np.random.default_rng(6), 0, 400, 60
    truth = 0.4 * (1 - np.exp(-1.0))  # competing exponentials of rates 0.4 and 0.6 to time 1
    for _ in range(runs):
        time, cause = rng.exponential(1, n), np.where(rng.random(n) < 0.4, EVENT, DROPOUT)
        end = np.minimum(rng.uniform(0.3, 3, n), 1.0)
        status = np.where(time <= end, cause, CENSORED)[None]
        found = incidence.summarise(Times(np.arange(n), np.minimum(time, end)[None], status), 0.95)
        inside += found.low <= truth <= found.high
    assert 0.92 < inside / runs < 0.98
