"""What changed in a lesion from one photograph to the next, with intervals."""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.photographs.comparing.draws import (
    Doubt,
    Estimate,
    Kind,
    Rule,
    Scene,
    changes,
    common,
    deepened,
    depths,
    drawn,
    interval,
    outlines,
)
from repigment.photographs.comparing.register import Alignment, register
from repigment.photographs.comparing.scene import Laid, Visit, laid_over, seen, whole, window
from repigment.photographs.comparing.skin import Cells, Floats, healthy_cells, planes, unevenness
from repigment.photographs.comparing.texture import Picture

COVERS = (
    "95 % intervals cover how well the photographs lie over each other, where the outline is drawn between lesion and "
    "own skin, how uneven own skin is, errors of the pigment that differ from place to place and from photograph to "
    "photograph, the correction of colours among them, and the stated error of the scale. They do not cover an error "
    "that both photographs share, another choice of lesion, or stretched skin."
)
BY_SKIN = (
    "each photograph is measured against the healthy skin around the lesion: exposure and white balance matter little, "
    "but a tan that comes or goes cannot be told from pigment of the lesion; a colour card in both tells them apart"
)
EVENED = (
    "the lesion stands out {:.0%} more than before: this is taken as own skin having become darker. Without a colour "
    "card it could be pigment lost as well; the interval of what was restored holds both"
)


@dataclass(frozen=True)
class Comparison:
    """What changed, each with a 95 % interval; maps (h, w) lie on the grid of BEFORE.

    `returned`: per cent of BEFORE's lesion that is lesion no more (repigmented, or cleared). `restored`: per cent of
    the pigment lost (or in excess) there that has come back (or gone). `faded`: per cent by which the contrast inside
    the outline of each visit fell. `area_change` and `new_share` in per cent of BEFORE's area. `left_before` and
    `left_after`: melanin of BEFORE's lesion in per cent of own skin's at that visit; for white lesions, None unless
    both are calibrated. Areas in mm2 are None without a scale. `own_change`: how much own skin darkened; None unless
    both are calibrated. `seen` is the share of BEFORE's lesion that could be compared. `change` is the departure from
    own skin after less before in `unit`, NaN where unknown, `depth` that of BEFORE's lesion; `outline` (2, h, w) the
    lesion at both visits; `aligned` the second photograph on the first.
    """

    kind: Kind
    returned: Estimate
    restored: Estimate
    faded: Estimate
    area_change: Estimate
    new_share: Estimate
    left_before: Estimate | None
    left_after: Estimate | None
    area_before: Estimate | None
    area_after: Estimate | None
    new_area: Estimate | None
    own_change: Estimate | None
    seen: float
    mm: float | None
    alignment: Alignment
    unit: str
    depth: float
    change: NDArray[np.float32]
    outline: NDArray[np.bool_]
    aligned: Picture
    notes: tuple[str, ...]
    covers: str = COVERS

    def estimates(self) -> dict[str, Estimate]:
        """What is known, by name, in the order in which it is told; of two that say the same, the first."""
        names = ["returned", "restored", "left_before", "left_after"]
        if self.kind == "dark":
            same = abs(self.faded.value - self.restored.value) < value("compare_same")
            names = ["faded", *([] if same else ["restored"]), "returned"]
        names += ["area_before", "area_after", "area_change", "new_area", "new_share", "own_change"]
        return {name: found for name in names if (found := getattr(self, name)) is not None}


def compare(before: Visit, after: Visit, kind: Kind, alignment: Alignment | None = None) -> Comparison:
    """Lay AFTER on BEFORE and say how the lesion, white or dark, has changed.

    Own skin is a plane fitted to the healthy skin that both photographs show; a lesion is what departs from it by more
    than half of the lesion's depth (a white lesion's at BEFORE, a dark lesion's at each visit). Where both photographs
    tell melanin, a white lesion's depth is the share of own skin's melanin that it lacks at that visit.

    Raises RepigmentError when the photographs cannot be aligned, when BEFORE has no lesion or AFTER does not show it,
    and when too little healthy skin is seen.
    """
    laid = alignment or _registered(before, after)
    both = laid_over(before, after, laid)
    share = seen(both)
    told = before.calibrated and after.calibrated
    cells, plane, scene, rule, deeper, found = _fitted(both, kind, told)
    deep = depths(whole(both), plane, rule)
    uneven = unevenness(cells, plane)
    doubt = Doubt(laid.spread, before.mm_error if before.mm else after.mm_error, (before.common, after.common))
    draws, unit = drawn(scene, cells, uneven, rule, doubt), _unit(before, after)
    own_change = _own_change(cells, doubt, unit) if told else None
    faint = uneven.shared * (100 / float(np.median(cells.level)) if rule.share else 1.0)
    shares, left = _shares(found, draws, rule, deeper), _left(found, draws, rule)
    mm = _mm(before, after, laid)
    areas = _areas(found, draws, mm, scene.step)
    known, of_own = _notes(before, after, laid, share), _of_own_skin(own_change, rule, deeper)
    notes = (*known, *of_own, *_faint(found["contrast"], faint))
    return Comparison(
        kind=kind,
        returned=shares["returned"],
        restored=shares["restored"],
        faded=shares["faded"],
        area_change=shares["area_change"],
        new_share=shares["new_share"],
        left_before=left[0],
        left_after=left[1],
        area_before=areas[0],
        area_after=areas[1],
        new_area=areas[2],
        own_change=own_change,
        seen=share,
        mm=mm,
        alignment=laid,
        unit="% of own skin's melanin" if rule.share else unit.replace("um", "melanin, um"),
        depth=100 - found["left_before"],
        change=np.where(both.sound, (1 if kind == "dark" else -1) * (deep[1] - deep[0]), np.nan).astype(np.float32),
        outline=outlines(whole(both), deep, kind, (value("compare_level"), value("compare_level"))),
        aligned=laid.warp(after.linear),
        notes=notes,
    )


def _unit(before: Visit, after: Visit) -> str:
    return "um" if before.pigment is not None and after.pigment is not None else "melanin index"


class _Fitted(NamedTuple):
    """Own skin's cells and planes, the window, how depths are told in it, and the numbers found."""

    cells: Cells
    plane: Floats
    scene: Scene
    rule: Rule
    deeper: float
    found: dict[str, float]


def _fitted(both: Laid, kind: Kind, told: bool) -> _Fitted:
    """Own skin and the lesion in the window around it; RepigmentError where BEFORE has no lesion of the kind."""
    cells = healthy_cells(both.pigments, both.healthy, both.lesions[0])
    plane, scene = planes(cells), window(both)
    rule, deeper = _rule(kind, told, scene, plane)
    near = depths(scene, plane, rule)
    found = changes(near, outlines(scene, near, kind, (value("compare_level"), value("compare_level"))))
    if not np.isfinite(found["change"]):
        raise RepigmentError(
            f"The first photograph shows no lesion {'darker' if kind == 'dark' else 'lighter'} than own skin",
            remedy="name the skin of reference, or say that the lesion is of the other kind",
        )
    return _Fitted(cells, plane, scene, rule, deeper, found)


def _rule(kind: Kind, told: bool, scene: Scene, plane: Floats) -> tuple[Rule, float]:
    """How depths are told, and by how much AFTER's exceed BEFORE's; a white lesion cannot become whiter than white."""
    if kind == "dark" or told:
        return Rule(kind, share=kind == "white"), 1.0
    fold = deepened(depths(scene, plane, Rule(kind)), scene)
    return (Rule(kind, evened=True), fold) if fold > 1 + value("compare_tan") else (Rule(kind), 1.0)


def _shares(found: dict[str, float], draws: dict[str, Floats], rule: Rule, deeper: float) -> dict[str, Estimate]:
    """What is told in per cent of BEFORE, by the name of its field."""
    restored = interval(found["restored"], draws["restored"], "%")
    if rule.evened:
        restored = replace(restored, low=100 - deeper * (100 - restored.low))
    return {
        "returned": interval(found["returned"], draws["returned"], "%", 0, 100),
        "restored": restored,
        "faded": interval(found["faded"], draws["faded"], "%"),
        "area_change": interval(found["change"], draws["change"], "%", -100),
        "new_share": interval(found["new_share"], draws["new_share"], "%", 0),
    }


def _left(found: dict[str, float], draws: dict[str, Floats], rule: Rule) -> list[Estimate | None]:
    """Melanin of BEFORE's lesion in per cent of own skin's, before and after."""
    names = ("left_before", "left_after")
    return [interval(max(found[name], 0.0), draws[name], "%", 0) if rule.share else None for name in names]


def _registered(before: Visit, after: Visit) -> Alignment:
    lesions = {"lesion_before": before.lesion, "lesion_after": after.lesion}
    return register(before.linear, after.linear, **lesions, valid_before=before.valid, valid_after=after.valid)


def _areas(found: dict[str, float], draws: dict[str, Floats], mm: float | None, step: float) -> list[Estimate | None]:
    """Areas before, after and new in mm2 from pixels of `step` px of `mm`, None without."""
    each = None if mm is None else (mm * step) ** 2
    names = ("before", "after", "new")
    return [None if each is None else interval(found[name] * each, draws[name] * each, "mm2", 0) for name in names]


def _own_change(cells: Cells, doubt: Doubt, unit: str) -> Estimate:
    """How much own skin darkened between the visits; cells drawn with replacement, each visit's error by itself."""
    rng = np.random.default_rng(round(value("align_seed")))
    middle = float(np.median(cells.level[:, 1] - cells.level[:, 0]))
    found = []
    for _ in range(round(value("compare_draws"))):
        offset, gain = common(doubt.common, rng)
        level = offset + gain * cells.level[rng.integers(0, len(cells.level), len(cells.level))]
        found.append(float(np.median(level[:, 1] - level[:, 0])))
    return interval(middle, np.array(found), unit)


def _of_own_skin(change: Estimate | None, rule: Rule, deeper: float) -> tuple[str, ...]:
    """What the user should know of own skin's change."""
    if rule.evened:
        return (EVENED.format(deeper - 1),)
    if change is None or change.low <= 0 <= change.high:
        return ()
    return (
        f"own skin has become {'darker' if change.value > 0 else 'lighter'} by {abs(change.value):.2g} {change.unit}",
    )


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
