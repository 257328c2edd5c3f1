"""Seasons of the calendar, as doctors plan by them: whole months, turned round south of the equator."""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from repigment.skin.sun import YEAR

Season = Literal["spring", "summer", "autumn", "winter"]
IN_ORDER = ("winter", "spring", "summer", "autumn", "winter")  # from January of the north
TURNS = (60, 152, 244, 335)  # first of March, June, September and December, day of the year


def seasons(first_day: float, days: int, latitude: float) -> NDArray[np.str_]:
    """The season on each of `days` days from `first_day` of the year at `latitude` in degrees (negative in the south).

    >>> seasons(172.0, 1, 50.0).item(), seasons(172.0, 1, -35.0).item()
    ('summer', 'winter')
    """
    turned = first_day + np.arange(days) + (YEAR / 2 if latitude < 0 else 0)
    return np.array(IN_ORDER)[np.searchsorted(TURNS, turned % YEAR, side="right")]
