"""The map of a face as a face: skin within its outline, calm features with closed eyes, hair, ears and neck."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from repigment.errors import RepigmentError
from repigment.optics.tissue import Pigments, Tissue
from repigment.pictures import features
from repigment.pictures.developed import SHINE, eye
from repigment.pictures.files import quantised
from repigment.pictures.lookup import Lookup, maps
from repigment.pictures.render import check_width, finished
from repigment.pictures.scene import enlarged
from repigment.pictures.texture import Texture
from repigment.pictures.texture import texture as texture_of

MARGINS = (0.12, 0.16, 0.14)  # at each side, above and below, in heights of the face
LIP_BLOOD, LIP_MELANIN, LIP_LIGHT = 4.0, 0.6, 0.88  # of the lips, in folds of the own skin's; light on them
NECK, EARS, RIM = 0.78, 1.05, 0.08  # light on neck and ears; blur of the face's edge in shade, in widths
SMOOTH = 1.5  # pixels of a map over which its outline is rounded
Single = NDArray[np.float32]
Bools = NDArray[np.bool_]


def face(
    pigments: Pigments,
    mm: float,
    skin: Bools,
    own: Pigments,
    width: int = 1024,
    tissue: Tissue | None = None,
    texture: float = 1.0,
    seed: int = 0,
    bar: bool = True,
    card: bool = False,
) -> Image.Image:
    """Maps of a face (n, n) in pixels of `mm`, from hairline to chin, as a picture of a face `width` pixels wide.

    `skin` (n, n) is true on the face. Brows, closed eyes, nose, lips, hair and neck are drawn so that a map of melasma
    is read as a face; they are nobody's. The other arguments are those of `render.patch`. Raises RepigmentError
    where map and outline do not belong together.

    >>> n = 16; skin = np.hypot(*(np.indices((n, n)) - 7.5)) < 7.5
    >>> face(Pigments(np.full((n, n), 3.0), 0.02), 10.0, skin, Pigments(3.0, 0.02), width=124).size
    (124, 130)
    """
    check_width(width)
    given = maps(pigments)
    if skin.shape != given.melanin.shape or skin.shape[0] != skin.shape[1]:
        raise RepigmentError(f"an outline of shape {skin.shape} does not belong to a face of {given.melanin.shape}")
    place = features.canvas(width, MARGINS)
    inside = _spread(skin.astype(np.float32), place, 0.0, smooth=True)
    inside = np.clip((inside - 0.5) * SMOOTH / (len(skin) * place.pixel) + 0.5, 0, 1)
    lips, between = features.lips(place)
    nearest = ndimage.distance_transform_edt(~skin, return_distances=False, return_indices=True)
    here = Pigments(*(_spread(np.asarray(each)[tuple(nearest)], place, float(each.mean())) for each in given))
    span = mm * skin.shape[0] * (1 + 2 * MARGINS[0])
    drawn = Texture(*(enlarged(each, *place.size) for each in texture_of(*place.span(span), texture, seed)))
    beside = Pigments(*(np.full(place.down.shape, each, np.float32) for each in own))
    lookup = Lookup(eye(), tissue, SHINE)
    for held in (here, beside):
        held.melanin[:] *= drawn.melanin
        held.blood[:] *= drawn.blood
    here.melanin[:] *= 1 + lips * (LIP_MELANIN - 1)
    here.blood[:] *= 1 + lips * (LIP_BLOOD - 1)
    skin_light = drawn.light * (1 + lips * (LIP_LIGHT - 1)) * features.shading(place)
    shown, around = lookup(here) * skin_light[..., None], lookup(beside) * drawn.light[..., None]
    whole = _composed(shown, around, inside, between, place)
    return finished(Image.fromarray(quantised(whole)), span / width, bar, card)


def _spread(field: Single, place: features.Canvas, beside: float, smooth: bool = False) -> Single:
    """A map (n, n) of the face on the canvas, `beside` where it ends."""
    import cv2

    rows, columns = place.down.shape
    n = round(1 / place.pixel)
    left, top = round(MARGINS[0] / place.pixel), round(MARGINS[1] / place.pixel)
    found = np.full((rows, columns), beside, np.float32)
    inner = enlarged(field, n, n)
    found[top : top + n, left : left + n] = inner[: rows - top, : columns - left]
    return np.asarray(cv2.GaussianBlur(found, (0, 0), SMOOTH * n / len(field)), np.float32) if smooth else found


def _composed(face: Single, beside: Single, inside: Single, between: Single, place: features.Canvas) -> Single:
    """Paper, hair, neck and face over each other, and the features on the face."""
    import cv2

    dark = np.array(features.HAIR, np.float32)
    lashes, fold = features.lashes(place)
    shown = face * (1 - np.float32(0.25) * fold - np.float32(0.55) * between)[..., None]
    for mask, strength in ((features.brows(place), 0.80), (lashes, 0.85)):
        shown += (mask * np.float32(strength))[..., None] * (dark - shown)
    shade = 1 - np.float32(0.45) * cv2.GaussianBlur(inside, (0, 0), RIM / 3 / place.pixel)
    whole = np.ones_like(face)
    for mask, layer in (
        (features.hair(place), np.broadcast_to(dark, face.shape)),
        (features.neck(place), beside * (np.float32(NECK) * shade)[..., None]),
        (features.ears(place), beside * (np.float32(EARS) * shade)[..., None]),
        (inside, shown),
    ):
        whole += mask[..., None] * (layer - whole)
    return whole
