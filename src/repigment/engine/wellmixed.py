"""The same model without space: one pixel a patch, follicles spread evenly. For histories, oracles and quick looks."""

from collections.abc import Mapping
from typing import Any

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from repigment.engine.batching import model_parameters, stack
from repigment.engine.patches import Batch, Parameters
from repigment.engine.precision import Precision, computing
from repigment.engine.weeks import DAYS, one_week
from repigment.evidence.parameters import value
from repigment.skin.exposure import CELLS
from repigment.skin.fields import Field, Skin

BLOCK = 1024  # patches advanced at once: one compiled size, whatever the trial


def healthy_state(count: int, regulation: Any = 1.0) -> NDArray[np.float64]:
    """Healthy untanned skin (count, fields) with regulatory tone `regulation` (count,) or a number."""
    state = np.zeros((count, len(Field)))
    for field in (Field.MELANOCYTES, Field.RESERVOIR, Field.MELANOGENESIS, Field.MELANIN_VIABLE):
        state[:, field] = 1.0
    state[:, Field.MELANIN_CORNEUM] = value("c_corn") * value("tau2") / value("tau1")
    state[:, Field.REGULATION] = regulation
    return state


def well_mixed(p: Parameters, count: int, dtype: Any = jnp.float32) -> Batch:
    """Geometry of `count` patches of one pixel: rho_f p_res follicles per mm2, nothing to diffuse into."""
    ones = jnp.ones((count, 1, 1), dtype)
    follicles = ones * p.rho_f * p.p_res
    return Batch(follicles, ones, ones, ones, jnp.ones((), dtype), ones, ones, ones, ones)


def run_well_mixed(
    state: NDArray[np.float64],
    parameters: Mapping[str, Any],
    week: NDArray[np.float32],
    weeks: int,
    steps: int = 2,
    precision: Precision = "single",
) -> NDArray[np.float64]:
    """Advance `state` (count, fields) by `weeks` weeks of exposure `week` (7 or weeks * 7, channels, count).

    One week is repeated. `parameters` overrides by name, numbers or (count,).
    """
    cells = bool(week[:, CELLS].any() or state[:, [Field.CELLS, Field.SECRETOME]].any())
    blocks = []
    for first in range(0, len(state), BLOCK):
        rows = np.minimum(np.arange(first, first + BLOCK), len(state) - 1)
        picked = {name: np.asarray(v)[rows] if np.ndim(v) else v for name, v in parameters.items()}
        with computing(precision) as dtype:
            p = model_parameters(picked, dtype)
            skin = Skin(*(jnp.asarray(state[rows, field], dtype)[:, None, None] for field in Field))
            batch, tables = well_mixed(p, BLOCK, dtype), week[:, :, rows].reshape(-1, DAYS, week.shape[1], BLOCK)
            for number in range(weeks):
                table = jnp.asarray(tables[number % len(tables)], dtype)
                skin, _ = one_week(skin, p, batch, table, steps=steps, cells=cells)
            blocks.append(stack(skin)[: len(state) - first, :, 0, 0])
    return np.concatenate(blocks).astype(np.float64)
