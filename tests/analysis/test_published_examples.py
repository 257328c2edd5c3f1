"""Worked examples from the papers that the intervals come from."""

import numpy as np
import pytest

from repigment.trials.analysis.paired import contrast_shares, mcnemar
from repigment.trials.analysis.proportions import wilson
from repigment.trials.analysis.risk import contrast
from repigment.trials.analysis.values import Sample

pytestmark = pytest.mark.filterwarnings("error")


def responders(yes: int, n: int) -> Sample:
    return Sample(np.arange(n), np.repeat([1.0, 0.0], [yes, n - yes])[None, None], np.full((1, 1, n), np.nan))


@pytest.mark.parametrize(
    ("yes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_of_newcombe_1998a_table_i(yes, n, low, high):
    """Newcombe, Stat Med 1998; 17: 857-872, table I, method 3 (score without continuity correction)."""
    assert wilson(yes / n, n, 0.95) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_difference_of_newcombe_1998b_table_ii(first, second, low, high):
    """Newcombe, Stat Med 1998; 17: 873-890, table II, examples (a) to (h), method 10."""
    found = contrast(responders(*first), responders(*second), False, 0.95)
    assert found.difference == pytest.approx(first[0] / first[1] - second[0] / second[1])
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def pairs(table: tuple[int, int, int, int]):
    """Both, first only, second only, none."""
    who, blank = np.arange(sum(table)), np.full((1, 1, sum(table)), np.nan)
    one, other = (np.repeat(cells, table)[None, None] for cells in ([1.0, 1.0, 0.0, 0.0], [1.0, 0.0, 1.0, 0.0]))
    return contrast_shares(Sample(who, one, blank), Sample(who, other, blank), 0.95)


@pytest.mark.parametrize(
    ("table", "low", "high"),
    [
        ((36, 12, 2, 0), 0.0569, 0.3404),
        ((20, 12, 2, 16), 0.0562, 0.3292),
        ((18, 12, 2, 18), 0.0562, 0.3290),
        ((36, 14, 0, 0), 0.1528, 0.4167),
        ((35, 14, 0, 1), 0.1461, 0.4175),
        ((18, 14, 0, 18), 0.1441, 0.3963),
        ((2, 97, 1, 0), 0.8721, 0.9854),
        ((1, 97, 1, 1), 0.8736, 0.9850),
        ((0, 29, 1, 0), 0.6666, 0.9882),
        ((0, 30, 0, 0), 0.8395, 1.0),
        ((54, 0, 0, 0), -0.0664, 0.0664),
        ((30, 0, 0, 24), -0.0358, 0.0358),
    ],
)
def test_paired_difference_of_newcombe_1998c_table_iii(table, low, high):
    """Newcombe, Stat Med 1998; 17: 2635-2650, table III, method 10, to one unit of the last digit printed."""
    found = pairs(table)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4)


@pytest.mark.parametrize(
    ("table", "low", "high", "printed"),
    [
        ((1, 1, 7, 12), -0.507, -0.026, 5e-4),  # Fagerland, Lydersen and Laake, Stat Med 2014; 33: 2850-2875, table V
        ((59, 6, 16, 80), -0.1186, -0.0046, 5e-5),  # complete response, Cavo 2012, in the same authors' book of 2017
    ],
)
def test_paired_difference_of_clinical_examples(table, low, high, printed):
    found = pairs(table)
    assert (found.low, found.high) == pytest.approx((low, high), abs=printed)


def test_mcnemar_exact_of_bentur_2009():
    """1 against 7 discordant pairs: 2 P(X <= 1) of Binomial(8, 1/2) = 18/256; Fagerland et al. 2013 print 0.070."""
    assert mcnemar(1, 7) == pytest.approx(18 / 256)
