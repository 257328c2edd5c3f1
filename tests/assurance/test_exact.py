"""Power for shares by counting outcomes, against SciPy, statsmodels and simulation."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy.stats import fisher_exact
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_effectsize

from repigment.trials.assurance import Effects, exact
from repigment.trials.assurance.power import false_alarm, in_worlds


@pytest.mark.parametrize("table", [(0, 12, 5, 9), (12, 0, 7, 7), (3, 9, 8, 6), (0, 12, 0, 14)])
def test_fisher(table: tuple[int, int, int, int]) -> None:
    a, b, c, d = table
    assert exact._fisher(a + b, c + d)[a, c] == pytest.approx(fisher_exact([[a, b], [c, d]])[1])


def test_power_is_that_of_simulated_trials() -> None:
    rng = np.random.default_rng(5)
    n1, n2, p1, p2 = 40, 30, 0.6, 0.3
    x1, x2 = rng.binomial(n1, p1, 20_000), rng.binomial(n2, p2, 20_000)
    found = exact._significant(n1, n2, 0.95)[x1, x2] & (x1 / n1 > x2 / n2)
    assert exact.power(p1, p2, (n1, n2), 1, 0.95) == pytest.approx(found.mean(), abs=0.012)


def test_large_arms_are_as_the_normal_approximation_says() -> None:
    expected = NormalIndPower().power(proportion_effectsize(0.45, 0.3), 140, 0.05)
    assert exact.power(0.45, 0.3, (140, 140), 1, 0.95) == pytest.approx(expected, abs=0.03)


def test_direction_and_margin() -> None:
    assert exact.power(0.2, 0.6, (50, 50), 1, 0.95) < 1e-3
    assert exact.power(0.2, 0.6, (50, 50), -1, 0.95) > 0.95, "what is feared has become rarer"
    assert exact.power(0.6, 0.2, (50, 50), 1, 0.95, margin=0.4) == pytest.approx(0.5, abs=0.1)


def test_no_effect_is_found_no_oftener_than_alpha() -> None:
    for share in (0.0, 0.02, 0.1, 0.5):
        assert exact.power(share, share, (40, 40), 1, 0.95) <= 0.03


def test_few_of_many_are_counted_too(known: Callable[..., Effects]) -> None:
    """One in a hundred against none: the normal approximation would see a benefit in eight patients."""
    found = known(np.full(4, 0.01), error=0.005, n=200, unit="fraction", shares=np.full(4, 0.002))
    for n in (400, 1000):
        counted = binomial_power(n, 0.012, 0.002)
        assert in_worlds(found, n)[0] == pytest.approx(counted, abs=0.05)


MIXED = [(0.02, 0.0), (0.0, 0.0), (0.11, 0.02), (0.12, 0.05), (0.4, 0.3), (0.6, 0.5), (0.95, 0.9), (1.0, 0.97)]


def test_each_world_is_counted_or_not_by_itself(known: Callable[..., Effects]) -> None:
    """What the other worlds are changes nothing, and nothing jumps where counting ends."""
    share, versus = np.array(MIXED).T
    together = known(share - versus, unit="fraction", shares=versus)
    before, after = (in_worlds(together, n) for n in (exact.LARGEST, exact.LARGEST + 1))
    assert after == pytest.approx(before, abs=0.03)
    assert after[:2] == pytest.approx([0.084, 0.0], abs=0.005), "2 % against none, none against none"
    for n in (exact.LARGEST, exact.LARGEST + 1, 400):
        alone = [in_worlds(known(np.array([p - q]), unit="fraction", shares=np.array([q])), n)[0] for p, q in MIXED]
        assert in_worlds(together, n) == pytest.approx(alone)


def test_few_who_do_not_respond_are_counted_as_few_who_do(known: Callable[..., Effects]) -> None:
    rare = known(np.full(2, 0.02), unit="fraction", shares=np.full(2, 0.001))
    common = known(np.full(2, 0.02), unit="fraction", shares=np.full(2, 0.979))
    assert in_worlds(rare, 300) == pytest.approx(in_worlds(common, 300))


@pytest.mark.parametrize(("n", "share"), [(15, 0.1), (40, 0.3), (120, 0.02)])
def test_false_alarms_of_shares_are_those_of_simulated_trials(
    known: Callable[..., Effects], n: int, share: float
) -> None:
    rng = np.random.default_rng(n)
    tables = rng.binomial(n, share, (4000, 2))
    kinds, times = np.unique(tables, axis=0, return_counts=True)
    simulated = times[[significant(a, c, n) for a, c in kinds]].sum() / 4000
    told = false_alarm(known(np.zeros(4), n=n, unit="fraction", shares=np.full(4, share)))
    assert told == pytest.approx(simulated, abs=0.01) and told < 0.06


def binomial_power(n: int, share: float, versus: float) -> float:
    """The same test on simulated counts."""
    rng = np.random.default_rng(n)
    tables = np.column_stack([rng.binomial(n, share, 3000), rng.binomial(n, versus, 3000)])
    kinds, times = np.unique(tables, axis=0, return_counts=True)
    good = [significant(a, c, n) and a > c for a, c in kinds]
    return float(times[np.array(good)].sum() / times.sum())


def significant(a: int, c: int, n: int) -> bool:
    if 0 in (a, c):
        return bool(fisher_exact([[a, n - a], [c, n - c]])[1] < 0.05)
    z = np.log(a * (n - c) / (c * (n - a))) / np.sqrt(1 / a + 1 / (n - a) + 1 / c + 1 / (n - c))
    return bool(abs(z) > 1.959964)
