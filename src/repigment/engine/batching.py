"""From named numbers and maps of single patches to the arrays of a batch, and back."""

from collections.abc import Mapping
from typing import Any

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from repigment.engine.diffusion import spread, spreading
from repigment.engine.patches import Batch, Parameters
from repigment.evidence.parameters import parameters
from repigment.skin.fields import Skin


def defaults() -> dict[str, float]:
    """The model's own parameters by name; those of sites, people and treatments carry a dot or are asked for apart."""
    model = {"melanocytes", "melanin", "inflammation", "immunity", "cells"}
    return {name: p.value for name, p in parameters().items() if p.theme in model and "." not in name}


def model_parameters(overrides: Mapping[str, Any], dtype: Any = jnp.float32) -> Parameters:
    """All parameters for a batch: defaults as plain numbers, and `overrides`, as arrays: numbers, (batch,) or maps."""
    values: dict[str, Any] = dict(defaults())
    for name, given in overrides.items():
        if name not in values:
            raise KeyError(f"the model has no parameter {name!r}")
        array = jnp.asarray(given, dtype)
        values[name] = array[:, None, None] if array.ndim == 1 else array
    return Parameters(values)


def make_batch(
    p: Parameters,
    follicles: NDArray[Any],
    depots: NDArray[Any],
    inside: NDArray[Any],
    outside: NDArray[Any],
    dx: float,
    step_days: float,
    dtype: Any = jnp.float32,
    *,
    lesion: NDArray[Any] | None = None,
    parts: NDArray[Any] | None = None,
) -> Batch:
    """A batch from maps (batch, n, n), and `parts` (batch, parts, n, n) if any are watched apart.

    `dx` mm, `step_days` the step for which the spreading kernels hold.
    """
    sources = jnp.asarray(follicles, dtype)
    interferon, effectors, secretome = _kernels(p, sources, dx, step_days)
    return Batch(
        follicles=sources,
        depots=jnp.asarray(depots, dtype),
        inside=jnp.asarray(inside, dtype),
        outside=jnp.asarray(outside, dtype),
        pixel_area=jnp.asarray(dx * dx, dtype),
        interferon_kernel=interferon,
        effector_kernel=effectors,
        secretome_kernel=secretome,
        lesion=jnp.zeros_like(sources) if lesion is None else jnp.asarray(lesion, dtype),
        parts=None if parts is None or not parts.shape[1] else jnp.asarray(parts, dtype),
    )


def opening(skin: Skin, p: Parameters, dx: float, step_days: float) -> Skin:
    """`skin` before its first step: what the engine spreads has gone half a step ahead, as `step` leaves it every time.

    Without this opening of Strang's splitting the whole course would be of first order in the step.
    """
    interferon, effectors, secretome = _kernels(p, skin.memory, dx, step_days / 2)
    return skin._replace(
        interferon=spread(skin.interferon, interferon),
        effectors=spread(skin.effectors, effectors),
        secretome=spread(skin.secretome, secretome),
    )


def _kernels(p: Parameters, like: Any, dx: float, days: float) -> list[Any]:
    """Spreading kernels of interferon, effectors and secretome over `days`, for maps `like` (batch, n, n)."""
    count, n, _ = like.shape
    rows = (jnp.broadcast_to(jnp.ravel(d), (count,)).astype(like.dtype) for d in (p.D_C, p.D_T, p.D_V))
    return [spreading(row, days, n, dx) for row in rows]


def unstack(state: Any, dtype: Any = jnp.float32) -> Skin:
    """A stacked state (batch, fields, n, n) by field."""
    return Skin(*jnp.moveaxis(jnp.asarray(state, dtype), 1, 0))


def stack(skin: Skin) -> NDArray[Any]:
    """Fields as one array (batch, fields, n, n)."""
    return np.stack([np.asarray(field) for field in skin], axis=1)
