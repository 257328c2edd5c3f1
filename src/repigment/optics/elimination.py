"""Many small linear systems at once, in plain array operations.

The library's own batched solver goes through LAPACK and can wait for ever inside compiled loops on few cores; the
systems of adding and doubling are close enough to the identity to need no pivots.
"""

from typing import Any

import jax
import jax.numpy as jnp


def transposed(matrix: Any) -> Any:
    """Rows as columns, of (..., n, m)."""
    return jnp.swapaxes(matrix, -1, -2)


def solve(A: Any, B: Any) -> Any:
    """X (..., n, m) with A X = B, by Gauss-Jordan elimination without pivots; A (..., n, n) near the identity.

    Differentiated as a linear solve, not through the elimination.

    >>> solve(2 * jnp.eye(2), jnp.ones((2, 1))).tolist()
    [[0.5], [0.5]]
    """
    shape = jnp.broadcast_shapes(A.shape[:-2], B.shape[:-2])
    A, B = (jnp.broadcast_to(each, (*shape, *each.shape[-2:])) for each in (A, B))
    return jax.lax.custom_linear_solve(
        lambda X: A @ X, B, lambda _, b: _eliminate(A, b), lambda _, b: _eliminate(transposed(A), b)
    )


def _eliminate(A: Any, B: Any) -> Any:
    size = A.shape[-1]

    def step(k: Any, M: Any) -> Any:
        row = jax.lax.dynamic_index_in_dim(M, k, -2, keepdims=True)
        row = row / jax.lax.dynamic_index_in_dim(row, k, -1, keepdims=True)
        column = jax.lax.dynamic_index_in_dim(M, k, -1, keepdims=True)
        here = (jnp.arange(size) == k)[:, None]
        return jnp.where(here, row, M - column * row)

    return jax.lax.fori_loop(0, size, step, jnp.concatenate([A, B], axis=-1))[..., size:]
