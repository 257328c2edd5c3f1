"""The effect at which power is told besides that at the mean of the prior, which is near none by design."""

from typing import Any

import numpy as np

from repigment.errors import RepigmentError
from repigment.trials.analysis.endpoints import measure
from repigment.trials.assurance.effects import Effects

UPPER = 0.95  # of the worlds have a smaller benefit: the upper end of the range of nine in ten


def stated(effects: Effects, effect: float | None = None) -> float:
    """The stated effect; without one what a world in twenty exceeds, as good as the prior holds likely."""
    return float(np.quantile(effects.benefit, UPPER)) if effect is None else effect


def check_effect(study: Any, effect: float | None) -> None:
    """RepigmentError for an effect that the primary endpoints cannot have, or that means a different thing in each."""
    if effect is None:
        return
    units = sorted({measure(endpoint.score).unit for endpoint in study.endpoints if endpoint.primary})
    if len(units) != 1:
        raise RepigmentError(
            f"one effect cannot be stated for primary endpoints in {len(units)} units",
            where="--effect",
            remedy="leave it out: power is then told at what a world in twenty exceeds",
        )
    most = 1.0 if units[0] == "fraction" else np.inf
    if not 0 < effect <= most or not np.isfinite(effect):
        raise RepigmentError(
            f"an effect of {effect:g} ({units[0]}) is impossible",
            where="--effect",
            allowed="above 0, up to 1" if most == 1 else "above 0, the better the larger",
            remedy="write 0.2 for 20 percentage points" if most == 1 else "",
        )
