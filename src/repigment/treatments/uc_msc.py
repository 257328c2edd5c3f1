"""UC-MSC microinjection: cells that die within days and secrete meanwhile, through mechanisms that can be parted."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.injection import CM2, Injection

MECHANISMS = {
    "differentiation": "e_dif",
    "support": "e_sup",
    "immune": "e_imm",
    "inflammation": "e_inf",
    "signals": "e_sig",
}
Mechanism = Literal["differentiation", "support", "immune", "inflammation", "signals"]


class UCMSC(Injection):
    """Umbilical-cord stromal cells injected into the skin at points of a grid.

    `mechanisms` are switched on; `strength` sets them all (-1 harm, 1 full effect), otherwise they are drawn from the
    wide prior around no effect. An empty list is exactly the sham injection.
    """

    give: Literal["uc-msc"] = "uc-msc"
    route: Literal["microinjection"] = "microinjection"
    cells_per_point: Annotated[float, Field(ge=1e3, le=1e8)] = 5e5
    mechanisms: tuple[Mechanism, ...] = ("support", "immune", "inflammation", "signals")
    strength: Annotated[float | None, Field(ge=-1, le=1)] = None
    summary: ClassVar[str] = "umbilical-cord mesenchymal stromal cells, injected"
    from_prior: ClassVar[bool] = True

    @property
    def areal_dose(self) -> float:
        """Cells per cm2 in units of the reference dose."""
        return self.cells_per_point * CM2 / self.spacing_mm**2 / value("Q_ref")

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Needles, and living cells that later doses of a sensitised patient lose faster.

        c = 1 + k_sens (1 - exp(-(t - t1)/tau_sens)) after the first dose at t1.
        """
        soreness = value("cell_soreness") if self.mechanisms else 1.0
        self.needle(exposure, soreness)
        days = self.session_days(exposure.days)
        if not days or not self.mechanisms:
            return
        exposure.table[days, Channel.CELL_DOSE] += self.areal_dose
        since = np.maximum(np.arange(exposure.days) - days[0], 0)
        sensitised = 1 - np.exp(-since / value("tau_sens"))
        exposure.table[:, Channel.CELL_CLEARANCE] = 1 + value("k_sens") * sensitised

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
