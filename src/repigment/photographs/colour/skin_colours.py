"""What has a colour that skin can have, and how far the skin of a photograph lies from measured skin."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.photographs.files.channels import most

Floats = NDArray[np.float64]


class Ratios(NamedTuple):
    """ln(R/G) and ln(G/B) of linear light, any shape: they do not depend on the exposure."""

    red: Floats
    blue: Floats


def ratios(linear: NDArray[np.floating]) -> Ratios:
    """Ratios of linear sRGB (..., 3)."""
    red, green, blue = np.moveaxis(np.log(np.maximum(linear, value("skin_darkest")).astype(np.float64)), -1, 0)
    return Ratios(red - green, green - blue)


def can_be_skin(linear: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Whether each colour (..., 3), linear sRGB, can be skin: of any type, white, brown or inflamed.

    Melanin and blood both take more of green than of red; melanin takes more of blue than of green, blood about as
    much. So skin is never grey, green or blue. The bounds are wide enough for lamps that were not corrected; wood,
    sand and cardboard pass too.

    >>> can_be_skin(np.array([[0.4, 0.24, 0.16], [0.3, 0.3, 0.3], [0.1, 0.3, 0.1]])).tolist()
    [True, False, False]
    """
    seen = ratios(linear)
    red = (seen.red >= value("skin_red_least")) & (seen.red <= value("skin_red_most"))
    blue = (seen.blue >= value("skin_blue_least")) & (seen.blue <= value("skin_blue_most"))
    return red & blue & (most(np.asarray(linear)) > value("skin_darkest"))


def cast(linear: NDArray[np.floating]) -> float:
    """How far the median colour of skin pixels (n, 3) lies from measured skin under D65, in its own spreads.

    d2 = (x2 - 2 r x y + y2)/(1 - r2), with x and y the departures of ln(R/G) and ln(G/B) from the means of the
    International Skin Spectra Archive in its standard deviations, r their correlation (Mahalanobis distance).

    >>> cast(np.array([[0.4, 0.236, 0.159]])) < 1
    True
    """
    seen = ratios(linear)
    x = (float(np.median(seen.red)) - value("skin_red")) / value("skin_red_sd")
    y = (float(np.median(seen.blue)) - value("skin_blue")) / value("skin_blue_sd")
    r = value("skin_red_blue")
    return float(np.sqrt((x * x - 2 * r * x * y + y * y) / (1 - r * r)))
