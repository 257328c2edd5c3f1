"""The colours in which a person sees skin under daylight, without a camera between."""

import numpy as np
from numpy.typing import NDArray

from repigment.optics.colour import RGB_OF_XYZ, weights
from repigment.optics.tissue import Pigments, Tissue
from repigment.pictures.files import quantised
from repigment.pictures.lookup import Lookup, maps


def developed(pigments: Pigments, tissue: Tissue | None = None) -> NDArray[np.uint8]:
    """sRGB (rows, columns, 3) of maps of pigments (rows, columns): D65, 2 degrees, without the surface's shine.

    >>> developed(Pigments(np.full((2, 3), 2.0), 0.01)).shape
    (2, 3, 3)
    """
    return np.uint8(quantised(Lookup(weights() @ RGB_OF_XYZ.T, tissue)(maps(pigments))))
