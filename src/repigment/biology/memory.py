"""Resident memory is written where the lesion was, never moves, and lives on IL-15: the seed of relapse."""

from typing import Any

from repigment.biology.rates import Place, Rates
from repigment.biology.symbols import saturating
from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


def memory(skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
    """R' = (kap_R T + p_L L R)(1 - R/R_max) - (dl_R + k_15 I15) R, L = (L0 + C/(1+C)) (1-I15)(1 - j_15 J)."""
    il15 = p.L0 + saturating(skin.interferon, 1)
    il15 = il15 * (1 - drive.il15_blockade) * (1 - p.j_15 * drive.jak_blockade)
    kept = p.p_L * il15
    seeded = p.kap_R * skin.effectors
    crowding = (seeded + kept * skin.memory) / p.R_max
    return Rates(
        gain={Field.MEMORY: seeded},
        loss={Field.MEMORY: p.dl_R + p.k_15 * drive.il15_blockade + crowding - kept},
    )
