"""Too much of the secretome harms the pigment cells that less of it protects."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.signals import excess
from repigment.biology.symbols import saturating
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def stress(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """m' = -k_tox x/(1+x) m, b' = -k_tox x/(1+x) b; x = max(V/V_tox - 1, 0): none below V_tox."""
    lost = p.k_tox * saturating(excess(skin, p), 1)
    return Rates(loss={Field.MELANOCYTES: lost, Field.MELANOBLASTS: lost})
