"""Scenes to test and to show with: round and irregular spots, lighter or darker, in skin of a given type."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.optics.people import own
from repigment.optics.tissue import Pigments, Tissue
from repigment.pictures.scene import Scene

WAVES = (2, 3, 5, 7)  # lobes of an irregular outline
STEP = 0.1  # mm of the maps
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spot:
    """A spot about (x, y) mm with a diameter in mm; `melanin` and `blood` of its middle in folds of the own skin's.

    `edge` is the breadth in mm over which it passes into the skin, `irregular` how far its outline leaves the circle
    (0 not at all, 0.3 strongly); the outline keeps the circle's area. `dermal` melanin is in um.

    >>> Spot(10, 10, 8).area
    50.26548245743669
    """

    x: float
    y: float
    diameter: float
    melanin: float = 0.0
    blood: float = 1.0
    dermal: float = 0.0
    edge: float = 0.5
    irregular: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        if not self.diameter > 0 or not self.edge >= 0 or min(self.melanin, self.blood, self.dermal) < 0:
            raise RepigmentError(
                f"no spot is {self.diameter:g} mm wide with an edge of {self.edge:g} mm, "
                f"{self.melanin:g}-fold melanin, {self.blood:g}-fold blood and {self.dermal:g} um in the dermis",
                allowed="a diameter above 0, nothing else below 0",
            )

    @property
    def area(self) -> float:
        """The area within its edge where that is sharp, mm2."""
        return float(np.pi * self.diameter**2 / 4)

    def share(self, x: Floats, y: Floats) -> Floats:
        """How far places (mm) belong to it: 1 inside, 0 outside, 1/2 on its outline."""
        angle, distance = np.arctan2(y - self.y, x - self.x), np.hypot(x - self.x, y - self.y)
        inside = self._radius(angle) - distance
        if self.edge == 0:
            return np.clip(0.5 + inside / STEP, 0, 1)
        rise = np.clip(0.5 + inside / self.edge, 0, 1)
        return rise**2 * (3 - 2 * rise)

    def _radius(self, angle: Floats) -> Floats:
        """r = r_0 (1 + sum a_k cos(k angle + p_k)) / sqrt(1 + sum a_k^2 / 2), whose area is that of the circle."""
        rng = np.random.default_rng(self.seed)
        parts = self.irregular * rng.uniform(0.5, 1, len(WAVES)) / np.array(WAVES)
        phases = rng.uniform(0, 2 * np.pi, len(WAVES))
        waved = 1 + sum(a * np.cos(k * angle + p) for a, k, p in zip(parts, WAVES, phases, strict=True))
        return self.diameter / 2 * np.asarray(waved) / np.sqrt(1 + (parts**2).sum() / 2)


def spotted(
    spots: Sequence[Spot],
    skin_type: int | str = "III",
    width: float = 60.0,
    height: float = 45.0,
    tissue: Tissue | None = None,
    texture: float = 1.0,
    seed: int = 0,
) -> Scene:
    """A scene of `width` x `height` mm of skin of a type, with spots. Raises RepigmentError for a spot that leaves it.

    >>> spotted([Spot(30, 20, 10, melanin=0)]).width
    60.0
    """
    for spot in spots:
        free = min(spot.x, width - spot.x, spot.y, height - spot.y)
        if free < spot.diameter / 2:
            raise RepigmentError(
                f"a spot {spot.diameter:g} mm wide at {spot.x:g}, {spot.y:g} mm leaves a scene of "
                f"{width:g} x {height:g} mm",
                remedy="make the scene larger or move the spot",
            )
    mine = own(skin_type)
    y, x = (np.arange(max(1, round(side / STEP))) * STEP + STEP / 2 for side in (height, width))
    melanin, blood, dermal = (np.full((len(y), len(x)), float(each)) for each in mine)
    for spot in spots:
        share = spot.share(np.asarray(x[None, :], float), np.asarray(y[:, None], float))
        melanin *= 1 + share * (spot.melanin - 1)
        blood *= 1 + share * (spot.blood - 1)
        dermal += share * spot.dermal
    return Scene(Pigments(melanin, blood, dermal), STEP, mine, tissue, texture, seed)


def vitiligo(skin_type: int | str = "III", diameter: float = 20.0, seed: int = 0) -> Scene:
    """One white patch with an irregular, rather sharp edge.

    >>> vitiligo("V").height
    45.0
    """
    return spotted([Spot(30, 22.5, diameter, 0.02, edge=1.0, irregular=0.25, seed=seed)], skin_type, seed=seed)


def dark_spots(skin_type: int | str = "III", count: int = 4, seed: int = 0) -> Scene:
    """Some dark spots of 3 to 9 mm with soft edges.

    >>> dark_spots(count=2).width
    60.0
    """
    rng = np.random.default_rng(seed)
    places = [(x, y) for y in (11.0, 33.0) for x in (10.0, 30.0, 50.0)]
    chosen = rng.permutation(len(places))[:count]
    spots = [
        Spot(
            places[i][0],
            places[i][1],
            rng.uniform(3, 9),
            rng.uniform(1.8, 3),
            edge=1.0,
            irregular=0.2,
            seed=seed + int(i),
        )
        for i in chosen
    ]
    return spotted(spots, skin_type, seed=seed)
