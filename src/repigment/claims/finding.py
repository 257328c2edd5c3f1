"""What a question came to: the effect over worlds, how often the claim holds, what it depends on, and a trial."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from repigment.claims.played import Bools, Floats
from repigment.trials.assurance.sensitivity import sensitivity

QUANTILES = {"low90": 0.05, "low50": 0.25, "median": 0.5, "high50": 0.75, "high90": 0.95}
SHOWN = 3  # parameters that are named
CLEAR = 0.05  # a correlation whose interval comes nearer to none than this is not told


@dataclass(frozen=True)
class Finding:
    """One question, answered; all of it can be kept as JSON.

    `values` (K,): the effect in each world in `unit`, None where nothing can be said; `holds`, whether it is beyond the
    margin; `chances`, that it would be with all persons instead of so few, None where too few are judged to tell;
    `quantiles` of the values that are known. `better` is lower, higher or either; `nothing` is the value of no effect,
    `bar` the ones beyond which the question holds, and `names` what these two are called. `persons` who were judged, in
    the world with the fewest; `influences`: the parameters that the effect goes with most; `trial`: the smallest that
    would tell, or a reason why there is none; `note`: what else must be known. `full_strength`: the effect in one more
    world, with each mechanism that is on at full strength, and `full_holds`, whether it is beyond the margin; both None
    where no cells are drawn or too few are judged, the first alone where there is no effect that could last.
    """

    claim: int
    study: str
    condition: str
    kind: str
    criterion: str
    counts: bool
    outcome: str
    unit: str
    better: str
    nothing: float
    bar: Sequence[float]
    names: Sequence[str]
    persons: int
    values: Sequence[float | None]
    holds: Sequence[bool]
    chances: Sequence[float] | None
    trial: Mapping[str, Any]
    influences: Sequence[Mapping[str, Any]] = ()
    quantiles: Mapping[str, float | None] = field(default_factory=dict)
    note: str = ""
    full_strength: float | None = None
    full_holds: bool | None = None

    def plain(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)


def short(value: float) -> float | None:
    """Four figures, which are more than the draws know; None for what is not known.

    >>> short(12.34567), short(float("nan"))
    (12.35, None)
    """
    return float(f"{value:.4g}") + 0.0 if np.isfinite(value) else None


def certain(holds: Bools) -> list[float]:
    """Chances where no persons are played: what holds, holds."""
    return [float(each) for each in holds]


def spread(values: Floats) -> dict[str, float | None]:
    """QUANTILES of the values that are known."""
    known = values[np.isfinite(values)]
    return {name: short(float(np.quantile(known, q))) if known.size else None for name, q in QUANTILES.items()}


def influences(draws: pd.DataFrame, values: Floats) -> list[dict[str, Any]]:
    """The parameters that the effect goes with most: those whose interval of the rank correlation excludes 0.

    Where nothing can be said of an effect it counts as 0: worlds come in pairs, and none may be left out.
    """
    known = np.where(np.isfinite(values), values, 0.0)
    if len(draws) != values.size or float(np.ptp(known)) == 0:
        return []
    found = [each for each in sensitivity(draws, known) if each.low > CLEAR or each.high < -CLEAR]
    told = [asdict(each) for each in found[:SHOWN]]
    return [{key: short(part) if isinstance(part, float) else part for key, part in each.items()} for each in told]
