"""What a colorimeter and a camera would read of a simulated lesion and of the skin around it, visit by visit."""

from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from repigment.optics.colour import ita, lab, weights
from repigment.optics.indices import erythema_index, melanin_index
from repigment.optics.spectral import WAVELENGTHS
from repigment.optics.tissue import Pigments, Tissue
from repigment.patients.simulate import PatientCourse
from repigment.pictures.lookup import Lookup, maps

PLACES = ("lesion", "around")
READ = ("L*", "a*", "b*", "ITA", "melanin index", "erythema index")


def colours(course: PatientCourse) -> pd.DataFrame:
    """L*a*b*, ITA (degrees), melanin and erythema index of lesion and skin around, a row a visit (index: week).

    Of the mean reflectance of each place, as an integrating sphere with its specular part reads it; D65, 2 degrees.
    """
    x = course.maps["x"].values
    window = course.lesion.window(len(x), float(x[1] - x[0]))
    read = partial(_read, course.pigments, course.tissue)
    found = {
        place: read(share) for place, share in zip(PLACES, (window.inside, window.outside), strict=True) if share.any()
    }
    return pd.concat(found, axis=1).set_axis(pd.Index(course.maps["visit"].values, name="week"))


def _read(pigments: Pigments, tissue: Tissue, share: NDArray[np.floating]) -> pd.DataFrame:
    spectra = mean_spectrum(pigments, tissue, share)
    seen = lab(spectra @ weights())
    columns = (*seen.T, ita(seen), melanin_index(spectra), erythema_index(spectra))
    return pd.DataFrame(dict(zip(READ, columns, strict=True)))


def mean_spectrum(pigments: Pigments, tissue: Tissue, share: NDArray[np.floating]) -> NDArray[np.float64]:
    """Mean reflectance (visits, 31) of maps (visits, rows, columns) over the places of `share` (rows, columns)."""
    read = Lookup(np.eye(len(WAVELENGTHS)), tissue, gloss=1.0)
    visits = (read(maps(Pigments(*each))) for each in zip(*np.broadcast_arrays(*pigments), strict=True))
    return np.stack([np.einsum("yxw,yx->w", each, share / share.sum(), dtype=float) for each in visits])
