"""Monte Carlo error: how far a number would move if the same study were run with other virtual patients.

It is the standard error of the simulated number with respect to the draw of patients alone: the worlds (draws
of an unknown product) and the imputations stay as they are, since more patients do not make a product better
known. In every world the same patients are followed, so the value that counts is a patient's mean over the
worlds, and

    MCSE = sd over patients of that mean / sqrt(n)

which is sqrt(p (1 - p) / n) for a proportion in one world (Morris, White and Crowther 2019, 10.1002/sim.8086,
table 6). It falls with the number of simulated patients; a trial's interval belongs to the trial's size.
"""

import numpy as np

from repigment.trials.analysis.summary import Floats


def per_patient(values: Floats) -> Floats:
    """Mean over worlds and imputations of each patient who has any value: (K, M, n) -> (at most n,).

    >>> per_patient(np.array([[[1.0, np.nan]], [[0.0, np.nan]]]))
    array([0.5])
    """
    known = ~np.isnan(values)
    count = known.sum(axis=(0, 1))
    total = np.where(known, values, 0.0).sum(axis=(0, 1))
    return np.asarray(total[count > 0] / count[count > 0])


def of_mean(values: Floats) -> float:
    """Monte Carlo error of a mean, in its unit; values (K, M, n); NaN below two patients.

    >>> of_mean(np.array([[[1.0, 3.0]]]))
    1.0
    """
    means = per_patient(values)
    return float(means.std(ddof=1) / np.sqrt(means.size)) if means.size > 1 else np.nan


def of_proportion(values: Floats) -> float:
    """Monte Carlo error of a proportion of 0/1 values (K, M, n), as a fraction.

    Where all patients are alike the formula says 0, which no finite simulation can know: then `of_constant`.

    >>> of_proportion(np.array([[[1.0, 0.0, 0.0, 1.0]]]))
    0.25
    """
    means = per_patient(values)
    if means.size == 0:
        return np.nan
    error = float(means.std() / np.sqrt(means.size))
    return error if error > 0 else of_constant(float(means[0]), means.size)


def of_constant(proportion: float, n: int) -> float:
    """Standard deviation of the Jeffreys posterior Beta(x + 1/2, n - x + 1/2) of a proportion x/n.

    >>> round(of_constant(0.0, 50), 4)
    0.0137
    """
    yes, no = n * proportion + 0.5, n * (1 - proportion) + 0.5
    return float(np.sqrt(yes * no / ((n + 1) ** 2 * (n + 2))))
