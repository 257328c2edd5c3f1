"""Post-inflammatory hyperpigmentation: marks of acne, burns and procedures, darker and longer in darker skin."""

import numpy as np
from numpy.typing import NDArray

from repigment.conditions.base import Disease, Who
from repigment.conditions.luck import Luck
from repigment.conditions.spotted import Spotted
from repigment.evidence.parameters import value

CAUSES = ("acne", "burn", "procedure")
DAYS_A_YEAR = 365.25


class PIH(Spotted):
    """Brown marks where skin was inflamed: epidermal ones fade in months, dermal ones in years.

    An injury before enrolment inflames the marks for some weeks; inflammation drives melanogenesis (more in darker
    skin) and lets melanin drop into the dermis, as far as the basement membrane is damaged (bm). Nothing keeps a mark
    alive but what is left in the skin.
    """

    name = "pih"
    title = "Post-inflammatory hyperpigmentation"
    lesion = "mark"
    sites = ("face", "neck", "trunk", "arms", "hands", "legs")
    says = {
        "burn": "share of patients whose marks come from a burn",
        "procedure": "share of patients whose marks come from a laser, a peel or needles",
        "dermal": "share of patients with melanin mostly in the dermis",
    }
    exclusive = ("burn", "procedure")
    local = ("bm",)

    def draw(self, who: Who, luck: Luck) -> Disease:
        """What caused the marks, how deep they are, how strong the injury was, and how long ago."""
        burn, procedure = (who.says(cause, value(f"pih.{cause}")) for cause in ("burn", "procedure"))
        cause = luck.one_of({"acne": max(1 - burn - procedure, 0.0), "burn": burn, "procedure": procedure})
        dermal = luck.coin(who.says("dermal", value("pih.dermal")))
        strength = float(np.exp(value("injury_sd") * luck.normal()))
        form = {
            "cause": float(CAUSES.index(cause)),
            "injury": value(f"injury.{cause}") * strength,
            "injury_days": value(f"injury_days.{cause}"),
            "wound": value(f"wound.{cause}") * strength,
            "ago": who.duration * DAYS_A_YEAR,
            "count": value(f"pih.count.{cause}"),
        }
        return Disease(lesion={"bm": value("bm.dermal" if dermal else "bm.epidermal")}, form=form)

    def injury(self, disease: Disease, first: int, days: int) -> NDArray[np.float32]:
        """N_in of the marks on each day of their injury, and while it heals, which may go on after enrolment.

        One that lies further back than `pih.weeks` is taken to have happened then.
        """
        form, day = disease.form, np.arange(first, first + days)
        began = -min(round(form["ago"]), 7 * self.weeks_before())
        hurt = (day >= began) & (day < began + round(form["injury_days"]))
        healing = day >= began + round(form["injury_days"])
        left = form["wound"] * np.exp(-value("dl_W") * (day - began - form["injury_days"]) * healing)
        return np.where(healing, left, form["injury"] * hurt).astype(np.float32)
