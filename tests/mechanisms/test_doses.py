"""More cells do more, none do nothing, and a body that knows them clears them sooner."""

from typing import Any

import numpy as np
import pytest

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.skin.fields import Field
from repigment.treatments.uc_msc import UCMSC

DOSES = np.array([0.0, 0.25, 0.5, 1.0, 2.0, 4.0])
VITILIGO = {"theta": 1.0, "G_set": 0.3}


@pytest.fixture(scope="module")
def by_dose(mixed: Any) -> Any:
    """Lesional facial skin for twelve weeks after one dose, by its size, all mechanisms on."""
    start = mixed.start(1, regulation=0.3, effectors=0.4)
    white = mixed.run(start, mixed.table(399), VITILIGO, site="face").end.repeat(len(DOSES), 0)
    table = mixed.table(84, len(DOSES))
    table[0, Channel.CELL_DOSE] = DOSES
    own = VITILIGO | {"e_dif": 1.0, "e_sup": 1.0, "e_imm": 1.0, "e_inf": 1.0, "e_sig": 1.0}
    return mixed.run(white, table, own, site="face")


def test_the_secretome_is_proportional_to_the_dose(by_dose: Any) -> None:
    """Q and V are linear pools: twice the cells give twice the secretome, every day."""
    secretome = by_dose["secretome"]
    assert secretome[1:, 2] == pytest.approx(2 * secretome[1:, 1], rel=1e-5)
    assert secretome == pytest.approx(secretome[:, [3]] * DOSES, rel=1e-4, abs=1e-12)


def test_more_cells_do_more(by_dose: Any) -> None:
    """Effectors fall further and regulation rises higher with each doubling of the dose."""
    assert (np.diff(by_dose["effectors"].min(axis=0)) < 0).all()
    assert (np.diff(by_dose["regulation"].max(axis=0)) > 0).all()


def test_no_cells_do_nothing(by_dose: Any, mixed: Any) -> None:
    """A dose that never reaches the skin (infused cells stay in the lung) is bitwise no treatment, switches or not."""
    start = by_dose.seen[0, :, : len(Field)]
    untreated = mixed.run(start, mixed.table(84, len(DOSES)), VITILIGO, site="face")
    assert (by_dose.seen[:, 0] == untreated.seen[:, 0]).all()


def exposure(**how: Any) -> Exposure:
    """Twelve weeks of the face of a typical patient who gets cells."""
    made = Exposure.over(84, "face", 3)
    UCMSC(weeks=(0, 4, 8), **how).expose(made, np.random.default_rng(0))
    return made


def test_later_doses_are_cleared_faster(mixed: Any) -> None:
    """Of the first dose exp(-7 dl_Q) and less is left after a week, of the second and third less and less."""
    table = exposure().table[:, :, None]
    table[:, Channel.NEEDLING] = 0
    cells = mixed.run(mixed.start(), table, {}, steps=8)["cells"][:, 0]
    given = table[0, Channel.CELL_DOSE, 0]
    left = [cells[day + 7] / (cells[day] + given) for day in (0, 28, 56)]
    assert left[0] < np.exp(-7 * value("dl_Q"))
    assert left[0] > 3 * left[1] > 3 * left[2]
    sensitised = np.exp(-7 * value("dl_Q") * (1 + value("k_sens")))
    assert left[2] == pytest.approx(sensitised, rel=0.15)


def test_dose_is_cells_per_area() -> None:
    """5e5 cells at points 7 mm apart are 1.02e6 per cm2, about one reference dose; twice the cells, twice the dose."""
    usual, double = (exposure(cells_per_point=cells).table[0, Channel.CELL_DOSE] for cells in (5e5, 1e6))
    assert usual == pytest.approx(5e5 * 100 / 49 / value("Q_ref"), rel=1e-6)
    assert double == pytest.approx(2 * usual)


def test_no_clearance_is_learnt_from_saline() -> None:
    """Without cells there is nothing to become sensitised to."""
    assert (exposure(mechanisms=()).table[:, Channel.CELL_CLEARANCE] == 1).all()
