"""The smallest trial that would tell whether a claim is true."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repigment.trials.assurance.effects import Effects
from repigment.trials.assurance.power import MOST, in_worlds, smallest_size


@dataclass(frozen=True)
class Smallest:
    """A trial of `n` patients (arm, versus), judged at `week` by `endpoint`; n is None where no size will do.

    `if_true`: chance of success given that the claim is true; `if_false`: chance of the same where it is not, a false
    alarm; NaN where no world is of that kind. `true_worlds` of `worlds` are those in which the claim holds; `margin` is
    the benefit that it asks for. `reason` says why there is no such trial.
    """

    endpoint: str
    week: int
    arm: str
    versus: str
    unit: str
    n: tuple[int, int] | None
    if_true: float
    if_false: float
    true_worlds: int
    worlds: int
    margin: float
    reason: str = ""


def smallest_trial(
    effects: Effects | Sequence[Effects],
    wanted: float = 0.8,
    holds: NDArray[np.bool_] | Sequence[bool] | None = None,
    margin: float = 0.0,
) -> Smallest:
    """The smallest trial whose chance of success is `wanted` if the claim is true.

    effects: of one endpoint, or of several, of which the trial with the fewest patients is taken, the shorter if they
    are equal. holds (K,): the worlds in which the claim is true; without it those whose benefit is above zero and at
    least `margin`. Success: significantly better than none, and an estimate of at least `margin` (the dual criterion,
    `power.power`). Both chances are means over the worlds of their kind, of the power there.
    """
    several = [effects] if isinstance(effects, Effects) else list(effects)
    found = [_one(each, wanted, holds, margin) for each in several]
    return min(found, key=lambda each: (sum(each.n) if each.n else np.inf, each.week))


def _one(effects: Effects, wanted: float, holds: NDArray[np.bool_] | Sequence[bool] | None, margin: float) -> Smallest:
    benefit = effects.benefit
    true = (benefit > 0) & (benefit >= margin) if holds is None else np.asarray(holds, bool)

    def chance(size: int) -> float:
        return float(in_worlds(effects, size, margin)[true].mean())

    size = smallest_size(chance, wanted) if true.any() else None
    shown = size or MOST
    powers = in_worlds(effects, shown, margin)
    if_true, if_false = (float(powers[kind].mean()) if kind.any() else np.nan for kind in (true, ~true))
    names = (effects.endpoint, effects.week, effects.arm, effects.versus, effects.unit)
    n = effects.arms_at(size) if size else None
    reason = "" if size else _reason(int(true.sum()), effects.worlds, if_true)
    return Smallest(*names, n, if_true, if_false, int(true.sum()), effects.worlds, margin, reason)


def _reason(true: int, worlds: int, reached: float) -> str:
    if not true:
        return f"in none of the {worlds} worlds is the claim true"
    return f"with {MOST} patients an arm the chance is {reached:.0%}, because the effect is too small in some worlds"
