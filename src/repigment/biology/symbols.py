"""Arithmetic that serves JAX arrays and SymPy symbols alike, so that an equation is written once."""

from typing import Any

import jax.numpy as jnp


def _symbolic(x: Any) -> bool:
    return type(x).__module__.startswith("sympy")


def exp(x: Any) -> Any:
    """e to the x."""
    if _symbolic(x):
        import sympy

        return sympy.exp(x)
    return jnp.exp(x)


def sqrt(x: Any) -> Any:
    """The square root of x >= 0."""
    if _symbolic(x):
        import sympy

        return sympy.sqrt(x)
    return jnp.sqrt(x)


def positive(x: Any) -> Any:
    """x where it is positive, else 0."""
    if _symbolic(x):
        import sympy

        return sympy.Max(x, 0)
    return jnp.maximum(x, 0)


def saturating(x: Any, half: Any) -> Any:
    """x / (x + half), Michaelis-Menten."""
    return x / (x + half)


def fold(x: Any) -> Any:
    """1 + x for x >= 0 and 1 / (1 - x) below: a factor that stays positive whatever the sign of an effect."""
    return (1 + positive(x)) / (1 + positive(-x))
