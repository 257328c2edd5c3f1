"""What lights the fire and what keeps it from catching: trauma, T cells, interferon."""

from typing import Any

import numpy as np
import pytest

TRAUMA = 1.2  # inflammation a day


def first_day_below(course: Any, level: float) -> int:
    """The first day on which a course (days,) is below a level."""
    below = course < level
    assert below.any()
    return int(below.argmax())


def test_onset_is_silent_at_first(mixed: Any, vitiligo: dict[str, float]) -> None:
    """Half the melanocytes are gone at day 19, half the visible pigment at day 32: mice lose cells before colour."""
    start = mixed.start(1, regulation=0.3, effectors=0.4)
    course = mixed.run(start, mixed.table(70), vitiligo, site="face")
    assert first_day_below(course["melanocytes"][:, 0], 0.5) == pytest.approx(19, abs=1)
    assert first_day_below(course["visible_melanin"][:, 0], 0.5) == pytest.approx(32, abs=1)


def test_untreated_skin_stays_white(mixed: Any, vitiligo: dict[str, float], white_face: Any) -> None:
    """A year without treatment changes nothing: pigment 0.02, memory 0.76."""
    course = mixed.run(white_face, mixed.table(364), vitiligo, site="face")
    assert course["visible_melanin"].max() < 0.05
    assert course["memory"][-1] == pytest.approx(0.76, abs=0.01)


@pytest.fixture(scope="module")
def traumatised(mixed: Any) -> Any:
    """Pigment of arms over 300 days after three days of trauma: tolerant, susceptible, regulated, deaf to trauma."""
    start = mixed.start(4, regulation=[1, 0.3, 1, 0.3])
    table = mixed.table(301, 4)
    table[:3] = mixed.table(3, 4, irritation=TRAUMA)[:3]
    own = {"theta": [0, 1, 1, 1], "G_set": [1, 0.3, 1, 0.3], "c_N": [0.6, 0.6, 0.6, 0.0]}
    return mixed.run(start, table, own, site="arms")["visible_melanin"]


def test_koebner(traumatised: Any) -> None:
    """Three days of trauma turn susceptible skin white within about five weeks and leave tolerant skin as it was."""
    tolerant, susceptible, _, _ = traumatised.T
    assert first_day_below(susceptible, 0.75) == pytest.approx(37, abs=3)
    assert susceptible[-1] < 0.15
    assert tolerant[-1] > 0.9 and tolerant.min() > 0.9


def test_koebner_needs_susceptibility_and_interferon(traumatised: Any) -> None:
    """With full regulation, or where trauma does not reach the interferon axis, the same trauma is harmless."""
    _, _, regulated, deaf = traumatised.T
    assert regulated[-1] > 0.9
    assert deaf[-1] > 0.9


def test_blocking_interferon_prevents(mixed: Any, vitiligo: dict[str, float]) -> None:
    """T cells that would depigment a face do not when interferon is blocked from the first day (anti-IFN in mice)."""
    start = mixed.start(2, regulation=0.3, effectors=0.4)
    table = mixed.table(203, 2, jak_blockade=np.array([0.95, 0.0]))
    blocked, free = mixed.run(start, table, vitiligo, site="face")["visible_melanin"].T
    assert blocked.min() > 0.9
    assert free[-1] < 0.1
