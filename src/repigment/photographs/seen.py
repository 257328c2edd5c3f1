"""What is found in the picture itself: pigments, own skin and lesions."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.photographs.basis import Basis
from repigment.photographs.colour.card import Card
from repigment.photographs.colour.correction import Correction
from repigment.photographs.colour.skin_colours import can_be_skin
from repigment.photographs.files.channels import most
from repigment.photographs.files.reading import Photograph
from repigment.photographs.lengths.scale import Scale
from repigment.photographs.options import Options, boxed
from repigment.photographs.sieve import Sieve
from repigment.photographs.skin import noise, not_skin, outline, own_skin, pigments
from repigment.photographs.skin.half_way import HalfWay
from repigment.photographs.skin.lesion import Lesion, pixels, sure
from repigment.photographs.skin.own_skin import OwnSkin
from repigment.photographs.skin.pigments import Maps

Light = NDArray[np.float32]
Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Seen:
    """What was found in the picture itself: for annotating it, not for keeping.

    `light` (h, w, 3) is the picture in linear sRGB of the skin, `corrected` the same with its noise smoothed; `others`
    are clear lesions of the other direction; `faintest` is the least contrast in melanin index at which a lesion could
    be told from noise and texture; `left_out`, `unlike` and `burnt` are pixels of the largest place beside a card, of
    no skin's colour, and burnt, each of which may be a lesion too; `more` says that there are more lesions than these.
    """

    photograph: Photograph
    card: Card | None
    correction: Correction
    scale: Scale | None
    light: Light
    corrected: Light
    maps: Maps
    usable: Mask
    own: OwnSkin | None
    lesions: tuple[Lesion, ...]
    others: tuple[Lesion, ...] = ()
    faintest: float = 0.0
    left_out: int = 0
    unlike: int = 0
    burnt: int = 0
    more: bool = False

    @property
    def whole(self) -> Mask:
        """Pixels (h, w) of all lesions."""
        return pixels(self.lesions, self.usable.shape)

    @property
    def inside(self) -> Mask:
        """Pixels (h, w) of lesions, the sure ones if any is, without shine and ink in them unless that is all."""
        whole = pixels(sure(self.lesions), self.usable.shape)
        found = whole & self.usable
        return found if found.any() else whole

    @property
    def own_colour(self) -> NDArray[np.float64] | None:
        """Mean corrected linear sRGB (3,) of own skin, or None where there is none."""
        if self.own is None or not self.own.mask.any():
            return None
        return np.asarray(self.corrected[self.own.mask].mean(axis=0, dtype=float))


def looked(photograph: Photograph, rests: Basis, correction: Correction, options: Options) -> Seen:
    """Pigments, own skin and lesions of the picture, its colours by `correction`."""
    import cv2

    skin = photograph.seen & ~rests.covered
    light = correction.picture(photograph.linear)
    correction, (scale, left) = correction.less_sure(noise.lost(light, skin)), noise.smoothing(light, skin)
    rgb, linear = noise.smoothed(light, scale), noise.smoothed(photograph.linear, scale)
    maps = pigments.maps(rgb, photograph.clipped, np.maximum(left, value("camera_noise")))
    rough = noise.of_squares(linear, skin, not_skin.SIDE, scale)
    usable = _usable(photograph, linear, (rgb, maps.valid) if correction.trusted else None, skin, rough)
    index = maps.index if correction.trusted else pigments.darkness(linear)
    if options.reference_skin is not None:
        box = boxed(options.reference_skin, photograph.factor, photograph.shape, "--reference-skin")
        own: OwnSkin | None = own_skin.in_box(index, usable, box)
    else:
        own = own_skin.around(index, usable, options.lesion)
        own = own if own is not None and _skin_like(rgb if correction.trusted else linear, own) else None
    found = Seen(photograph, rests.card, correction, rests.scale, light, rgb, maps, usable, own, ())
    if own is None:
        return found
    usual = float(np.median(own.surface))
    half_way = pigments.half_way(usual, scale) if correction.trusted else HalfWay(usual, light=scale)
    wide = round(2 * value("card_beside") * max(photograph.shape)) + 1
    beside = cv2.dilate(rests.covered.astype(np.uint8), np.ones((wide, wide), np.uint8)) > 0
    sieve = Sieve(rgb if correction.trusted else linear, photograph.clipped, beside)
    _, lesions, others, faintest, more = outline.find(index, own, usable, options.lesion, half_way, sieve.passes)
    found = replace(found, lesions=tuple(lesions), others=tuple(others), faintest=faintest, more=more)
    found = replace(found, left_out=sieve.cut, unlike=sieve.unlike, burnt=_burnt(photograph, skin))
    around = cv2.dilate(found.whole.astype(np.uint8), np.ones((15, 15), np.uint8)) > 0
    return replace(found, own=replace(own, mask=own.mask & ~around))


def _skin_like(light: Light, own: OwnSkin) -> bool:
    """Whether what was taken for own skin has, as a whole, a colour that skin can have: else it is background."""
    return bool(own.mask.any() and can_be_skin(np.median(light[own.mask], axis=0)))


def _usable(photograph: Photograph, linear: Light, known: tuple[Light, Mask] | None, skin: Mask, rough: Floats) -> Mask:
    """Skin (h, w) without shine, ink, cloth and what is beside it, and what lies at them.

    `known` is the corrected picture and where it has a colour of skin, None where colour is not known; `rough` (3,) is
    the noise of the mean of squares as a share of the light.
    """
    import cv2

    # what is black can be a lesion all the same
    shine = photograph.clipped & (most(photograph.linear) > value("light_shine"))
    beside = not_skin.outside(linear)
    bad = shine | beside | not_skin.inked(linear, skin & ~beside, rough)
    if known is not None:
        bad |= not_skin.cloth(*known, skin & ~beside, rough)
    return np.asarray(skin & ~(cv2.dilate(bad.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0))


def _burnt(photograph: Photograph, skin: Mask) -> int:
    """Pixels of the largest burnt place within the skin (h, w) that does not come in from its edge."""
    import cv2

    shine = skin & photograph.clipped & (most(photograph.linear) > value("light_shine"))
    whole = cv2.morphologyEx(shine.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))  # noise makes holes
    _, labels, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
    edge = cv2.dilate((~skin).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    edge[[0, -1]], edge[:, [0, -1]] = True, True
    within = np.setdiff1d(np.arange(1, len(stats)), np.unique(labels[edge]))
    return int(stats[within, cv2.CC_STAT_AREA].max(initial=0))
