"""Derivatives of the solver, and of colour through it, against central differences in double precision."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from repigment.optics.adding_doubling import exactly, half_space, layer_of, stack, under_surface
from repigment.optics.colour import ita, lab, xyz
from repigment.optics.elimination import solve
from repigment.optics.instrument import surface
from repigment.optics.reference import diffuse, spectrum_by_solver
from repigment.optics.tissue import Pigments, Tissue

NODES = 8
STEP = 1e-4  # relative


def differences(f: Callable[[Any], Any], at: np.ndarray) -> np.ndarray:
    """Central differences of a number by each element of `at`, of fourth order."""
    found = []
    for i, x in enumerate(at):
        h = STEP * x * np.eye(len(at))[i]
        pair = [(float(f(at + k * h)) - float(f(at - k * h))) / (2 * k * STEP * x) for k in (1, 2)]
        found.append((4 * pair[0] - pair[1]) / 3)
    return np.array(found)


def reflected(x: Any) -> Any:
    """Of two layers of mua, mus, g and cm each."""
    return stack([layer_of(*x[:4]), layer_of(*x[4:])], NODES, 1.4)[0]


def transmitted(x: Any) -> Any:
    return stack([layer_of(*x[:4]), layer_of(*x[4:])], NODES, 1.4)[1]


def endless(x: Any) -> Any:
    return under_surface(half_space(x[0], x[1], NODES, 1.4), NODES, 1.4)


@pytest.mark.parametrize(
    ("f", "at"),
    [
        (reflected, [5.0, 300.0, 0.75, 0.01, 1.0, 150.0, 0.8, 0.05]),
        (transmitted, [5.0, 300.0, 0.75, 0.01, 1.0, 150.0, 0.8, 0.05]),
        (reflected, [200.0, 300.0, 0.8, 0.01, 40.0, 250.0, 0.7, 0.2]),
        (endless, [0.99, 0.8]),
        (endless, [0.6, 0.5]),
    ],
    ids=["reflected", "transmitted", "dark", "half-space", "dark half-space"],
)
def test_what_comes_out_by_what_a_layer_is(f: Callable[[Any], Any], at: list[float]) -> None:
    x = np.array(at)
    with exactly():
        g = np.asarray(jax.jit(jax.grad(f))(jnp.asarray(x)))
        expected = differences(jax.jit(f), x)
    assert (np.abs(expected) > 0).all()
    np.testing.assert_allclose(g, expected, rtol=1e-5, atol=1e-9)


def angle(x: Any) -> Any:
    """ITA of skin by melanin, blood, dermal melanin, scattering, baseline and saturation."""
    seen = diffuse(Pigments(*x[:3]), Tissue(*x[3:]), NODES) + surface()
    return ita(lab(xyz(seen)))


@pytest.mark.parametrize("melanin", [1.0, 5.0, 20.0])
def test_the_angle_by_melanin_and_everything_else(melanin: float) -> None:
    x = np.array([melanin, 0.012, 0.5, 1.05, 0.42, 0.7])
    with exactly():
        g = np.asarray(jax.jit(jax.grad(angle))(jnp.asarray(x)))
        expected = differences(jax.jit(angle), x)
    np.testing.assert_allclose(g, expected, rtol=1e-5, atol=1e-8)
    assert g[0] < 0 < g[3]  # melanin darkens, scattering lightens


def test_forward_and_reverse_agree() -> None:
    at = jnp.array
    with exactly():
        x = at([5.0, 0.012, 0.5, 1.05, 0.42, 0.7])
        forward, reverse = (np.asarray(jax.jit(made(angle))(x)) for made in (jax.jacfwd, jax.jacrev))
    np.testing.assert_allclose(forward, reverse, rtol=1e-10)


def test_it_is_the_reference_that_is_differentiated() -> None:
    skin, tissue = Pigments(5.0, 0.012, 0.5), Tissue(1.05, 0.42, 0.7)
    with exactly():
        by_jax = diffuse(Pigments(*map(jnp.asarray, skin)), Tissue(*map(jnp.asarray, tissue)), NODES)
        seen = np.asarray(by_jax) + surface()
    np.testing.assert_allclose(seen, spectrum_by_solver(skin, tissue, nodes=NODES), atol=1e-14)


def test_elimination_solves_and_is_differentiated_as_a_solve() -> None:
    rng = np.random.default_rng(1)
    A, B = np.eye(6) + 0.1 * rng.normal(size=(3, 6, 6)), rng.normal(size=(3, 6, 2))
    with exactly():
        np.testing.assert_allclose(np.asarray(solve(jnp.asarray(A), jnp.asarray(B))), np.linalg.solve(A, B), atol=1e-12)
        by_A = jax.grad(lambda a: solve(a, jnp.asarray(B)).sum())(jnp.asarray(A))
        expected = jax.grad(lambda a: jnp.linalg.solve(a, jnp.asarray(B)).sum())(jnp.asarray(A))
    np.testing.assert_allclose(np.asarray(by_A), np.asarray(expected), atol=1e-12)
