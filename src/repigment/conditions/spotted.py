"""What conditions of single spots share: a window that shows up to six of them."""

import numpy as np

from repigment.conditions.base import Condition, Disease, Region
from repigment.evidence.parameters import value
from repigment.skin.spots import diameters, scatter
from repigment.skin.window import PARTS, Window, window_of_parts

SHAPE = ("size", "size_sd", "smallest", "largest")  # parameters of the diameters of a condition's spots


class Spotted(Condition):
    """A condition whose lesions are counted; sizes and window are parameters that begin with its name."""

    counted = True
    parts = PARTS

    def amount(self, disease: Disease) -> float:
        """Spots of a region if nobody says how many."""
        return disease.form["count"]

    def hand_units(self, amount: float) -> float:
        """Area of so many spots of the median size."""
        return float(amount * np.pi / 4 * value(f"{self.name}.size") ** 2 / value("hand_area"))

    def width(self, site: str, n: int, dx: float) -> float:
        """A window in which the largest spot has room, mm."""
        return value(f"{self.name}.window")

    def edge(self, disease: Disease) -> float:
        """Width in mm of a spot's edge."""
        return value("spot_edge")

    def window(self, n: int, dx: float, region: Region, rng: np.random.Generator) -> Window:
        """Up to six spots that lie apart, log-normal in size."""
        median, spread, low, high = (value(f"{self.name}.{part}") for part in SHAPE)
        sizes = diameters(PARTS, median, spread, low, high, rng)
        maps = scatter(n, dx, sizes, self.edge(region.disease), rng)
        return window_of_parts(dx, maps, region.density * region.usable)
