"""What one pixel of a photograph tells of measured people: its pigments, how sure it is, and where it says nothing."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.optics.colour import rgb_of_xyz, xyz
from repigment.optics.fit import fit
from repigment.optics.instrument import surface
from repigment.photographs.skin.pigments import maps, ratios
from tests.optics.issa import NAMES, Issa, tone

Floats = NDArray[np.float64]
SIDES = 1.959964  # SDs of a 95 % interval
DRAWS = 400
BANDS = (*NAMES, "all")


class Masked:
    """Every spectrum (n,) as one noisy pixel of a photograph whose colours are right, and by its whole spectrum."""

    def __init__(self, issa: Issa) -> None:
        whole = fit(issa.reflectance)
        sd = value("camera_noise")
        known = ratios(rgb_of_xyz(xyz(issa.reflectance - surface())))  # as through crossed polarisers
        red, green = known[:, 0], known[:, 0] - known[:, 1]
        noise = sd * np.random.default_rng(9).standard_normal(known.shape)
        rgb = np.exp(np.stack([red, green, green - known[:, 2]], axis=-1) + noise)
        found = maps(rgb[None].astype(np.float32), np.zeros((1, len(rgb)), bool), np.full(3, sd))
        self.valid, self.blood_valid = found.valid[0], found.blood_valid[0]
        self.off = found.melanin[0] - whole.pigments.melanin  # um
        self.blood_off = np.log(found.blood[0] / whole.pigments.blood)
        self.error, self.blood_error = found.error[0], found.blood_error[0]
        self.held = np.abs(self.off) < SIDES * self.error
        self.blood_held = np.abs(self.blood_off) < SIDES * self.blood_error
        self.band = tone(issa.ita)
        _, self.person = np.unique(issa.person, return_inverse=True)

    def at(self, band: str) -> NDArray[np.bool_]:
        """Which spectra (n,) are of one of BANDS."""
        return np.ones(len(self.band), bool) if band == "all" else self.band == NAMES.index(band)

    def share(self, held: NDArray[np.bool_], among: NDArray[np.bool_]) -> tuple[float, float, float]:
        """Share of `held` (n,) `among` some, and its 95 % interval, by drawing people again."""
        people = int(self.person.max()) + 1
        count = np.bincount(self.person[among], minlength=people)
        kept = np.bincount(self.person[among & held], minlength=people)
        again = np.random.default_rng(8).integers(people, size=(DRAWS, people))
        low, high = np.nanquantile(kept[again].sum(axis=1) / count[again].sum(axis=1), (0.025, 0.975))
        return float(kept.sum() / count.sum()), float(low), float(high)

    def worse(self, band: str = "all") -> tuple[float, float, float]:
        """How many times as far off melanin (root mean square) is where called invalid, and its 95 % interval."""
        rng = np.random.default_rng(8)
        sides = [np.flatnonzero(self.at(band) & which) for which in (~self.valid, self.valid)]

        def fold(invalid: Any, valid: Any) -> float:
            return float(np.sqrt(np.mean(self.off[invalid] ** 2) / np.mean(self.off[valid] ** 2)))

        again = [fold(*(rng.choice(side, len(side)) for side in sides)) for _ in range(DRAWS)]
        low, high = np.quantile(again, (0.025, 0.975))
        return fold(*sides), float(low), float(high)
