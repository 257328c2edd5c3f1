"""Chemical peels: acid takes off the stratum corneum, and of the living epidermis as much as it is deep."""

from typing import ClassVar, Literal

import numpy as np

from repigment.evidence.parameters import value
from repigment.skin.adverse import risk
from repigment.skin.exposure import Exposure
from repigment.treatments.procedure import Procedure, effects


class Peel(Procedure):
    """A chemical peel of the whole field: `superficial` (glycolic, mandelic) or `medium` (trichloroacetic acid).

    It opens the skin for days and inflames it, a medium peel more. All numbers are assumed, save
    how often crusts follow a superficial one, which are counted as a site reaction.
    """

    give: Literal["peel"] = "peel"
    depth: Literal["superficial", "medium"] = "superficial"
    summary: ClassVar[str] = "chemical peel of the whole field"
    cautions: ClassVar[frozenset[str]] = frozenset({"peel"})

    def prepare(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Without its stratum corneum the skin lets more through until it has healed."""
        self.open_skin(exposure, value(f"peel_open.{self.depth}"), value(f"peel_closing.{self.depth}"))

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Removal and wound of the depth, and days of redness and scaling."""
        done = {what: value(f"peel_{what}.{self.depth}") for what in ("viable", "corneum", "wound")}
        self.strike(exposure, effects(**done), whole=True)
        self.hurt(exposure, "irritation", value(f"peel_score.{self.depth}"), value(f"peel_days.{self.depth}"))
        if self.depth == "superficial":  # no rate was found for deeper ones
            for day in self.session_days(exposure.days):
                risk(exposure, "site reaction", day, value("event_risk.site.peel"))
