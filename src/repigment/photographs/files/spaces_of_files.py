"""Which space the colours of a file are in: by its profile, by what else it says, or sRGB."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from repigment.photographs.files.pixels import UNKNOWN_SPACE
from repigment.photographs.files.profile import ProfileError, colours_of, space_of
from repigment.photographs.files.space import ADOBE_RGB, DISPLAY_P3, SRGB, Space
from repigment.photographs.refusal import Refusal

COLOUR_SPACE, INTEROPERABILITY = 0xA001, 1  # tags of EXIF
EXIF_ADOBE, DCF_ADOBE = 2, "R03"
SCREEN_GAMMA = 0.45455  # of a PNG for a usual screen (PNG, 11.3.2.2)
GAMMA_WITHIN = 0.01
UNSAID, SRGB_CODE, P3_CODE = 2, 1, 12  # primaries (ITU-T H.273, table 2)
SRGB_CURVES = (1, 2, 6, 13)  # transfers that phones write for sRGB (ITU-T H.273, table 3)


class Found(NamedTuple):
    """A space, what is said of it, what is withheld; `engine` if only a colour engine can read the profile."""

    space: Space
    notes: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    engine: bool = False


def by_profile(profile: bytes, colours: str) -> Found:
    """The space by an ICC profile, in a picture whose pixels are "RGB", "CMYK" or "GRAY"."""
    try:
        meant = colours_of(profile)
        if meant != colours:
            return Found(SRGB, (f"its profile is for {meant}, not for {colours}: left out",), (UNKNOWN_SPACE,))
        space = space_of(profile)
    except ProfileError:
        return Found(SRGB, ("its colour profile is damaged: left out",), (UNKNOWN_SPACE,))
    if space is None:
        return Found(SRGB, engine=True)
    if space.name == "sRGB":
        return Found(space)
    return Found(space, (f"colours converted from {space.name or 'the space of its profile'}",))


def by_exif(exif: Any) -> Found:
    """The space by EXIF, where there is no profile: sRGB unless it says Adobe RGB."""
    interoperability = str(exif.get_ifd(0xA005).get(INTEROPERABILITY, ""))
    if exif.get_ifd(0x8769).get(COLOUR_SPACE) == EXIF_ADOBE or interoperability.startswith(DCF_ADOBE):
        return Found(ADOBE_RGB, ("colours converted from Adobe RGB",))
    return Found(SRGB)


def by_gamma(gamma: object) -> Found:
    """The space of a PNG that has no profile and states a gamma."""
    if not isinstance(gamma, float) or abs(gamma - SCREEN_GAMMA) < GAMMA_WITHIN:
        return Found(SRGB)
    return Found(SRGB, ("it states a gamma of its own",), (UNKNOWN_SPACE,))


def by_codes(codes: Mapping[str, Any] | None) -> Found:
    """The space by the code points of a HEIC without profile (ITU-T H.273)."""
    if not codes:
        return Found(SRGB)
    primaries, transfer = int(codes["color_primaries"]), int(codes["transfer_characteristics"])
    if transfer in SRGB_CURVES and primaries in (SRGB_CODE, UNSAID):
        return Found(SRGB)
    if transfer in SRGB_CURVES and primaries == P3_CODE:
        return Found(DISPLAY_P3, ("colours converted from Display P3",))
    return Found(SRGB, ("its colours are of high dynamic range or of another wide space",), (UNKNOWN_SPACE,))
