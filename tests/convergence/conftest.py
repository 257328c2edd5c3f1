"""One lesion under three treatments, on grids and with steps of any size, in double precision."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from repigment.conditions.base import between
from repigment.conditions.vitiligo import lesional_share
from repigment.engine.batching import defaults, make_batch, model_parameters, opening, unstack
from repigment.engine.precision import computing
from repigment.skin.exposure import Channel
from repigment.skin.patch import coarsen, lay_out
from repigment.skin.sites import site_parameters

ARMS = ("jak", "nb-uvb", "both")
VITILIGO = {"theta": 1.0, "G_set": 0.3}
SIDE = 4.8  # mm
FINEST = 32


@pytest.fixture(scope="session")
def arms() -> tuple[str, ...]:
    """Rows of every course here."""
    return ARMS


@pytest.fixture(scope="session")
def table(mixed: Any) -> Any:
    """Eight weeks of exposure (days, channels, arms)."""
    made = mixed.table(56, len(ARMS), jak_blockade=np.array([0.85, 0, 0.85]))
    made[:, Channel.UV_DOSE] = 3.0 * np.isin(np.arange(56) % 7, (0, 2, 4))[:, None] * np.array([0, 1, 1])
    return made


@pytest.fixture(scope="session")
def sides(mixed: Any) -> tuple[Any, Any]:
    """White facial skin and the skin around it, (arms, fields) each."""
    start = mixed.start(2, regulation=0.3, effectors=[0.4, 0])
    inner, outer = mixed.run(start, mixed.table(399, 2), VITILIGO, site="face", precision="double").end[:, None]
    return inner.repeat(len(ARMS), 0), outer.repeat(len(ARMS), 0)


@pytest.fixture(scope="session")
def lesion(sides: tuple[Any, Any]) -> Callable[..., dict[int, Any]]:
    """`lesion(smooth)`: maps by grid size, all of them means over blocks of one map of 32 x 32.

    A smooth lesion has a margin 2 mm wide and follicles spread evenly; the other has the margin and the single
    follicles of the product.
    """

    def maps(smooth: bool) -> dict[int, Any]:
        own = defaults() | site_parameters("face")
        patch = lay_out(FINEST, SIDE / FINEST, own["rho_f"], own["p_res"], np.random.default_rng(1))
        depth = patch.depth[None].repeat(len(ARMS), 0)
        follicles = patch.follicles[None].repeat(len(ARMS), 0)
        state = between(
            lesional_share(depth / 5 if smooth else depth), (0.0, 1.0), np.stack(sides[::-1], axis=1)
        ).astype(np.float64)
        if smooth:
            follicles = np.full_like(follicles, follicles.mean())
        inside = 1 / (1 + np.exp(-depth / 0.3))
        levels = {FINEST: [state, follicles.astype(np.float64), np.ones_like(depth), inside, 1 - inside]}
        for n in (16, 8):
            levels[n] = [coarsen(each) for each in levels[2 * n]]
        return levels

    return maps


@pytest.fixture(scope="session")
def advance(follow: Any, table: Any) -> Callable[..., Any]:
    """`advance(maps, steps)`: eight weeks of the lesion on the grid of its maps."""

    def advanced(maps: Any, steps: int) -> Any:
        state, follicles, depots, inside, outside = maps
        inside, outside = (each / each.sum(axis=(1, 2), keepdims=True) for each in (inside, outside))
        dx = SIDE / follicles.shape[-1]
        with computing("double") as dtype:
            own = defaults() | site_parameters("face") | VITILIGO
            p = model_parameters({name: np.full(len(ARMS), each) for name, each in own.items()}, dtype)
            batch = make_batch(p, follicles, depots, inside, outside, dx, 1 / steps, dtype)
            return follow(opening(unstack(state, dtype), p, dx, 1 / steps), p, batch, table, steps)

    return advanced
