"""The colours in which a person sees skin in even daylight, without a camera between."""

import numpy as np
from numpy.typing import NDArray

from repigment.optics.colour import RGB_OF_XYZ, weights
from repigment.optics.tissue import Pigments, Tissue
from repigment.pictures.files import quantised
from repigment.pictures.lookup import Lookup, maps

SHINE = 1.0  # share of the surface's reflection that a person sees in even light


def eye() -> NDArray[np.float64]:
    """W (31, 3), so that linear sRGB = R W under D65, for the observer of 2 degrees.

    >>> eye().sum(axis=0).round(2).tolist()
    [1.0, 1.0, 1.0]
    """
    return weights("D65", "2") @ RGB_OF_XYZ.T


def developed(pigments: Pigments, tissue: Tissue | None = None) -> NDArray[np.uint8]:
    """sRGB (rows, columns, 3) of maps of pigments (rows, columns): D65, 2 degrees, even light.

    >>> developed(Pigments(np.full((2, 3), 2.0), 0.01)).shape
    (2, 3, 3)
    """
    return np.asarray(quantised(Lookup(eye(), tissue, SHINE)(maps(pigments))), np.uint8)
