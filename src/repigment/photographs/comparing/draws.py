"""What changed in a lesion between two visits, as numbers, and between which bounds they lie."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.photographs.comparing.skin import Cells, Floats, Unevenness, own, planes
from repigment.photographs.comparing.texture import Mask

Kind = Literal["white", "dark"]
NAMES = (
    "before",
    "after",
    "change",
    "returned",
    "restored",
    "faded",
    "new",
    "new_share",
    "contrast",
    "left_before",
    "left_after",
)


@dataclass(frozen=True)
class Estimate:
    """A value with its 95 % interval and unit; the interval is of draws of which a share `lost` gave no value.

    >>> print(Estimate(41.26, 38.9, 43.7, "%"))
    41.3 % (38.9 to 43.7)
    """

    value: float
    low: float
    high: float
    unit: str
    lost: float = field(default=0.0, repr=False)

    def __str__(self) -> str:
        return f"{self.value:.1f} {self.unit} ({self.low:.1f} to {self.high:.1f})"


class Scene(NamedTuple):
    """Both visits in one window around the lesion, on the grid of BEFORE.

    `pigment` (visits, h, w) smoothed, `zones` (visits, h, w) where an outline may run, `sound` (h, w) where both are
    seen, `errors` (visits, h, w) one standard error, `corner` and `step` the window's place in px of BEFORE.
    """

    pigment: NDArray[np.float32]
    zones: NDArray[np.bool_]
    cores: NDArray[np.bool_]
    sound: Mask
    errors: NDArray[np.float32]
    corner: tuple[float, float]
    step: float


class Rule(NamedTuple):
    """How a lesion is told from own skin.

    With `share` a white lesion's depth is the per cent of own skin's pigment that it lacks, at each visit; else depths
    are differences of pigment. With `evened` AFTER's depths are scaled so that what is deepest is as deep as BEFORE.
    """

    kind: Kind
    share: bool = False
    evened: bool = False


def depths(scene: Scene, plane: Floats, rule: Rule) -> NDArray[np.float32]:
    """How far each place departs from own skin, planes (3, visits), in the lesion's direction (visits, h, w)."""
    skins = np.stack([own(plane[:, visit], scene.sound.shape, scene.corner, scene.step) for visit in range(2)])
    if rule.share:
        least = value("compare_share_floor") * np.median(skins, axis=(1, 2), keepdims=True)
        return np.asarray(100 * (1 - scene.pigment / np.maximum(skins, least)), np.float32)
    deep = np.asarray((1 if rule.kind == "dark" else -1) * (scene.pigment - skins), np.float32)
    if rule.evened:
        deep[1] /= np.float32(max(deepened(deep, scene), 1e-6))
    return deep


def deepened(deep: NDArray[np.float32], scene: Scene) -> float:
    """Depth (visits, h, w) at AFTER over that at BEFORE, where BEFORE's lesion is deepest."""
    core = scene.cores[0] & scene.sound
    if not core.any():
        return 1.0
    before, after = (float(np.quantile(each[core], value("compare_deepest"))) for each in deep)
    return after / before if before > 0 else 1.0


def outlines(scene: Scene, deep: NDArray[np.float32], kind: Kind, shares: tuple[float, float]) -> NDArray[np.bool_]:
    """Where the lesion is at each visit (visits, h, w): deeper than a share of a depth.

    For white lesions the depth is that of BEFORE at both visits: what has come back half way is no longer white. For
    dark lesions each visit has its own, so that a lesion which fades evenly keeps its area.
    """
    first = _depth(deep[0], scene.cores[0] & scene.sound)
    second = _depth(deep[1], scene.cores[1] & scene.sound) if kind == "dark" else first
    second = first if not second > 0 else second
    if not first > 0:  # of the other kind, or none
        return np.zeros(deep.shape, bool)
    return np.stack(
        [
            (deep[0] > shares[0] * first) & scene.zones[0] & scene.sound,
            (deep[1] > shares[1] * second) & scene.zones[1] & scene.sound,
        ]
    )


def _depth(deep: NDArray[np.float32], core: Mask) -> float:
    return float(np.median(deep[core])) if core.any() else float("nan")


def changes(deep: NDArray[np.float32], inside: NDArray[np.bool_]) -> dict[str, float]:
    """The numbers of a comparison, areas in pixels of the window, shares in per cent of BEFORE.

    `returned` is the part of BEFORE's lesion that is lesion no more, `restored` = 1 - sum of depth after / before over
    BEFORE's lesion, `faded` = 1 - mean depth inside its outline after / before, `contrast` that depth after. `left` is
    what remains of own skin's pigment in BEFORE's lesion, for depths that are shares.
    """
    first, second = inside
    before, after = float(first.sum()), float(second.sum())
    if not before:
        return dict.fromkeys(NAMES, float("nan"))
    contrast = float(deep[0][first].mean())
    later = float(deep[1][second].mean()) if after else float(deep[1][first].mean())
    new = float((second & ~first).sum())
    return {
        "before": before,
        "after": after,
        "change": 100 * (after / before - 1),
        "returned": 100 * float((first & ~second).sum()) / before,
        "restored": 100 * (1 - float(deep[1][first].mean()) / contrast),
        "faded": 100 * (1 - later / contrast),
        "new": new,
        "new_share": 100 * new / before,
        "contrast": later,
        "left_before": 100 - contrast,
        "left_after": 100 - float(deep[1][first].mean()),
    }


class Doubt(NamedTuple):
    """What is not known exactly: AFTER's place (px), the scale (share), each visit's pigment as in `Visit.common`."""

    spread: float
    scale: float = 0.0
    common: tuple[Floats | None, Floats | None] = (None, None)


def drawn(scene: Scene, cells: Cells, uneven: Unevenness, rule: Rule, doubt: Doubt) -> dict[str, Floats]:
    """The numbers (draws,) when everything that is not known exactly is drawn anew.

    Each draw shifts AFTER by N(0, `spread`) px of BEFORE along both axes, moves each outline's level, reads own skin
    from cells drawn with replacement (the same at both visits), lets it be off under the lesion as it is `uneven` from
    cell to cell, draws what is wrong with all of a visit's pigment alike, stretches each visit's depths as tone curves
    and compression do, adds an error of the pigment that is alike within a patch, and draws the mm of a pixel.
    """
    rng = np.random.default_rng(round(value("align_seed")))
    found: list[dict[str, float]] = []
    shape = scene.sound.shape
    patch = value("compare_patch") * cells.side / scene.step
    errors = np.hypot(scene.errors, uneven.single).astype(np.float32)
    unit = 100 / float(np.median(cells.level)) if rule.share else 1.0
    stretch = value("compare_share_sd" if rule.share else "compare_tone_sd")
    for _ in range(round(value("compare_draws"))):
        moved = _moved(scene, rng.normal(0, doubt.spread / scene.step, 2) if doubt.spread > 0 else np.zeros(2))
        pick = rng.integers(0, len(cells.at), len(cells.at))
        offset, gain = common(doubt.common, rng)
        level = offset + gain * cells.level[pick]
        moved = moved._replace(pigment=(offset[:, None, None] + gain[:, None, None] * moved.pigment).astype(np.float32))
        plane = planes(Cells(cells.at[pick], level, cells.weight[pick], cells.side))
        tone = 1 + stretch * rng.standard_normal((2, 1, 1))
        off = uneven.shared * rng.standard_normal() + errors * [_patchy(shape, patch, rng) for _ in range(2)]
        deep = depths(moved, plane, rule)
        off = off * unit * (np.maximum(1 - deep / 100, value("compare_share_floor")) if rule.share else 1)
        deep = (deep * tone + off).astype(np.float32)
        shares = np.clip(rng.normal(value("compare_level"), value("compare_level_sd"), 2), 0.1, 0.9)
        one = changes(deep, outlines(moved, deep, rule.kind, (float(shares[0]), float(shares[1]))))
        larger = (1 + doubt.scale * float(rng.standard_normal())) ** 2
        found.append(one | {name: one[name] * larger for name in ("before", "after", "new")})
    _check_kept(found)
    return {name: np.array([each[name] for each in found]) for name in NAMES}


def _check_kept(found: list[dict[str, float]]) -> None:
    """RepigmentError where BEFORE has a lesion in too few of the draws for an interval of what became of it."""
    lost = float(np.mean([not np.isfinite(each["change"]) for each in found]))
    if lost > value("compare_lost_most"):
        raise RepigmentError(
            "The first photograph's lesion stands out so little from uneven own skin that its change cannot be told: "
            f"with what is not known exactly drawn anew, {lost:.0%} of the draws show no lesion",
            remedy="compare photographs in even light with a colour card, or name the skin of reference",
        )


def common(of: tuple[Floats | None, Floats | None], rng: np.random.Generator) -> tuple[Floats, Floats]:
    """An offset and a gain (visits,) drawn for each visit by itself."""
    rows = [np.array([0.0, 1.0]) if each is None else each[rng.integers(0, len(each))] for each in of]
    return np.array([row[0] for row in rows]), np.array([row[1] for row in rows])


def _moved(scene: Scene, shift: Floats) -> Scene:
    """AFTER shifted by x, y px of the window."""
    matrix = np.array([[1.0, 0.0, shift[0]], [0.0, 1.0, shift[1]]])
    size = scene.sound.shape[::-1]
    later = cv2.warpAffine(scene.pigment[1], matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return scene._replace(pigment=np.stack([scene.pigment[0], later]))


def _patchy(shape: tuple[int, ...], patch: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Noise (h, w) of standard deviation 1, drawn for each patch of so many px and smooth between them."""
    coarse = [int(np.ceil(side / patch)) + 3 for side in shape]
    fine = cv2.resize(
        rng.standard_normal(coarse).astype(np.float32),
        None,
        fx=patch,
        fy=patch,
        interpolation=cv2.INTER_LINEAR,
    )
    top, left = (int(rng.uniform(0, patch)) for _ in range(2))
    lost = 2 / 3  # of the standard deviation by drawing lines between patches: sqrt(2/3) along each axis
    return np.asarray(fine[top : top + shape[0], left : left + shape[1]] / lost, np.float32)


def interval(value_: float, draws: Floats, unit: str, low: float = -np.inf, high: float = np.inf) -> Estimate:
    """Value with the basic 95 % interval of its draws, kept within what is possible.

    The draws add a second error to one that is in the value already; 2 value - quantile takes a common push out again.
    However far they are pushed, a quarter of their spread lies on either side of the value. Draws that gave no value
    (NaN) are left out and counted.

    >>> interval(1.0, np.array([2.0, 2.0, 2.0]), "%", low=0)
    Estimate(value=1.0, low=0.0, high=1.0, unit='%')
    """
    sound = draws[np.isfinite(draws)]
    ends = 2 * value_ - np.quantile(sound, [0.975, 0.025]) if len(sound) else np.full(2, np.nan)
    room = (ends[1] - ends[0]) / 4
    bounded = np.clip([min(ends[0], value_ - room), max(ends[1], value_ + room)], low, high)
    lost = 1 - len(sound) / len(draws) if len(draws) else 0.0
    return Estimate(value_, float(bounded[0]), float(bounded[1]), unit, lost)
