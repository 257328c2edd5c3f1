"""A tan: how fast it comes, how long it stays, and what the seasons make of it."""

from typing import Any

import numpy as np
import pytest

from repigment.skin.exposure import Channel
from repigment.skin.sun import personal_dose

LATITUDES = (0.0, 20.0, 45.0)
YEAR = 364  # days, whole weeks


@pytest.fixture(scope="module")
def tan(mixed: Any) -> Any:
    """What six SED at once add to the visible melanin of unexposed skin, (days,)."""
    table = mixed.table(140, 2)
    table[0, Channel.UV_DOSE] = [6.0, 0.0]
    exposed, covered = mixed.run(mixed.start(2), table, {})["visible_melanin"].T
    return exposed - covered


def test_a_tan_shows_after_two_or_three_days(tan: Any) -> None:
    """A tenth of the tan is there after 2 d, a quarter after 3 d (onset 2-3 d)."""
    assert (tan > 0.1 * tan.max()).argmax() in (2, 3)
    assert (tan > 0.25 * tan.max()).argmax() in (2, 3)


def test_a_tan_peaks_after_a_week_or_more(tan: Any) -> None:
    """The peak comes at 7 to 10 d and is visible, some 10 to 20 % above own skin."""
    assert 7 <= tan.argmax() <= 10
    assert 0.1 < tan.max() < 0.2


def test_a_tan_fades_over_weeks(tan: Any) -> None:
    """From its peak it falls to a third in three to four weeks, and to a tenth about 60 d after the sun."""
    after = tan[tan.argmax() :] / tan.max()
    assert 20 <= (after < 1 / np.e).argmax() <= 30
    assert tan.argmax() + (after < 0.1).argmax() == pytest.approx(62, abs=6)


@pytest.mark.xfail(
    strict=True, reason="e-fold fading takes 24 d on the arm (turn 1), 20 d on the face, in the reference program too"
)
def test_a_tan_fades_with_a_time_constant_of_36_days(tan: Any) -> None:
    """Maeda 2017, inner forearm: persistent pigment fades with the epidermis in 36 d (30 to 42)."""
    after = tan[tan.argmax() :] / tan.max()
    assert 30 <= (after < 1 / np.e).argmax() <= 42


@pytest.fixture(scope="module")
def last_year(mixed: Any) -> Any:
    """Visible melanin of faces through the last of three years, (days, latitudes), mixed habit."""
    days = np.arange(3 * YEAR) % YEAR
    sun = np.stack([personal_dose(latitude, 0.0, YEAR, "mixed", "face")[days] for latitude in LATITUDES], axis=1)
    course = mixed.run(mixed.start(3), mixed.table(3 * YEAR, 3, sun=sun), {}, site="face")
    return course["visible_melanin"][-YEAR:]


def test_summer_is_darker_than_winter_up_to_two_fold(last_year: Any) -> None:
    """At 45 degrees the face is 1.3 to 2 times as dark in summer as in winter."""
    assert 1.3 < last_year[:, 2].max() / last_year[:, 2].min() < 2


def test_seasons_of_the_skin_fade_toward_the_equator(last_year: Any) -> None:
    """Hardly any season at the equator, more at 20 degrees, most at 45; and on average less colour away from it."""
    contrast = last_year.max(axis=0) / last_year.min(axis=0)
    assert contrast[0] < 1.1 < contrast[1] < contrast[2]
    assert (np.diff(last_year.mean(axis=0)) < 0).all()


def test_the_tan_lags_behind_the_sun(last_year: Any) -> None:
    """The darkest day at 45 degrees comes two to five weeks after the solstice, as the epidermis is renewed."""
    assert 14 <= last_year[:, 2].argmax() - 172 <= 35
