"""Light is neither made nor lost but by absorption; layers add up in any order of adding."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repigment.errors import RepigmentError
from repigment.optics import adding_doubling as ad
from repigment.optics.adding_doubling import Layer, Response, add, exactly, half_space, slab, stack, under_surface
from repigment.optics.quadrature import directions, fresnel

NODES = 8
INDEX = 1.4
THIN, THICK = 0.01, 50.0  # optical thickness
layers = st.lists(st.tuples(st.floats(0.1, 1.0), st.floats(THIN, THICK), st.floats(0.0, 0.9)), min_size=2, max_size=2)
KNOWN = settings(max_examples=30, deadline=None)


@jax.jit
def both_ways(layers: list[Layer]) -> tuple[Response, Response]:
    """Layers as one, lit from above and from below."""
    return ad._both_ways([slab(each, NODES, INDEX) for each in layers])


def through(layers: list[tuple[float, float, float]], index: float = INDEX) -> tuple[float, float]:
    with exactly():
        R, T = stack([Layer(*each) for each in layers], NODES, index)
    return float(R), float(T)


@pytest.mark.parametrize("index", [1.0, 1.4])
@KNOWN
@given(layers)
def test_all_light_comes_out_of_what_does_not_absorb(index: float, layers: list[tuple[float, float, float]]) -> None:
    R, T = through([(1.0, b, g) for _, b, g in layers], index)
    assert pytest.approx(1, abs=1e-9) == R + T


@KNOWN
@given(layers)
def test_no_more_light_comes_out_than_goes_in(layers: list[tuple[float, float, float]]) -> None:
    R, T = through(layers)
    assert R + T <= 1 + 1e-9
    assert float(fresnel(1.0, INDEX)) - 1e-12 <= R and T >= 0


@KNOWN
@given(layers, st.floats(0.01, 5))
def test_absorption_takes_from_both(layers: list[tuple[float, float, float]], more: float) -> None:
    """mua rises in every layer by `more` times mus; albedo and thickness follow."""
    added = [(a / (1 + more * a), b * (1 + more * a), g) for a, b, g in layers]
    (R, T), (less, dimmer) = through(layers), through(added)
    assert less <= R + 1e-12 and dimmer <= T + 1e-12


@KNOWN
@given(layers)
def test_light_comes_through_from_either_side_alike(layers: list[tuple[float, float, float]]) -> None:
    """From one direction into another as much as from that into the first, lit from the other side."""
    mu, w = directions(NODES, INDEX)
    with exactly():
        down, up = (np.asarray(each.T) for each in both_ways([Layer(*each) for each in layers]))
    weighed = (w * mu)[:, None] * down
    np.testing.assert_allclose(weighed, ((w * mu)[:, None] * up).T, atol=1e-9)


@KNOWN
@given(layers)
def test_a_layer_reflects_between_two_directions_alike(layers: list[tuple[float, float, float]]) -> None:
    mu, w = directions(NODES, INDEX)
    with exactly():
        R = np.asarray(both_ways([Layer(*each) for each in layers])[0].R)
    weighed = (w * mu)[:, None] * R
    np.testing.assert_allclose(weighed, weighed.T, atol=1e-9)


def test_layers_may_be_added_in_any_order_of_adding() -> None:
    """(1 + 2) + 3 is 1 + (2 + 3), lit from above."""
    with exactly():
        layers = [Layer(0.9, 1.0, 0.8), Layer(0.6, 3.0, 0.5), Layer(0.99, 9.0, 0.0)]
        from_above, pair = both_ways(layers)[0], both_ways(layers[:2])[0]
        from_below = add(slab(layers[0], NODES, INDEX), both_ways(layers[1:])[0])
        np.testing.assert_allclose(np.asarray(from_above.R), np.asarray(from_below.R), atol=1e-12)
        np.testing.assert_allclose(np.asarray(from_above.T), np.asarray(from_below.T), atol=1e-12)
        assert not np.allclose(np.asarray(pair.R), np.asarray(from_above.R), atol=1e-3)


@pytest.mark.parametrize("b", [0.02, 1.0, 30.0])
def test_two_halves_are_the_whole(b: float) -> None:
    """As exact as the first thin layer, which is once doubled more in the halves."""
    with exactly():
        half = slab(Layer(0.95, b / 2, 0.8), NODES, INDEX)
        whole = slab(Layer(0.95, b, 0.8), NODES, INDEX)
        made = add(half, half)
    np.testing.assert_allclose(np.asarray(made.R), np.asarray(whole.R), atol=1e-6)
    np.testing.assert_allclose(np.asarray(made.T), np.asarray(whole.T), atol=1e-6)


@pytest.mark.parametrize(("albedo", "g"), [(0.5, 0.0), (0.99, 0.8), (0.999, 0.75)])
def test_a_half_space_is_a_slab_too_thick_to_see_through(albedo: float, g: float) -> None:
    with exactly():
        endless = half_space(albedo, g, NODES, INDEX)
        thick = slab(Layer(albedo, 2000.0, g), NODES, INDEX, doublings=22).R
        seen = [float(under_surface(each, NODES, INDEX)) for each in (endless, thick)]
    assert seen[0] == pytest.approx(seen[1], abs=1e-7)


def test_matter_without_absorption_and_end_gives_nearly_all_light_back() -> None:
    """Doubling ends at an optical thickness of 16384, so that 0.0009 is still missing: skin always absorbs more."""
    with exactly():
        inside = float(under_surface(half_space(1.0, 0.8, NODES, INDEX), NODES, INDEX))
    assert 0 < 1 - float(fresnel(1.0, INDEX)) - inside < 0.001


@pytest.mark.parametrize("b", [1.0, 30.0, 300.0])
def test_scattering_makes_no_light_where_the_directions_are_few(b: float) -> None:
    """With the 2 n orders of n directions and no balance, 8 directions make up to 2.7 % more light than went in."""
    assert sum(through([(1.0, b, 0.8)] * 2)) == pytest.approx(1, abs=1e-9)


def test_a_batch_is_its_rows() -> None:
    a, b, g = (
        np.array([[0.5, 0.9], [0.99, 0.7]]),
        np.array([[1.0, 5.0], [0.1, 20.0]]),
        np.array([[0.0, 0.8], [0.5, 0.7]]),
    )
    with exactly():
        R, T = (np.asarray(each) for each in stack([Layer(a, b, g), Layer(a.T, b, g)], NODES, INDEX))
    alone = [through([(a[i, j], b[i, j], g[i, j]), (a[j, i], b[i, j], g[i, j])]) for i in (0, 1) for j in (0, 1)]
    np.testing.assert_allclose(np.stack([R.ravel(), T.ravel()], axis=1), alone, atol=1e-13)


def test_nothing_below_is_the_layer_itself() -> None:
    with exactly():
        layer = slab(Layer(0.9, 2.0, 0.8), NODES, INDEX)
        nothing = Response(jnp.zeros((NODES, NODES)), jnp.eye(NODES))
        np.testing.assert_allclose(np.asarray(add(layer, nothing).R), np.asarray(layer.R), atol=1e-15)
        np.testing.assert_allclose(np.asarray(add(nothing, layer).T), np.asarray(layer.T), atol=1e-15)


def test_directions_integrate_and_end_at_the_normal() -> None:
    for nodes in (4, 8, 16, 24):
        for index in (1.0, 1.33, 1.4, 1.5):
            mu, w = directions(nodes, index)
            assert mu[-1] == 1 and (np.diff(mu) > 0).all() and (w > 0).all()
            for power in range(nodes // 2):
                assert w @ mu**power == pytest.approx(1 / (power + 1), abs=1e-12)


@pytest.mark.parametrize("nodes", [2, 5])
def test_too_few_or_odd_directions_are_refused(nodes: int) -> None:
    with pytest.raises(RepigmentError) as told:
        directions(nodes, INDEX)
    assert f"light cannot be followed in {nodes} directions" in str(told.value) and "even numbers from 4" in str(
        told.value
    )
