"""A paper ruler on the skin: millimetres that a photograph can be measured by."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.pictures.place import Placed, box, put


@dataclass(frozen=True, slots=True)
class Ruler:
    """A white strip `length` mm long about (x, y) mm, turned by `turn` degrees, with a black line each millimetre.

    Lines of whole centimetres are the longest, those of half ones shorter. Raises RepigmentError under 1 mm.

    >>> Ruler(30).height
    6.0
    """

    length: float
    x: float = 0.0
    y: float = 0.0
    turn: float = 0.0

    def __post_init__(self) -> None:
        if not self.length >= 1:
            raise RepigmentError(f"a ruler cannot be {self.length:g} mm long", allowed="1 mm or more")

    @property
    def height(self) -> float:
        """Its height in mm."""
        return value("ruler_height")

    @property
    def placed(self) -> Placed:
        """Where it lies; the paper is a little longer than the lines."""
        return Placed(self.x, self.y, self.length + 2 * value("ruler_end"), self.height, self.turn)

    def draw(self, picture: NDArray[np.float32], weights: NDArray[np.float64], scale: float) -> NDArray[np.float32]:
        """Draw it into a picture of `scale` pixels a mm; the part of each pixel that it covers. As `Card.draw`."""
        flat = np.ones(len(weights)) @ weights
        paper, ink = value("ruler_paper") * flat, value("ruler_ink") * flat
        half = value("ruler_line") / 2 * scale

        def paint(across: NDArray[np.float32], down: NDArray[np.float32]) -> NDArray[np.floating]:
            along = across + self.length / 2
            mark = np.clip(np.rint(along), 0, np.floor(self.length))
            reach = self.height * np.where(mark % 10 == 0, 0.7, np.where(mark % 5 == 0, 0.55, 0.4))
            line = box((along - mark) * scale, half)
            line *= np.clip((reach - (down + self.height / 2)) * scale + 0.5, 0, 1)
            return paper + line[..., None] * (ink - paper)

        return put(picture, self.placed, scale, paint)
