"""One exponential step of U' = g - l U that is positive for every rate and every step."""

from typing import Any

import jax.numpy as jnp


def advance(u: Any, gain: Any, loss: Any, h: float) -> Any:
    """U after h days with `gain` g >= 0 and `loss` l (1/d, either sign) frozen.

    Exact is U e^-z + g h (1 - e^-z)/z, z = l h. Here e^-z = 1/(1 + z q) for z >= 0 and 1 + |z| q below,
    q = 1 + |z|/2 + z^2/6: third order, exact in a steady state, free of exp and of cancellation, and positive
    also for growth, where a Pade form 1/(1 + z q) alone turns negative below z = -1.6.

    >>> round(float(advance(1.0, 2.0, 1.0, 50.0)), 3)
    2.0
    """
    z = loss * h
    size = jnp.abs(z)
    q = 1 + size * (0.5 + size / 6)
    grown, shrunk = jnp.maximum(-z, 0) * q, jnp.maximum(z, 0) * q
    return (u * (1 + grown) + gain * (h * q)) / (1 + shrunk)
