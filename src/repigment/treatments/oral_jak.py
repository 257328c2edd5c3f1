"""A JAK inhibitor by mouth: interferon is heard less and memory T cells are kept less, in all skin alike."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.dose import reached
from repigment.treatments.oral import Oral


class OralJAK(Oral):
    """A JAK inhibitor in capsules, `mg_per_day` 10 to 50 on the scale of ritlecitinib, once a day.

    With `loading_mg` (200, say) that dose is taken in the first `loading_weeks` of the course. Every region is reached
    alike. Each capsule is taken with chance `adherence`. Ritlecitinib binds for good and works until the cell has made
    new enzyme, so the effect outlasts the drug by a day or so; then T cells return from what memory is left. Assumed:
    blockade against dose, its half-life, and that blocking JAK3 acts in the model where JAK1/2 does. Infections and
    changes of the blood are not modelled.
    """

    give: Literal["oral-jak"] = "oral-jak"
    mg_per_day: Annotated[float, Field(ge=1, le=200)] = 50.0
    loading_mg: Annotated[float | None, Field(ge=1, le=400)] = None
    loading_weeks: Annotated[float, Field(gt=0, le=26)] = 4.0
    summary: ClassVar[str] = "JAK inhibitor capsules, once daily"
    cautions: ClassVar[frozenset[str]] = frozenset({"immunosuppressant", "pregnancy"})

    @model_validator(mode="after")
    def _loading_is_more(self) -> "OralJAK":
        if self.loading_mg is not None and self.loading_mg < self.mg_per_day:
            raise ValueError(f"loading_mg ({self.loading_mg:g}) must not be less than mg_per_day ({self.mg_per_day:g})")
        return self

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """J = J_max M/(M + M_half), with M mg/d in the body."""
        due = np.full(exposure.days, self.mg_per_day)
        if self.loading_mg is not None:
            first = self.days(exposure.days).start
            due[first : first + round(7 * self.loading_weeks)] = self.loading_mg
        held = self.held(due * self.taken(exposure, rng), value("jak_half_life"))
        exposure.block(Channel.JAK_BLOCKADE, value("jak_J") * reached(exposure, held, value("jak_half")))
