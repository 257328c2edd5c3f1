"""Each mechanism of the cells acts where the model page says, alone, and nowhere else."""

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from repigment.engine.batching import defaults, model_parameters
from repigment.engine.precision import computing
from repigment.engine.step import rates
from repigment.engine.wellmixed import well_mixed
from repigment.skin.exposure import Channel, Drive
from repigment.skin.fields import Field, Skin
from repigment.skin.sites import site_parameters

ACTS_ON = {
    "e_dif": {Field.MELANOBLASTS},
    "e_sup": {Field.MELANOCYTES, Field.MELANOBLASTS, Field.RESERVOIR},
    "e_imm": {Field.INTERFERON, Field.EFFECTORS, Field.REGULATION},
    "e_inf": {Field.INFLAMMATION},
    "e_sig": {Field.MELANOGENESIS, Field.MELANIN_VIABLE},
}
SWITCHES = tuple(ACTS_ON)
SIGNED = [(switch, sign) for switch in SWITCHES for sign in (1.0, -1.0) if (switch, sign) != ("e_dif", -1.0)]


def change(switches: dict[str, float]) -> Any:
    """dU/dt (17,) of inflamed, lesional facial skin with cells and secretome in it."""
    with computing("double") as dtype:
        p = model_parameters(defaults() | site_parameters("face") | {"theta": 1.0, "G_set": 0.3} | switches, dtype)
        state = np.linspace(0.2, 0.5, len(Field))
        skin = Skin(*(jnp.full((1, 1, 1), each, dtype) for each in state))
        drive = Drive(*(1.0 if c in (Channel.TURNOVER, Channel.CELL_CLEARANCE) else 0.2 for c in Channel))
        gains, losses = rates(skin, p, drive, well_mixed(p, 1, dtype))
        both = zip(gains, losses, state, strict=True)
        return np.array([float(jnp.squeeze(gain - loss * u)) for gain, loss, u in both])


@pytest.mark.parametrize(("switch", "sign"), SIGNED)
def test_a_switch_acts_on_its_own_fields_only(switch: str, sign: float) -> None:
    """The table of the model page, field by field: these rates differ from those of switches off, and no other."""
    differs = change({switch: sign}) != change({})
    expected = ACTS_ON[switch] - ({Field.EFFECTORS} if (switch, sign) == ("e_imm", -1.0) else set())
    assert {field for field in Field if differs[field]} == expected


@pytest.mark.parametrize("switch", [each for each in SWITCHES if each != "e_dif"])
def test_a_switch_of_the_other_sign_acts_the_other_way(switch: str) -> None:
    """Harm is as possible as benefit: with the sign of a switch, the sign of each of its effects turns."""
    up, none, down = (change({switch: sign}) for sign in (1.0, 0.0, -1.0))
    moved = [field for field in ACTS_ON[switch] if field != Field.EFFECTORS]
    assert (np.sign((up - none)[moved]) == -np.sign((down - none)[moved])).all()


def test_switches_are_separable() -> None:
    """Mechanisms that share no field add up: all on together is the sum of each alone."""
    alone = sum(change({switch: 1.0}) - change({}) for switch in SWITCHES)
    together = change(dict.fromkeys(SWITCHES, 1.0)) - change({})
    assert together == pytest.approx(alone, abs=1e-12)


DAYS = 126
COURSES = ("sham", "support", "immune", "inflammation", "signals", "all", "support, harmful", "immune, harmful")
STRENGTHS = {
    "e_sup": [0, 1, 0, 0, 0, 1, -1, 0],
    "e_imm": [0, 0, 1, 0, 0, 1, 0, -1],
    "e_inf": [0, 0, 0, 1, 0, 1, 0, 0],
    "e_sig": [0, 0, 0, 0, 1, 1, 0, 0],
}


@pytest.fixture(scope="module")
def active(mixed: Any) -> dict[str, Any]:
    """Active vitiligo of the face after three reference doses, four weeks apart, by mechanism: quantities by day."""
    start = mixed.start(1, regulation=0.3, effectors=0.4)
    vitiligo = {"theta": 1.0, "G_set": 0.3}
    white = mixed.run(start, mixed.table(399), vitiligo, site="face").end.repeat(len(COURSES), 0)
    table = mixed.table(DAYS, len(COURSES))
    table[[0, 28, 56], Channel.CELL_DOSE] = 1.0
    course = mixed.run(white, table, vitiligo | STRENGTHS, site="face")
    return {name: {q: course[q][:, row] for q in QUANTITIES} for row, name in enumerate(COURSES)}


QUANTITIES = ("effectors", "memory", "regulation", "visible_melanin", "melanocytes", "reservoir", "melanogenesis")


def test_support_alone_feeds_the_fire(active: dict[str, Any]) -> None:
    """In active vitiligo more melanocytes are more antigen: T rises while the cells live, and skin stays white."""
    support, sham = active["support"], active["sham"]
    assert support["effectors"].max() > 1.15 * sham["effectors"].max()
    assert support["melanocytes"].max() > 1.2 * sham["melanocytes"].max()
    assert support["visible_melanin"][-1] < 0.1


def test_support_raises_t_as_the_reference_program_has_it(mixed: Any) -> None:
    """T .61 -> .90 (model page), with cells that live as long there: half-life 7 d, secretome half-life 2 d."""
    start = mixed.start(1, regulation=0.3, effectors=0.4)
    vitiligo = {"theta": 1.0, "G_set": 0.3}
    white = mixed.run(start, mixed.table(399), vitiligo, site="face").end
    table = mixed.table(91)
    table[[0, 28, 56], Channel.CELL_DOSE] = 1.0
    lasting = {"e_sup": 1.0, "e_dif": 1.0, "dl_Q": np.log(2) / 7, "k_V": 0.5, "dl_V": np.log(2) / 2}
    course = mixed.run(white, table, vitiligo | lasting, site="face")
    assert course["effectors"][90, 0] == pytest.approx(0.90, abs=0.03)


def test_immune_modulation_lowers_t_and_lifts_regulation(active: dict[str, Any]) -> None:
    """Mechanism 2 alone: more regulation, fewer effectors and some pigment while the cells live."""
    immune, sham = active["immune"], active["sham"]
    assert immune["regulation"].max() > 1.2 * 0.3
    assert immune["effectors"].min() < 0.8 * sham["effectors"].min()
    assert immune["visible_melanin"].max() > sham["visible_melanin"].max()


def test_harmful_cells_do_the_opposite(active: dict[str, Any]) -> None:
    """Negative strengths are harm: less regulation under the one, fewer melanocytes under the other."""
    assert active["immune, harmful"]["regulation"].min() < 0.9 * 0.3
    assert active["support, harmful"]["melanocytes"].min() < active["sham"]["melanocytes"].min()


def test_durability_is_not_assumed(active: dict[str, Any]) -> None:
    """Ten weeks after the last dose regulation is back at the patient's set point under every mechanism."""
    for name, course in active.items():
        assert course["regulation"][-1] == pytest.approx(0.3, abs=0.02), name


def test_calming_shortens_inflammation_and_signals_turn_melanin(mixed: Any) -> None:
    """After trauma of tanned healthy skin: mechanism 3 lowers N, 3 and 4 lower the pigment left behind, 2 does not."""
    start = mixed.start(5)
    table = mixed.table(126, 5)
    table[:21, Channel.IRRITATION] = 0.25
    table[[0, 14], Channel.CELL_DOSE] = 1.0
    own = {"e_imm": [0, 0, 0, 0, 1], "e_inf": [0, 1, 0, 0, 0], "e_sig": [0, 0, 1, -1, 0]}
    course = mixed.run(start, table, own)
    none, calmed, signalled, darkened, immune = course["inflammation"].sum(axis=0)
    assert calmed < 0.8 * none
    assert signalled == none == darkened == immune
    none, calmed, signalled, darkened, immune = course["visible_melanin"].max(axis=0)
    assert calmed < none and signalled < none < darkened and immune == none
