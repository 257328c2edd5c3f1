"""Autoreactive CD8 T cells kill melanocytes, melanoblasts and, through the leak of its privilege, the reservoir."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.signals import killing_rate
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def killing(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """m' = -kill m, b' = -w_b kill b, S' = -w_S kill S; kill = k_K (T + om_R R) l."""
    kill = killing_rate(skin, p)
    return Rates(
        loss={Field.MELANOCYTES: kill, Field.MELANOBLASTS: p.w_b * kill, Field.RESERVOIR: p.w_S * kill},
    )
