"""From what was watched in a patient's lesions to the scores that a trial records."""

import numpy as np

from repigment.scores.adverse import adverse
from repigment.scores.burdens import burdens
from repigment.scores.contrast import contrast, darkening, fading, measured
from repigment.scores.depigmentation import depigmentation
from repigment.scores.evenness import evenness
from repigment.scores.melasma import melasma
from repigment.scores.pih import hypopigmentation, pih
from repigment.scores.rater import Mode, miscount, strictness
from repigment.scores.redness import redness, redness_burden
from repigment.scores.severity import severity
from repigment.scores.spots import spots
from repigment.scores.watched import Series, Watched

__all__ = ["CONTINUOUS", "Series", "Watched", "score_patient"]

CONTINUOUS = {
    "F-VASI": "VASI points",
    "T-VASI": "VASI points",
    "repigmentation": "%",
    "spread": "hand units",
    "injection-site burden": "score-days",
    "irritation burden": "score-days",
    "UVB dose": "J/cm2",
    "MASI": "MASI points",
    "mMASI": "MASI points",
    "hemi-MASI": "MASI points",
    "spots": "spots",
    "severity": "grade",
    "contrast": "MI units",
    "fading": "%",
    "evenness": "points",
    "redness": "points",
    "redness burden": "score-days",
    "PIH": "0 or 1",
    "PIH peak": "MI units",
    "PIH duration": "weeks",
    "hypopigmentation": "0 or 1",
    "darkening": "0 or 1",
    "site reaction": "0 or 1",
    "fever": "0 or 1",
    "infection": "0 or 1",
    "granuloma": "0 or 1",
}


def score_patient(
    scale: str, regions: list[Watched], mode: Mode, rng: np.random.Generator, person: np.random.Generator
) -> dict[str, Series]:
    """Every score of CONTINUOUS that lesions of this `scale` have, by week (weeks,), as rater and instrument give it.

    Rated or measured with error: VASI, MASI, severity, spots, contrast and fading; the others are as they are. `rng`
    belongs to these lesions, `person` to the patient, whose rater errs the same way on both halves of the body and
    whose luck with adverse events is one.
    """
    cost = burdens(regions) | adverse(regions, person.spawn(1)[0])
    if scale == "white patches":
        scored = depigmentation(regions, mode, rng, person)
        if not regions[0].contrast.size:
            return scored | cost
        scored["contrast"] = measured(contrast(regions), mode, rng.spawn(1)[0])
    else:
        scored = _darkness(scale, regions, mode, rng, person)
    red = redness(scale, regions)
    seen = {"evenness": evenness(regions), "redness": red, "redness burden": redness_burden(red)}
    return scored | seen | cost


def _darkness(
    scale: str, regions: list[Watched], mode: Mode, rng: np.random.Generator, person: np.random.Generator
) -> dict[str, Series]:
    """The scores of a condition whose lesions are darker than the skin around them."""
    true = contrast(regions)
    rater = strictness(mode, len(true), rng, person)
    fold = miscount(mode, len(true), rng, person)
    read = measured(true, mode, rng.spawn(1)[0])
    return {
        **(melasma(regions, rater) if scale == "face" else {"spots": spots(regions, fold)}),
        "severity": severity(regions, true, rater),
        "contrast": read,
        "fading": fading(read),
        "darkening": darkening(read),
        **pih(regions),
        "hypopigmentation": hypopigmentation(regions),
    }
