"""Responders of two independent arms: risk difference with Newcombe's interval, logistic regression for the test."""

import numpy as np

from repigment.trials.analysis import logistic, montecarlo
from repigment.trials.analysis.proportions import moments, newcombe, typical
from repigment.trials.analysis.summary import Contrast
from repigment.trials.analysis.values import Sample
from repigment.trials.analysis.worlds import pool


def contrast(first: Sample, second: Sample, adjust: bool, confidence: float) -> Contrast:
    """First minus second, as fractions: samples of 0, 1 or NaN over worlds and imputations (K, M, n).

    The difference is of the shares as they are and the p-value is of the adjusted odds: `method` names both. Two
    arms with the same product go up and down together over its worlds, and only their difference widens the interval.

    >>> a = Sample(np.arange(10), np.repeat([1.0, 0.0], [9, 1])[None, None], np.ones((1, 1, 10)))
    >>> b = Sample(np.arange(10), np.repeat([1.0, 0.0], [3, 7])[None, None], np.ones((1, 1, 10)))
    >>> found = contrast(a, b, False, 0.95)
    >>> [round(number, 4) for number in (found.difference, found.low, found.high)]
    [0.6, 0.1705, 0.809]
    """
    (n1, p1, v1), (n2, p2, v2) = moments(first.values), moments(second.values)
    verdict = logistic.compare(first, second, adjust)
    pooled = pool(p1 - p2, v1 + v2)
    sides = [(pool(p, v).estimate, typical(n)) for n, p, v in ((n1, p1, v1), (n2, p2, v2))]
    low, high = newcombe(sides[0], sides[1], pooled, confidence)
    error = np.hypot(montecarlo.of_proportion(first.values), montecarlo.of_proportion(second.values))
    words = f"risk difference, Newcombe interval; {verdict.words}"
    return Contrast(words, pooled.estimate, low, high, verdict.p_value, float(error))
