"""From the watched parts of a face to MASI, mMASI and hemi-MASI as a rater writes them."""

from collections.abc import Sequence

import numpy as np

from repigment.scores.masi import HALF_WEIGHTS, WEIGHTS, area_grade, darkness_grade, homogeneity_grade, masi, mmasi
from repigment.scores.rater import Strictness, bent
from repigment.scores.watched import Series, Watched
from repigment.skin.face import HALVES

PLACES = ((0, 1), (2,), (3,), (4, 5))  # parts that make up each area of MASI: forehead, right malar, left malar, chin


def melasma(regions: list[Watched], rater: Strictness) -> dict[str, Series]:
    """MASI, mMASI and hemi-MASI by week (weeks,), of the face.

    hemi-MASI is that of one half of the face, 0 to 24: the mean of both halves, or in a split face that of the arm's
    half. There MASI and mMASI are those of a face whose other half were alike.
    """
    face = ([region for region in regions if region.site == "face"] or regions)[0]
    sides = [tuple((part,) for part in HALVES[side]) for side in HALVES if face.half in (None, side)]
    halves = [_rated(face, places, HALF_WEIGHTS, rater) for places in sides]
    hemi = np.mean([points for points, _ in halves], axis=0)
    if face.half is None:
        whole, modified = _rated(face, PLACES, WEIGHTS, rater)
    else:
        whole, modified = 2 * halves[0][0], 2 * halves[0][1]
    return {"MASI": whole, "mMASI": modified, "hemi-MASI": hemi}


def _rated(
    region: Watched, places: Sequence[tuple[int, ...]], weights: Series, rater: Strictness
) -> tuple[Series, Series]:
    """MASI and mMASI (weeks,) over `places`, each the parts that are graded as one area."""
    share, depth, density = involvement(region, places)
    area = area_grade(bent(share, rater.area[:, None]))
    darkness = darkness_grade(depth * np.exp(rater.darkness[:, None]))
    homogeneity = homogeneity_grade(bent(density, rater.density[:, None]))
    return masi(area, darkness, homogeneity, weights), mmasi(area, darkness, weights)


def involvement(region: Watched, places: Sequence[tuple[int, ...]]) -> tuple[Series, Series, Series]:
    """Involved share, contrast of the involved skin (type III = 1) and density (0..1), each (weeks, places).

    Means over the parts of a place by their size; density is the mean contrast of a place over that of its darker
    skin. A place that does not exist has none.
    """
    found = []
    for place in places:
        parts = list(place)
        size = np.asarray(region.part_size, float)[parts]
        size = size / size.sum() if size.sum() > 0 else size
        dark = region.part_darker[:, parts] * size
        share = dark.sum(axis=1)
        depth = (dark * region.part_depth[:, parts]).sum(axis=1) / np.where(share > 0, share, 1.0)
        contrast = (region.part_contrast[:, parts] * size).sum(axis=1)
        density = np.clip(contrast / np.where(depth > 0, depth, np.inf), 0, 1)
        found.append((share, depth, density))
    share, depth, density = (np.stack(each, axis=-1) for each in zip(*found, strict=True))
    return share, depth, density
