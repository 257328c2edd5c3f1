"""Light in layers that scatter and absorb, by adding and doubling (van de Hulst 1980; Prahl 1995).

A layer is two matrices that turn the light that comes in by direction into what it gives back (R) and lets through
(T). A thin layer is known; two equal layers make one of double thickness; different layers are added. Everything is
JAX: batched over leading axes and differentiable. Call it inside `exactly()`: doubling needs double precision.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
from scipy.special import eval_legendre

from repigment.optics.elimination import solve, transposed
from repigment.optics.quadrature import directions, fresnel

DOUBLINGS = 16  # of a layer: the first one is 65536 times thinner
DEPTHS = 26  # doublings after which a half-space lets nothing through
THINNEST = 2.0**-12  # optical thickness of the first layer of a half-space


class Layer(NamedTuple):
    """Turbid matter: albedo a = mus / (mua + mus), optical thickness (mua + mus) d, anisotropy g, each (...)."""

    albedo: Any
    thickness: Any
    g: Any


class Response(NamedTuple):
    """What a layer reflects and transmits, (..., nodes, nodes): light out by direction for light in by direction."""

    R: Any
    T: Any


def exactly() -> AbstractContextManager[Any]:
    """Double precision inside."""
    return jax.enable_x64(True)


def layer_of(mua: Any, mus: Any, g: Any, d: Any) -> Layer:
    """The layer of absorption `mua` and scattering `mus` in 1/cm, anisotropy g and thickness `d` in cm, each (...)."""
    return Layer(mus / (mua + mus), (mua + mus) * d, g)


def _scattering(layer: Layer, nodes: int, index: float) -> tuple[Layer, Any, Any]:
    """The layer without the forward peak of its scattering, and its redistribution of light forwards and backwards.

    h(mu, mu') = sum_k (2k + 1) chi_k P_k(mu) P_k(mu'), chi_k = (g^k - g^M) / (1 - g^M), k < M = 2 nodes
    (Wiscombe 1977).
    """
    mu, w = directions(nodes, index)
    k = np.arange(2 * nodes)
    legendre = jnp.asarray(eval_legendre(k[:, None], mu))
    g = jnp.asarray(layer.g)[..., None]
    peak = g ** len(k)
    chi = (2 * k + 1) * (g**k - peak) / (1 - peak)
    forward = jnp.einsum("...k,ki,kj->...ij", chi, legendre, legendre)
    backward = jnp.einsum("...k,ki,kj->...ij", chi * (-1.0) ** k, legendre, legendre)
    lost = layer.albedo * peak[..., 0]
    reduced = Layer(layer.albedo * (1 - peak[..., 0]) / (1 - lost), layer.thickness * (1 - lost), layer.g)
    return reduced, _balanced(forward, backward, w), backward


def _balanced(forward: Any, backward: Any, w: Any) -> Any:
    """Forward redistribution that neither makes nor loses light: sum_j w_j (h+ + h-)_ij / 2 = 1 (Grant and Hunt 1969).

    Nodes in two parts do not integrate the higher orders to nothing. What is too much goes from the direction itself.
    """
    made = (forward + backward) @ w / 2 - 1
    return forward - jnp.eye(len(w)) * (2 * made / w)[..., None]


def _thin(layer: Layer, forward: Any, backward: Any, nodes: int, index: float) -> Response:
    """A thin layer by the diamond rule: R = 2 G B (1 + A)^-1, T = 2 G - 1, G = (1 + A - B (1 + A)^-1 B)^-1.

    A = (d/2) M^-1 (1 - a/2 h+ W) loses light, B = (d/2) M^-1 a/2 h- W turns it round; M cosines, W weights.
    """
    mu, w = directions(nodes, index)
    one = jnp.eye(nodes)
    half = jnp.asarray(layer.thickness)[..., None, None] / (2 * mu[:, None])
    scattered = jnp.asarray(layer.albedo)[..., None, None] * w / 2
    A, B = one + half * (one - scattered * forward), half * scattered * backward
    G = solve(A - B @ solve(A, B), jnp.broadcast_to(one, A.shape))
    return Response(2 * transposed(solve(transposed(A), transposed(G @ B))), 2 * G - one)


def add(upper: Response, lower: Response) -> Response:
    """Two layers as one, lit from above and let through downwards; both must look the same from both sides inside.

    R = R1 + T1 R2 (1 - R1 R2)^-1 T1 and T = T2 (1 - R1 R2)^-1 T1.
    """
    one = jnp.eye(upper.R.shape[-1])
    between = solve(one - upper.R @ lower.R, upper.T)
    return Response(upper.R + upper.T @ lower.R @ between, lower.T @ between)


@partial(jax.jit, static_argnames=("nodes", "index", "doublings"))
def slab(layer: Layer, nodes: int, index: float, doublings: int = DOUBLINGS) -> Response:
    """A homogeneous layer without surfaces, by `doublings` doublings of a thin one."""
    reduced, forward, backward = _scattering(layer, nodes, index)
    thin = reduced._replace(thickness=reduced.thickness / 2.0**doublings)
    return jax.lax.fori_loop(0, doublings, lambda _, r: add(r, r), _thin(thin, forward, backward, nodes, index))


def half_space(albedo: Any, g: Any, nodes: int, index: float) -> Any:
    """R (..., nodes, nodes) of matter without end, below a surface that is not counted."""
    shape = jnp.broadcast_shapes(jnp.shape(albedo), jnp.shape(g))
    known = Layer(jnp.broadcast_to(albedo, shape), jnp.full(shape, THINNEST * 2.0**DEPTHS), jnp.broadcast_to(g, shape))
    return slab(known, nodes, index, DEPTHS).R


@partial(jax.jit, static_argnames=("nodes", "index"))
def under_surface(R: Any, nodes: int, index: float) -> Any:
    """Share (...) of light along the normal that comes out of matter R below a surface; what that reflects not counted.

    (1 - r0) of the light enters, and at each return the surface sends r back in.
    """
    mu, w = directions(nodes, index)
    inside, out = fresnel(mu, index), w * mu
    enters = np.zeros(nodes)
    enters[-1] = (1 - inside[-1]) / out[-1]
    back = solve(jnp.eye(nodes) - R * inside, (R @ enters)[..., None])[..., 0]
    return back @ (out * (1 - inside))


@partial(jax.jit, static_argnames=("nodes", "index"))
def stack(layers: Sequence[Layer], nodes: int = 16, index: float = 1.4) -> tuple[Any, Any]:
    """Share (...) of light along the normal that layers in air, from top to bottom, reflect and let through.

    What the surface reflects is included. All layers have one refractive index, their arrays one leading shape (...).

    >>> with exactly():
    ...     R, T = stack([layer_of(10.0, 90.0, 0.75, 0.02)], index=1.0)
    >>> round(float(R), 5), round(float(T), 5)
    (0.09739, 0.66096)
    """
    mu, w = directions(nodes, index)
    inside, out = fresnel(mu, index), w * mu
    down, up = _both_ways([slab(each, nodes, index) for each in layers])
    enters = np.zeros(nodes)
    enters[-1] = (1 - inside[-1]) / out[-1]
    one = jnp.eye(nodes)
    # the lower surface sends light back up into the stack: seen from above the whole is R + T' r (1 - R' r)^-1 T
    below = solve(one - up.R * inside, down.T)
    whole = down.R + (up.T * inside) @ below
    light = solve(one - whole * inside, (whole @ enters)[..., None])[..., 0]
    through = solve(one - up.R * inside, (down.T @ (enters + inside * light)[..., None]))[..., 0]
    return inside[-1] + light @ (out * (1 - inside)), through @ (out * (1 - inside))


def _both_ways(layers: Sequence[Response]) -> tuple[Response, Response]:
    """Layers from top to bottom as one, lit from above and lit from below."""
    down = up = layers[0]
    one = jnp.eye(down.R.shape[-1])
    for each in layers[1:]:
        lit = solve(one - up.R @ each.R, down.T)
        rising = solve(one - each.R @ up.R, each.T)
        down, up = (
            Response(down.R + up.T @ each.R @ lit, each.T @ lit),
            Response(each.R + each.T @ up.R @ rising, up.T @ rising),
        )
    return down, up
