"""How much erythemal sun falls on a place, and how much of it on a person."""

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value

YEAR = 365.25  # d
WATTS_PER_INDEX = 0.025  # W/m2 of erythemal irradiance per unit of UV index, by definition
JOULES_PER_SED = 100.0  # J/m2, by definition


def declination(day: NDArray[np.floating]) -> NDArray[np.floating]:
    """Solar declination in radians on `day` of the year (Cooper 1969)."""
    return np.radians(23.45) * np.sin(2 * np.pi * (284 + day) / 365)


def ambient_dose(latitude: float, day: NDArray[np.floating]) -> NDArray[np.floating]:
    """Clear-sky erythemal dose of each `day` of the year at `latitude` in degrees, SED/d.

    The UV index 12.5 mu^2.42 (Madronich 2007, 300 DU) integrated over the hour angle.

    >>> bool(ambient_dose(50.0, np.array([172.0]))[0] > 5 * ambient_dose(50.0, np.array([355.0]))[0])
    True
    """
    hour_angle = np.radians(np.arange(-180.0, 180.0, 7.5))  # half-hour steps
    phi, delta = np.radians(latitude), declination(np.atleast_1d(day))[:, None]
    cosine = np.sin(phi) * np.sin(delta) + np.cos(phi) * np.cos(delta) * np.cos(hour_angle)
    index = value("uvi_scale") * np.maximum(cosine, 0) ** value("uvi_power")
    seconds = 24 * 3600 / len(hour_angle)
    return index.sum(axis=1) * WATTS_PER_INDEX * seconds / JOULES_PER_SED


def personal_dose(latitude: float, first_day: float, days: int, habit: str, site: str) -> NDArray[np.float32]:
    """Sun on one region of a person on each of `days` days from `first_day` of the year, SED/d.

    `latitude` in degrees, `habit` indoor, mixed or outdoor.

    >>> personal_dose(13.8, 0.0, 2, "mixed", "face").shape
    (2,)
    """
    calendar = (first_day + np.arange(days)) % YEAR
    share = value("cloud") * value(f"habit.{habit}") * value(f"sun.{site}")
    return (share * ambient_dose(latitude, calendar)).astype(np.float32)


def visible_light(habit: str, site: str) -> float:
    """Visible light on one region of a person of this `habit`, 0 to 1, the same all year.

    >>> visible_light("outdoor", "face") > visible_light("indoor", "face")
    True
    """
    return value(f"visible.{habit}") * value(f"sun.{site}")
