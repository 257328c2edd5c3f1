"""What enters a patch: follicles, depots and light, against integrals that are known."""

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from repigment.biology.emission import emission
from repigment.engine.batching import make_batch, model_parameters
from repigment.engine.observe import visible_melanin
from repigment.engine.step import doses
from repigment.engine.weeks import drive_of
from repigment.engine.wellmixed import healthy_state, well_mixed
from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, untreated
from repigment.skin.fields import Field, Skin
from repigment.skin.follicles import pattern, source_map, still_usable
from repigment.treatments.injection import Injection

N, DX = 32, 0.3


def white(n: int) -> Skin:
    """Skin (1, n, n) without pigment cells, its reservoir full."""
    state = healthy_state(1)[0]
    state[[Field.MELANOCYTES, Field.MELANIN_VIABLE, Field.MELANIN_CORNEUM]] = 0
    return Skin(*(jnp.full((1, n, n), each, jnp.float32) for each in state))


def test_follicles_are_counted_whatever_the_grid() -> None:
    """The integral of the source over the patch is the number of usable follicles, at 0.3 mm as at 0.6 mm."""
    rng = np.random.default_rng(4)
    points = pattern(2.85, N * DX, rng)
    usable = still_usable(points, 0.5, 2.0, 1.5, rng)
    fine, coarse = source_map(points, usable, N, DX), source_map(points, usable, N // 2, 2 * DX)
    assert 0 < usable.sum() < len(points)
    assert fine.sum() * DX**2 == pytest.approx(usable.sum(), rel=1e-5)
    assert coarse.sum() * (2 * DX) ** 2 == pytest.approx(usable.sum(), rel=1e-5)


def test_follicles_have_the_density_asked_for() -> None:
    """A jittered lattice holds one follicle a cell: the count over a large square is density times area to 2 %."""
    for density in (0.18, 2.85):
        counts = [len(pattern(density, 40.0, np.random.default_rng(seed))) for seed in range(5)]
        assert np.mean(counts) == pytest.approx(density * 1600, rel=0.02)


def cells_a_day(gain: dict[Field, Any]) -> float:
    """Melanoblasts that enter the whole patch."""
    return float(gain[Field.MELANOBLASTS].mean()) * (N * DX) ** 2 * value("K_m")


def test_emission_puts_out_what_the_follicles_lose() -> None:
    """The flux J integrated over white skin is S0 g0 S cells a day from each follicle: in 2-D and well mixed alike."""
    skin, drive = white(N), drive_of(jnp.asarray(untreated(1)[0][:, None]))
    points = pattern(0.5, N * DX, np.random.default_rng(0))
    follicles = source_map(points, np.full(len(points), True), N, DX)[None]
    p = model_parameters({"rho_f": len(points) / (N * DX) ** 2, "p_res": 1.0})
    place = make_batch(p, follicles, *[np.ones_like(follicles)] * 3, DX, 0.5)
    a_day = cells_a_day(emission(skin, p, drive, place).gain)
    assert a_day == pytest.approx(len(points) * value("S0") * value("g0"), rel=1e-4)
    assert cells_a_day(emission(white(1), p, drive, well_mixed(p, 1)).gain) == pytest.approx(a_day, rel=1e-4)


def test_emission_stops_where_there_is_no_room() -> None:
    """Healthy skin has no vacancy, so no net flux from follicles."""
    skin = Skin(*(jnp.full((1, 1, 1), each, jnp.float32) for each in healthy_state(1)[0]))
    p = model_parameters({})
    drive = drive_of(jnp.asarray(untreated(1)[0][:, None]))
    assert emission(skin, p, drive, well_mixed(p, 1)).gain[Field.MELANOBLASTS] == 0


@pytest.mark.parametrize("spacing", [3.0, 4.0, 5.0, 7.0, 10.0])
@pytest.mark.parametrize("volume", [0.05, 0.1, 0.2, 1.0])
def test_a_dose_falls_whole_on_the_grid_of_points(spacing: float, volume: float) -> None:
    """Over whole unit cells the depots have mean 1, apart or overlapping: doses are per area, whatever the points."""
    depots = Injection(weeks=(0,), spacing_mm=spacing, volume_ml=volume).depots(
        128, spacing / 64, 1.0, np.random.default_rng(0)
    )
    assert depots.mean() == pytest.approx(1, rel=0.01)
    assert depots.min() >= 0


def test_light_and_needles_are_jumps() -> None:
    """A dose d adds d exp(-k_scr phi (P1 + P2)) to u, leaves exp(-nb_kT d) of T and exp(-nb_kR d) of R, all at once."""
    state = healthy_state(1)[0]
    state[[Field.EFFECTORS, Field.MEMORY, Field.UV_DAMAGE]] = [0.5, 0.7, 1.0]
    skin = Skin(*(jnp.full((1, 1, 1), each, jnp.float32) for each in state))
    p = model_parameters({"phi": 2.5})
    table = untreated(1)[0][:, None]
    table[[Channel.UV_DOSE, Channel.NEEDLING, Channel.CELL_DOSE, Channel.VESICLE_DOSE]] = [[3.5], [0.3], [1.1], [0.4]]
    after = doses(skin, p, drive_of(jnp.asarray(table)), well_mixed(p, 1))
    melanin = state[Field.MELANIN_VIABLE] + state[Field.MELANIN_CORNEUM]
    assert after.uv_damage == pytest.approx(1 + 3.5 * np.exp(-value("k_scr") * 2.5 * melanin), rel=1e-5)
    assert after.effectors == pytest.approx(0.5 * np.exp(-value("nb_kT") * 3.5), rel=1e-5)
    assert after.memory == pytest.approx(0.7 * np.exp(-value("nb_kR") * 3.5), rel=1e-5)
    assert [float(after[field].item()) for field in (Field.INFLAMMATION, Field.CELLS, Field.SECRETOME)] == (
        pytest.approx([0.3, 1.1, 0.4])
    )
    moved = {Field.UV_DAMAGE, Field.EFFECTORS, Field.MEMORY, Field.INFLAMMATION, Field.CELLS, Field.SECRETOME}
    assert all(after[field] == skin[field] for field in set(Field) - moved)


def test_own_untanned_skin_has_visible_melanin_one() -> None:
    """(P1 + P2)/(1 + c_corn tau2/tau1) is 1 in health: pictures and scores start from the person's own skin."""
    p = model_parameters({})
    skin = Skin(*(jnp.full((1, 1, 1), each, jnp.float32) for each in healthy_state(1)[0]))
    assert visible_melanin(skin, p) == pytest.approx(1, rel=1e-6)
