"""Power for shares by counting outcomes, against SciPy, statsmodels and simulation."""

import numpy as np
import pytest
from scipy.stats import fisher_exact
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_effectsize

from repigment.trials.assurance import exact


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
