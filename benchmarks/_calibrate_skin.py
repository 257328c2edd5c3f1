"""Rows of the parameters and of evidence/groups.csv that are fitted to the calibration half of ISSA."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from repigment.optics.fit import UNKNOWNS, fit, unknowns
from repigment.optics.groups import GROUPS, PAIRS
from tests.optics.issa import EXPOSED, INNER, Issa

Floats = NDArray[np.float64]
LENT = 30  # spectra that the other groups together count as, where a group's own spread is told
SAID = (
    "# unit: um of melanosome, share of blood, folds of scattering and baseline, share oxygenated; "
    "sd_ in ln (saturation: logit)\n"
    "# source: fits to one half of the people of ISSA (Lu et al. 2025, 10.1038/s41597-025-04857-5): "
    "benchmarks/issa.py --calibrate\n"
    "# status: derived"
)


def calibrate(issa: Issa) -> None:
    """Print the rows; what they say moves the fits a little, so that they settle when it is done twice."""
    half, _ = issa.half
    fitted = {}
    for site, codes in (("exposed", EXPOSED), ("inner", INNER)):
        at = half.at(codes)
        found = fit(at.reflectance)
        fitted[site] = at, unknowns(found.pigments, found.tissue)
    _medians(*fitted["exposed"])
    print(SAID)
    names = [*UNKNOWNS, *(f"sd_{name}" for name in UNKNOWNS), *("~".join(pair) for pair in PAIRS)]
    print(",".join(["group", "site", "people", "spectra", *names]))
    for site, (at, x) in fitted.items():
        for row in _groups(at, x):
            print(row.replace("@", site))


def _medians(at: Issa, x: Floats) -> None:
    """Median and 5 to 95 % of each unknown, every group counting the same, at exposed sites."""
    weight = 1 / np.array([np.sum(at.group == group) for group in at.group])
    for name, column in zip(UNKNOWNS, x.T, strict=True):
        order = np.argsort(column)
        share = np.cumsum(weight[order]) / weight.sum()
        low, middle, high = (column[order][np.searchsorted(share, at_most)] for at_most in (0.05, 0.5, 0.95))
        outer = [1 / (1 + np.exp(-each)) if name == "saturation" else np.exp(each) for each in (low, middle, high)]
        print(f"{name}: median {outer[1]:.3g}, 5 to 95 % {outer[0]:.2g} to {outer[2]:.2g}")


def _groups(at: Issa, x: Floats) -> Iterator[str]:
    """A row a group: geometric means, SDs and correlations; those of few spectra lean on what all groups share."""
    shared = np.mean([np.cov(x[at.group == group].T) for group in GROUPS if np.sum(at.group == group) > LENT], axis=0)
    for group in GROUPS:
        own = x[at.group == group]
        covariance = (len(own) * np.cov(own.T) + LENT * shared) / (len(own) + LENT)
        sd = np.sqrt(np.diag(covariance))
        middle = np.exp(own.mean(axis=0))
        middle[-1] = middle[-1] / (1 + middle[-1])
        pairs = [(UNKNOWNS.index(one), UNKNOWNS.index(other)) for one, other in PAIRS]
        cells = [f"{each:.4g}" for each in middle] + [f"{each:.3g}" for each in sd]
        cells += [f"{covariance[i, j] / sd[i] / sd[j]:.2f}" for i, j in pairs]
        people = len(np.unique(at.person[at.group == group]))
        yield ",".join([group, "@", str(people), str(len(own)), *cells])
