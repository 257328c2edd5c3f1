"""The pixels of a picture as they are stored, by Pillow; 16 bits by OpenCV, since Pillow would drop eight of them."""

import io
import re
import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.photographs.files.limits import check_scans, check_size, foreign, too_large
from repigment.photographs.files.pixels import GREY, Pixels
from repigment.photographs.files.png_rows import is_short
from repigment.photographs.files.rounding import EXACT, Steps, steps_of
from repigment.photographs.files.spaces_of_files import Found, by_exif, by_gamma, by_profile
from repigment.photographs.files.tiff_tags import check_directories, numbers
from repigment.photographs.refusal import Refusal

ORIENTATION = 0x0112
UPRIGHT = "turned upright"
BITS, REDUCED, DNG = 258, 254, 50706  # tags of TIFF: bits a sample, a small copy of another picture, a raw file
SAMPLE_FORMAT, FLOATING = 339, {3, 6}  # a tag of TIFF, and what it says of numbers with a point
PALETTE = Refusal("colour", "the file keeps at most 256 colours.", "Save it as JPEG, PNG or TIFF in full colour.")
GREYS = {"1", "L", "LA", "La", "I;16", "I;16L", "I;16B", "I;16N"}
WITH_ALPHA = {"RGBA", "RGBa", "LA", "La", "PA"}
COLOURS = {"RGB", "RGBA", "RGBa", "RGBX", "P", "PA", "YCbCr"}


def decode(data: bytes, kind: str, name: str) -> Pixels:
    """The pixels of a file of `kind` other than HEIC, as stored; RepigmentError if it is damaged or too large.

    Its size is looked at before anything is unpacked.
    """
    with foreign(name, kind):
        if kind == "TIFF":
            check_directories(data)
            _check_samples(data, name)
        image = _opened(data, kind, name)
        check_size(*image.size, name)
        _check_kind(data, image, name)
        if kind == "JPEG":
            check_scans(data, *image.size, name)
        notes = _frames(image)
        if notes:
            image = _opened(data, kind, name)
        exif = image.getexif()
        turned = kind == "TIFF"  # both decoders turn a TIFF themselves
        orientation = 1 if turned else _orientation(exif.get(ORIENTATION))
        if turned and _orientation(exif.get(ORIENTATION)) != 1:
            notes += (UPRIGHT,)
        found = _space(image, exif)
        deep = _is_deep(data, image, kind)
        image.load()
        if kind == "PNG" and not np.asarray(image)[-1].any() and is_short(data):
            raise ValueError("rows are missing")
        levels, seen, more, refused = _levels(image, data, deep, found)
        notes += more + found.notes
        return Pixels(levels, seen, orientation, found.space, notes, refused + found.refused, _steps(image))


def _check_samples(data: bytes, name: str) -> None:
    """RepigmentError for a TIFF of floating point numbers, which Pillow does not know or takes for grey ones."""
    if FLOATING & set(numbers(data, SAMPLE_FORMAT)):
        raise RepigmentError(
            "its pixels are floating point numbers, and such a TIFF is not read",
            where=name,
            allowed="whole numbers of 8 or 16 bits a channel",
            remedy="save it as 16-bit TIFF or PNG in sRGB, from the program that wrote it",
        )


def _opened(data: bytes, kind: str, name: str) -> Image.Image:
    with warnings.catch_warnings():  # Pillow warns of half of what it refuses; our own limit is lower
        warnings.simplefilter("ignore")
        try:
            return Image.open(io.BytesIO(data), formats=(kind,))
        except Image.DecompressionBombError as error:
            told = re.search(r"\((\d+) pixels\)", str(error))
            raise too_large(name, f"{int(told[1]) / 1e6:.0f} megapixels" if told else "too many pixels") from error


def _orientation(stated: object) -> int:
    return stated if isinstance(stated, int) and 1 <= stated <= 8 else 1


def _check_kind(data: bytes, image: Image.Image, name: str) -> None:
    tags: Any = getattr(image, "tag_v2", {})
    if data[8:10] == b"CR" or DNG in tags or int(tags.get(REDUCED, 0)) & 1:
        raise RepigmentError(
            "it is a raw file of a camera",
            where=name,
            remedy="save it from the camera's program as 16-bit TIFF or JPEG",
        )
    if image.mode == "CMYK" and not image.info.get("icc_profile"):
        raise RepigmentError(
            "its colours are those of printing inks (CMYK), and no profile says which inks",
            where=name,
            remedy="use the photograph as the camera wrote it, or save it as RGB with the profile sRGB",
        )
    if image.mode not in COLOURS | GREYS | {"CMYK"}:
        raise RepigmentError(
            f"its pixels are stored in a way that no camera uses ({image.mode})",
            where=name,
            remedy="save it as RGB with 8 or 16 bits",
        )


def _frames(image: Image.Image) -> tuple[str, ...]:
    try:
        image.seek(1)
    except EOFError:
        return ()
    return ("the first of several pictures in the file is taken",)


def _space(image: Image.Image, exif: Any) -> Found:
    profile = image.info.get("icc_profile")
    if profile and image.mode not in GREYS:
        return by_profile(profile, "CMYK" if image.mode == "CMYK" else "RGB")
    found = by_exif(exif)
    if not found.notes and image.format == "PNG" and "srgb" not in image.info:
        return by_gamma(image.info.get("gamma"))
    return found


def _is_deep(data: bytes, image: Image.Image, kind: str) -> bool:
    if image.mode not in ("RGB", "RGBA", "RGBX"):
        return image.mode.startswith("I;16")
    if kind == "PNG":
        return data[24] == 16
    tags: Any = getattr(image, "tag_v2", {})
    return kind == "TIFF" and set(tags.get(BITS, ())) == {16}


def _levels(
    image: Image.Image, data: bytes, deep: bool, found: Found
) -> tuple[NDArray[Any], NDArray[np.bool_] | None, tuple[str, ...], tuple[Refusal, ...]]:
    """Levels (h, w, 3), those that are seen or None, notes, and what is withheld."""
    refused: tuple[Refusal, ...] = (GREY,) if image.mode in GREYS else ()
    if image.mode in ("P", "PA"):
        refused = (PALETTE,)
    if found.engine:
        return _by_engine(image), _seen(image), ("colours converted through its profile, with 8 bits",), refused
    if image.mode.startswith("I;16"):
        grey = np.asarray(image).astype(np.uint16)
        return np.repeat(grey[..., None], 3, axis=2), None, ("16 bits kept",), refused
    if deep:
        stored = _deep(data)
        if stored is not None and stored.shape[:2] == (image.height, image.width):
            seen = stored[..., 3] >= value("photo_opaque") * 65535 if stored.shape[2] == 4 else None
            return stored[..., 2::-1], seen, ("16 bits kept", *_masked(seen)), refused
    seen = _seen(image)
    notes = _masked(seen) + (("16 bits read as 8",) if deep else ())
    return np.asarray(image if image.mode == "RGB" else _plain(image)), seen, notes, refused


def _steps(image: Image.Image) -> Steps:
    tables: dict[int, list[int]] = getattr(image, "quantization", {})
    return steps_of(tables) if tables else EXACT


def _masked(seen: NDArray[np.bool_] | None) -> tuple[str, ...]:
    return ("transparent pixels left out",) if seen is not None and not seen.all() else ()


def _plain(image: Image.Image) -> Image.Image:
    if image.mode in WITH_ALPHA or "transparency" in image.info:
        image = image.convert("RGBA")  # the colour under the transparency, laid on nothing
    return image.convert("RGB")


def _seen(image: Image.Image) -> NDArray[np.bool_] | None:
    if image.mode not in WITH_ALPHA and "transparency" not in image.info:
        return None
    alpha = np.asarray(image.convert("RGBA").getchannel("A"))
    seen: NDArray[np.bool_] = alpha >= value("photo_opaque") * 255
    return seen


def _deep(data: bytes) -> NDArray[np.uint16] | None:
    """Levels (h, w, 3 or 4) of 16 bits, blue first; None if OpenCV cannot."""
    import cv2

    stored = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if stored is None or stored.dtype != np.uint16 or stored.ndim != 3 or stored.shape[2] not in (3, 4):
        return None
    return stored.view(np.uint16)


def _by_engine(image: Image.Image) -> NDArray[np.uint8]:
    """Levels of sRGB (h, w, 3) by the colour engine, relative to the white of the photograph."""
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
    flat = image if image.mode in ("RGB", "CMYK") else _plain(image)
    turned = ImageCms.profileToProfile(flat, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    return np.asarray(turned)
