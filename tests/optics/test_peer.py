"""Random layered stacks against iadpython, an independent program by the author of adding-doubling in tissue."""

from typing import Any

import iadpython as iad
import numpy as np
import pytest

from repigment.optics.adding_doubling import Layer, exactly, stack

NODES = 16
STACKS = 16  # of each number of layers and index
# It holds fewer orders of the forward peak (n of n directions, here 2 n), which shows where g is large.
WORST_R, WORST_T = 4e-5, 3e-4


def theirs(layers: list[tuple[float, float, float]], index: float, nodes: int = NODES) -> tuple[float, float]:
    """Reflected and transmitted share by its functions of layers: `rt()` does one, and its list runs from below."""

    def sample(a: float, b: float, g: float) -> Any:
        made = iad.Sample(a=a, b=b, g=g, n=index, quad_pts=nodes)
        made.update_quadrature()
        return made

    last = sample(*layers[-1])
    down, through = iad.simple_layer_matrices(last)
    up, back = down, through
    for each in layers[-2::-1]:
        R, T = iad.simple_layer_matrices(sample(*each))
        down, up, through, back = iad.combine.add_layers(last, R, R, T, T, down, up, through, back)
    if index != 1:
        above, below = (iad.start.boundary_layer(last, top=top) for top in (True, False))
        down, up, through, back = iad.add_slide_above(last, *above, down, up, through, back)
        down, up, through, back = iad.add_slide_below(last, down, up, through, back, *below)
    return last.UX1_and_UXU(down, through)[:2]


@pytest.mark.parametrize("index", [1.0, 1.4])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_random_stacks_agree(count: int, index: float) -> None:
    """96 stacks; 1 - albedo .0001 to .7, optical thickness .05 to 30, g 0 to .8."""
    rng = np.random.default_rng(count)
    shape = (count, STACKS)
    lost, depth = (np.exp(rng.uniform(np.log(low), np.log(high), shape)) for low, high in ((1e-4, 0.7), (0.05, 30)))
    drawn = 1 - lost, depth, rng.uniform(0, 0.8, shape)
    with exactly():
        R, T = (np.asarray(each) for each in stack([Layer(*each) for each in zip(*drawn, strict=True)], NODES, index))
    peer = np.array([theirs(list(zip(*(each[:, i] for each in drawn), strict=True)), index) for i in range(STACKS)]).T
    assert np.ptp(peer[0]) > 0.2 and np.ptp(peer[1]) > 0.2  # they differ from each other
    assert np.abs(R - peer[0]).max() < WORST_R
    assert np.abs(T - peer[1]).max() < WORST_T


def test_isotropic_layers_agree_to_the_accuracy_of_its_first_layer() -> None:
    """Without a forward peak both hold the same orders."""
    layers = [(0.9, 1.0, 0.0), (0.99, 5.0, 0.0)]
    with exactly():
        ours = [float(each) for each in stack([Layer(*each) for each in layers], NODES, 1.4)]
    assert ours == pytest.approx(theirs(layers, 1.4), abs=3e-6)
