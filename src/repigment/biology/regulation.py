"""Regulatory T-cell tone returns to the patient's set point; mechanism 2, which interferon primes, lifts it."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.signals import primed
from repigment.biology.symbols import positive
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def regulation(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """G' = dl_G (Ginf - G), Ginf = (G_set + max(x,0)) / (1 + max(-x,0)), x = k_G e_imm pr(pr_imm) V: positive."""
    lift = p.k_G * p.e_imm * primed(skin, p.pr_imm, p) * skin.secretome
    target = (p.G_set + positive(lift)) / (1 + positive(-lift))
    return Rates(
        gain={Field.REGULATION: p.dl_G * target},
        loss={Field.REGULATION: p.dl_G},
    )
