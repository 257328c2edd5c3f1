"""Melanocytes and melanoblasts divide while there is room."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.signals import occupancy, support, uv_signal
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def proliferation(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """m' = +r_m pr m (1-n), b' = +r_b pr b (1-n), pr = s (1 + beta_u uh): UV and growth factors speed division."""
    drive_to_divide = support(skin, p) * (1 + p.beta_u * uv_signal(skin, p)) * (1 - occupancy(skin))
    return Rates(loss={Field.MELANOCYTES: -p.r_m * drive_to_divide, Field.MELANOBLASTS: -p.r_b * drive_to_divide})
