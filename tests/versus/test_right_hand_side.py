"""The sum of all processes, at random states, against the model programmed twice more, independently."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from repigment.engine.batching import defaults, model_parameters
from repigment.engine.patches import Batch
from repigment.engine.precision import computing
from repigment.engine.step import rates
from repigment.engine.wellmixed import well_mixed
from repigment.evidence.parameters import parameters
from repigment.skin.exposure import Channel, Drive
from repigment.skin.fields import Field, Skin

COUNT = 64
Channels = dict[str, Channel]
SHARES = ("J", "CNI", "I15", "I_TYR", "I_TX", "TXA", "VL", "E2")


@pytest.fixture(scope="module")
def drawn() -> tuple[Any, dict[str, Any], dict[str, Any]]:
    """States (17, COUNT), parameters from their whole ranges and exposures, all random; occupancy also above 1."""
    rng = np.random.default_rng(2024)
    state = rng.gamma(1.0, 0.6, (len(Field), COUNT))
    known = parameters()
    own = {name: rng.uniform(known[name].low, known[name].high, COUNT) for name in defaults()}
    own["homeo"] = (rng.random(COUNT) < 0.5).astype(float)
    exposure = {name: rng.random(COUNT) for name in SHARES}
    exposure |= {"E_sun": rng.gamma(1, 2, COUNT), "N_in": rng.gamma(1, 0.3, COUNT), "AI": rng.gamma(1, 2, COUNT)}
    return state, own, exposure | {"turn_d": rng.uniform(0.5, 2, COUNT), "c": rng.uniform(1, 4, COUNT)}


def of_processes(state: Any, own: dict[str, Any], exposure: dict[str, Any], channels: Channels) -> Any:
    """gain - loss U summed over the product's processes, (17, COUNT), double precision."""
    with computing("double") as dtype:
        p = model_parameters(own, dtype)
        skin = Skin(*(jnp.asarray(row, dtype)[:, None, None] for row in state))
        idle = dict.fromkeys(Channel, np.zeros(COUNT)) | {channels[name]: level for name, level in exposure.items()}
        drive = Drive(*(jnp.asarray(idle[channel], dtype)[:, None, None] for channel in Channel))
        gains, losses = jax.jit(rates)(skin, p, drive, well_mixed(p, COUNT, dtype))
        both = zip(gains, losses, skin, strict=True)
        return np.stack([np.asarray(gain - loss * u)[:, 0, 0] for gain, loss, u in both])


def differences(found: Any, expected: Any) -> dict[str, float]:
    """Largest difference of each field's rate, relative to the largest rate of that field."""
    scale = np.abs(expected).max(axis=1) + 1e-30
    worst = (np.abs(found - expected) / scale[:, None]).max(axis=1)
    return {field.name: float(each) for field, each in zip(Field, worst, strict=False) if each > 1e-12}


def test_the_processes_add_up_to_the_equations_of_the_model(
    drawn: Any, reprogrammed: Callable[..., Any], channels: Channels
) -> None:
    """Every term, switches of both signs, equals the equations written out by hand to 1e-12, at 64 states."""
    assert differences(of_processes(*drawn, channels), reprogrammed(*drawn)) == {}


def as_the_oracle_knows_it(drawn: Any) -> Any:
    """What the oracle has as constants, and switches where its 1 + k e V holds: from 0 to 1, with k_mel >= 0."""
    state, own, exposure = drawn
    fixed = {
        "c_corn": 0.5,
        "k_out": 0.05,
        "j_15": 0.7,
        "k_15": 0.03,
        "k_TXA": 1.5,
        "slow_F": 0.0,
        "k_W": 0.0,
        "pr_imm": 1.0,
        "pr_inf": 1.0,
        "V_tox": 1e9,
        "e_dif": np.abs(own["e_sup"]),
    }
    switches = {name: np.abs(own[name]) for name in ("e_sup", "e_imm", "e_inf", "e_sig", "k_mel")}
    switches["e_dif"] = switches["e_sup"]
    return state, own | fixed | switches, exposure


def test_the_processes_add_up_to_the_oracle(drawn: Any, oracle: Any, channels: Channels) -> None:
    """The reference model's right-hand side at the same states, all fourteen fields to 1e-12."""
    state, own, exposure = as_the_oracle_knows_it(drawn)
    renamed = {"e1": own["e_sup"], "e2": own["e_imm"], "e3": own["e_inf"], "e4": own["e_sig"]}
    p = oracle.DEFAULT | own | renamed | {name: exposure[name] for name in (*SHARES, "AI")}
    p["turn_d"] = own["turn_d"] * exposure["turn_d"]
    found = of_processes(state, own, exposure, channels)[:14]
    expected = oracle.rhs(
        state[:14], p, E_sun=exposure["E_sun"], N_in=exposure["N_in"], Q=state[Field.CELLS], V=state[Field.SECRETOME]
    )
    assert [ours.name for ours in Field][:14] == [THEIRS[name] for name in oracle.NAMES]
    assert differences(found, expected) == {}


def test_jumps_are_the_oracles_light_given_at_once(oracle: Any) -> None:
    """E_nb of the oracle kills T and R and adds u as a rate; over a short time dt of E dt = d that is our jump."""
    from repigment.engine.step import doses

    state = np.full((len(Field), 1), 0.4)
    d, short = 3.5, 1e-7
    p = oracle.DEFAULT | {"phi": 1.6}
    change = oracle.rhs(state[:14], p, E_nb=d / short) - oracle.rhs(state[:14], p)
    with computing("double") as dtype:
        ours = model_parameters({"phi": 1.6}, dtype)
        skin = Skin(*(jnp.full((1, 1, 1), 0.4, dtype) for _ in Field))
        drive = Drive(*(jnp.full((1, 1, 1), d if c == Channel.UV_DOSE else 0.0, dtype) for c in Channel))
        after = doses(skin, ours, drive, well_mixed(ours, 1, dtype))
    for field, linear in ((Field.UV_DAMAGE, True), (Field.EFFECTORS, False), (Field.MEMORY, False)):
        by_rate = change[field, 0] * short
        expected = 0.4 + by_rate if linear else 0.4 * np.exp(by_rate / 0.4)
        assert float(after[field].item()) == pytest.approx(expected, rel=1e-8)


def test_space_is_the_oracles(oracle: Any) -> None:
    """On a patch: follicles as sources and the motility of cells, against the oracle's Laplacian and source map."""
    n, dx = 16, 0.3
    rng = np.random.default_rng(1)
    state = rng.gamma(1.0, 0.4, (len(Field), n, n))
    state[Field.WOUND] = 0  # which the oracle does not have
    follicles, _, _ = oracle.follicles(n, dx, 1.5, rng, 0.6)
    own = defaults() | {"theta": 1.0, "G_set": 0.3}
    with computing("double") as dtype:
        p = model_parameters(own, dtype)
        skin = Skin(*(jnp.asarray(each, dtype)[None] for each in state))
        place = Batch(jnp.asarray(follicles, dtype)[None], *[None] * 3, jnp.asarray(dx * dx, dtype), *[None] * 3)
        idle = Drive(*(1.0 if c in (Channel.TURNOVER, Channel.CELL_CLEARANCE) else 0.0 for c in Channel))
        gains, losses = rates(skin, p, idle, place)
        both = zip(gains, losses, skin, strict=True)
        found = np.stack([np.broadcast_to(gain - loss * u, (1, n, n))[0] for gain, loss, u in both])
    expected = oracle.rhs(
        state[:14], oracle.DEFAULT | own, V=0.0, Q=state[Field.CELLS], lap=oracle.make_lap(dx), src=follicles
    )
    spread_apart = {Field.INTERFERON: "D_C", Field.EFFECTORS: "D_T"}  # exactly, by the engine
    for field, name in spread_apart.items():
        expected[field] -= own[name] * oracle.make_lap(dx)(state[field])
    flat = (14, n * n)
    assert differences(found[:14].reshape(flat), expected.reshape(flat)) == {}


THEIRS = {
    "m": "MELANOCYTES",
    "b": "MELANOBLASTS",
    "S": "RESERVOIR",
    "u": "UV_DAMAGE",
    "A": "MELANOGENESIS",
    "P1": "MELANIN_VIABLE",
    "P2": "MELANIN_CORNEUM",
    "D": "MELANIN_DERMAL",
    "N": "INFLAMMATION",
    "F": "NICHE",
    "C": "INTERFERON",
    "T": "EFFECTORS",
    "R": "MEMORY",
    "G": "REGULATION",
}
