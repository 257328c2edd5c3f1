"""The skin of groups of people, as measured: the eight groups of ISSA (Lu et al. 2025), at sites in and out of the sun.

`evidence/groups.csv` holds middle, spread and correlation of the five numbers that were fitted to the spectra of half
of the people (`python benchmarks/issa.py --calibrate`); the other half is what the model is tested on. `exposed` are
face (cheek, cheekbone, chin, forehead), neck, back of the hand and outer arm; `inner` is the inner arm. Ear lobe, nose
tip, palm and ring finger are left out: thick skin and cartilage are not modelled. African inner arms are of 9 people.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import combinations
from types import MappingProxyType
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.optics.fit import HIGHEST, LOWEST, UNKNOWNS, unknowns
from repigment.optics.tissue import Pigments, Tissue

Floats = NDArray[np.float64]
Site = Literal["exposed", "inner"]
SITES: tuple[Site, ...] = ("exposed", "inner")
GROUPS = MappingProxyType(
    {
        "AB": "Middle Eastern (Arabian)",
        "AF": "African",
        "CA": "Caucasian",
        "CN": "Chinese",
        "IQ": "Middle Eastern (Iraqi)",
        "JP": "Japanese",
        "SA": "South Asian (Pakistani)",
        "TH": "Southeast Asian (Thai)",
    }
)
PAIRS = tuple(combinations(UNKNOWNS, 2))


class Population(NamedTuple):
    """`mean` (5,) and `covariance` (5, 5) of `fit.unknowns` of a group at a kind of site, and on how much they rest."""

    mean: Floats
    covariance: Floats
    people: int
    spectra: int

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...] = ()) -> Floats:
        """Unknowns (*shape, 5) of people of the group, x ~ N(mean, covariance), cut to what a fit may find."""
        x = self.mean + rng.standard_normal((*shape, len(self.mean))) @ np.linalg.cholesky(self.covariance).T
        return np.clip(x, unknowns(*LOWEST), unknowns(*HIGHEST))


def group_name(group: str) -> str:
    """The name of a group given by its letters; RepigmentError if there is none.

    >>> group_name("TH")
    'Southeast Asian (Thai)'
    """
    if group not in GROUPS:
        known = ", ".join(f"{code} ({name})" for code, name in GROUPS.items())
        raise RepigmentError(f"there is no group {group!r}", where="group", allowed=known)
    return GROUPS[group]


def population(group: str, site: Site = "exposed") -> Population:
    """The skin of a group at a kind of site; RepigmentError for one that was not measured.

    >>> bool(population("AF").mean[0] > population("CA").mean[0])
    True
    """
    group_name(group)
    if site not in SITES:
        raise RepigmentError(f"there is no kind of site {site!r}", where="site", allowed=", ".join(SITES))
    return _populations()[group, site]


@cache
def _populations() -> Mapping[tuple[str, str], Population]:
    lines = (files("repigment.evidence") / "groups.csv").read_text("utf-8").splitlines()
    heading, *rows = (line.split(",") for line in lines if not line.startswith("#"))
    known = (dict(zip(heading, row, strict=True)) for row in rows)
    return MappingProxyType({(row["group"], row["site"]): _population(row) for row in known})


def _population(row: Mapping[str, str]) -> Population:
    middle = np.array([float(row[name]) for name in UNKNOWNS])
    correlation = np.eye(len(UNKNOWNS))
    for one, other in PAIRS:
        i, j = UNKNOWNS.index(one), UNKNOWNS.index(other)
        correlation[i, j] = correlation[j, i] = float(row[f"{one}~{other}"])
    sd = np.array([float(row[f"sd_{name}"]) for name in UNKNOWNS])
    mean = unknowns(Pigments(*middle[:2]), Tissue(*middle[2:]))
    return Population(mean, correlation * sd * sd[:, None], int(row["people"]), int(row["spectra"]))
