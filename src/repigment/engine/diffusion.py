"""Exact diffusion on a mirrored square by two small matrix products."""

from typing import Any

import jax
import jax.numpy as jnp
import numpy as np


def cosine_basis(n: int) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Eigenvectors (n, n) in columns and eigenvalues (n,) of minus the discrete mirrored Laplacian for dx = 1.

    Columns are the DCT-II basis, lambda_k = 2 - 2 cos(pi k/n).

    >>> q, eigenvalues = cosine_basis(4)
    >>> bool(np.allclose(q.T @ q, np.eye(4)))
    True
    """
    k, x = np.arange(n), np.arange(n) + 0.5
    q = np.cos(np.pi * x[:, None] * k[None, :] / n) * np.sqrt(2 / n)
    q[:, 0] = np.sqrt(1 / n)
    return q, 2 - 2 * np.cos(np.pi * k / n)


def spreading(diffusivity: Any, days: float, n: int, dx: float) -> jax.Array:
    """E (..., n, n) with U(t + days) = E U E^T under U' = D lap U; `diffusivity` (...,) mm2/d, `dx` mm.

    >>> E = spreading(jnp.array([0.04]), 0.5, 8, 0.3)
    >>> bool(jnp.allclose(E.sum(axis=-1), 1, atol=1e-5))
    True
    """
    basis, eigenvalues = cosine_basis(n)
    d = jnp.asarray(diffusivity)
    q = jnp.asarray(basis, d.dtype)
    decay = jnp.exp(-d[..., None] * days * jnp.asarray(eigenvalues, d.dtype) / dx**2)
    return jnp.einsum("ik,...k,jk->...ij", q, decay, q, precision="highest")


def spread(field: Any, kernel: Any) -> jax.Array:
    """Diffuse `field` (batch, n, n) or (batch, 1, n*n) with `kernel` E (batch, n, n); rounding below zero is cut.

    A number, or one number a patch (batch, 1, 1), is even and stays as it is.
    """
    if jnp.size(field) <= kernel.shape[0]:
        return jnp.asarray(field)
    square = jnp.reshape(field, (*field.shape[:-2], *kernel.shape[-2:]))
    spent = jnp.matmul(jnp.matmul(kernel, square, precision="highest"), kernel, precision="highest")
    return _cut(jnp.reshape(spent, field.shape))


@jax.custom_jvp
def _cut(x: Any) -> Any:
    """Without rounding below zero; differentiated as if uncut, or a field that is zero would lose half its slope."""
    return jnp.maximum(x, 0)


_cut.defjvp(lambda x, slope: (_cut(*x), *slope))
