"""Rubin's rules, quantiles and p-values written a second time, from their definitions, and compared."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from repigment.trials.analysis import proportions
from repigment.trials.analysis.worlds import Pooled, p_value, pool, quantile, two_sided

pytestmark = pytest.mark.filterwarnings("error")


def test_pooling_is_rubins_nested_rule_written_out():
    rng = np.random.default_rng(1)
    q, u = rng.normal(1, 0.5, (5, 4)), rng.uniform(0.1, 0.3, (5, 4))
    b = sum((q[k].mean() - q.mean()) ** 2 for k in range(5)) / 4
    w = sum((q[k, m] - q[k].mean()) ** 2 for k in range(5) for m in range(4)) / (5 * 3)
    t = u.mean() + (1 - 1 / 4) * w + (1 + 1 / 5) * b
    df = 1 / (((1 + 1 / 5) * b / t) ** 2 / 4 + ((1 - 1 / 4) * w / t) ** 2 / 15)
    found = pool(q, u)
    assert (found.estimate, found.variance, found.df) == pytest.approx((q.mean(), t, df))


def test_pooling_over_worlds_alone_is_rubins_rule():
    q, u = np.array([[0.2], [0.35], [0.3], [0.6]]), np.full((4, 1), 0.01)
    b = np.var([0.2, 0.35, 0.3, 0.6], ddof=1)
    found = pool(q, u)
    assert found.variance == pytest.approx(0.01 + 1.25 * b)
    assert found.df == pytest.approx(3 * (1 + 0.01 / (1.25 * b)) ** 2)  # Rubin 1987, eq. 3.1.6
    assert pool(q.T, u.T) == found  # one world with four imputations is the same rule


def test_pooling_of_equal_worlds_is_one_of_them():
    found = pool(np.full((6, 3), 0.4), np.full((6, 3), 0.02), complete_df=11)
    assert (found.estimate, found.variance, found.df) == pytest.approx((0.4, 0.02, 11))


def test_pooling_leaves_out_worlds_without_an_answer():
    assert pool([[0.2], [np.nan], [0.4]], [[0.01], [np.nan], [0.01]]) == pool([[0.2], [0.4]], [[0.01], [0.01]])
    assert np.isnan(pool([[np.nan]], [[np.nan]]).estimate)


@pytest.mark.parametrize("df", [1.0, 2.7, 30.0, np.inf])
def test_quantiles_and_p_values_are_scipys(df):
    law = stats.norm() if np.isinf(df) else stats.t(df)
    assert quantile(0.9, df) == pytest.approx(law.isf(0.05))
    assert two_sided(-1.3, df) == pytest.approx(2 * law.sf(1.3))
    assert p_value(Pooled(0.5, 0.04, df)) == pytest.approx(2 * law.sf(2.5))


def test_worlds_widen_wilson_by_square_and_add():
    values = np.zeros((4, 1, 50))
    for world, yes in enumerate((5, 10, 12, 25)):
        values[world, 0, :yes] = 1
    found = proportions.summarise(values, 0.95)
    p, shares = 52 / 200, np.array([5, 10, 12, 25]) / 50
    within, between = (shares * (1 - shares) / 50).mean(), 1.25 * shares.var(ddof=1)
    t = stats.t.isf(0.025, 3 * (1 + within / between) ** 2)
    low, high = proportion_confint(52 / 4, 50, alpha=2 * stats.norm.sf(t), method="wilson")
    assert found.low == pytest.approx(max(0, p - np.hypot(p - low, t * np.sqrt(between))))
    assert found.high == pytest.approx(p + np.hypot(high - p, t * np.sqrt(between)))
    assert (found.estimate, found.n) == (pytest.approx(p), 50)
