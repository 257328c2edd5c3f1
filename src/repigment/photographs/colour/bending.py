"""What a matrix leaves of the colour of skin at some tones: taken back by root polynomials of its channels."""

import numpy as np
from numpy.typing import NDArray

from repigment.optics.colour import RGB_OF_XYZ, XYZ_OF_RGB

Floats = NDArray[np.float64]
PAIRS = ((0, 1), (1, 2), (0, 2))  # of channels whose geometric means are taken
STRAIGHT = np.concatenate([XYZ_OF_RGB.T, np.zeros((len(PAIRS), 3))])  # the bend that leaves colours as they are
RIDGE = 1e-6  # of the trace, by which a bend is held to the straight one where people do not tell


def terms(colour: NDArray[np.floating]) -> NDArray[np.floating]:
    """Channels of a linear `colour` (..., 3) and their geometric means in pairs: (..., 6), all in step with the light.

    >>> terms(np.array([4.0, 1.0, 9.0])).tolist()
    [4.0, 1.0, 9.0, 2.0, 3.0, 6.0]
    """
    known = np.maximum(colour, 0)
    means = [np.sqrt(known[..., first] * known[..., second]) for first, second in PAIRS]
    return np.concatenate([colour, np.stack(means, axis=-1)], axis=-1)


def bent(colour: NDArray[np.floating], bend: Floats) -> NDArray[np.floating]:
    """Linear sRGB (..., 3) of a linear sRGB `colour` by a `bend` (6, 3) from its `terms` to XYZ.

    Root-polynomial colour correction, 10.1109/TIP.2015.2405336: unlike squares, roots do not hang on the exposure.

    >>> bent(np.array([0.4, 0.3, 0.2]), STRAIGHT).round(3).tolist()
    [0.4, 0.3, 0.2]
    """
    turn = (bend @ RGB_OF_XYZ.T).astype(colour.dtype)
    return terms(colour) @ turn


def fitted(colours: Floats, wanted: Floats, slopes: Floats) -> Floats:
    """The bend (6, 3) that is best for linear sRGB `colours` (n, 3) whose XYZ should be `wanted` (n, 3).

    It minimises sum_i |J_i (B' t_i - x_i)|^2 with `slopes` J (n, k, 3) by XYZ of what should be alike.
    """
    seen = np.asarray(terms(colours), float)
    metric = np.einsum("ilx,ily->ixy", slopes, slopes)
    normal = np.einsum("ia,ixy,ib->axby", seen, metric, seen, optimize=True).reshape(STRAIGHT.size, -1)
    right = np.einsum("ia,ixy,iy->ax", seen, metric, wanted - seen @ STRAIGHT, optimize=True).ravel()
    held = RIDGE * np.trace(normal) / len(normal) * np.eye(len(normal))
    return STRAIGHT + np.linalg.solve(normal + held, right).reshape(STRAIGHT.shape)
