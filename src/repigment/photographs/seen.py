"""What is found in the picture itself: pigments, own skin and lesions."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.optics.colour import lab, xyz_of_rgb
from repigment.photographs.basis import Basis
from repigment.photographs.colour.card import Card
from repigment.photographs.colour.correction import Correction
from repigment.photographs.colour.skin_colours import can_be_skin, cast
from repigment.photographs.files.channels import most
from repigment.photographs.files.reading import Photograph
from repigment.photographs.lengths.scale import Scale
from repigment.photographs.options import Options, boxed
from repigment.photographs.refusal import Refusal
from repigment.photographs.skin import noise, not_skin, outline, own_skin, pigments
from repigment.photographs.skin.half_way import HalfWay
from repigment.photographs.skin.outline import Lesion
from repigment.photographs.skin.own_skin import OwnSkin
from repigment.photographs.skin.pigments import Maps

Light = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Seen:
    """What was found in the picture itself: for annotating it, not for keeping.

    `light` (h, w, 3) is the picture in linear sRGB of the skin, `corrected` the same with its noise smoothed; `others`
    are clear lesions of the other direction; `faintest` is the least contrast in melanin index at which a lesion could
    be told from noise and texture; `left_out` and `burnt` are pixels of the largest place beside a card, and of the
    largest burnt one, that may be a lesion too.
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
    burnt: int = 0

    @property
    def whole(self) -> Mask:
        """Pixels (h, w) of all lesions."""
        found = np.zeros(self.photograph.shape, bool)
        for each in self.lesions:
            found |= each.mask
        return found

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
    correction, scale = correction.less_sure(noise.lost(light, skin)), noise.smoothing(light, skin)
    rgb, linear = noise.smoothed(light, scale), noise.smoothed(photograph.linear, scale)
    maps = pigments.maps(rgb, photograph.clipped, np.diag([value("camera_noise") ** 2] * 3))
    coarse = float(noise.relative(photograph.linear, skin).max())
    usable = _usable(photograph, linear, (rgb, maps.valid) if correction.trusted else None, skin, coarse)
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

    known, left_out = rgb if correction.trusted else linear, [0]

    def allowed(lesion: Lesion) -> bool:
        """Whether it has a colour that skin can have, and does not come in from the picture's edge beside a card."""
        inside = lesion.mask
        colour = np.median(known[inside], axis=0) if inside.any() else np.zeros(3)
        dark = bool(photograph.clipped[inside].mean() > value("lesion_clipped")) if inside.any() else False
        if not dark and not can_be_skin(colour):
            return False
        if lesion.cut and bool((inside & beside).any()):
            left_out.append(int(inside.sum()))
            return False
        return True

    _, lesions, others, faintest = outline.find(index, own, usable, options.lesion, half_way, allowed)
    found = replace(found, lesions=tuple(lesions), others=tuple(others), faintest=faintest)
    found = replace(found, left_out=max(left_out), burnt=_burnt(photograph, skin))
    around = cv2.dilate(found.whole.astype(np.uint8), np.ones((15, 15), np.uint8)) > 0
    return replace(found, own=replace(own, mask=own.mask & ~around))


def _skin_like(light: Light, own: OwnSkin) -> bool:
    """Whether what was taken for own skin has, as a whole, a colour that skin can have: else it is background."""
    return bool(own.mask.any() and can_be_skin(np.median(light[own.mask], axis=0)))


def _usable(photograph: Photograph, linear: Light, known: tuple[Light, Mask] | None, skin: Mask, coarse: float) -> Mask:
    """Skin (h, w) without shine, ink, cloth and what is beside it, and what lies at them.

    `known` is the corrected picture and where it has a colour of skin, None where colour is not known; `coarse` is the
    noise of the photograph as a share of its light.
    """
    import cv2

    # what is black can be a lesion all the same
    shine = photograph.clipped & (most(photograph.linear) > value("light_shine"))
    beside = not_skin.outside(linear)
    bad = shine | beside | not_skin.inked(linear, skin & ~beside, coarse)
    if known is not None:
        bad |= not_skin.cloth(*known, skin & ~beside, coarse)
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


def overlooked(seen: Seen) -> Refusal | None:
    """Why areas would be those of something else: a place that cannot be measured is larger than all that was found."""
    least = max(float(seen.whole.sum()), value("burnt_least") * float(seen.usable.sum()))
    if seen.burnt > least:
        share = 100 * seen.burnt / max(float(seen.usable.sum()), 1.0)
        why = f"a burnt place within the skin, {share:.1f} % of it, may be the lesion; no colour is left there."
        return Refusal("area", why, "Photograph it again with less light, exposed for the lesion.")
    if seen.left_out > least:
        why = "what stands out most lies beside the card and is cut by the picture's edge: a shadow, or the lesion."
        return Refusal("area", why, "Photograph the whole lesion with skin around it, and the card apart from it.")
    return None


def impossible(seen: Seen) -> Refusal | None:
    """Why the corrected colour of own skin cannot be skin's, or None where it can."""
    colour = seen.own_colour
    if not seen.correction.trusted:
        return None
    remedy = "Check --camera, --lamp, --grey and --skin-type, or photograph a colour card in the light of the skin."
    if colour is None:
        return Refusal("colour", "corrected as stated, nothing in the picture has a colour that skin has.", remedy)
    light = float(lab(xyz_of_rgb(colour))[0])
    if not value("own_darkest") <= light <= value("own_lightest"):
        allowed = f"{value('own_darkest'):g} to {value('own_lightest'):g}"
        why = f"own skin would have an L* of {light:.0f}, which no measured skin has ({allowed})."
        return Refusal("colour", why, remedy)
    if (off := cast(colour[None])) > value("own_cast_most"):
        most = value("own_cast_most")
        why = f"own skin would lie {off:.1f} spreads from the colour of measured skin ({most:g} are allowed)."
        return Refusal("colour", why, remedy)
    return None


def unclear(seen: Seen, options: Options) -> Refusal | None:
    """Why it cannot be told which skin is own skin, or None where it can, or where a lesion was found all the same."""
    if seen.lesions or not _in_doubt(seen, options):
        return None
    why = "two kinds of skin hold much of the picture, and which of them is own skin cannot be told."
    return Refusal("colour", why, "State --lesion lighter or darker, or own skin with --reference-skin x,y,w,h.")


def _in_doubt(seen: Seen, options: Options) -> bool:
    stated = options.reference_skin is not None or options.lesion is not None
    return seen.own is not None and seen.own.other >= value("reference_doubt") and not stated


def doubts(seen: Seen, options: Options) -> list[str]:
    """Notes on what may be own skin as well, on lesions of the other direction, and on what noise may hide."""
    found: list[str] = []
    if seen.own is None:
        return found
    if _in_doubt(seen, options):
        found.append(
            f"two kinds of skin hold much of the picture ({100 * seen.own.other:.0f} % is of the one that was not taken"
            " for own skin): state --lesion lighter or darker, or own skin with --reference-skin x,y,w,h."
        )
    rest = seen.usable & ~seen.own.mask & ~seen.whole
    share = float(rest.sum() / max(seen.usable.sum(), 1))
    if seen.own.box is None and not found and share > value("reference_rest"):
        found.append(
            f"{100 * share:.0f} % of the skin is neither lesion nor like own skin: check the annotated picture, or"
            " state --lesion lighter or darker, or own skin with --reference-skin x,y,w,h."
        )
    if seen.lesions and seen.others:
        side, other = ("darker", "lighter") if seen.lesions[0].darker else ("lighter", "darker")
        found.append(
            f"there are {other} lesions besides the {side} ones that were measured: state --lesion {other} for those."
        )
    if any(lesion.cut for lesion in seen.lesions):
        found.append(
            "a lesion goes on beyond the edge of the picture: what is told is of the part that is seen, and it may be"
            " no lesion but something beside the skin: check the annotated picture."
        )
    if not seen.lesions:
        if overlooked(seen) is not None:
            return found
        found.append(
            f"a lesion that differs from own skin by less than {seen.faintest:.1f} in melanin index could be in the"
            " picture and not be seen."
        )
        return found
    usual = float(np.median(seen.own.surface))
    if seen.correction.trusted and seen.faintest > value("faintest_told") * usual:
        found.append(
            f"noise or the texture of the skin hides lesions that differ from own skin by less than {seen.faintest:.1f}"
            " in melanin index: such ones may be missing; photograph nearer and in more light."
        )
    return found
