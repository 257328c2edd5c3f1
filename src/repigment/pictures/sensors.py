"""What the sensors of cameras see: sensitivities, and the camera's own matrix from its channels to sRGB."""

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repigment.errors import RepigmentError
from repigment.evidence.spectra import spectra
from repigment.optics.colour import rgb_of_xyz
from repigment.optics.spectral import at_wavelengths, light
from repigment.pictures.card import chart_xyz, reflectances

FILES = ("cameras", "phones")  # measured, assumed
CHANNELS = ("red", "green", "blue")
Floats = NDArray[np.float64]


def sensors() -> dict[str, str]:
    """Names of the cameras whose sensitivities are known, with the file that holds them.

    >>> sensors()["nikon-5100"]
    'cameras'
    """
    return {name.rsplit(".", 1)[0]: file for file in FILES for name in spectra(file).curves}


def sensitivities(name: str) -> Floats:
    """Relative sensitivities (31, 3) of a camera's red, green and blue; RepigmentError for an unknown one.

    >>> sensitivities("phone-a").shape
    (31, 3)
    """
    known = sensors()
    if name not in known:
        raise RepigmentError(f"no camera is called {name!r}", allowed=", ".join(known))
    return np.stack([at_wavelengths(known[name], f"{name}.{channel}") for channel in CHANNELS], axis=-1)


def raw_weights(sensor: ArrayLike, lamp: str, balance: str | tuple[float, float, float]) -> Floats:
    """W (31, 3), so that the balanced raw channels of a spectrum R under a lamp E are R W: W_c = g_c S_c E.

    The gains g_c are 1 / sum(S_c E') with E' the light that the camera believes in (`balance`: "grey" is the lamp
    itself, for which a white gives 1 in each channel; the name of another light is a wrong balance; three numbers are
    gains on top of the right balance), all of them scaled so that green gives 1 for a white.
    """
    seen = np.asarray(sensor, float) * light(lamp)[:, None]
    if isinstance(balance, str):
        believed = seen if balance == "grey" else np.asarray(sensor, float) * light(balance)[:, None]
        gains = 1 / believed.sum(axis=0)
        return seen * gains / (gains[1] * seen[:, 1].sum())
    return seen / seen.sum(axis=0) * np.asarray(balance, float)


@cache
def own_matrix(name: str) -> Floats:
    """M (3, 3) of a camera, so that linear sRGB is about M c for balanced raw channels c: fitted once, under D65.

    M makes the sum over the patches of the classic chart of |M c_i - s_i|^2 / Y_i least, with s_i their linear sRGB
    under D65 and Y_i their luminance, and keeps a white white: each row sums to 1. It is the same under every lamp, as
    in a camera with one profile; what it leaves is what a card or a fit to skin can correct.

    >>> own_matrix("nikon-5100").sum(axis=1).round(12).tolist()
    [1.0, 1.0, 1.0]
    """
    raw = reflectances() @ raw_weights(sensitivities(name), "D65", "grey")
    seen = chart_xyz()
    wanted = rgb_of_xyz(seen)
    weight = 1 / np.sqrt(seen[:, 1:2])
    free = (raw[:, :2] - raw[:, 2:]) * weight  # row sums of 1 leave two numbers of each row
    rows = [np.linalg.lstsq(free, (wanted[:, [c]] - raw[:, 2:]) * weight)[0][:, 0] for c in range(3)]
    return np.array([[a, b, 1 - a - b] for a, b in rows])
