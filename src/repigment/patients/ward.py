"""A batch of lesions that are treated and watched together, week by week, on a fine and on a coarse grid."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from repigment.conditions.base import between, of_part
from repigment.engine.batching import make_batch, model_parameters, opening, unstack
from repigment.engine.observe import OBSERVED, OF_A_PART, shown, visible_melanin
from repigment.engine.patches import Batch, Parameters
from repigment.engine.precision import Precision, computing
from repigment.engine.weeks import DAYS, observe_now, one_week
from repigment.patients.lesion import Lesion, local_arrays, parameter_arrays
from repigment.skin.exposure import CELLS, Channel
from repigment.skin.fields import Skin
from repigment.skin.patch import coarsen
from repigment.skin.window import weighed
from repigment.treatments.cell_product import SWITCHES

COMPARED = ("visible_melanin", "depigmented", "contrast")  # what the companion run is compared in
WATCHED = (*OBSERVED, *(f"coarse_{name}" for name in COMPARED))
TOGETHER = 256  # lesions whose past is worked out at once


@dataclass(frozen=True)
class Resolution:
    """Grid of n x n pixels of `dx` mm, `steps` a day; the companion halves both. `precision` of all arithmetic.

    Without `cells` their equations are left out, which is faster; nobody may then be given any.
    """

    n: int = 24
    dx: float = 0.3
    steps: int = 2
    precision: Precision = "single"
    cells: bool = True

    def halved(self) -> "Resolution":
        """The companion run: half the pixels, double the step."""
        return replace(self, n=self.n // 2, dx=2 * self.dx, steps=max(1, self.steps // 2))


class _Maps(NamedTuple):
    """Maps (lesions, ..., n, n) of the lesions of a ward on one grid."""

    state: NDArray[np.floating]
    share: NDArray[np.floating]
    follicles: NDArray[np.floating]
    depots: NDArray[np.floating]
    inside: NDArray[np.floating]
    outside: NDArray[np.floating]
    parts: NDArray[np.floating]


@dataclass
class _Run:
    """The state of the lesions on one grid."""

    skin: Skin
    p: Parameters
    batch: Batch
    steps: int
    share: NDArray[np.floating]
    cells: bool

    def week(self, tables: Any) -> Any:
        self.skin, seen = one_week(self.skin, self.p, self.batch, tables, steps=self.steps, cells=self.cells)
        return seen


class Ward:
    """Lesions of one condition enrolled with their past; `follow` advances them and returns what was seen each week.

    `size` pads the batch, so that every ward of a trial runs the same compiled program.
    """

    def __init__(
        self,
        lesions: Sequence[Lesion],
        resolution: Resolution,
        *,
        size: int | None = None,
        companion: bool = True,
        history: NDArray[np.floating] | None = None,
    ) -> None:
        self.count = len(lesions)
        self.size = size or self.count
        rows = np.minimum(np.arange(self.size), self.count - 1)
        self.lesions = [lesions[row] for row in rows]
        self.resolution = resolution
        if history is None:
            history = histories(lesions, resolution.precision)
        maps = self._lay_out(resolution, history[rows])
        self.fine = self._start(maps, resolution)
        self.coarse = self._start(self._coarser(maps, history[rows]), resolution.halved()) if companion else None

    def _coarser(self, maps: _Maps, history: NDArray[np.floating]) -> _Maps:
        """The same skin on the companion's grid: laid out anew, or averaged where follicles would be others."""
        if self.lesions[0].condition.drawn_to_scale:
            return self._lay_out(self.resolution.halved(), history)
        return _Maps(*(coarsen(each) for each in maps))

    def _lay_out(self, r: Resolution, history: NDArray[np.floating]) -> _Maps:
        windows = [lesion.window(r.n, r.dx) for lesion in self.lesions]

        def of(name: str) -> NDArray[np.floating]:
            return np.stack([getattr(window, name) for window in windows])

        share = of("share")
        state = between(share, self.lesions[0].condition.levels, history)
        maps = (of(name) for name in ("inside", "outside", "parts"))
        return _Maps(state, share, of("follicles"), self._depots(r), *maps)

    def _depots(self, r: Resolution) -> NDArray[np.float32]:
        return np.stack([lesion.depots(r.n, self._dx(r)) for lesion in self.lesions])

    def _dx(self, r: Resolution) -> float:
        """Width of a pixel of the windows, mm."""
        first = self.lesions[0]
        return first.condition.width(first.site, r.n, r.dx) / r.n

    @property
    def dx(self) -> float:
        """Width of a pixel of what `visible` shows, mm."""
        return self._dx(self.resolution)

    def _start(self, maps: _Maps, r: Resolution) -> _Run:
        dx = self._dx(r)
        inside, outside, parts = (weighed(each) for each in (maps.inside, maps.outside, maps.parts))
        with computing(r.precision) as dtype:
            p = self._parameters(maps.share, dtype)
            geometry = (maps.follicles, maps.depots, inside, outside)
            batch = make_batch(p, *geometry, dx, 1 / r.steps, dtype, lesion=maps.share, parts=parts)
            return _Run(opening(unstack(maps.state, dtype), p, dx, 1 / r.steps), p, batch, r.steps, maps.share, r.cells)

    def _parameters(self, share: NDArray[np.floating], dtype: Any) -> Parameters:
        around = parameter_arrays(self.lesions)
        return model_parameters(around | of_part(around, local_arrays(self.lesions), share), dtype)

    def prescribe(self, lesions: Sequence[Lesion]) -> None:
        """From now on the lesions get the treatments of `lesions`, the same patients in the same order."""
        self.lesions = [lesions[row] for row in np.minimum(np.arange(self.size), self.count - 1)]
        depots = self._depots(self.resolution)
        for run in self._runs():
            with computing(self.resolution.precision) as dtype:
                run.p = self._parameters(run.share, dtype)
                run.batch = run.batch._replace(depots=jnp.asarray(depots, dtype))
            depots = coarsen(depots)

    def observe(self) -> NDArray[np.float32]:
        """What is seen now, (lesions, WATCHED and then OF_A_PART of each part)."""
        with computing(self.resolution.precision):
            return self._watched(*(observe_now(run.skin, run.p, run.batch) for run in self._runs()))

    def visible(self) -> NDArray[np.float32]:
        """Map of visible melanin of each lesion, (lesions, n, n); 1 is the person's own untanned skin."""
        with computing(self.resolution.precision):
            return np.asarray(visible_melanin(self.fine.skin, self.fine.p))[: self.count]

    def shown(self) -> NDArray[np.float32]:
        """Maps of what a picture needs of each lesion, (lesions, 4, n, n), as `engine.observe.shown`."""
        with computing(self.resolution.precision):
            return np.asarray(shown(self.fine.skin, self.fine.p))[: self.count]

    def follow(self, tables: NDArray[np.float32]) -> NDArray[np.float32]:
        """Advance under exposure `tables` (weeks * 7, channels, lesions); seen (lesions, weeks, as `observe`).

        ValueError where they bring cells to a ward whose resolution has none.
        """
        if not self.resolution.cells and tables[:, CELLS].any():
            raise ValueError("cells are given where none are followed")
        rows = np.minimum(np.arange(self.size), self.count - 1)
        padded = tables[:, :, rows]
        with computing(self.resolution.precision) as dtype:
            weekly = jnp.asarray(padded.reshape(-1, DAYS, len(Channel), self.size), dtype)
            seen = [[run.week(week) for run in self._runs()] for week in weekly]
            return np.stack([self._watched(*each) for each in seen], axis=1)

    def _runs(self) -> list[_Run]:
        return [self.fine] if self.coarse is None else [self.fine, self.coarse]

    def _watched(self, fine: Any, coarse: Any = None) -> NDArray[np.float32]:
        columns = [OBSERVED.index(name) for name in COMPARED]
        known = np.asarray(fine)
        second = np.full((len(known), len(columns)), np.nan, known.dtype)
        if coarse is not None:
            second = np.asarray(coarse)[:, columns]
        whole, parts = np.split(known, [len(OBSERVED)], axis=1)
        return np.concatenate([whole, second, parts], axis=1)[: self.count]


def part_columns(parts: int) -> tuple[str, ...]:
    """Names of what is watched of each part, in their order.

    >>> part_columns(2)[:5]
    ('part0_contrast', 'part0_darker', 'part0_depth', 'part0_lighter', 'part1_contrast')
    """
    return tuple(f"part{part}_{name}" for part in range(parts) for name in OF_A_PART)


def histories(lesions: Sequence[Lesion], precision: Precision = "single") -> NDArray[np.float64]:
    """Skin at enrolment (lesions, levels, fields) from each patient's own past, for each of the condition's levels."""
    known = lesions[0].condition
    before = 7 * known.weeks_before()
    found = []
    for first in range(0, len(lesions), TOGETHER):
        some = lesions[first : first + TOGETHER]
        around = {name: each for name, each in parameter_arrays(some).items() if name not in SWITCHES}
        lives = [lesion.life(-before, before).table if before else week_of_the_first_day(lesion) for lesion in some]
        diseases = [lesion.person.disease for lesion in some]
        found.append(known.past(around, local_arrays(some), diseases, np.stack(lives, axis=-1), precision))
    return np.concatenate(found)


def week_of_the_first_day(lesion: Lesion) -> NDArray[np.float32]:
    """The first day of the study, seven times (7, channels)."""
    return np.repeat(lesion.life(0, 1).table, DAYS, axis=0)
