"""The maps of a measured photograph as a file of arrays, without metadata."""

import io
import zipfile

import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.photographs.measure import Measurement

EPOCH = (1980, 1, 1, 0, 0, 0)  # the time that every part is given, so that the same maps are the same bytes


def maps_npz(measurement: Measurement) -> bytes:
    """The pixels' `melanin` and `melanin_error` in um, `blood` and `blood_error` as shares, and masks, each (h, w).

    `valid` is where melanin can be believed, `own_skin` and `lesion` are what was taken for them. Errors are SDs by
    noise and by what else differs between people; that of blood is its SD in ln blood times blood.

    An .npz as numpy.load reads it; NaN where a pixel says nothing, blood also where melanin hides it. The same
    photograph gives the same bytes. RepigmentError where the colours of the photograph cannot be trusted.
    """
    seen = measurement.seen
    if seen is None or not seen.correction.trusted or any(each.what == "colour" for each in measurement.refusals):
        raise RepigmentError(
            "this photograph gives no maps: its colours are not known", remedy="read the reasons that were given"
        )
    maps, skin = seen.maps, seen.usable & seen.maps.valid
    blood = skin & maps.blood_valid
    own = np.zeros_like(skin) if seen.own is None else seen.own.mask
    return _npz(
        {
            "melanin": np.where(skin, maps.melanin, np.float32(np.nan)),
            "melanin_error": np.where(skin, maps.error, np.float32(np.nan)),
            "blood": np.where(blood, maps.blood, np.float32(np.nan)),
            "blood_error": np.where(blood, maps.blood * maps.blood_error, np.float32(np.nan)),
            "valid": skin,
            "own_skin": own,
            "lesion": seen.whole,
        }
    )


def _npz(arrays: dict[str, NDArray[np.generic]]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, array in arrays.items():
            part = io.BytesIO()
            np.lib.format.write_array(part, np.ascontiguousarray(array), allow_pickle=False)
            whole.writestr(zipfile.ZipInfo(f"{name}.npy", EPOCH), part.getvalue(), zipfile.ZIP_DEFLATED)
    return file.getvalue()
