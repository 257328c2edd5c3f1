"""Normal priors and normal data, where every answer has a formula."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.special import ndtr, ndtri
from scipy.stats import nct, norm, t

from repigment.trials.assurance import Effects, assurance, narrowing, power, shrinkage, smallest_trial
from repigment.trials.assurance.mixture import quantiles, smoothed
from repigment.trials.assurance.power import in_worlds, smallest_size

Prior = Callable[..., np.ndarray]
Known = Callable[..., Effects]
Q = float(ndtri(0.975))


@pytest.mark.parametrize(
    ("mean", "sd", "error"), [(0.0, 1.0, 1.0), (2.0, 1.0, 0.5), (-1.0, 2.0, 0.7), (1.0, 0.01, 0.4)]
)
def test_assurance_of_a_normal_prior(prior: Prior, known: Known, mean: float, sd: float, error: float) -> None:
    formula = ndtr((mean - Q * error) / np.hypot(error, sd))
    assert assurance(known(prior(mean, sd), error)) == pytest.approx(formula, abs=2e-3)


def test_no_effect_gives_alpha() -> None:
    assert power(0.0, 2.0) == pytest.approx(0.025)
    assert power(0.0, 2.0) + power(-0.0, 2.0) == pytest.approx(0.05)
    assert power(0.0, 0.0) == pytest.approx(0.025), "an error of nothing divides by nothing"


@pytest.mark.parametrize("df", [3, 6, 12, 38])
def test_small_trials_have_the_power_of_the_noncentral_t(df: int) -> None:
    effects = np.array([-1.0, 0.5, 1, 2, 3, 6])
    assert power(effects, 1.0, df=df) == pytest.approx(nct.sf(t.ppf(0.975, df), df, effects), abs=3e-5)
    assert power(0.0, 1.0, df=df) == pytest.approx(0.025, abs=1e-5)


def test_a_margin_in_small_trials_is_that_of_simulated_ones() -> None:
    rng, df = np.random.default_rng(4), 8
    seen, errors = 2 + rng.standard_normal(200_000), np.sqrt(rng.chisquare(df, 200_000) / df)
    simulated = (seen > np.maximum(t.ppf(0.975, df) * errors, 1.8)).mean()
    assert power(2.0, 1.0, df=df, margin=1.8) == pytest.approx(simulated, abs=0.005)


def test_power_is_the_textbook_one() -> None:
    # two means, sd 1, difference 0.5, 64 an arm: 80 % (Cohen 1988, table 2.4.1)
    assert power(0.5, np.sqrt(2 / 64), df=126) == pytest.approx(0.80, abs=0.01)


def test_endless_patients_give_the_share_of_benefit(prior: Prior, known: Known) -> None:
    found = known(prior(-0.5, 1.0))
    share = float((found.benefit > 0).mean())
    assert assurance(found, 10**9) == pytest.approx(share, abs=0.003)


def test_a_fall_is_a_benefit_where_less_is_better(prior: Prior, known: Known) -> None:
    up, down = known(prior(1, 1)), known(-prior(1, 1), better=-1)
    assert assurance(up) == pytest.approx(assurance(down))


def test_the_size_for_a_wanted_power_is_the_formula(known: Known) -> None:
    # one effect in all worlds: n = 2 (q + z)^2 sd^2 / effect^2 an arm
    found = known(np.full(8, 0.5), error=float(np.sqrt(2 / 50)), n=50)
    wanted = 2 * ((Q + float(ndtri(0.8))) / 0.5) ** 2
    assert smallest_size(lambda n: assurance(found, n), 0.8) == int(np.ceil(wanted))


def test_the_dual_criterion(known: Known) -> None:
    found = known(np.array([0.0, 1.0, 2.0, 3.0]), error=0.1)
    assert in_worlds(found, margin=2.0) == pytest.approx([0, 0, 0.5, 1], abs=1e-6), "at the margin one in two"
    trial = smallest_trial(found, 0.74, margin=1.5)
    assert (trial.true_worlds, trial.worlds) == (2, 4)
    assert trial.if_true >= 0.74 and trial.if_false < 0.2


def test_smallest_trial_takes_the_cheapest_endpoint(known: Known) -> None:
    dear, cheap = (known(np.full(8, 1.0), error=e, endpoint=name) for e, name in ((2.0, "dear"), (1.0, "cheap")))
    found = smallest_trial([dear, cheap], 0.8)
    assert found.endpoint == "cheap" and found.if_true >= 0.8 and np.isnan(found.if_false)
    assert smallest_trial(dear).n > found.n  # type: ignore[operator]


def test_given_worlds_are_those_in_which_the_claim_holds(known: Known) -> None:
    found = smallest_trial(known(np.array([-1.0, 1.0, 1.0, 1.0])), holds=[False, False, True, True])
    assert found.true_worlds == 2 and found.if_false == pytest.approx(found.if_true / 2, rel=0.01)


@pytest.mark.parametrize("error", [0.3, 1.0, 3.0])
@pytest.mark.parametrize("worlds", [16, 100])
def test_narrowing_of_a_normal_prior(prior: Prior, error: float, worlds: int) -> None:
    effects = prior(0.4, 1.0, worlds)
    effects = 0.4 + (effects - effects.mean()) / effects.std(ddof=1)
    assert narrowing(effects, error).share == pytest.approx(1 - error / np.hypot(1, error), abs=0.01)


def test_narrowing_at_the_ends(prior: Prior) -> None:
    assert narrowing(prior(0, 1), 1e6).share == pytest.approx(0, abs=1e-3)
    assert narrowing(prior(0, 1), 1e-3).share == pytest.approx(1, abs=1e-2)
    assert np.isnan(narrowing(np.ones(8), 1.0).share), "what is known cannot be narrowed"


def test_mixtures() -> None:
    centres, h = smoothed(np.array([1.0, 2.0, 6.0]))
    assert centres.mean() == pytest.approx(3)
    found = quantiles([0.1, 0.5], np.array([0.5, 0.5]), np.array([-9.0, 9.0]), 1.0)
    assert found[0] == pytest.approx(-9 + float(ndtri(0.2)))
    assert h > 0


def test_shrinkage_of_a_normal_prior(prior: Prior, known: Known) -> None:
    sd, error = 1.0, 2.0
    found = shrinkage(known(prior(0, sd, 2000), error=error, n=50), small=50, large=5000)
    total = np.hypot(sd, error)
    bar = Q * error
    tail = norm.sf(bar / total)
    seen = total * norm.pdf(bar / total) / tail
    assert found.looks_good == pytest.approx(tail, rel=0.01)
    assert found.seen == pytest.approx(seen, rel=0.01)
    assert found.later == pytest.approx(seen * sd**2 / total**2, rel=0.02), "v^2 / (v^2 + s^2) of what was seen"
    assert found.later < found.seen / 3


def test_a_bar_above_significance_selects_more_luck(prior: Prior, known: Known) -> None:
    effects = known(prior(0, 1), error=2.0)
    low, high = shrinkage(effects, 50, 500), shrinkage(effects, 50, 500, bar=6.0)
    assert high.looks_good < low.looks_good and high.seen > low.seen
    assert high.seen_range[0] >= 6.0 and high.seen_range[1] > high.seen > high.later


def test_ranges_hold_nine_in_ten(known: Known) -> None:
    found = shrinkage(known(np.full(4, 10.0), error=1.0, n=50), small=50, large=50)
    assert found.later_range == pytest.approx((10 + ndtri(0.05), 10 + ndtri(0.95)), abs=1e-6)
