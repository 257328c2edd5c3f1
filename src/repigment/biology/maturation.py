"""Melanoblasts settle and become pigment-making melanocytes."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def maturation(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """m' = +mu b; b' = -(mu + dl_b) b. Maturation takes 1/mu days, a few melanoblasts die first."""
    return Rates(
        gain={Field.MELANOCYTES: p.mu * skin.melanoblasts},
        loss={Field.MELANOBLASTS: p.mu + p.dl_b},
    )
