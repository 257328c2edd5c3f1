"""Pictures as bytes of a file, without any metadata: the same picture gives the same bytes."""

import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.optics.colour import encode

STEPS = 2**18  # of linear light: 16 bits of the curve need steps this small in its darks
ROWS = 64  # at a time: they stay in the processor's cache
Levels = NDArray[np.uint8] | NDArray[np.uint16]


def encoded(levels: Levels, form: str, quality: int = 92, subsampling: str = "4:2:0") -> bytes:
    """RGB levels (rows, columns, 3) as a JPEG, PNG or TIFF file.

    Levels of 16 bits are for PNG and TIFF; quality and subsampling for JPEG. Raises RepigmentError for another form.

    >>> encoded(np.zeros((4, 4, 3), np.uint8), "png")[1:4]
    b'PNG'
    """
    import cv2

    sampling = {
        "4:4:4": cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
        "4:2:2": cv2.IMWRITE_JPEG_SAMPLING_FACTOR_422,
        "4:2:0": cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420,
    }
    options = {
        "jpeg": (".jpg", [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling[subsampling]]),
        "png": (".png", [cv2.IMWRITE_PNG_COMPRESSION, 1]),
        "tiff": (".tiff", [cv2.IMWRITE_TIFF_COMPRESSION, 1]),
    }
    if form not in options:
        raise RepigmentError(f"no picture is written as {form!r}", allowed=", ".join(options))
    suffix, settings = options[form]
    done, data = cv2.imencode(suffix, cv2.cvtColor(levels, cv2.COLOR_RGB2BGR), settings)
    if not done:
        raise RepigmentError(f"a picture of {levels.shape[1]} x {levels.shape[0]} pixels does not fit into a {form}")
    return bytes(data)


def quantised(linear: NDArray[np.float32], bits: int = 8, contrast: float = 0.0) -> Levels:
    """Levels of `bits` of linear sRGB (...): the curve of sRGB, bent by v + c v (1 - v) (2 v - 1), cut to 0 to 1.

    >>> quantised(np.float32([0.0, 1.0, 2.0])).tolist()
    [0, 255, 255]
    """
    fine = np.linspace(0, 1, STEPS)
    tones = encode(fine)
    tones = tones + contrast * tones * (1 - tones) * (2 * tones - 1)
    most = 2**bits - 1
    levels = np.rint(most * tones).astype(np.uint8 if bits == 8 else np.uint16)
    found = np.empty(linear.shape, levels.dtype)
    for start in range(0, len(linear), ROWS):
        places = np.clip(linear[start : start + ROWS], 0, 1)
        places *= np.float32(STEPS - 1)
        places += np.float32(0.5)
        np.take(levels, places.astype(np.int32), out=found[start : start + ROWS], mode="clip")
    return found
