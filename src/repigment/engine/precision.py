"""Single or double precision: one switch for all that the engine computes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import jax
import jax.numpy as jnp

Precision = Literal["single", "double"]


@contextmanager
def computing(precision: Precision) -> Iterator[Any]:
    """Arrays made inside are float32 ("single") or float64 ("double"); hands out that type.

    >>> with computing("double") as dtype:
    ...     print(jnp.ones(1, dtype).dtype)
    float64
    """
    double = precision == "double"
    with jax.enable_x64(double):
        yield jnp.float64 if double else jnp.float32
