"""What may not be believed of what was found in a picture: reasons to withhold it, and notes."""

import numpy as np

from repigment.evidence.parameters import value
from repigment.optics.colour import lab, xyz_of_rgb
from repigment.photographs.colour.skin_colours import cast
from repigment.photographs.options import Options
from repigment.photographs.refusal import Refusal
from repigment.photographs.seen import Seen


def overlooked(seen: Seen) -> Refusal | None:
    """Why areas would be wrong: more lesions than are outlined, or one that cannot be measured is larger than all."""
    if seen.more:
        why = f"more than {value('lesions_most'):g} lesions stand out: those that were outlined are a part of them."
        return Refusal("area", why, "Photograph a smaller piece of skin, or state --lesion lighter or darker.")
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
    """Notes on what may be own skin as well, on places that were left out, and on what noise may hide."""
    return [] if seen.own is None else [*_of_own_skin(seen, options), *_of_lesions(seen), *_of_noise(seen)]


def _of_own_skin(seen: Seen, options: Options) -> list[str]:
    if seen.own is None:
        return []
    if _in_doubt(seen, options):
        return [
            f"two kinds of skin hold much of the picture ({100 * seen.own.other:.0f} % is of the one that was not taken"
            " for own skin): state --lesion lighter or darker, or own skin with --reference-skin x,y,w,h."
        ]
    rest = seen.usable & ~seen.own.mask & ~seen.whole
    share = float(rest.sum() / max(seen.usable.sum(), 1))
    if seen.own.box is None and share > value("reference_rest"):
        return [
            f"{100 * share:.0f} % of the skin is neither lesion nor like own skin: check the annotated picture, or"
            " state --lesion lighter or darker, or own skin with --reference-skin x,y,w,h."
        ]
    return []


def _of_lesions(seen: Seen) -> list[str]:
    found = []
    if seen.lesions and seen.others:
        side, other = ("darker", "lighter") if seen.lesions[0].darker else ("lighter", "darker")
        found.append(
            f"there are {other} lesions besides the {side} ones that were measured: state --lesion {other} for those."
        )
    share = seen.unlike / max(float(seen.usable.sum()), 1.0)
    if share > value("burnt_least"):
        found.append(
            f"a place of {100 * share:.1f} % of the skin stands out and was left out, as skin has no such colour: if it"
            " is a lesion, photograph it in even, white light."
        )
    if doubtful := sum(lesion.doubtful for lesion in seen.lesions):
        found.append(
            f"{doubtful} of {len(seen.lesions)} lesions may be no more than texture of own skin: dashed in the"
            " annotated picture; intervals allow for it, and colours are those of the others, if any is sure."
        )
    if any(lesion.cut for lesion in seen.lesions):
        found.append(
            "a lesion goes on beyond the edge of the picture: what is told is of the part that is seen, and it may be"
            " no lesion but something beside the skin: check the annotated picture."
        )
    return found


def _of_noise(seen: Seen) -> list[str]:
    if seen.own is None or (not seen.lesions and overlooked(seen) is not None):
        return []
    if not seen.lesions:
        return [
            f"a lesion that differs from own skin by less than {seen.faintest:.1f} in melanin index, or one less than"
            f" {_smallest(seen)} wide, could be in the picture and not be seen."
        ]
    usual = float(np.median(seen.own.surface))
    if seen.correction.trusted and seen.faintest > value("faintest_told") * usual:
        return [
            f"noise or the texture of the skin hides lesions that differ from own skin by less than {seen.faintest:.1f}"
            " in melanin index: such ones may be missing; photograph nearer and in more light."
        ]
    return []


def _smallest(seen: Seen) -> str:
    """How wide the smallest lesion is that is outlined, in mm, or px of the photograph where no scale is known."""
    wide = 2 * float(np.sqrt(value("outline_smallest") * seen.usable.size / np.pi))
    if seen.scale is None:
        return f"{wide * seen.photograph.factor:.0f} px"
    height, width = seen.usable.shape
    return f"{wide * seen.scale.mm_per_pixel(np.array([width / 2, height / 2])):.1f} mm"
