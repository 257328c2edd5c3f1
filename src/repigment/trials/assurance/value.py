"""What a trial is worth before it is done: how much narrower it is expected to make what is known of the effect."""

from dataclasses import dataclass

import numpy as np

from repigment.trials.analysis.summary import Floats
from repigment.trials.assurance.mixture import quantiles, smoothed

COVERS = 0.90
OUTCOMES = 64  # results of the trial that are supposed, equally likely


@dataclass(frozen=True)
class Narrowing:
    """Width of the 90 % interval of the effect before the trial and, on average, after it; 1 - after/before."""

    before: float
    after: float

    @property
    def share(self) -> float:
        """What the trial is expected to take off the width, as a fraction; NaN where there is no width."""
        return 1 - self.after / self.before if self.before > 0 else float("nan")


def narrowing(benefit: Floats, error: float) -> Narrowing:
    """Expected narrowing of the 90 % interval of an effect by a trial with standard error `error`.

    benefit (K,): effects of the worlds, equally likely. They are smoothed to a mixture of normals N(c_w, h^2)
    (`mixture.smoothed`). The trial's result is distributed as the mixture of N(c_w, h^2 + error^2), of which OUTCOMES
    equally likely quantiles are taken. After a result d the effect is the mixture with

        weight_w ~ N(d; c_w, h^2 + error^2),  mean_w = (c_w / h^2 + d / error^2) s^2,  1/s^2 = 1/h^2 + 1/error^2.

    For normal effects of variance v^2 the narrowing is 1 - error / sqrt(v^2 + error^2). It is the preposterior analysis
    that the expected value of sample information for estimation rests on, with the width of an interval in the place of
    the variance: Jackson et al. 2019, 10.1080/01621459.2018.1562932; for decisions Strong et al. 2015,
    10.1177/0272989X15575286, and Heath et al. 2018, 10.1177/0272989X17738515.

    >>> from scipy.special import ndtri
    >>> effects = ndtri((np.arange(200) + 0.5) / 200)
    >>> round(narrowing(effects, 1.0).share, 2), round(float(1 - 1 / np.sqrt(2)), 2)
    (0.29, 0.29)
    """
    ends = ((1 - COVERS) / 2, (1 + COVERS) / 2)
    centres, h = smoothed(benefit)
    even = np.full(centres.size, 1 / centres.size)
    before = np.diff(quantiles(ends, even, centres, h))[0] if h > 0 else 0.0
    if not (before > 0 and error > 0):
        return Narrowing(float(before), 0.0 if error == 0 else float(before))
    levels = (np.arange(OUTCOMES) + 0.5) / OUTCOMES
    results = quantiles(levels, even, centres, np.hypot(h, error))[:, None]
    log = -((results - centres) ** 2) / (2 * (h**2 + error**2))
    weights = np.exp(log - log.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    precision = 1 / h**2 + 1 / error**2
    means = (centres / h**2 + results / error**2) / precision
    found = quantiles(ends, weights, means, precision**-0.5)
    return Narrowing(float(before), float((found[:, 1] - found[:, 0]).mean()))
