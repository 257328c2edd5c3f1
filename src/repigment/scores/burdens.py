"""What a treatment cost the patient, as running totals."""

import numpy as np

from repigment.scores.watched import Series, Watched


def burdens(regions: list[Watched]) -> dict[str, Series]:
    """Running totals of what the treatment cost: site reactions and irritation in the worst region, UVB in J/cm2."""

    def worst(toll: str) -> Series:
        return np.max([region.tolls[toll] for region in regions], axis=0)

    return {
        "injection-site burden": worst("injection_site"),
        "irritation burden": worst("irritation"),
        "UVB dose": worst("uvb_dose") / 1000,
    }
