"""What injections into the skin share: a grid of points, a bleb at each, and needles that inflame."""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.base import Sessions

CM2 = 100.0  # mm2
ML = 1000.0  # mm3
FINEST = 0.6  # mm; a bleb is drawn on points no wider apart


def covered(radius: float, spacing: float) -> float:
    """Share of a square grid's unit cell that a disc around its point covers; lengths in mm.

    pi r^2 / s^2, less what reaches into the cells next to it: four segments r^2 acos(s/2r) - s/2 sqrt(r^2 - s^2/4).

    >>> covered(1.0, 1.0)
    1.0
    """
    half = spacing / 2
    across = min(max(half / radius, np.sqrt(0.5)), 1.0)  # from a disc inside the cell to one that holds its corners
    beyond = 4 * (np.arccos(across) - across * np.sqrt(1 - across**2))
    return float(min((np.pi - beyond) * (radius / spacing) ** 2, 1.0))


class Injection(Sessions):
    """A square grid of points `spacing_mm` apart, `volume_ml` into each; no more than `points` a session, if given."""

    spacing_mm: Annotated[float, Field(ge=2, le=15)] = 7.0
    volume_ml: Annotated[float, Field(ge=0.01, le=1)] = 0.1
    points: Annotated[int | None, Field(ge=1, le=10_000)] = None

    @property
    def points_per_cm2(self) -> float:
        """Density of the grid."""
        return CM2 / self.spacing_mm**2

    def reached(self, area: float) -> float:
        """Share of `area` mm2 that the points of a session reach."""
        return 1.0 if self.points is None else min(self.points * self.spacing_mm**2 / area, 1.0)

    def depots(self, n: int, dx: float, area: float, rng: np.random.Generator) -> NDArray[np.float32]:
        """Share of a dose that each pixel (n, n) of dx mm receives, mean 1 over the grid's unit cell.

        A bleb is a ball of the injected volume, r = (3 V / 4 pi)^(1/3), seen from above, its edge blurred by a pixel.
        The grid lies anywhere over the window; if the points do not reach all of `area` mm2, the window may go without.
        """
        start, lot = rng.random((2, 1)) * self.spacing_mm, rng.random()
        if lot >= self.reached(area):
            return np.zeros((n, n), np.float32)
        radius = (3 * self.volume_ml * ML / (4 * np.pi)) ** (1 / 3)
        points = max(1, int(np.ceil(dx / FINEST)))  # a side of each pixel, where a pixel is wider than a bleb's edge
        step = dx / points
        across = (np.arange(n * points) + 0.5) * step - start
        offset = across - self.spacing_mm * np.round(across / self.spacing_mm)
        distance = np.hypot(offset[0][:, None], offset[1][None, :])
        bleb = np.clip((radius - distance) / step + 0.5, 0, 1).reshape(n, points, n, points).mean(axis=(1, 3))
        return (bleb / covered(radius, self.spacing_mm)).astype(np.float32)

    def needle(self, exposure: Exposure, soreness: float = 1.0) -> None:
        """Each session inflames the skin at its points and hurts for some days, which is a toll."""
        lasting = round(value("needle_days"))
        for day in self.session_days(exposure.days):
            exposure.table[day, Channel.NEEDLING] += value("needle_N") * self.points_per_cm2
            exposure.tolls["injection_site"][day : day + lasting] += (
                value("needle_score") * soreness * exposure.sensitivity
            )
