"""Melanin by a perfect camera against melanin by the whole spectrum, in people who had no part in calibrating."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from repigment.optics.colour import rgb_of_xyz, xyz
from repigment.optics.fit import fit
from repigment.optics.indices import melanin_index
from repigment.optics.instrument import surface
from repigment.photographs.skin.pigments import looked_up, table
from tests.optics.issa import EXPOSED, INNER, Issa, two_sites

Floats = NDArray[np.float64]
LEAST = 0.1  # um of melanin below which ln says nothing


class Inverted:
    """People for validation at two sites each: by a perfect camera, and by their whole spectra; rows (people, 2)."""

    def __init__(self, issa: Issa) -> None:
        _, held_out = issa.kept().half
        held_out = held_out.at(EXPOSED + INNER)
        pairs = two_sites(held_out)
        seen = held_out[pairs.ravel()]
        whole = fit(seen.reflectance)
        # the archive counts the surface's reflection, the camera looks through crossed polarisers
        by_camera = looked_up(rgb_of_xyz(xyz(seen.reflectance - surface())), table())
        self.blood = np.log(by_camera[:, 1].reshape(pairs.shape) / whole.pigments.blood.reshape(pairs.shape))
        self.truth = whole.pigments.melanin.reshape(pairs.shape)
        self.ita = seen.ita.reshape(pairs.shape)
        melanin, index = (each.reshape(pairs.shape) for each in (by_camera[:, 0], melanin_index(seen.reflectance)))
        self.measures: dict[str, tuple[Any, Any]] = {  # what is compared with what
            "melanin": (melanin, self.truth),
            "ITA": (-self.ita, self.truth),
            "melanin index": (index, self.truth),
            "ln melanin": (np.log(np.maximum(melanin, LEAST)), np.log(self.truth)),
            "ITA with ln melanin": (-self.ita, np.log(self.truth)),
        }

    def r(self, measure: str, rows: Any = slice(None)) -> Floats:
        """Correlation with the melanin of the spectra: between people, and of the change within them."""
        known, truth = (each[rows] for each in self.measures[measure])
        between = np.corrcoef(known.mean(axis=1), truth.mean(axis=1))[0, 1]
        within = np.corrcoef(known[:, 0] - known[:, 1], truth[:, 0] - truth[:, 1])[0, 1]
        return np.array([between, within])

    def interval(self, measure: str) -> Floats:
        """Its 95 % interval (2, 2), by drawing people again."""
        rng = np.random.default_rng(8)
        people = len(self.truth)
        again = np.stack([self.r(measure, rng.integers(people, size=people)) for _ in range(400)])
        return np.quantile(again, (0.025, 0.975), axis=0)
