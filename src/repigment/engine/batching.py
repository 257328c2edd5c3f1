"""From named numbers and maps of single patches to the arrays of a batch, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from repigment.engine.diffusion import spreading
from repigment.engine.patches import Batch, Parameters
from repigment.evidence.parameters import parameters
from repigment.skin.fields import Skin
from repigment.skin.patch import coarsen


def defaults() -> dict[str, float]:
    """The model's own parameters by name; those of sites, people and treatments carry a dot or are asked for apart."""
    model = {"melanocytes", "melanin", "inflammation", "immunity", "drugs", "cells"}
    return {name: p.value for name, p in parameters().items() if p.theme in model}


def model_parameters(overrides: Mapping[str, Any], dtype: Any = jnp.float32) -> Parameters:
    """All parameters for a batch: defaults, and `overrides` as numbers or arrays (batch,)."""
    values: dict[str, Any] = {name: jnp.asarray(number, dtype) for name, number in defaults().items()}
    for name, given in overrides.items():
        if name not in values:
            raise KeyError(f"the model has no parameter {name!r}")
        array = jnp.asarray(given, dtype)
        values[name] = array[:, None, None] if array.ndim else array
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
) -> Batch:
    """A batch from maps (batch, n, n); `dx` mm, `step_days` the step for which the spreading kernels hold."""
    count, n, _ = follicles.shape

    def kernel(diffusivity: Any) -> Any:
        return spreading(jnp.broadcast_to(jnp.ravel(diffusivity), (count,)).astype(dtype), step_days, n, dx)

    maps = (jnp.asarray(each, dtype) for each in (follicles, depots, inside, outside))
    return Batch(*maps, jnp.asarray(dx * dx, dtype), kernel(p.D_C), kernel(p.D_T), kernel(p.D_V))


def unstack(state: Any, dtype: Any = jnp.float32) -> Skin:
    """A stacked state (batch, fields, n, n) by field."""
    return Skin(*jnp.moveaxis(jnp.asarray(state, dtype), 1, 0))


def stack(skin: Skin) -> NDArray[Any]:
    """Fields as one array (batch, fields, n, n)."""
    return np.stack([np.asarray(field) for field in skin], axis=1)


def halve(maps: Sequence[NDArray[Any]]) -> list[NDArray[Any]]:
    """Maps (..., n, n) on half the grid."""
    return [coarsen(each) for each in maps]
