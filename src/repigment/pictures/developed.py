"""The colours in which a person sees skin in even daylight, without a camera between."""

import numpy as np
from numpy.typing import NDArray

from repigment.optics.tissue import Pigments, Tissue
from repigment.pictures.files import quantised
from repigment.pictures.lookup import Lookup, maps
from repigment.pictures.render import SHINE, eye


def developed(pigments: Pigments, tissue: Tissue | None = None) -> NDArray[np.uint8]:
    """sRGB (rows, columns, 3) of maps of pigments (rows, columns): D65, 2 degrees, even light.

    >>> developed(Pigments(np.full((2, 3), 2.0), 0.01)).shape
    (2, 3, 3)
    """
    return np.asarray(quantised(Lookup(eye(), tissue, SHINE)(maps(pigments))), np.uint8)
