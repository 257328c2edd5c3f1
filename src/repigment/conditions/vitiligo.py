"""Vitiligo: an autoreactive pool, little regulation, and a past flare that left white skin with resident memory."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from repigment.engine.precision import Precision
from repigment.engine.wellmixed import healthy_state, run_well_mixed
from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, untreated
from repigment.skin.fields import Field

PIGMENT = [Field.MELANOCYTES, Field.MELANOBLASTS, Field.MELANIN_VIABLE, Field.MELANIN_CORNEUM]


def susceptibility(stable: bool, rng: np.random.Generator) -> dict[str, float]:
    """What a vitiligo patient has that others lack: the autoreactive pool theta and a low regulatory set point.

    >>> susceptibility(True, np.random.default_rng(0))["theta"] > 0
    True
    """
    median = value("theta_stable" if stable else "theta_active")
    theta = median * np.exp(value("theta_sd") * rng.standard_normal())
    regulation = value("G_vitiligo") * np.exp(value("G_sd") * rng.standard_normal())
    return {"theta": float(np.clip(theta, 0, 3)), "G_set": float(np.clip(regulation, 0.1, 1))}


def past(
    p: dict[str, NDArray[np.float64]], sun: NDArray[np.float32], precision: Precision = "single"
) -> tuple[Any, Any]:
    """Lesional and surrounding skin at enrolment, each (patches, fields), after a flare and a quieter time.

    `p` parameters (patches,), `sun` SED/d (patches,). The flare runs `flare_weeks` with theta of at least `flare_theta`
    from `trigger_T` effectors; then `quiet_weeks` at the patient's own theta settle the immune fields. The lesion keeps
    the pigment cells it had at the end of the flare: enrolment means that it is still white.
    """
    count = len(sun)
    week = untreated(7)[:, :, None].repeat(count, 2)
    week[:, Channel.SUN] = sun
    start = healthy_state(count, p["G_set"])
    triggered = start.copy()
    triggered[:, Field.EFFECTORS] = value("trigger_T")
    flaring = {**p, "theta": np.maximum(p["theta"], value("flare_theta"))}
    white = run_well_mixed(triggered, flaring, week, int(value("flare_weeks")), precision=precision)
    settled = run_well_mixed(white, p, week, int(value("quiet_weeks")), precision=precision)
    settled[:, PIGMENT] = white[:, PIGMENT]
    around = run_well_mixed(start, p, week, int(value("quiet_weeks")), precision=precision)
    return settled, around


def edge(depth: NDArray[np.float32], lesional: Any, around: Any) -> NDArray[np.float32]:
    """Skin (patches, fields, n, n) across a margin: a smooth edge `margin_width` mm wide between two states."""
    share = 1 / (1 + np.exp(-np.clip(depth / (value("margin_width") / 2), -50, 50)))
    share = share[:, None].astype(np.float32)
    inner, outer = (np.asarray(state, np.float32)[:, :, None, None] for state in (lesional, around))
    return outer + (inner - outer) * share
