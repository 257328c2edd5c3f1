"""A photograph measured: from the file to every measure that it can give, and why it cannot give the others."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.optics.colour import rgb_of_xyz
from repigment.photographs import card as cards
from repigment.photographs import correction as corrections
from repigment.photographs import measures as measuring
from repigment.photographs import outline, own_skin, pigments, quality
from repigment.photographs import scale as scales
from repigment.photographs.card import Card
from repigment.photographs.correction import Correction
from repigment.photographs.measures import Measure
from repigment.photographs.options import Options, boxed, points
from repigment.photographs.outline import Direction, Lesion
from repigment.photographs.own_skin import OwnSkin
from repigment.photographs.pigments import Maps
from repigment.photographs.reading import Photograph, read
from repigment.photographs.refusal import Refusal
from repigment.photographs.scale import Scale
from repigment.pictures.card import chart_xyz

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Seen:
    """What was found in the picture itself: for annotating it, not for keeping."""

    photograph: Photograph
    card: Card | None
    correction: Correction
    scale: Scale | None
    maps: Maps
    usable: Mask
    own: OwnSkin | None
    lesions: tuple[Lesion, ...]


@dataclass(frozen=True, eq=False)
class Measurement:
    """`measures` of a photograph in a fixed order, `refusals` for what is withheld, `notes` for the user.

    `lesion` is "lighter" or "darker" than own skin, or None where there is none; `areas` (mm2, or pixels without a
    scale) of single lesions, largest first; `basis` of colour is "card", "camera" or "none". Nothing tells who and
    where.
    """

    lesion: Direction | None
    areas: tuple[float, ...]
    basis: str
    measures: tuple[Measure, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[str, ...]
    seen: Seen | None = None

    def get(self, name: str) -> Measure | None:
        """The measure called `name`, or None where it is withheld."""
        return next((each for each in self.measures if each.name == name), None)

    def to_json(self) -> str:
        """The measurement as JSON, in a fixed order, without file name, path or metadata."""
        told = {
            "lesion": self.lesion,
            "areas": [round(area, 4) for area in self.areas],
            "colour by": self.basis,
            "measures": [_rounded(asdict(each)) for each in self.measures],
            "refusals": [asdict(each) for each in self.refusals],
            "notes": list(self.notes),
        }
        return json.dumps(told, indent=2)


def _rounded(row: dict[str, object]) -> dict[str, object]:
    return {key: float(f"{each:.6g}") if isinstance(each, float) else each for key, each in row.items()}


def measure(path: str | Path, options: Options | None = None) -> Measurement:
    """Measure the photograph in the file `path`; RepigmentError where it cannot be read or an option cannot be.

    The file is opened for reading only.
    """
    return measured(read(path, value("measure_pixels")), options or Options())


def measured(photograph: Photograph, options: Options) -> Measurement:
    """Measure a photograph that was read."""
    card, told = _card(photograph, options)
    scale = _scale(photograph, card, options)
    skin = photograph.seen if card is None else photograph.seen & ~card.mask(photograph.shape)
    refusals = [*quality.refusals(photograph, skin, card=card is not None or options.camera is not None), *told]
    if any(each.what == "all" for each in refusals):
        return Measurement(None, (), "none", (), tuple(refusals), photograph.notes)
    correction = _correction(photograph, card, options)
    seen = _looked(photograph, card, correction, scale, skin, options)
    return _told(seen, options, refusals)


def _card(photograph: Photograph, options: Options) -> tuple[Card | None, list[Refusal]]:
    if options.card == "none":
        return None, []
    corners = None if options.card_corners is None else points(options.card_corners, photograph.factor)
    reference = np.maximum(rgb_of_xyz(chart_xyz()), 0)
    found = cards.find(photograph.linear, photograph.clipped, reference, corners)
    if found is None:
        if options.card == "auto":
            return None, []
        why = "no colour card was found in the photograph."
        return None, [Refusal("colour", why, "Show all of it, or state its corners: --card-corners x1,y1,...,x4,y4.")]
    distrust = cards.distrusted(found, reference)
    return (found, []) if distrust is None else (None, [distrust])


def _scale(photograph: Photograph, card: Card | None, options: Options) -> Scale | None:
    if options.mm_per_pixel is not None:
        return scales.stated(options.mm_per_pixel * photograph.factor)
    if options.scale is not None:
        return scales.by_length(points(options.scale[:4], photograph.factor), options.scale[4])
    if card is not None and options.card not in ("auto", "none"):
        return scales.by_card(card, options.card)
    return None


def _correction(photograph: Photograph, card: Card | None, options: Options) -> Correction:
    if card is not None:
        return corrections.by_card(card)
    if options.camera is None or options.lamp is None:
        return corrections.at_its_word()
    if options.grey is not None:
        seen = _mean(photograph, boxed(options.grey[:4], photograph.factor))
        meant = np.full(31, options.grey[4])
        return corrections.by_camera(options.camera, options.lamp, seen, meant, value("grey_error"))
    if options.skin_type is not None and options.reference_skin is not None:
        seen = _mean(photograph, boxed(options.reference_skin, photograph.factor))
        meant = corrections.own_spectrum(options.skin_type)
        return corrections.by_camera(options.camera, options.lamp, seen, meant, value("skin_type_error"))
    raise RepigmentError(
        "camera and lamp do not tell the exposure",
        where="--camera",
        remedy="add --grey x,y,w,h,reflectance, or --skin-type with --reference-skin x,y,w,h",
    )


def _mean(photograph: Photograph, box: tuple[int, int, int, int]) -> NDArray[np.float64]:
    x, y, width, height = box
    part = photograph.linear[max(y, 0) : y + height, max(x, 0) : x + width].reshape(-1, 3)
    if not len(part):
        raise RepigmentError("a box lies outside of the photograph", remedy="give x,y,w,h inside of it, in pixels")
    return np.median(part, axis=0).astype(float)


def _looked(
    photograph: Photograph, card: Card | None, correction: Correction, scale: Scale | None, skin: Mask, options: Options
) -> Seen:
    """Pigments, own skin and lesions of the picture."""
    import cv2

    rgb = correction.picture(photograph.linear)
    maps = pigments.maps(rgb, photograph.clipped, np.diag([value("camera_noise") ** 2] * 3))
    near = np.ones((5, 5), np.uint8)
    shine = photograph.clipped & (photograph.linear.max(axis=-1) > 0.5)  # what is black can be a lesion all the same
    bad = shine | pigments.inked(photograph.linear, skin)
    if correction.trusted:
        bad |= pigments.cloth(rgb)
    usable = skin & ~(cv2.dilate(bad.astype(np.uint8), near) > 0)
    index = maps.index if correction.trusted else pigments.darkness(photograph.linear)
    if options.reference_skin is not None:
        own: OwnSkin | None = own_skin.in_box(index, usable, boxed(options.reference_skin, photograph.factor))
    else:
        own = own_skin.around(index, usable)
    lesions: tuple[Lesion, ...] = ()
    if own is not None:
        halved = pigments.halving(float(np.median(own.surface))) if correction.trusted else None
        _, found = outline.find(index, own, usable, options.lesion, halved or (lambda contrast, darker: 0.5))
        lesions = tuple(found)
        around = np.any([lesion.cover > 0 for lesion in lesions], axis=0) if lesions else np.zeros_like(skin)
        own = replace(own, mask=own.mask & ~(cv2.dilate(around.astype(np.uint8), np.ones((15, 15), np.uint8)) > 0))
    return Seen(photograph, card, correction, scale, maps, usable, own, lesions)


def _told(seen: Seen, options: Options, refusals: list[Refusal]) -> Measurement:
    """The measures that what was seen can give."""
    withheld: set[str] = {each.what for each in refusals}
    basis = seen.correction.basis
    if basis == "none" and "colour" not in withheld:
        why = "no colour card and no camera with its lamp tell the exposure and the lamp."
        refusals.append(Refusal("colour", why, "Photograph a colour card beside the lesion, in the same light."))
        withheld.add("colour")
    if not seen.lesions and "area" not in withheld:
        why = "no lesion stands out against the person's own skin."
        remedy = "State own skin with --reference-skin x,y,w,h, and --lesion lighter or darker."
        refusals.append(Refusal("area", why, remedy))
        withheld.add("area")
    if seen.scale is None and "area" not in withheld:
        why = "nothing in the photograph tells its scale."
        remedy = "State --card with its make, --mm-per-pixel, or --scale x1,y1,x2,y2,mm."
        refusals.append(Refusal("area", why, remedy))
    if seen.lesions and basis != "none" and (dark := _clipped(seen)) > value("lesion_clipped"):
        why = f"{100 * dark:.0f} % of the lesion is too dark or too bright for the file: its own colour is withheld."
        refusals.append(Refusal("colour", why, "Photograph it again, exposed for the lesion."))
        withheld.add("lesion")
    found = _measures(seen, options, withheld)
    side = _direction(seen)
    return Measurement(side, _areas(seen), basis, tuple(found), tuple(refusals), seen.photograph.notes, seen)


def _clipped(seen: Seen) -> float:
    """Share of the lesions' pixels at an end of their range."""
    return float(seen.photograph.clipped[_whole(seen)].mean())


def _whole(seen: Seen) -> Mask:
    """Pixels (h, w) of all lesions."""
    found: Mask = np.any([each.mask for each in seen.lesions], axis=0)
    return found


def _direction(seen: Seen) -> Direction | None:
    if not seen.lesions:
        return None
    return "darker" if seen.lesions[0].darker else "lighter"


def _areas(seen: Seen) -> tuple[float, ...]:
    weights = seen.scale.areas(seen.photograph.shape) if seen.scale else seen.photograph.factor**2
    return tuple(float((lesion.cover * weights).sum()) for lesion in seen.lesions)


def _measures(seen: Seen, options: Options, withheld: set[str]) -> list[Measure]:
    if seen.own is None or not seen.own.mask.any():
        return []
    rgb = seen.correction.picture(seen.photograph.linear)
    basis = seen.correction.basis
    trusted = "colour" not in withheld
    own = measuring.place(rgb, seen.own.mask, seen.correction)
    found = measuring.colours("own skin", own, basis) if trusted else []
    skin = seen.usable & seen.maps.valid
    if trusted and skin.any():
        found += measuring.evenness(seen.maps, skin, basis)
    if not seen.lesions or "area" in withheld:
        return found
    lesion = measuring.place(rgb, _whole(seen), seen.correction)
    trusted &= "lesion" not in withheld
    if trusted:
        found += measuring.colours("lesion", lesion, basis) + measuring.differences(lesion, own, basis)
    else:
        found += measuring.relative(lesion, own)
    share = [each.cover for each in seen.lesions]
    whole = float(np.sum(share)) / max(float(seen.usable.sum()), 1.0)
    found.append(measuring.within("share of the skin", 100 * whole, 5 * whole, "%", "skin of the photograph", 0.0))
    if seen.scale is not None:
        found += measuring.sizes(seen.lesions, seen.scale)
    return found + (_scores(seen, options, found, own) if trusted else [])


def _scores(seen: Seen, options: Options, found: list[Measure], own: measuring.Place) -> list[Measure]:
    named = {each.name: each for each in found}
    if _direction(seen) == "lighter":
        return measuring.vitiligo(named["area"], named["melanin left"]) if {"area", "melanin left"} <= {*named} else []
    if options.site is None:
        return []
    return measuring.melasma(seen.lesions, seen.maps, seen.usable, own.melanin[0], options.site)
