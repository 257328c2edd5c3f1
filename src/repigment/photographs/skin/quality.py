"""What of a photograph cannot be trusted, and why."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.optics.colour import decode
from repigment.photographs.colour.skin_colours import can_be_skin, cast
from repigment.photographs.files.pixels import GREY
from repigment.photographs.files.reading import Photograph
from repigment.photographs.refusal import Refusal
from repigment.photographs.skin.sharpness import MAD, sharpness

LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)  # of linear sRGB (IEC 61966-2-1)
MOST = 0.999  # share of a block from which it is whole
TURNS = 3  # of trimming what is not the usual fall of light


@dataclass(frozen=True, slots=True)
class Quality:
    """How good a photograph is for measuring.

    `side` is its shorter side in px. `skin` is the share of it that can be skin; of that, `clipped` is the share of
    pixels at an end of their range, `light` the median luminance in 0..1, `cast` the distance of its colour from
    measured skin in spreads, NaN if all of it is clipped. `width` is the spread in px of the sharpest edges, NaN if
    there are none, `noise` that of the square root of light. `uneven` is by how many per cent the light falls from one
    end of the skin to the other, NaN if too little of it is seen.
    """

    side: int
    skin: float
    clipped: float
    light: float
    cast: float
    width: float
    noise: float
    uneven: float


def quality(
    photograph: Photograph, skin: NDArray[np.bool_] | None = None, corrected: NDArray[np.float32] | None = None
) -> Quality:
    """Measures of quality of what is seen, or of `skin` (h, w) only.

    Colour is looked at in blocks, so that noise does not make grey look like skin. What can be skin is told from the
    colours as they were written, or as they were `corrected` (h, w, 3).
    """
    import cv2

    rows, columns = photograph.shape
    region = photograph.seen if skin is None else photograph.seen & skin
    shrink = max(1.0, math.sqrt(rows * columns / value("skin_blocks")))
    size = (max(1, int(columns / shrink)), max(1, int(rows / shrink)))

    def blocks(array: NDArray[np.generic]) -> NDArray[np.float32]:
        mean = cv2.resize(array.astype(np.float32, copy=False), size, interpolation=cv2.INTER_AREA)
        return mean.astype(np.float32, copy=False)

    linear, inside, burnt = blocks(photograph.linear), blocks(region) > MOST, blocks(photograph.clipped)
    colour = linear if corrected is None else blocks(corrected)
    possible = inside & (can_be_skin(colour) if GREY not in photograph.refused else True)
    beside = cv2.dilate(possible.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0  # burnt skin has no colour of skin
    shown = possible if possible.any() else inside
    clean = possible & (burnt <= value("clipped_most"))
    light = linear @ LUMINANCE
    sharp = sharpness(photograph.linear @ LUMINANCE, photograph.seen & ~_light_lost(photograph))
    return Quality(
        side=min(rows, columns),
        skin=float(possible.sum() / max(1, inside.sum())),
        clipped=_mean(burnt[beside & inside if possible.any() else inside]),
        light=float(np.median(light[shown])) if shown.any() else 0.0,
        cast=cast(linear[clean]) if clean.any() else math.nan,
        width=sharp.width,
        noise=sharp.noise,
        uneven=_uneven(light, clean),
    )


def _light_lost(photograph: Photograph) -> NDArray[np.bool_]:
    """Places (h, w) where luminance is not known, because much of what is around is clipped in red or green.

    Where blue alone is black, light is known all the same: of luminance blue is a fourteenth, and it is about 0 there.
    Single clipped pixels are the end of noise and bend no edge.
    """
    import cv2

    dark = value("light_black") * float(decode(value("photo_bottom")))
    red, green, blue = photograph.linear[photograph.clipped].T
    known = (np.minimum(red, green) > dark) & (np.maximum(np.maximum(red, green), blue) < value("light_shine"))
    lost = np.zeros(photograph.shape, np.float32)
    lost[photograph.clipped] = ~known
    if not lost.any():
        return lost > 0
    return np.asarray(cv2.GaussianBlur(lost, (0, 0), value("edge_scale")) > value("edge_clipped"))


def _uneven(light: NDArray[np.float32], skin: NDArray[np.bool_]) -> float:
    """Fall of `light` (rows, columns) in per cent along the plane in ln(light) of `skin`, from end to end of the skin.

    The slopes of the plane are those of most pairs of places some blocks apart: pairs across an outline of something
    differ from the others and are trimmed, so that a white half does not tilt the plane.
    """
    import cv2

    log = cv2.medianBlur(np.log(np.maximum(light, value("skin_darkest"))).astype(np.float32), 3)
    lag = int(value("uneven_lag"))
    down = _usual((log[lag:] - log[:-lag])[skin[lag:] & skin[:-lag]]) / lag
    right = _usual((log[:, lag:] - log[:, :-lag])[skin[:, lag:] & skin[:, :-lag]]) / lag
    if math.isnan(down) or math.isnan(right):
        return math.nan
    rows, columns = np.nonzero(skin)
    fall = float(np.ptp(down * rows + right * columns))
    return 100 * (1 - math.exp(-fall))


def _usual(differences: NDArray[np.float32]) -> float:
    """The mean of those of `differences` (n,) that are not across an outline; NaN if they are few."""
    kept = differences[np.abs(differences) < value("uneven_contrast")]
    if len(kept) < value("uneven_pairs"):
        return math.nan
    middle = float(np.median(kept))
    for _ in range(TURNS):
        spread = float(np.median(np.abs(kept - middle))) / MAD
        near = kept[np.abs(kept - middle) <= value("uneven_trim") * spread]
        middle = float(near.mean())
    return middle


def _mean(values: NDArray[np.float32]) -> float:
    return float(values.mean()) if values.size else 0.0


def refusals(
    photograph: Photograph,
    skin: NDArray[np.bool_] | None = None,
    card: bool = False,
    corrected: NDArray[np.float32] | None = None,
) -> tuple[Refusal, ...]:
    """What cannot be had from a photograph, looking at what is seen or at `skin` (h, w); none if all is well.

    With a `card` in the picture its colour is not asked to be that of skin under daylight, but as `corrected`.
    """
    return judged(quality(photograph, skin, corrected), photograph, card)


def judged(seen: Quality, photograph: Photograph, card: bool = False) -> tuple[Refusal, ...]:
    """The refusals that follow from `seen`; one that withholds everything stands alone."""
    nothing = _nothing(seen)
    if nothing:
        return nothing
    found = [*photograph.refused, *_exposure(seen), *_shade(seen), *_blur(seen)]
    if not card and seen.cast > value("cast_most") and GREY not in photograph.refused:
        found.append(
            Refusal(
                "colour",
                f"the colour of the skin lies {seen.cast:.1f} spreads from that of measured skin in daylight"
                f" ({value('cast_most'):g} are allowed): the light was coloured, and no colour card shows how.",
                "Photograph it with a colour card, or in daylight with the white balance set to daylight.",
            )
        )
    return tuple(found)


def too_small(side: int) -> Refusal | None:
    """Why nothing can be had from a photograph whose shorter side has so many pixels, or None."""
    if side >= value("photo_side"):
        return None
    why = f"the photograph is too small: its shorter side has {side} pixels, {value('photo_side'):.0f} are needed."
    return Refusal("all", why, "Use the photograph as the camera wrote it.")


def _nothing(seen: Quality) -> tuple[Refusal, ...]:
    if (small := too_small(seen.side)) is not None:
        return (small,)
    if seen.skin >= value("skin_least"):
        return ()
    for reason in (_dark(seen), _bright(seen)):
        if reason:
            return (Refusal("all", f"{reason.why[:-1]}, so that skin cannot be told.", reason.remedy),)
    return (
        Refusal(
            "all",
            "nothing in it has a colour that skin can have: it shows no skin, or the light was strongly coloured.",
            "Photograph the skin in daylight or by a flash, so that it fills the picture.",
        ),
    )


def _dark(seen: Quality) -> Refusal | None:
    if seen.light >= value("light_least"):
        return None
    why = (
        f"it is underexposed: half of it has less than {100 * value('light_least'):g} % of the light that can be told."
    )
    return Refusal("colour", why, "Photograph it again with more light.")


def _bright(seen: Quality) -> Refusal | None:
    if seen.light <= value("light_most"):
        return None
    why = f"it is overexposed: half of it has more than {100 * value('light_most'):g} % of the light that can be told."
    return Refusal("colour", why, "Photograph it again with less light, or with a shorter exposure.")


def _exposure(seen: Quality) -> list[Refusal]:
    found = [each for each in (_dark(seen), _bright(seen)) if each]
    if seen.clipped > value("clipped_most"):
        why = (
            f"{100 * seen.clipped:.0f} % of the skin is clipped to white or black"
            f" ({100 * value('clipped_most'):g} % are allowed)."
        )
        found.append(Refusal("colour", why, "Photograph it again with soft light from the side and without glare."))
    return found


def _shade(seen: Quality) -> list[Refusal]:
    if not seen.uneven > value("uneven_most"):
        return []
    why = (
        f"the light falls by {seen.uneven:.0f} % from one end of the skin to the other"
        f" ({value('uneven_most'):g} % are allowed)."
    )
    return [Refusal("colour", why, "Photograph it again with the light even, from both sides or by an overcast sky.")]


def _blur(seen: Quality) -> list[Refusal]:
    remedy = "Hold the camera still, let it focus on the skin, and photograph it again."
    if math.isnan(seen.width):
        return [
            Refusal(
                "area",
                "nothing in it has an edge that can be told: it is blurred or clipped, or shows nothing but even skin.",
                remedy,
            )
        ]
    most = max(value("blur_least"), value("blur_share") * seen.side)
    if seen.width <= most:
        return []
    why = f"it is blurred: its sharpest edges are {seen.width:.1f} pixels wide ({most:.1f} are allowed)."
    return [Refusal("area", why, remedy)]
