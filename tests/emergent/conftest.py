"""Skin that several behaviours start from: the model's own parameters, nothing tuned to a trial."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from repigment.conditions.base import between
from repigment.conditions.vitiligo import lesional_share
from repigment.engine.batching import defaults, make_batch, model_parameters, opening, unstack
from repigment.skin.exposure import Channel
from repigment.skin.fields import Field
from repigment.skin.patch import lay_out
from repigment.skin.sites import site_parameters

VITILIGO = {"theta": 1.0, "G_set": 0.3}
SESSION = 3.5  # SED, three times a week
N, DX, ROWS, STEPS = 32, 0.3, 8, 2  # all patches of this folder: one compiled program
LINEAGE = [Field.MELANOCYTES, Field.MELANOBLASTS, Field.MELANIN_VIABLE, Field.MELANIN_CORNEUM]


@pytest.fixture(scope="session")
def vitiligo() -> dict[str, float]:
    """What makes a person susceptible, and nothing else."""
    return dict(VITILIGO)


@pytest.fixture(scope="session")
def white_face(mixed: Any) -> Any:
    """Facial skin (1, fields) 400 days after a trigger, at theta = 1 and G = 0.3."""
    onset = mixed.start(1, regulation=0.3, effectors=0.4)
    return mixed.run(onset, mixed.table(400), VITILIGO, site="face").end


def sessions(days: int) -> Any:
    """NB-UVB (days, 1), SED: Monday, Wednesday, Friday."""
    return SESSION * np.isin(np.arange(days) % 7, (0, 2, 4))[:, None]


@pytest.fixture(scope="session")
def phototherapy() -> Callable[[int], Any]:
    return sessions


@pytest.fixture(scope="session")
def patches(follow: Any) -> Callable[..., Any]:
    """`patches(sites, table, inner=..., outer=..., **parameters)`: margins of eight lesions, (32, 32) of 0.3 mm.

    `inner` and `outer` (rows, fields) on both sides of the margin; `shift` mm by which the lesion draws back.
    """

    def followed(
        sites: Sequence[str], table: Any, inner: Any, outer: Any, shift: float = 0.0, **parameters: Any
    ) -> Any:
        own = {name: np.full(ROWS, each) for name, each in (defaults() | VITILIGO).items()}
        own |= {name: np.array([site_parameters(site)[name] for site in sites]) for name in ("rho_f", "turn", "K_m")}
        own |= {name: np.broadcast_to(each, ROWS) for name, each in parameters.items()}
        seeds = [np.random.default_rng(1) for _ in sites]
        drawn = zip(own["rho_f"], own["p_res"], seeds, strict=True)
        laid = [lay_out(N, DX, density, share, rng) for density, share, rng in drawn]
        depth = np.stack([patch.depth for patch in laid]) - np.float32(shift)
        follicles = np.stack([patch.follicles for patch in laid])
        inside, outside = ((side / side.sum(axis=(1, 2), keepdims=True)) for side in (depth > 0, depth <= 0))
        p = model_parameters(own)
        batch = make_batch(p, follicles, np.ones_like(depth), inside, outside, DX, 1 / STEPS)
        skin = opening(
            unstack(between(lesional_share(depth), (0.0, 1.0), np.stack([outer, inner], axis=1))), p, DX, 1 / STEPS
        )
        return follow(skin, p, batch, table, STEPS), depth, follicles

    return followed


@pytest.fixture(scope="session")
def cleared(mixed: Any) -> Callable[..., tuple[Any, Any]]:
    """`cleared(memory)`: skin without a pigment cell but with resident memory, and what is around it, eight rows."""

    def states(memory: float) -> tuple[Any, Any]:
        around = mixed.run(mixed.start(1, regulation=0.3), mixed.table(364), VITILIGO).end.repeat(ROWS, 0)
        lesion = around.copy()
        lesion[:, LINEAGE] = 0
        lesion[:, Field.MEMORY] = memory
        return lesion, around

    return states


@pytest.fixture(scope="session")
def treated(mixed: Any) -> Callable[..., Any]:
    """`treated(days, rows, jak=..., uvb=...)`: an exposure table (days, channels, rows), each drug a level by row."""

    def table(days: int, rows: int, *, jak: Any = 0.0, calcineurin: Any = 0.0, il15: Any = 0.0, uvb: Any = 0.0) -> Any:
        made = mixed.table(days, rows, jak_blockade=jak, calcineurin_blockade=calcineurin, il15_blockade=il15)
        made[:days, Channel.UV_DOSE] = sessions(days) * np.broadcast_to(uvb, rows)
        return made

    return table
