"""Melanoblasts wander, mature melanocytes hardly; UV makes both move more."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.signals import uv_signal
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def motility(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """m' = +D_m Df lap m, b' = +D_b Df lap b, Df = 1 + beta_D mean(uh); five-point stencil split into gain and loss."""
    faster = (1 + p.beta_D * place.mean(uv_signal(skin, p))) / place.pixel_area
    slow, quick = p.D_m * faster, p.D_b * faster
    return Rates(
        gain={
            Field.MELANOCYTES: slow * place.neighbours(skin.melanocytes),
            Field.MELANOBLASTS: quick * place.neighbours(skin.melanoblasts),
        },
        loss={Field.MELANOCYTES: 4 * slow, Field.MELANOBLASTS: 4 * quick},
    )
