"""Triple combination cream: hydroquinone, tretinoin and a mild steroid in one, once at night."""

from typing import ClassVar, Literal

import numpy as np

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.corticosteroid_cream import suppress
from repigment.treatments.dose import reached
from repigment.treatments.retinoid import Retinoid


class TripleCream(Retinoid):
    """Fluocinolone 0.01 %, hydroquinone 4 % and tretinoin 0.05 % in one cream, once a day at night.

    Tretinoin speeds turnover and lets more hydroquinone in; the steroid, of the mild class, calms the irritation of
    both. Each dose is applied with chance `adherence`. Once stopped all three leave the skin within days, and pigment
    returns where its cause is still there. About half the users are irritated, less so after some weeks. Assumed: how
    much more hydroquinone gets in, and what each part does alone. From a trial: how many it irritates. Thinning of the
    skin by the steroid is not modelled.
    """

    give: Literal["triple-cream"] = "triple-cream"
    summary: ClassVar[str] = "hydroquinone, tretinoin and a mild steroid, nightly"
    cautions: ClassVar[frozenset[str]] = Retinoid.cautions | {"steroid"}

    def expose(self, exposure: Exposure, rng: np.random.Generator) -> None:
        """Each part as if alone, hydroquinone as of `triple_uptake` times its strength; one level L of the cream."""
        level = self.level(exposure, rng, value("triple_half_life"))
        strength = value("triple_HQ") * value("triple_uptake")
        inhibition = value("hq_TYR") * reached(exposure, strength, value("hq_half"))
        exposure.block(Channel.TYROSINASE_BLOCKADE, inhibition * level)
        gain = value("tret_turn") * reached(exposure, value("triple_tretinoin"), value("tret_half"))
        self.renew(exposure, level, gain)
        suppress(exposure, level, value("cort_share.mild"))
        self.dermatitis(exposure, level, value("triple_irritation"))
