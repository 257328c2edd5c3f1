"""After withdrawal: memory decides whether and when the lesion comes back."""

from typing import Any

import numpy as np
import pytest

from repigment.engine.batching import defaults
from repigment.skin.fields import Field

WEEKS = np.array([26, 36, 44, 52, 104])
FREE = """
    r_m r_b mu k_mob g0 g_u p_res S0 k_K om_R om_C K_a K_G K_C K_L sig_C r_T dl_T dl_C kap_R dl_R R_max lic0 al_a p_L
    dl_al K_al
""".split()  # noqa: SIM905
FOUR_MONTHS = 122  # days
R_CRIT = 0.213


def relapse(after: Any) -> tuple[Any, Any]:
    """Whether and on which day each row's pigment fell below three quarters of what it had at withdrawal."""
    pigment = after["visible_melanin"]
    lost = pigment < 0.75 * pigment[0]
    return lost.any(axis=0), lost.argmax(axis=0)


@pytest.fixture(scope="module")
def by_length(mixed: Any, vitiligo: dict[str, float], white_face: Any) -> tuple[Any, Any, Any]:
    """Memory at withdrawal, whether and when the face relapses in two years, by weeks of JAK inhibitor before."""
    before = mixed.run(white_face, mixed.table(7 * WEEKS.max(), jak_blockade=0.85), vitiligo, site="face")
    stopped = before.seen[7 * WEEKS, 0, : len(Field)]
    after = mixed.run(stopped, mixed.table(728, len(WEEKS)), vitiligo, site="face")
    return stopped[:, Field.MEMORY], *relapse(after)


def test_relapse_comes_through_memory(by_length: tuple[Any, Any, Any]) -> None:
    """The face relapses where memory is above R_crit at withdrawal (26 to 44 weeks) and not below it (52, 104)."""
    memory, relapsed, _ = by_length
    assert (relapsed == (memory > R_CRIT)).all()
    assert relapsed.tolist() == [True, True, True, False, False]


def test_the_longer_the_treatment_the_later_the_relapse(by_length: tuple[Any, Any, Any]) -> None:
    """90, 125 and 264 days after 26, 36 and 44 weeks: the less memory, the longer the fire smoulders."""
    _, relapsed, day = by_length
    assert day[relapsed] == pytest.approx([90, 125, 264], rel=0.1)


def test_depleting_memory_is_durable(mixed: Any, treated: Any, vitiligo: dict[str, float], white_face: Any) -> None:
    """26 weeks of JAK inhibitor and IL-15 blockade leave no memory and no relapse in two years; without it, relapse."""
    blockade = np.array([0.9, 0.0])
    given = treated(182, 2, jak=0.85, il15=blockade)
    stopped = mixed.run(white_face.repeat(2, 0), given, vitiligo, site="face")
    assert stopped["memory"][-1, 0] < 0.05 < R_CRIT < stopped["memory"][-1, 1]
    after = mixed.run(stopped.end, mixed.table(728, 2), vitiligo, site="face")
    relapsed, _ = relapse(after)
    assert relapsed.tolist() == [False, True]
    assert after["visible_melanin"][-1, 0] > 0.95


@pytest.fixture(scope="module")
def withdrawn(mixed: Any) -> tuple[Any, Any, Any]:
    """64 faces, free parameters within 20 % of their values: memory after a year of JAK inhibitor, relapse, its day."""
    rng = np.random.default_rng(1)
    own = {name: defaults()[name] * rng.uniform(0.8, 1.2, 64) for name in FREE} | {"theta": 1.0, "G_set": 0.3}
    start = mixed.start(64, regulation=0.3, effectors=0.5, interferon=0.5)
    white = mixed.run(start, mixed.table(504, 64), own, site="face")
    ill = white["melanocytes"][-1] < 0.25
    assert ill.mean() > 0.9
    treated = mixed.run(white.end, mixed.table(364, 64, jak_blockade=0.85), own, site="face")
    assert (treated["visible_melanin"][-1] > 0.5).all()
    after = mixed.run(treated.end, mixed.table(364, 64), own, site="face")
    return treated["memory"][-1], *relapse(after)


def test_half_of_the_relapses_come_within_four_months(withdrawn: tuple[Any, Any, Any]) -> None:
    """A minority relapses in the year after (TRuE-V: 28.6 %), the median at about four months (half of 16 there)."""
    _, relapsed, day = withdrawn
    assert 0.15 < relapsed.mean() < 0.55
    assert np.median(day[relapsed]) == pytest.approx(FOUR_MONTHS, rel=0.35)
    assert 0.3 < (day[relapsed] <= FOUR_MONTHS).mean() < 0.8


def test_those_who_relapse_kept_more_memory(withdrawn: tuple[Any, Any, Any]) -> None:
    """Between people with different skin, too, memory at withdrawal tells who relapses."""
    memory, relapsed, _ = withdrawn
    assert memory[relapsed].mean() > 1.2 * memory[~relapsed].mean()
