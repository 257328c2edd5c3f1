"""Spaces of colour: from the levels of a file to linear sRGB."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repigment.optics.colour import RGB_OF_XYZ, decode

Floats = NDArray[np.float64]
Curve = Callable[[Floats], Floats]

D65 = (0.3127, 0.3290)
D50_XYZ = np.array([0.9642, 1.0, 0.8249])  # the white of ICC profiles (ICC.1:2022, 7.2.16)
BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
PRIMARIES = {  # x, y of red, green and blue; the white of all of them is D65
    "Display P3": ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),  # SMPTE EG 432-1, white D65
    "Adobe RGB": ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)),  # Adobe RGB (1998)
}
ADOBE_GAMMA = 563 / 256  # Adobe RGB (1998), 4.3.1.2
NEAR = 0.003  # profiles round their primaries: so near is the same space


def _xyz(x: float, y: float) -> Floats:
    return np.array([x / y, 1.0, (1 - x - y) / y])


def xyz_matrix(name: str) -> Floats:
    """The matrix (3, 3) from linear RGB of the space called `name` to XYZ under D65, from its primaries."""
    columns = np.stack([_xyz(*primary) for primary in PRIMARIES[name]], axis=1)
    matrix: Floats = columns * np.linalg.solve(columns, _xyz(*D65))
    return matrix


def from_d50(columns: Floats) -> Floats:
    """The matrix (3, 3) to linear sRGB from linear RGB whose primaries have the XYZ `columns` under D50.

    The white is moved to D65 by the Bradford transform, as profiles moved it to D50 (ICC.1:2022, annex E).
    """
    sharp = (BRADFORD @ _xyz(*D65)) / (BRADFORD @ D50_XYZ)
    to_d65 = np.linalg.inv(BRADFORD) @ (sharp[:, None] * BRADFORD)
    matrix: Floats = RGB_OF_XYZ @ to_d65 @ columns
    return matrix


@dataclass(frozen=True, eq=False)
class Space:
    """How the levels of a file become linear sRGB: three curves on 0..1, then a matrix (3, 3), or none.

    `name` is a name known here or "": the name that stands in a profile may be that of a person.
    """

    name: str
    curves: tuple[Curve, Curve, Curve]
    matrix: Floats | None

    def table(self, levels: int) -> NDArray[np.float32]:
        """Linear light (levels, 3) of every level.

        >>> SRGB.table(256)[[0, 255]].tolist()
        [[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]]
        """
        encoded = np.arange(levels) / (levels - 1)
        return np.stack([curve(encoded) for curve in self.curves], axis=1).astype(np.float32)


def known(name: str, curve: Curve) -> Space:
    """The space with the primaries called `name` and one curve."""
    return Space(name, (curve, curve, curve), RGB_OF_XYZ @ xyz_matrix(name))


def name_of_matrix(matrix: Floats) -> str:
    """The space whose primaries `matrix` (3, 3), to linear sRGB, has; "" if it is none that is known."""
    if np.allclose(matrix, np.eye(3), atol=NEAR):
        return "sRGB"
    return next((name for name in PRIMARIES if np.allclose(matrix, RGB_OF_XYZ @ xyz_matrix(name), atol=NEAR)), "")


SRGB = Space("sRGB", (decode, decode, decode), None)
DISPLAY_P3 = known("Display P3", decode)
ADOBE_RGB = known("Adobe RGB", lambda encoded: encoded**ADOBE_GAMMA)
