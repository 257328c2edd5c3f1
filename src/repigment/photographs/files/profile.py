"""Colour profiles of files: those of cameras and screens are three curves and a matrix, and are read as that.

Done here rather than by a colour engine, because it keeps 16 bits, goes straight to linear light, and drops the names
that stand in a profile. Profiles of another kind (tables, CMYK) are left to the engine, in `decoding`.
"""

import struct
from typing import Final

import numpy as np
from numpy.typing import NDArray

from repigment.photographs.files.space import Curve, Floats, Space, from_d50, name_of_matrix

HEADER, ENTRY = 128, 12  # bytes (ICC.1:2022, 7.2 and 7.3)
MOST_TAGS = 200
SHAPES: Final = ("g", "gab", "gabc", "gabcd", "gabcdef")  # parameters of the parametric curves (ICC.1:2022, table 68)
FIXED = 65536


class ProfileError(Exception):
    """The profile is damaged."""


def colours_of(profile: bytes) -> str:
    """Which colours the profile is for: "RGB", "GRAY", "CMYK" ...; ProfileError if it is no profile."""
    if len(profile) < HEADER + 4 or profile[36:40] != b"acsp":
        raise ProfileError("no profile")
    return profile[16:20].decode("latin-1").strip()


def _tags(profile: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack_from(">I", profile, HEADER)
    if count > MOST_TAGS or len(profile) < HEADER + 4 + ENTRY * count:
        raise ProfileError("its table is cut short")
    found = {}
    for each in range(count):
        name, start, size = struct.unpack_from(">4sII", profile, HEADER + 4 + ENTRY * each)
        found[name] = profile[start : start + size]
    return found


def _fixed(data: bytes, start: int, count: int) -> list[float]:
    return [number / FIXED for number in struct.unpack_from(f">{count}i", data, start)]


def _parametric(data: bytes) -> Curve:
    (shape,) = struct.unpack_from(">H", data, 8)
    if shape >= len(SHAPES):
        raise ProfileError("a curve of an unknown shape")
    given = dict(zip(SHAPES[shape], _fixed(data, 12, len(SHAPES[shape])), strict=True))
    g, a, b, c, d, e, f = (given.get(letter, 1.0 if letter == "a" else 0.0) for letter in "gabcdef")
    if shape in (1, 2):  # flat below the zero of a x + b
        d, e, f, c = (-b / a if a else 0.0), c, c, 0.0

    def curve(encoded: Floats) -> Floats:
        return np.where(encoded >= d, np.maximum(a * encoded + b, 0) ** g + e, c * encoded + f)

    return curve


def _sampled(data: bytes) -> Curve:
    (count,) = struct.unpack_from(">I", data, 8)
    if count == 0:
        return lambda encoded: encoded
    if len(data) < 12 + 2 * count:
        raise ProfileError("a curve is cut short")
    levels: NDArray[np.uint16] = np.frombuffer(data, ">u2", count, 12).astype(np.uint16)
    if count == 1:
        gamma = float(levels[0]) / 256
        return lambda encoded: encoded**gamma
    points = np.linspace(0, 1, count)
    return lambda encoded: np.interp(encoded, points, levels / 65535)


def _curve(data: bytes) -> Curve:
    readers = {b"para": _parametric, b"curv": _sampled}
    if data[:4] not in readers:
        raise ProfileError("a curve of an unknown kind")
    return readers[data[:4]](data)


def space_of(profile: bytes) -> Space | None:
    """The space of a profile for RGB made of curves and a matrix; None if it is made in another way.

    ProfileError if the profile is damaged. linear = M curve(encoded), with the columns of M the XYZ of the primaries
    under D50 (ICC.1:2022, F.3).
    """
    try:
        tags = _tags(profile)
        if colours_of(profile) != "RGB" or b"A2B0" in tags or not {b"rXYZ", b"gXYZ", b"bXYZ"} <= set(tags):
            return None
        columns = np.stack([_fixed(tags[each], 8, 3) for each in (b"rXYZ", b"gXYZ", b"bXYZ")], axis=1)
        red, green, blue = (_curve(tags[each]) for each in (b"rTRC", b"gTRC", b"bTRC"))
    except (struct.error, KeyError) as error:
        raise ProfileError("it is cut short") from error
    matrix = from_d50(columns)
    name = name_of_matrix(matrix)
    space = Space(name, (red, green, blue), None if name == "sRGB" else matrix)
    with np.errstate(all="ignore"):
        whole = np.isfinite(matrix).all() and np.isfinite(space.table(256)).all() and abs(np.linalg.det(matrix)) > 0
    if not whole:
        raise ProfileError("it makes no colours")
    return space
