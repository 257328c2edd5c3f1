"""Scores of vitiligo: VASI as the rater writes it, area and shares as they are."""

import numpy as np

from repigment.evidence.parameters import value
from repigment.scores.ladder import grade
from repigment.scores.rater import Mode, rate
from repigment.scores.vasi import vasi
from repigment.scores.watched import Series, Watched


def depigmentation(
    regions: list[Watched], mode: Mode, rng: np.random.Generator, person: np.random.Generator
) -> dict[str, Series]:
    """F-VASI and T-VASI (rated), repigmentation and spread (true) by week (weeks,).

    `rng` belongs to these lesions, `person` to the patient, whose rater errs the same way on both halves of the body.
    """
    weeks = len(regions[0].depigmented)
    count = round(value("lesions_per_region"))
    scatter = value("lesion_scatter") * rng.standard_normal((len(regions), count, 1))
    rater = rate(mode, len(regions), count, weeks, rng, person)
    scored = {"T-VASI": np.zeros(weeks), "F-VASI": np.zeros(weeks), "spread": np.zeros(weeks)}
    for row, region in enumerate(regions):
        shares = lesion_shares(region.depigmented, scatter[row])
        rated = grade(shares + rater.grade[row]).mean(axis=0)
        gained = region.hand_units * growth(region)
        points = rater.fold * vasi(
            np.stack([np.full(weeks, region.hand_units), gained], -1), np.stack([rated, np.ones(weeks)], -1)
        )
        scored["T-VASI"] += points
        scored["F-VASI"] += points if region.site == "face" else 0
        scored["spread"] += gained
    return scored | {"repigmentation": repigmentation(regions)}


def lesion_shares(depigmented: Series, scatter: Series) -> Series:
    """Depigmented shares (lesions, weeks) of lesions that lie `scatter` logits (lesions, 1) around the watched one."""
    share = np.clip(depigmented, 1e-4, 1 - 1e-4)
    odds = share / (1 - share) * np.exp(scatter)
    return odds / (1 + odds)


def growth(region: Watched) -> Series:
    """Share by which a round lesion's area has grown: (1 + advance/radius)^2 - 1, never below 0."""
    advance = np.maximum(region.advance - region.advance[0], 0)
    return (1 + advance / region.radius) ** 2 - 1


def repigmentation(regions: list[Watched]) -> Series:
    """Per cent of the area that was white at baseline and is so no more; of the face where it is affected, else all."""
    chosen = [region for region in regions if region.site == "face"] or regions
    white = sum(region.hand_units * region.depigmented for region in chosen)
    assert isinstance(white, np.ndarray)
    return 100 * np.clip(1 - white / white[0], 0, 1)
