"""The melanogenic niche: its set point, its answer to hormones and sun, and what tranexamic acid takes from it."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.signals import uv_signal
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def niche(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """F' = dl_F [(F_set + f_u uh (1-TXA)) (1 + h_E E2) - (1 + k_TXA TXA) F]."""
    source = p.F_set + p.f_u * uv_signal(skin, p) * (1 - drive.plasmin_blockade)
    return Rates(
        gain={Field.NICHE: p.dl_F * source * (1 + p.h_E * drive.hormone)},
        loss={Field.NICHE: p.dl_F * (1 + p.k_TXA * drive.plasmin_blockade)},
    )
