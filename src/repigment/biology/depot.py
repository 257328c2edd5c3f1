"""Injected cells die within days, sooner in a patient whose immune system has met them; meanwhile they secrete."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def depot(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """Q' = -dl_Q c Q, V' = k_V Q - dl_V V (+ D_V lap V); c is 1 for a first dose and grows once sensitised."""
    return Rates(
        gain={Field.SECRETOME: p.k_V * skin.cells},
        loss={Field.CELLS: p.dl_Q * drive.cell_clearance, Field.SECRETOME: p.dl_V},
    )
