"""The sun's dose against integrals that can be done by hand."""

import numpy as np
import pytest
from scipy.special import beta

from repigment.evidence.parameters import value
from repigment.skin.sites import Site
from repigment.skin.sun import JOULES_PER_SED, WATTS_PER_INDEX, ambient_dose, declination, personal_dose

DAY = 86400.0  # s
EQUINOX, JUNE, DECEMBER = 81.0, 172.0, 355.0
YEAR = np.arange(365.0)
PER_INDEX_DAY = value("uvi_scale") * WATTS_PER_INDEX * DAY / JOULES_PER_SED  # SED of a day of overhead sun


def test_equator_at_equinox() -> None:
    """cos z = cos h, and int cos^p over the day is B((p+1)/2, 1/2)/(2 pi) of 24 h: about 64 SED under a clear sky."""
    share = beta((value("uvi_power") + 1) / 2, 0.5) / (2 * np.pi)
    dose = ambient_dose(0.0, np.array([EQUINOX]))[0]
    assert dose == pytest.approx(PER_INDEX_DAY * share, rel=2e-3)
    assert 40 < dose < 90


def test_pole_in_summer_has_the_same_sun_all_day() -> None:
    """At 90 degrees cos z = sin(declination) at every hour: the dose is exact."""
    height = np.sin(declination(np.array([JUNE])))[0]
    assert ambient_dose(90.0, np.array([JUNE]))[0] == pytest.approx(PER_INDEX_DAY * height ** value("uvi_power"))


@pytest.mark.parametrize(("latitude", "day"), [(67.0, DECEMBER), (90.0, DECEMBER), (-67.0, JUNE), (90.0, 20.0)])
def test_polar_night_is_dark(latitude: float, day: float) -> None:
    """Beyond the polar circle the winter sun does not rise: exactly nothing, not a rounding of it."""
    assert ambient_dose(latitude, np.array([day]))[0] == 0


def test_seasons_grow_with_latitude_and_mirror_in_the_south() -> None:
    """Summer over winter rises from the equator to 60 degrees; half a year later the south has the north's season."""
    contrasts = [
        ambient_dose(x, np.array([JUNE]))[0] / ambient_dose(x, np.array([DECEMBER]))[0] for x in (0, 20, 40, 60)
    ]
    assert contrasts[0] == pytest.approx(1, abs=0.01)
    assert (np.diff(contrasts) > 0).all()
    north, south = (ambient_dose(x, YEAR) for x in (40.0, -40.0))
    assert north.sum() == pytest.approx(south.sum(), rel=0.01)
    assert abs(int(north.argmax()) - 172) <= 2 and min(south.argmax(), 365 - south.argmax()) <= 12


def test_what_reaches_a_person_is_a_share_of_the_sky() -> None:
    """Cloud, habit and clothes multiply: hands of an outdoor person get what their shares say, and the face most."""
    ambient = ambient_dose(50.0, 100 + np.arange(10.0))
    shares = value("cloud") * value("habit.outdoor") * value("sun.hands")
    assert personal_dose(50.0, 100.0, 10, "outdoor", "hands") == pytest.approx(shares * ambient, rel=1e-5)
    by_site = {site: personal_dose(50.0, 100.0, 1, "mixed", site)[0] for site in Site}
    assert max(by_site, key=lambda site: by_site[site]) == Site.FACE
