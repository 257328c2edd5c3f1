"""What products of UC-MSC share, whatever their route: mechanisms that can be parted, and strengths nobody knows."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.treatments.base import Treatment

MECHANISMS = {
    "differentiation": "e_dif",
    "support": "e_sup",
    "immune": "e_imm",
    "inflammation": "e_inf",
    "signals": "e_sig",
}
Mechanism = Literal["differentiation", "support", "immune", "inflammation", "signals"]


class CellProduct(Treatment):
    """Cells, or what they secrete: `mechanisms` are on, at `strength` or at a draw from the prior."""

    mechanisms: tuple[Mechanism, ...] = ("support", "immune", "inflammation", "signals")
    strength: Annotated[float | None, Field(ge=-1, le=1)] = None
    from_prior: ClassVar[bool] = True
    cautions: ClassVar[frozenset[str]] = frozenset({"cells"})

    def switches(self, strengths: dict[str, float]) -> dict[str, float]:
        """Strength of each mechanism that is on: the study's, otherwise that of a draw from the prior."""
        names = [MECHANISMS[mechanism] for mechanism in self.mechanisms]
        if self.strength is not None:
            return dict.fromkeys(names, self.strength)
        if names and not strengths:
            raise RepigmentError(
                "what the cells do is not known",
                where="UC-MSC",
                remedy="set their strength (-1 to 1), or draw it from the prior as a trial does",
            )
        return {name: strengths[name] for name in names}


def draw_strengths(world: int, seed: int) -> dict[str, float]:
    """What the cells do in one world, per mechanism: normal around no effect, cut at -1 and 1.

    Worlds come in pairs of opposite sign, so that an even number of them is centred on no effect whatever the seed.
    Differentiation has never been seen in living skin: its strength is 0 unless a study sets it.

    >>> one, other = draw_strengths(0, seed=1), draw_strengths(1, seed=1)
    >>> one["e_imm"] == -other["e_imm"]
    True
    """
    names = [parameter for mechanism, parameter in MECHANISMS.items() if mechanism != "differentiation"]
    rng = np.random.default_rng([seed, world // 2, 5])
    drawn = (1 - 2 * (world % 2)) * np.clip(rng.normal(0, value("sd_efficacy"), len(names)), -1, 1)
    return {"e_dif": 0.0, **{name: float(strength) for name, strength in zip(names, drawn, strict=True)}}
