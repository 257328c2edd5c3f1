"""A batch of lesions that are treated and watched together, week by week, on a fine and on a coarse grid."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from repigment.conditions.vitiligo import edge, past
from repigment.engine.batching import make_batch, model_parameters, opening, unstack
from repigment.engine.observe import OBSERVED, visible_melanin
from repigment.engine.patches import Batch, Parameters
from repigment.engine.precision import Precision, computing
from repigment.engine.weeks import DAYS, observe_now, one_week
from repigment.patients.lesion import SWITCHES, Lesion, parameter_arrays
from repigment.skin.exposure import Channel
from repigment.skin.fields import Skin
from repigment.skin.patch import coarsen

WATCHED = (*OBSERVED, "coarse_visible_melanin", "coarse_depigmented")


@dataclass(frozen=True)
class Resolution:
    """Grid of n x n pixels of `dx` mm, `steps` a day; the companion halves both. `precision` of all arithmetic."""

    n: int = 24
    dx: float = 0.3
    steps: int = 2
    precision: Precision = "single"

    def halved(self) -> "Resolution":
        """The companion run: half the pixels, double the step."""
        return replace(self, n=self.n // 2, dx=2 * self.dx, steps=max(1, self.steps // 2))


class _Maps(NamedTuple):
    """Maps (lesions, ..., n, n) of the lesions of a ward on one grid."""

    state: NDArray[np.floating]
    follicles: NDArray[np.floating]
    depots: NDArray[np.floating]
    inside: NDArray[np.floating]
    outside: NDArray[np.floating]


@dataclass
class _Run:
    """The state of the lesions on one grid."""

    skin: Skin
    p: Parameters
    batch: Batch
    steps: int

    def week(self, tables: Any) -> Any:
        self.skin, seen = one_week(self.skin, self.p, self.batch, tables, steps=self.steps)
        return seen


class Ward:
    """Lesions enrolled with their past; `follow` advances them and returns what was seen each week.

    `size` pads the batch, so that every ward of a trial runs the same compiled program.
    """

    def __init__(
        self,
        lesions: Sequence[Lesion],
        resolution: Resolution,
        *,
        size: int | None = None,
        companion: bool = True,
        history: tuple[Any, Any] | None = None,
    ) -> None:
        self.count = len(lesions)
        self.size = size or self.count
        rows = np.minimum(np.arange(self.size), self.count - 1)
        self.lesions = [lesions[row] for row in rows]
        self.resolution = resolution
        self._parameters = parameter_arrays(self.lesions)
        if history is None:
            history = histories(lesions, resolution.precision)
        maps = self._lay_out(resolution, (history[0][rows], history[1][rows]))
        self.fine = self._start(maps, resolution)
        coarse = _Maps(*(coarsen(each) for each in maps))
        self.coarse = self._start(coarse, resolution.halved()) if companion else None

    def _lay_out(self, r: Resolution, history: tuple[Any, Any]) -> _Maps:
        patches = [lesion.patch(r.n, r.dx) for lesion in self.lesions]
        weights = [lesion.weights(patch) for lesion, patch in zip(self.lesions, patches, strict=True)]
        depth = np.stack([patch.depth for patch in patches])
        depots = np.stack([lesion.depots(r.n, r.dx) for lesion in self.lesions])
        follicles = np.stack([patch.follicles for patch in patches])
        inside, outside = (np.stack(side) for side in zip(*weights, strict=True))
        return _Maps(edge(depth, *history), follicles, depots, inside, outside)

    def _start(self, maps: _Maps, r: Resolution) -> _Run:
        inside, outside = (each / each.sum(axis=(1, 2), keepdims=True) for each in (maps.inside, maps.outside))
        with computing(r.precision) as dtype:
            p = model_parameters(self._parameters, dtype)
            batch = make_batch(p, maps.follicles, maps.depots, inside, outside, r.dx, 1 / r.steps, dtype)
            return _Run(opening(unstack(maps.state, dtype), p, r.dx, 1 / r.steps), p, batch, r.steps)

    def prescribe(self, lesions: Sequence[Lesion]) -> None:
        """From now on the lesions get the treatments of `lesions`, the same patients in the same order."""
        self.lesions = [lesions[row] for row in np.minimum(np.arange(self.size), self.count - 1)]
        self._parameters = parameter_arrays(self.lesions)
        depots = np.stack([lesion.depots(self.resolution.n, self.resolution.dx) for lesion in self.lesions])
        for run in self._runs():
            with computing(self.resolution.precision) as dtype:
                run.p = model_parameters(self._parameters, dtype)
                run.batch = run.batch._replace(depots=jnp.asarray(depots, dtype))
            depots = coarsen(depots)

    def observe(self) -> NDArray[np.float32]:
        """What is seen now, (lesions, WATCHED)."""
        with computing(self.resolution.precision):
            return self._watched(*(observe_now(run.skin, run.p, run.batch) for run in self._runs()))

    def visible(self) -> NDArray[np.float32]:
        """Map of visible melanin of each lesion, (lesions, n, n); 1 is the person's own untanned skin."""
        with computing(self.resolution.precision):
            return np.asarray(visible_melanin(self.fine.skin, self.fine.p))[: self.count]

    def follow(self, tables: NDArray[np.float32]) -> NDArray[np.float32]:
        """Advance under exposure `tables` (weeks * 7, channels, lesions); seen (lesions, weeks, WATCHED)."""
        rows = np.minimum(np.arange(self.size), self.count - 1)
        padded = tables[:, :, rows]
        with computing(self.resolution.precision) as dtype:
            weekly = jnp.asarray(padded.reshape(-1, DAYS, len(Channel), self.size), dtype)
            seen = [[run.week(week) for run in self._runs()] for week in weekly]
            return np.stack([self._watched(*each) for each in seen], axis=1)

    def _runs(self) -> list[_Run]:
        return [self.fine] if self.coarse is None else [self.fine, self.coarse]

    def _watched(self, fine: Any, coarse: Any = None) -> NDArray[np.float32]:
        columns = [OBSERVED.index("visible_melanin"), OBSERVED.index("depigmented")]
        known = np.asarray(fine)
        second = np.full((len(known), 2), np.nan, known.dtype) if coarse is None else np.asarray(coarse)[:, columns]
        return np.concatenate([known, second], axis=1)[: self.count]


def histories(
    lesions: Sequence[Lesion], precision: Precision = "single"
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lesional and surrounding skin at enrolment, each (lesions, fields), from each patient's own past."""
    own = parameter_arrays(lesions)
    for switch in SWITCHES:
        del own[switch]
    sun = np.array([lesion.exposure(1).table[0, Channel.SUN] for lesion in lesions], np.float32)
    return past(own, sun, precision)
