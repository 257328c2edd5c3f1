"""Exact diffusion against solutions of the heat equation on a square without flux through its edge."""

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from repigment.engine.diffusion import cosine_basis, spread, spreading
from repigment.engine.patches import Batch
from repigment.engine.precision import computing
from repigment.evidence.parameters import value

SIDE = 9.6  # mm
N = 24
DAYS = 3.0


def diffused(field: Any, diffusivity: float, days: float, dx: float) -> Any:
    """`field` (n, n) in double precision after `days`."""
    with computing("double") as dtype:
        kernel = spreading(jnp.array([diffusivity], dtype), days, len(field), dx)[0]
        return np.asarray(spread(jnp.asarray(field, dtype), kernel))


def centres(n: int) -> Any:
    """Pixel centres across the square, mm."""
    return (np.arange(n) + 0.5) * SIDE / n


def cosine(n: int, k: int, j: int) -> Any:
    """A mode of the square around 1, so that it is positive: 1 + cos(pi k y/L) cos(pi j x/L) / 2."""
    y, x = (np.cos(np.pi * mode * centres(n) / SIDE) for mode in (k, j))
    return 1 + y[:, None] * x[None, :] / 2


@pytest.mark.parametrize("name", ["D_C", "D_T", "D_V"])
@pytest.mark.parametrize(("k", "j"), [(1, 0), (3, 2), (N - 1, N - 1)])
def test_a_cosine_mode_decays_by_its_own_rate(name: str, k: int, j: int) -> None:
    """Exact on the grid: a DCT-II mode falls by exp(-D t (l_k + l_j)/dx^2), l = 2 - 2 cos(pi k/n), to rounding."""
    dx = SIDE / N
    rate = value(name) * sum(2 - 2 * np.cos(np.pi * each / N) for each in (k, j)) / dx**2
    expected = 1 + (cosine(N, k, j) - 1) * np.exp(-rate * DAYS)
    assert diffused(cosine(N, k, j), value(name), DAYS, dx) == pytest.approx(expected, abs=1e-12)


def test_a_cosine_mode_converges_to_the_continuous_one() -> None:
    """Of second order in dx: half the pixel is four times nearer to exp(-D t pi^2 (k^2 + j^2)/L^2)."""
    k, j, diffusivity = 3, 2, 0.05
    left = np.exp(-diffusivity * DAYS * np.pi**2 * (k**2 + j**2) / SIDE**2)
    errors = [
        np.abs(diffused(cosine(n, k, j), diffusivity, DAYS, SIDE / n) - (1 + (cosine(n, k, j) - 1) * left)).max()
        for n in (24, 48, 96)
    ]
    assert np.log2(errors[:-1] / np.array(errors[1:])) == pytest.approx(2, abs=0.1)


def mirrored_gaussian(n: int, variance: float) -> Any:
    """A unit mass that spread from a point near a corner, with its mirror images across the edges."""
    along = [
        sum(
            np.exp(-((centres(n) - image) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)
            for shift in (-2 * SIDE, 0, 2 * SIDE)
            for image in (shift + at, shift - at)
        )
        for at in (1.5, 2.5)
    ]
    return along[0][:, None] * along[1][None, :]


def test_a_gaussian_widens_by_2_d_t_and_is_mirrored_at_the_edge() -> None:
    """The heat kernel with mirror images: variance s^2 + 2 D t, error of second order in dx, below 0.5 % at 0.2 mm."""
    start, diffusivity = 0.8, 0.15
    errors = []
    for n in (24, 48):
        exact = mirrored_gaussian(n, start + 2 * diffusivity * DAYS)
        found = diffused(mirrored_gaussian(n, start), diffusivity, DAYS, SIDE / n)
        errors.append(np.abs(found - exact).max() / exact.max())
    assert errors[1] < 5e-3
    assert np.log2(errors[0] / errors[1]) == pytest.approx(2, abs=0.2)


@pytest.fixture(scope="module")
def speckle() -> Any:
    """A rough field: single bright pixels on nothing, one of them in a corner."""
    field = np.zeros((N, N))
    field[[0, 5, 17], [0, 9, 23]] = [1.0, 3.0, 0.2]
    return field


@pytest.mark.parametrize("days", [0.01, 0.5, 7.0, 1000.0])
def test_mass_is_kept_and_nothing_is_negative(speckle: Any, days: float) -> None:
    """No flux through the edge: the integral stays to rounding, and a positive field stays positive, for any step."""
    found = diffused(speckle, value("D_C"), days, SIDE / N)
    assert found.sum() == pytest.approx(speckle.sum(), rel=1e-12)
    assert found.min() >= 0


def test_long_after_only_the_mean_is_left(speckle: Any) -> None:
    """The steady state of a closed square is flat."""
    assert diffused(speckle, 1.0, 1e4, SIDE / N) == pytest.approx(np.full((N, N), speckle.mean()), rel=1e-9)


def test_two_spreads_are_one_longer_spread(speckle: Any) -> None:
    """The semigroup E(s) E(t) = E(s + t), which merges the half steps of Strang's splitting."""
    dx = SIDE / N
    twice = diffused(diffused(speckle, 0.04, 0.25, dx), 0.04, 0.5, dx)
    assert twice == pytest.approx(diffused(speckle, 0.04, 0.75, dx), abs=1e-13)


def test_single_precision_agrees_and_is_cut_at_zero(speckle: Any) -> None:
    """In float32 rounding takes a spread below zero by about 1e-8; that is cut, and the rest agrees with float64."""
    dx = SIDE / N
    kernel = spreading(jnp.array([0.04], jnp.float32), 0.5, N, dx)[0]
    found = np.asarray(spread(jnp.asarray(speckle, jnp.float32), kernel))
    assert found.min() >= 0
    assert found == pytest.approx(diffused(speckle, 0.04, 0.5, dx), abs=2e-6)


def test_the_stencil_of_motility_has_the_same_modes() -> None:
    """sum4(f) - 4 f = -(l_k + l_j) f for every DCT-II mode: the five-point Laplacian, mirrored at the edge."""
    q, eigenvalues = cosine_basis(N)
    modes = np.einsum("yk,xj->kjyx", q, q)
    with computing("double") as dtype:
        four = np.asarray(Batch(*[None] * 8).neighbours(jnp.asarray(modes, dtype)))  # type: ignore[arg-type]
    rates = eigenvalues[:, None, None, None] + eigenvalues[None, :, None, None]
    assert four - 4 * modes == pytest.approx(-rates * modes, abs=1e-12)
