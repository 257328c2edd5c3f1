"""HEIC, as telephones write it, by the optional package pillow-heif."""

import io
from typing import Any

import numpy as np

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.photographs.files.limits import check_size, foreign
from repigment.photographs.files.pixels import Pixels
from repigment.photographs.files.spaces_of_files import Found, by_codes, by_profile


def decode(data: bytes, name: str) -> Pixels:
    """The pixels of the first picture of a HEIC file; RepigmentError if it is damaged, too large, or has no reader.

    The decoder turns it upright. More than 8 bits are kept, spread over 16.
    """
    try:
        import pillow_heif
    except ImportError as error:
        raise RepigmentError(
            "the photograph is a HEIC, and the package that reads those is not installed",
            where=name,
            remedy="pip install 'repigment[heic]', or save it as JPEG",
        ) from error
    with foreign(name, "HEIC"):
        file: Any = pillow_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=False)
        image = file[file.primary_index]
        width, height = image.size
        check_size(width, height, name)
        notes: tuple[str, ...] = ("the first of several pictures in the file is taken",) if len(file) > 1 else ()
        found = _space(image.info)
        levels = np.asarray(image)
        check_size(levels.shape[1], levels.shape[0], name)
        if levels.dtype == np.uint16:
            levels = levels + (levels >> int(image.info["bit_depth"]))  # the last bits repeat the first: top is 65535
            notes += ("more than 8 bits kept",)
        if levels.ndim != 3:
            raise ValueError("no colours")
        seen = None
        if levels.shape[2] == 4:
            seen = levels[..., 3] >= value("photo_opaque") * np.iinfo(levels.dtype).max
            notes += () if seen.all() else ("transparent pixels left out",)
        return Pixels(levels[..., :3], seen, 1, found.space, notes + found.notes, found.refused)


def _space(info: dict[str, Any]) -> Found:
    profile = info.get("icc_profile")
    if not profile:
        return by_codes(info.get("nclx_profile"))
    found = by_profile(profile, "RGB")
    return found if not found.engine else by_profile(b"", "RGB")
