"""A photograph measured: from the file to every measure that it can give, and why it cannot give the others."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from repigment.evidence.parameters import value
from repigment.photographs import measures as measuring
from repigment.photographs import scored, sizes
from repigment.photographs.basis import basis
from repigment.photographs.colour.correction import at_its_word
from repigment.photographs.doubts import doubts, impossible, overlooked, unclear
from repigment.photographs.files.reading import Photograph, read
from repigment.photographs.measures import CONDITIONS, Measure
from repigment.photographs.options import Options
from repigment.photographs.refusal import Refusal
from repigment.photographs.seen import Seen, looked
from repigment.photographs.skin import quality
from repigment.photographs.skin.outline import Direction
from repigment.photographs.skin.shading import evened

AREA_UNIT = "mm2"
__all__ = ["Measurement", "Seen", "measure", "measured"]


@dataclass(frozen=True, eq=False)
class Measurement:
    """`measures` of a photograph in a fixed order, `refusals` for what is withheld, `notes` for the user.

    `lesion` is "lighter" or "darker" than own skin, or None where there is none; `areas` (mm2) of single lesions,
    largest first, none where area is withheld; `basis` of colour is "card", "camera" or "none". Nothing tells who and
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
            "unit of areas": AREA_UNIT,
            "colour by": self.basis,
            "conditions": CONDITIONS,
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
    if (small := quality.too_small(min(photograph.shape))) is not None:
        return Measurement(None, (), "none", (), (small,), photograph.notes)
    rests = basis(photograph, options)
    skin, carded = photograph.seen & ~rests.covered, rests.card is not None or options.camera is not None
    corrected = rests.correction.picture(photograph.linear) if carded else None
    refusals = [*quality.refusals(photograph, skin, carded, corrected), *rests.refusals]
    notes = (*photograph.notes, *rests.notes)
    if any(each.what == "all" for each in refusals):
        return Measurement(None, (), "none", (), tuple(refusals), notes)
    lit, correction = photograph, rests.correction
    if rests.card is not None:
        lit, correction = evened(photograph, rests.card, skin, correction)
    seen = replace(looked(lit, rests, correction, options), photograph=photograph)
    if (why := impossible(seen)) is not None:
        refusals.append(why)
        seen = looked(photograph, rests, at_its_word(), options)
    elif (doubt := unclear(seen, options)) is not None:
        refusals.append(doubt)
    if (other := overlooked(seen)) is not None:
        refusals.append(other)
    return _told(seen, options, refusals, (*notes, *doubts(seen, options)))


def _told(seen: Seen, options: Options, refusals: list[Refusal], notes: tuple[str, ...]) -> Measurement:
    """The measures that what was seen can give."""
    withheld: set[str] = {each.what for each in refusals}
    basis = seen.correction.basis
    if basis == "none" and "colour" not in withheld:
        why = "no colour card and no camera with its lamp tell the exposure and the lamp."
        refusals.append(Refusal("colour", why, "Photograph a colour card beside the lesion, in the same light."))
        withheld.add("colour")
    if not seen.lesions and "area" not in withheld:
        why = "no lesion stands out against the person's own skin."
        also = ", and --lesion lighter or darker." if options.lesion is None else ", and check the annotated picture."
        remedy = f"State own skin with --reference-skin x,y,w,h{also}"
        refusals.append(Refusal("area", why, remedy))
        withheld.add("area")
    if seen.scale is None and "area" not in withheld:
        why = "nothing in the photograph tells its scale."
        remedy = "State --card with its make, --mm-per-pixel, or --scale x1,y1,x2,y2,mm or ruler."
        refusals.append(Refusal("area", why, remedy))
        withheld.add("size")
    if seen.lesions and basis != "none" and (dark := _clipped(seen)) > value("lesion_clipped"):
        why = f"{100 * dark:.0f} % of the lesion is too dark or too bright for the file: its own colour is withheld."
        refusals.append(Refusal("colour", why, "Photograph it again, exposed for the lesion."))
        withheld.add("lesion")
    found = _measures(seen, options, withheld)
    told = seen.scale is not None and not withheld & {"area", "size"}
    if options.site is not None and all(each.name != "MASI" for each in found):
        notes = (
            *notes,
            f"MASI of the {options.site} is not told: it needs colour that can be believed and a darker lesion.",
        )
    areas = tuple(sizes.areas(seen.lesions, seen.scale)) if told and seen.scale is not None else ()
    return Measurement(_direction(seen), areas, basis, tuple(found), tuple(refusals), notes, seen)


def _clipped(seen: Seen) -> float:
    """Share of the lesions' pixels at an end of their range."""
    return float(seen.photograph.clipped[seen.whole].mean())


def _direction(seen: Seen) -> Direction | None:
    if not seen.lesions:
        return None
    return "darker" if seen.lesions[0].darker else "lighter"


def _measures(seen: Seen, options: Options, withheld: set[str]) -> list[Measure]:
    if seen.own is None or not seen.own.mask.any():
        return []
    basis = seen.correction.basis
    trusted = "colour" not in withheld
    own = measuring.place(seen, seen.own.mask)
    found = measuring.colours("own skin", own, basis) if trusted else []
    skin = seen.usable & seen.maps.valid
    if trusted and skin.any():
        found += scored.evenness(seen.maps, skin, basis)
    if not seen.lesions or "area" in withheld:
        return found
    lesion = measuring.place(seen, seen.inside)
    trusted &= "lesion" not in withheld
    if trusted:
        found += measuring.colours("lesion", lesion, basis)
        found += measuring.differences(lesion, own, basis, seen.lesions[0].darker)
    else:
        found += measuring.relative(lesion, own)
    share = 100 * sum(each.area for each in seen.lesions) / max(float((seen.usable | seen.whole).sum()), 1.0)
    unsure = float(np.hypot(value("share_error"), sizes.spread(seen.lesions))) * share
    told = measuring.within("share of the skin", share, unsure, "%", "skin seen", 0.0)
    found.append(replace(told, high=min(told.high, 100.0)))
    if seen.scale is not None:
        found += sizes.sizes(seen.lesions, seen.scale)
    return found + (_scores(seen, options, found) if trusted else [])


def _scores(seen: Seen, options: Options, found: list[Measure]) -> list[Measure]:
    named = {each.name: each for each in found}
    own = named["own skin melanin"].value
    if _direction(seen) == "lighter":
        left = named[measuring.left_name(False)]
        inside = seen.inside & seen.maps.valid
        if "area" not in named or not inside.any():
            return []
        return scored.vitiligo(named["area"], left, np.asarray(seen.maps.melanin[inside], float) / max(own, 1e-3))
    if options.site is None:
        return []
    return scored.melasma(seen.whole, seen.maps, seen.usable, own, options.site)
