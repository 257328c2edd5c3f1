"""The reflectances that `table` keeps, by the solver."""

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from numpy.typing import NDArray

from repigment.optics.adding_doubling import Response, add, exactly, half_space, layer_of, slab, under_surface
from repigment.optics.quadrature import directions

Floats = NDArray[np.float64]
NODES = 16  # directions in which light is followed


def one_layer(a: Floats, s: Floats, q: Floats, g: float, index: float) -> tuple[Floats, Floats, Floats]:
    """R of layers on half-spaces (a, s, q) seen from outside, and by even light inside; of half-spaces (q)."""
    with exactly():
        first, second, third = (np.asarray(each) for each in _one_layer(a, s, q, g, index))
    return first, second, third


def two_layers(a: Floats, s: Floats, q: Floats, g: float, index: float) -> Floats:
    """R of two layers on half-spaces, (a, s, a, s, q), seen from outside."""
    with exactly():
        return np.asarray(_two_layers(a, s, q, g, index))


def _ratio_space(q: Any, g: Any, index: float) -> Any:
    return half_space(1 / (1 + q * (1 - g)), g, NODES, index)


def _on(a: Any, s: Any, below: Any, g: Any, index: float) -> Any:
    """R (a, s, *below) of layers on matter with R `below` (..., nodes, nodes)."""
    layer = slab(layer_of(a[:, None], s / (1 - g), g, 1.0), NODES, index)
    spread = (len(a), len(s), *(1,) * (below.ndim - 2), NODES, NODES)
    return add(Response(*(jnp.reshape(each, spread) for each in layer)), Response(below, below)).R


@partial(jax.jit, static_argnums=4)
def _one_layer(a: Any, s: Any, q: Any, g: Any, index: float) -> tuple[Any, Any, Any]:
    below = _ratio_space(q, g, index)
    whole = _on(a, s, below, g, index)
    mu, w = directions(NODES, index)
    inside = ((R @ np.ones(NODES)) @ (w * mu) / (w @ mu) for R in (whole, below))
    return under_surface(whole, NODES, index), *inside


@partial(jax.jit, static_argnums=4)
def _two_layers(a: Any, s: Any, q: Any, g: Any, index: float) -> Any:
    lower = _on(a, s, _ratio_space(q, g, index), g, index)
    return under_surface(_on(a, s, lower, g, index), NODES, index)
