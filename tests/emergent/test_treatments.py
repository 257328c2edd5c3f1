"""What treatments do to the white face of the model's own parameters over a year, well mixed."""

from typing import Any

import numpy as np
import pytest

ARMS = ("none", "jak", "calcineurin", "uvb", "jak and uvb", "no recruitment")
YEAR = 364


@pytest.fixture(scope="module")
def year(mixed: Any, treated: Any, vitiligo: dict[str, float], white_face: Any) -> Any:
    """A year of each treatment from the same white skin."""
    table = treated(
        YEAR,
        len(ARMS),
        jak=np.array([0, 0.85, 0, 0, 0.85, 0]),
        calcineurin=np.array([0, 0, 0.8, 0, 0, 0]),
        uvb=np.array([0, 0, 0, 1, 1, 0]),
    )
    own = vitiligo | {"theta": np.array([1, 1, 1, 1, 1, 0.0])}
    return mixed.run(white_face.repeat(len(ARMS), 0), table, own, site="face")


def pigment(year: Any, arm: str, week: int) -> float:
    """Visible melanin of an arm, own skin = 1."""
    return float(year["visible_melanin"][7 * week, ARMS.index(arm)])


@pytest.mark.parametrize("arm", ["jak", "calcineurin"])
def test_a_blocked_interferon_axis_repigments_gradually(year: Any, arm: str) -> None:
    """Little at week 12, half at week 24, most at week 52 (ruxolitinib on the face takes 24 to 52 weeks)."""
    assert pigment(year, arm, 12) < 0.25
    assert pigment(year, arm, 24) == pytest.approx(0.45, abs=0.1)
    assert pigment(year, arm, 52) == pytest.approx(0.92, abs=0.06)


def test_phototherapy_alone_is_partial(year: Any) -> None:
    """NB-UVB brings colour sooner than a JAK inhibitor but leaves T cells and memory, and stays short of own skin."""
    assert pigment(year, "uvb", 12) > pigment(year, "jak", 12)
    assert 0.4 < pigment(year, "uvb", 52) < 0.9
    end = ARMS.index("uvb")
    assert year["effectors"][-1, end] > 0.1
    assert year["memory"][-1, end] > 0.4


def test_the_combination_is_faster_than_either(year: Any) -> None:
    """JAK inhibitor and NB-UVB together at week 12 beat the sum of both, and exceed own skin by a tan at week 24."""
    assert pigment(year, "jak and uvb", 12) > pigment(year, "jak", 12) + pigment(year, "uvb", 12)
    assert pigment(year, "jak and uvb", 24) > 1


def test_stopping_recruitment_repigments_although_memory_remains(year: Any) -> None:
    """Without new T cells (FTY720 in mice) skin repigments with a fifth of the memory still there."""
    assert pigment(year, "no recruitment", 52) > 0.6
    assert year["memory"][-1, ARMS.index("no recruitment")] == pytest.approx(0.2, abs=0.05)


def test_nothing_comes_by_itself(year: Any) -> None:
    """The untreated arm stays white."""
    assert pigment(year, "none", 52) < 0.05
