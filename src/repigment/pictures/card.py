"""The classic colour chart: 24 patches whose spectra are known, and how it lies in a picture."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.evidence.spectra import spectra
from repigment.optics.colour import xyz
from repigment.optics.spectral import WAVELENGTHS, at_wavelengths
from repigment.pictures.place import Placed, box, put

ACROSS, DOWN = 6, 4  # patches, row by row from dark skin to black
GREYS = slice(18, 24)  # the last row, from white to black
Floats = NDArray[np.float64]


def patches() -> tuple[str, ...]:
    """Names of the 24 patches, row by row.

    >>> patches()[0], patches()[18]
    ('dark-skin', 'white-9.5')
    """
    return tuple(spectra("colour_chart").curves)


@cache
def _reflectances() -> Floats:
    return np.stack([at_wavelengths("colour_chart", name) for name in patches()])


def reflectances() -> Floats:
    """Reflectance of the patches, (24, 31), at the WAVELENGTHS of `optics.spectral` (Ohta 1997).

    >>> reflectances().shape
    (24, 31)
    """
    return _reflectances().copy()


def chart_xyz(light: str = "D65", observer: str = "2") -> Floats:
    """XYZ (24, 3) of the patches, Y = 1 for a perfect white; RepigmentError for an unknown light or observer.

    >>> bool(0.85 < chart_xyz()[18, 1] < 0.95)
    True
    """
    return xyz(reflectances(), light, observer)


@dataclass(frozen=True, slots=True)
class Card:
    """A card in a scene: its `width` in mm, the place (x, y) of its middle in mm, and its turn in degrees.

    The full card is `chart_width` x `chart_height` mm; one of another width is alike, as the makers' smaller ones
    nearly are. With no turn its rows lie across, dark skin at the upper left; a turn is clockwise as one looks at it.
    Raises RepigmentError for a width that is not above zero.

    >>> round(Card(60).height, 3)
    46.364
    """

    width: float
    x: float = 0.0
    y: float = 0.0
    turn: float = 0.0

    def __post_init__(self) -> None:
        if not self.width > 0:
            raise RepigmentError(f"a colour card cannot be {self.width:g} mm wide", allowed="more than 0 mm")

    @property
    def height(self) -> float:
        """Its height in mm."""
        return self.width * value("chart_height") / value("chart_width")

    @property
    def patch(self) -> float:
        """The side of a patch in mm."""
        return self.width * value("chart_patch") / value("chart_width")

    @property
    def pitch(self) -> float:
        """From the middle of a patch to that of the next, mm."""
        return self.patch + self.width * value("chart_gap") / value("chart_width")

    @property
    def placed(self) -> Placed:
        """Where it lies."""
        return Placed(self.x, self.y, self.width, self.height, self.turn)

    def centres(self) -> Floats:
        """Middles of the patches in mm of the scene, (24, 2).

        >>> bool(np.allclose(Card(60, 100, 50).centres().mean(axis=0), [100, 50]))
        True
        """
        down, across = np.divmod(np.arange(ACROSS * DOWN), ACROSS)
        here = np.stack([across - (ACROSS - 1) / 2, down - (DOWN - 1) / 2], axis=-1) * self.pitch
        return self.placed.outside(here)

    def draw(self, picture: NDArray[np.float32], weights: Floats, scale: float) -> NDArray[np.float32]:
        """Draw it into a picture (rows, columns, channels); the part of each pixel that it covers, (rows, columns).

        A channel is the sum of `weights` (31, channels) over the spectrum; `scale` is in pixels a mm.
        """
        colours = (reflectances() @ weights).astype(np.float32)
        frame = np.full(len(WAVELENGTHS), value("chart_frame")) @ weights

        def paint(across: NDArray[np.float32], down: NDArray[np.float32]) -> NDArray[np.float32]:
            column, x = _nearest(across / self.pitch, ACROSS)
            row, y = _nearest(down / self.pitch, DOWN)
            half, unit = self.patch / 2 * scale, self.pitch * scale
            share = (box(x * unit, half) * box(y * unit, half))[..., None]
            return frame + share * (colours[row * ACROSS + column] - frame)

        return put(picture, self.placed, scale, paint)


def _nearest(place: NDArray[np.float32], count: int) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Which of `count` patches in a row, spaced by 1 about 0, is nearest, and the distance from its middle."""
    first = (count - 1) / 2
    index = np.clip(np.rint(place + first), 0, count - 1).astype(np.intp)
    return index, place - (index - first).astype(np.float32)
