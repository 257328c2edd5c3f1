"""What colours and lengths of a photograph rest on: the card in it, or what its user states."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.optics.colour import rgb_of_xyz
from repigment.optics.people import skin_type_name
from repigment.photographs.colour import card as cards
from repigment.photographs.colour import correction as corrections
from repigment.photographs.colour.card import Card
from repigment.photographs.colour.correction import Correction
from repigment.photographs.files.reading import Photograph
from repigment.photographs.lengths import ruler as rulers
from repigment.photographs.lengths import scale as scales
from repigment.photographs.lengths.scale import Scale
from repigment.photographs.options import RULER, Box, Options, boxed, points
from repigment.photographs.refusal import Refusal
from repigment.pictures.card import chart_xyz

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Basis:
    """`card` is one whose colours count; `covered` (h, w) is where any card lies, believed or not.

    A card whose colours do not count tells the scale all the same, if its patches look like the chart's.

    `refusals` say why a card is not believed, `notes` what of the user's options was not used.
    """

    card: Card | None
    covered: Mask
    correction: Correction
    scale: Scale | None
    refusals: tuple[Refusal, ...]
    notes: tuple[str, ...]


def basis(photograph: Photograph, options: Options) -> Basis:
    """The card, the correction and the scale of a photograph; RepigmentError for options that do not suffice."""
    found, refusals = _card(photograph, options)
    card = None if refusals or options.card == "none" else found
    covered = cards.patches(photograph.linear) if found is None else found.mask(photograph.shape)
    ruler = rulers.find(photograph.linear) if options.scale == RULER else None
    if ruler is not None:
        covered |= ruler.covered
    there = found if found is not None and cards.placed(found, _reference()) else None
    scale = _scale(photograph, there, options) if ruler is None else ruler.scale
    notes = _unused(card, options) + _believed(card, options) + _disagreeing(photograph, there, scale, options)
    return Basis(card, covered, _correction(photograph, card, options), scale, tuple(refusals), tuple(notes))


def _card(photograph: Photograph, options: Options) -> tuple[Card | None, list[Refusal]]:
    corners = None if options.card_corners is None else points(options.card_corners, photograph.factor)
    found = cards.find(photograph.linear, photograph.clipped, _reference(), corners)
    if options.card == "none":
        return found, []
    if found is None:
        if options.card == "auto":
            return None, []
        why = "no colour card was found in the photograph."
        return None, [Refusal("colour", why, "Show all of it, or state its corners: --card-corners x1,y1,...,x4,y4.")]
    distrust = cards.distrusted(found, _reference())
    return found, [] if distrust is None else [distrust]


def _reference() -> NDArray[np.float64]:
    """How the patches look in linear light (24, 3)."""
    return np.asarray(np.maximum(rgb_of_xyz(chart_xyz()), 0))


def _scale(photograph: Photograph, card: Card | None, options: Options) -> Scale | None:
    if options.mm_per_pixel is not None:
        return scales.stated(options.mm_per_pixel * photograph.factor)
    if options.scale is not None and not isinstance(options.scale, str):
        scales.check_inside(np.reshape(options.scale[:4], (2, 2)), photograph.original, photograph.name)
        return scales.by_length(points(options.scale[:4], photograph.factor), options.scale[4])
    return _by_card(card, options)


def _by_card(card: Card | None, options: Options) -> Scale | None:
    return scales.by_card(card, options.card) if card is not None and options.card not in ("auto", "none") else None


def _disagreeing(photograph: Photograph, card: Card | None, scale: Scale | None, options: Options) -> list[str]:
    """A note where a stated scale lies far from that of a card of stated size."""
    other = _by_card(card, options)
    if other is None or scale is None or (options.mm_per_pixel is None and options.scale is None):
        return []
    middle = np.array([photograph.shape[1] / 2, photograph.shape[0] / 2])
    fold = scale.mm_per_pixel(middle) / other.mm_per_pixel(middle)
    if abs(fold - 1) <= value("scale_agreement"):
        return []
    return [f"the stated scale makes lengths {fold:.2f} times those by the card; the stated scale was used."]


def _unused(card: Card | None, options: Options) -> list[str]:
    """Notes of what the user stated for nothing."""
    given = {"--grey": options.grey, "--skin-type": options.skin_type}
    stated = [name for name, each in given.items() if each is not None]
    if card is not None:
        if options.camera is not None:
            stated = ["--camera", "--lamp", *stated]
        why = "the colour card tells the colours"
    elif options.camera is None:
        why = "it is of use with --camera and --lamp only"
    elif options.grey is not None and options.skin_type is not None:
        stated, why = ["--skin-type"], "the grey tells the exposure"
    else:
        return []
    return [f"{' and '.join(stated)} not used: {why}."] if stated else []


def _believed(card: Card | None, options: Options) -> list[str]:
    """A note where the exposure is that which gives the person's own skin the colour of a stated type."""
    if card is not None or options.camera is None or options.grey is not None or options.skin_type is None:
        return []
    told = skin_type_name(options.skin_type)
    return [f"the exposure rests on the stated skin type {told}: if the skin is of another, every colour is wrong."]


def _correction(photograph: Photograph, card: Card | None, options: Options) -> Correction:
    if card is not None:
        return corrections.by_card(card, photograph.steps)
    if options.camera is None or options.lamp is None:
        return corrections.at_its_word()
    shape, factor = photograph.shape, photograph.factor
    if options.grey is not None:
        seen = _mean(photograph, boxed(options.grey, factor, shape, "--grey"))
        meant = np.full(31, options.grey[4])
        return corrections.by_camera(options.camera, options.lamp, seen, meant, value("grey_error"))
    if options.skin_type is not None and options.reference_skin is not None:
        seen = _mean(photograph, boxed(options.reference_skin, factor, shape, "--reference-skin"))
        meant = corrections.own_spectrum(options.skin_type)
        return corrections.by_camera(options.camera, options.lamp, seen, meant, value("skin_type_error"))
    raise RepigmentError(
        "camera and lamp do not tell the exposure",
        where=f"--camera, for {photograph.name}",
        remedy="add --grey x,y,w,h,reflectance, or --skin-type with --reference-skin x,y,w,h; for the later of two "
        "photographs the places are --grey-after and --reference-skin-after",
    )


def _mean(photograph: Photograph, box: Box) -> NDArray[np.float64]:
    x, y, width, height = box
    part = photograph.linear[y : y + height, x : x + width].reshape(-1, 3)
    return np.median(part, axis=0).astype(float)
