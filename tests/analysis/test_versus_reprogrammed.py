"""Every estimator written a second time, from its definition, and compared."""

import numpy as np
import pytest
from scipy import optimize, stats
from statsmodels.stats.proportion import confint_proportions_2indep

from repigment.trials.analysis import logistic, means, paired, proportions, risk
from repigment.trials.analysis.events import CENSORED, DROPOUT, EVENT, Times, cumulative_incidence
from repigment.trials.analysis.incidence import contrast as contrast_incidence
from repigment.trials.analysis.incidence import log_log
from repigment.trials.analysis.values import Sample

pytestmark = pytest.mark.filterwarnings("error")


def sample(values, baseline=None, patients=None) -> Sample:
    values = np.array(values, float).reshape(1, 1, -1)
    baseline = np.full(values.shape, np.nan) if baseline is None else np.array(baseline, float).reshape(1, 1, -1)
    return Sample(np.arange(values.size) if patients is None else np.array(patients), values, baseline)


@pytest.fixture
def arms():
    """Responses that depend on baseline and arm, in two arms of unequal size."""
    rng = np.random.default_rng(3)
    x1, x2 = rng.normal(2, 0.7, 40), rng.normal(2, 0.7, 70)
    y1 = (rng.random(40) < 1 / (1 + np.exp(x1 - 2.5))).astype(float)
    y2 = (rng.random(70) < 1 / (1 + np.exp(x2 - 1.5))).astype(float)
    return sample(y1, x1), sample(y2, x2)


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
def test_wilson_is_where_the_score_test_just_rejects(confidence):
    for yes, n in [(0, 9), (3, 9), (40, 90), (90, 90)]:
        low, high = proportions.wilson(yes / n, n, confidence)
        for bound in {low, high} - {0.0, 1.0}:
            z = (yes / n - bound) / np.sqrt(bound * (1 - bound) / n)
            assert abs(z) == pytest.approx(stats.norm.isf((1 - confidence) / 2))


def test_risk_difference_is_statsmodels_newcombe(arms):
    found = risk.contrast(*arms, True, 0.9)
    y1, y2 = (int(arm.values.sum()) for arm in arms)
    expected = confint_proportions_2indep(y1, 40, y2, 70, method="newcomb", compare="diff", alpha=0.1)
    assert (found.low, found.high) == pytest.approx(expected)
    assert found.mc_error == pytest.approx(np.sqrt(y1 * (40 - y1) / 40**3 + y2 * (70 - y2) / 70**3))


def test_logistic_is_the_maximum_of_the_likelihood(arms):
    y = np.concatenate([arm.values.ravel() for arm in arms])
    x = np.concatenate([arm.baseline.ravel() for arm in arms])
    design = np.column_stack([np.ones(110), np.repeat([1.0, 0.0], [40, 70]), x])
    negative = lambda b: np.logaddexp(0, design @ b).sum() - y @ (design @ b)  # noqa: E731
    best = optimize.minimize(negative, np.zeros(3), method="BFGS", options={"gtol": 1e-9}).x
    chance = 1 / (1 + np.exp(-design @ best))
    covariance = np.linalg.inv(design.T @ (design * (chance * (1 - chance))[:, None]))
    expected = 2 * stats.norm.sf(abs(best[1]) / np.sqrt(covariance[1, 1]))
    found = logistic.compare(*arms, True)
    assert found.p_value == pytest.approx(expected, rel=1e-5)
    assert found.words == "logistic regression adjusted for baseline"


def test_logistic_without_baseline_is_the_odds_ratio_of_the_table(arms):
    cells = [((arm.values == v).sum()) for arm in arms for v in (1, 0)]
    z = (np.log(cells[0] / cells[1]) - np.log(cells[2] / cells[3])) / np.sqrt(sum(1 / c for c in cells))
    found = logistic.compare(*arms, False)
    assert found.p_value == pytest.approx(2 * stats.norm.sf(abs(z)), rel=1e-6)
    assert found.words == "logistic regression not adjusted"


def test_separation_agrees_with_linear_programming():
    """Konis 2007: separated if some coefficients put every patient on his side and one of them strictly."""
    rng = np.random.default_rng(0)
    answers = []
    for _ in range(300):
        n = int(rng.integers(4, 12))
        arm = (np.arange(n) < rng.integers(1, n)).astype(float)
        y, x = (rng.random(n) < 0.5).astype(float), rng.integers(0, 5, n).astype(float)
        design = np.column_stack([np.ones(n), arm, x])
        if np.linalg.matrix_rank(design) < 3:
            design = design[:, :2]
        signed = design * (2 * y - 1)[:, None]
        best = optimize.linprog(-signed.sum(axis=0), A_ub=-signed, b_ub=np.zeros(n), bounds=(-1, 1))
        answers.append((logistic.separated(y, arm, x), -best.fun > 1e-9))
    assert {mine for mine, _ in answers} == {True, False}
    assert all(mine == theirs for mine, theirs in answers)


def test_arcsine_test_written_out():
    first, second = np.array([1.0, 1, 1, 1, 1]), np.array([0.0, 0, 0, 1, 0, 0, np.nan])
    h = np.arcsin(np.sqrt(5.375 / 5.75)) - np.arcsin(np.sqrt(1.375 / 6.75))
    expected = 2 * stats.norm.sf(h / np.sqrt(1 / 22 + 1 / 26))
    assert logistic.arcsine(first[None, None], second[None, None]) == pytest.approx(expected)


@pytest.mark.parametrize(("n1", "n2", "share"), [(30, 40, 0.05), (30, 40, 0.3), (50, 50, 0.1), (20, 100, 0.03)])
def test_arcsine_test_keeps_its_level_exactly(n1, n2, share):
    """Probability of p < 0.05 under equal shares, over all tables; Fisher's test would be far below 5 %."""
    level = 0.0
    for x in range(n1 + 1):
        for y in range(n2 + 1):
            chance = stats.binom.pmf(x, n1, share) * stats.binom.pmf(y, n2, share)
            if chance > 1e-6:
                sides = [(np.arange(n) < k).astype(float)[None, None] for k, n in ((x, n1), (y, n2))]
                level += chance * (logistic.arcsine(*sides) < 0.05)
    assert 0.01 < level < 0.062


def test_covariance_analysis_with_hc3_written_out():
    rng = np.random.default_rng(4)
    x1, x2 = rng.normal(3, 1, 25), rng.normal(3, 1, 60)
    y1, y2 = 1.5 * x1 + rng.normal(1, 2, 25), 1.5 * x2 + rng.normal(0, 0.5, 60)
    design = np.column_stack([np.ones(85), np.repeat([1.0, 0.0], [25, 60]), np.concatenate([x1, x2])])
    y = np.concatenate([y1, y2])
    bread = np.linalg.inv(design.T @ design)
    b = bread @ design.T @ y
    left = (y - design @ b) / (1 - np.einsum("ij,jk,ik->i", design, bread, design))
    variance = (bread @ (design.T * left**2) @ design @ bread)[1, 1]
    found = means.contrast(sample(y1, x1), sample(y2, x2), True, 0.95)
    half = stats.t.isf(0.025, 82) * np.sqrt(variance)
    assert (found.difference, found.low, found.high) == pytest.approx((b[1], b[1] - half, b[1] + half))
    assert found.p_value == pytest.approx(2 * stats.t.sf(abs(b[1]) / np.sqrt(variance), 82))
    assert found.mc_error == pytest.approx(np.sqrt(variance))
    assert found.method == "difference of means (ANCOVA) adjusted for baseline, HC3 errors"


def test_mean_and_paired_t_are_scipys():
    rng = np.random.default_rng(5)
    a, b = rng.normal(2, 1, 17), rng.normal(1.2, 1, 17)
    one = means.summarise(sample(a).values, 0.95)
    expected = stats.ttest_1samp(a, 0).confidence_interval(0.95)
    assert (one.low, one.high) == pytest.approx((expected.low, expected.high))
    pair = paired.contrast_means(sample(a), sample(b), 0.95)
    test = stats.ttest_rel(a, b)
    assert pair.p_value == pytest.approx(test.pvalue)
    assert (pair.low, pair.high) == pytest.approx(tuple(test.confidence_interval(0.95)))


def test_pairs_are_the_patients_seen_on_both_sides():
    first = sample([1.0, 2.0, np.nan, 9.0], patients=[1, 2, 3, 7])
    second = sample([5.0, 1.0, 1.0, 1.0], patients=[0, 1, 2, 3])
    found = paired.contrast_means(first, second, 0.95)
    assert found.difference == pytest.approx(np.mean([1.0 - 1.0, 2.0 - 1.0]))


def aalen_johansen(week, status):
    """Product-limit survival and its increments, patient by patient; variance by the delta method, term by term."""
    events = sorted(set(week[status != CENSORED]))
    survival, f, rows = 1.0, 0.0, []
    for t in events:
        n, d1 = (week >= t).sum(), ((week == t) & (status == EVENT)).sum()
        d = ((week == t) & (status != CENSORED)).sum()
        rows.append((n, d, d1, survival, f := f + survival * d1 / n))
        survival *= 1 - d / n
    variance = 0.0
    for n, d, d1, s, at in rows:
        variance += (f - at) ** 2 * d / (n * (n - d)) if n > d else 0.0
        variance += s**2 * d1 * (n - d1) / n**3 - 2 * (f - at) * s * d1 / n**2
    return f, variance


def test_cumulative_incidence_with_censoring():
    rng = np.random.default_rng(6)
    for _ in range(20):
        week, status = rng.integers(1, 7, 30).astype(float), rng.integers(0, 3, 30)
        week[0], status[0] = 9.0, CENSORED
        assert cumulative_incidence(week, status) == pytest.approx(aalen_johansen(week, status))


def test_cumulative_incidence_without_censoring_is_a_proportion():
    """Drop-out competes and everybody else is followed to the end: then F is events over patients, binomial."""
    week = np.array([4.0, 4, 7.3, 12, 12, 24, 24, 24, 24, 24])
    status = np.array([EVENT, EVENT, DROPOUT, EVENT, DROPOUT, 0, 0, 0, 0, 0])
    assert cumulative_incidence(week, status) == pytest.approx((0.3, 0.3 * 0.7 / 10))
    left = np.where(status == CENSORED, DROPOUT, status)
    assert cumulative_incidence(week, left) == pytest.approx((0.3, 0.3 * 0.7 / 10))


def test_cumulative_incidence_by_hand():
    """Six patients: event at 1, censored at 2, drop-out at 3, event at 4, two followed to 5.

    S(1-) = 1, F = 1/6; S(3-) = 5/6, drop-out 1 of 4, S = 5/8; F = 1/6 + 5/8 * 1/3 = 3/8.
    """
    found = cumulative_incidence(np.array([1.0, 2, 3, 4, 5, 5]), np.array([1, 0, 2, 1, 0, 0]))
    assert found[0] == pytest.approx(3 / 8)


def test_log_log_limits_invert_the_transformed_statistic():
    f, error, wide = 0.3, 0.07, 1.96
    for limit in log_log(f, error, wide):
        z = (np.log(-np.log(limit)) - np.log(-np.log(f))) / (error / abs(f * np.log(f)))
        assert abs(z) == pytest.approx(wide)


def test_difference_of_incidence_is_a_z_test():
    def times(events, n):
        status = np.repeat([EVENT, CENSORED], [events, n - events])[None]
        return Times(np.arange(n), np.where(status == EVENT, 12.0, 24.0), status)

    found = contrast_incidence(times(12, 40), times(20, 40), 0.95)
    z = -0.2 / np.sqrt(0.3 * 0.7 / 40 + 0.5 * 0.5 / 40)
    assert found.p_value == pytest.approx(2 * stats.norm.sf(abs(z)))
    (l1, u1), (l2, u2) = (log_log(p, np.sqrt(p * (1 - p) / 40), stats.norm.isf(0.025)) for p in (0.3, 0.5))
    assert found.low == pytest.approx(-0.2 - np.hypot(0.3 - l1, u2 - 0.5))
    assert found.high == pytest.approx(-0.2 + np.hypot(u1 - 0.3, 0.5 - l2))
