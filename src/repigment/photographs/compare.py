"""What changed in a lesion from one photograph to the next, with intervals."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.photographs.compare_draws import Estimate, Kind, changes, depths, drawn, interval, outlines
from repigment.photographs.compare_scene import Visit, laid_over, seen, whole, window
from repigment.photographs.compare_skin import Cells, Floats, healthy_cells, planes, unevenness
from repigment.photographs.register import Alignment, register
from repigment.photographs.register_texture import Picture

COVERS = (
    "95 % intervals cover how well the photographs lie over each other, where the outline is drawn between lesion and "
    "own skin, how uneven own skin is, errors of the pigment that differ from place to place and from photograph to "
    "photograph, and the stated error of the scale. They do not cover an error that both photographs share, another "
    "choice of lesion, or stretched skin."
)
BY_SKIN = (
    "each photograph is measured against the healthy skin around the lesion: exposure and white balance matter little, "
    "and a tan of all the skin is not seen"
)


@dataclass(frozen=True)
class Comparison:
    """What changed, each with a 95 % interval; maps (h, w) lie on the grid of BEFORE.

    `returned`: per cent of BEFORE's lesion that is lesion no more (repigmented, or cleared). `restored`: per cent of
    the pigment lost (or in excess) there that has come back (or gone). `faded`: per cent by which the contrast inside
    the outline fell. `area_change` and `new_share` in per cent of BEFORE's area. Areas in mm2 are None without a scale.
    `own_change`: how much own skin darkened, in the unit of the pigment; None without a card in both. `seen` is the
    share of BEFORE's lesion that could be compared. `change` is the departure from own skin after less before, NaN
    where unknown; `outline` (2, h, w) the lesion at both visits; `aligned` the second photograph on the first.
    """

    kind: Kind
    returned: Estimate
    restored: Estimate
    faded: Estimate
    area_change: Estimate
    new_share: Estimate
    area_before: Estimate | None
    area_after: Estimate | None
    new_area: Estimate | None
    own_change: Estimate | None
    seen: float
    mm: float | None
    alignment: Alignment
    change: NDArray[np.float32]
    outline: NDArray[np.bool_]
    aligned: Picture
    notes: tuple[str, ...]
    covers: str = COVERS

    def estimates(self) -> dict[str, Estimate]:
        """What is known, by name, in the order in which it is told."""
        areas = ("area_before", "area_after", "area_change", "new_area", "new_share", "own_change")
        names = (*(("returned", "restored") if self.kind == "white" else ("faded", "restored", "returned")), *areas)
        return {name: found for name in names if (found := getattr(self, name)) is not None}


def compare(before: Visit, after: Visit, kind: Kind, alignment: Alignment | None = None) -> Comparison:
    """Lay AFTER on BEFORE and say how the lesion, white or dark, has changed.

    Own skin is a plane fitted to the healthy skin that both photographs show; a lesion is what departs from it by more
    than half of the lesion's depth (a white lesion's at BEFORE, a dark lesion's at each visit).

    Raises RepigmentError when the photographs cannot be aligned, when BEFORE has no lesion or AFTER does not show it,
    and when too little healthy skin is seen.
    """
    laid = alignment or _registered(before, after)
    both = laid_over(before, after, laid)
    share = seen(both)
    cells = healthy_cells(both.pigments, both.healthy, both.lesions[0])
    plane = planes(cells)
    scene, full = window(both), whole(both)
    level = (value("compare_level"), value("compare_level"))
    near, deep = depths(scene, plane, kind), depths(full, plane, kind)
    found = changes(near, outlines(scene, near, kind, level))
    if not np.isfinite(found["change"]):
        raise RepigmentError(
            f"The first photograph shows no lesion {'darker' if kind == 'dark' else 'lighter'} than own skin",
            remedy="name the skin of reference, or say that the lesion is of the other kind",
        )
    mm = _mm(before, after, laid)
    uneven = unevenness(cells, plane)
    scale_error = before.mm_error if before.mm else after.mm_error
    draws = drawn(scene, cells, uneven, kind, laid.spread, scale_error)
    areas = {name: _area(found[name], draws[name], mm and mm * scene.step) for name in ("before", "after", "new")}
    sign = 1 if kind == "dark" else -1
    return Comparison(
        kind=kind,
        returned=interval(found["returned"], draws["returned"], "%", 0, 100),
        restored=interval(found["restored"], draws["restored"], "%"),
        faded=interval(found["faded"], draws["faded"], "%"),
        area_change=interval(found["change"], draws["change"], "%", -100),
        new_share=interval(found["new_share"], draws["new_share"], "%", 0),
        area_before=areas["before"],
        area_after=areas["after"],
        new_area=areas["new"],
        own_change=_own_change(cells) if before.calibrated and after.calibrated else None,
        seen=share,
        mm=mm,
        alignment=laid,
        change=np.where(both.sound, sign * (deep[1] - deep[0]), np.nan).astype(np.float32),
        outline=outlines(full, deep, kind, level),
        aligned=laid.warp(after.linear),
        notes=(*_notes(before, after, laid, share), *_faint(found["contrast"], uneven.shared)),
    )


def _registered(before: Visit, after: Visit) -> Alignment:
    lesions = {"lesion_before": before.lesion, "lesion_after": after.lesion}
    return register(before.linear, after.linear, **lesions, valid_before=before.valid, valid_after=after.valid)


def _area(pixels: float, draws: Floats, mm: float | None) -> Estimate | None:
    """An area in mm2 from pixels of `mm`, None without."""
    return None if mm is None else interval(pixels * mm**2, draws * mm**2, "mm2", 0)


def _own_change(cells: Cells) -> Estimate:
    """How much own skin darkened between the visits; cells drawn with replacement."""
    rng = np.random.default_rng(round(value("align_seed")))
    darker = cells.level[:, 1] - cells.level[:, 0]
    picks = rng.integers(0, len(darker), (round(value("compare_draws")), len(darker)))
    return interval(float(np.median(darker)), np.median(darker[picks], axis=1), "")


def _mm(before: Visit, after: Visit, alignment: Alignment) -> float | None:
    """mm of a pixel of BEFORE, from AFTER's if need be."""
    if before.mm is not None:
        return before.mm
    return None if after.mm is None else after.mm / alignment.scale


def _notes(before: Visit, after: Visit, alignment: Alignment, share: float) -> tuple[str, ...]:
    notes = [BY_SKIN] if not (before.calibrated and after.calibrated) else []
    if before.mm and after.mm:
        apart = after.mm / alignment.scale / before.mm
        if abs(np.log(apart)) > value("compare_scales"):
            notes.append(
                f"the scales of both photographs disagree by {abs(apart - 1):.0%}; areas follow that of the first"
            )
    if not (before.mm or after.mm):
        notes.append("no scale is known: areas are told in per cent only")
    if share < 1 - value("compare_cut"):
        notes.append(f"{share:.0%} of the first photograph's lesion could be compared; all figures are of that part")
    shown = float((alignment.warp(after.lesion.astype(np.float32), 0.0) >= 0.5).sum())
    if shown < (1 - value("compare_cut_after")) * float(after.lesion.sum()) * alignment.scale**2:
        notes.append("part of the second photograph's lesion lies outside of the first: its area is too small")
    return tuple(notes)


def _faint(contrast: float, uneven: float) -> tuple[str, ...]:
    if contrast >= value("compare_faint") * uneven:
        return ()
    return ("the second photograph's lesion hardly stands out from uneven skin: its outline and new area are unsure",)
