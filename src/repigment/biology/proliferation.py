"""Melanocytes and melanoblasts divide while there is room."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.signals import occupancy, support, uv_signal
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def proliferation(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """m' = +r_m pr m (1-n), b' = +r_b pr b (1-n), pr = s (1 + beta_u uh): UV and growth factors speed division."""
    pr = support(skin, p) * (1 + p.beta_u * uv_signal(skin, p))
    slow, quick, n = p.r_m * pr, p.r_b * pr, occupancy(skin)
    # crowding as a loss, not as less growth: no step overshoots, however strong the support
    return Rates(
        gain={Field.MELANOCYTES: slow * skin.melanocytes, Field.MELANOBLASTS: quick * skin.melanoblasts},
        loss={Field.MELANOCYTES: slow * n, Field.MELANOBLASTS: quick * n},
    )
