"""Isolated melanocytes die out: without it white skin would regrow from a thousandth of a cell."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.signals import occupancy
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def extinction(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """m' = -x m, b' = -x b, x = dl_al K_al^2 / (n^2 + K_al^2): matters below about ten cells per mm2."""
    rate = p.dl_al * p.K_al**2 / (occupancy(skin) ** 2 + p.K_al**2)
    return Rates(loss={Field.MELANOCYTES: rate, Field.MELANOBLASTS: rate})
