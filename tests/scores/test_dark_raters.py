"""Raters of dark skin: as far apart as published ones, alike in one person, and exact where there is no rater."""

import numpy as np
import pytest

from repigment.evidence.parameters import value
from repigment.scores.melasma import melasma
from repigment.scores.outcomes import score_patient
from repigment.scores.rater import miscount, strictness


@pytest.fixture(scope="module")
def faces():
    """Melasma of 1200 people whose MASI is 12 with an SD of 5.5 (published means: 7 to 13, SD 3 to 8)."""
    rng = np.random.default_rng(0)
    extent = rng.normal(-1.2, 0.7, (1200, 1)) + np.repeat([-0.2, 0.3, -0.8], 2)
    extent = extent + np.repeat(rng.normal(0, 0.5, (1200, 3)), 2, axis=1) + rng.normal(0, 0.3, (1200, 6))
    depth = 0.75 * np.exp(rng.normal(0, 0.35, (1200, 1)) + rng.normal(0, 0.1, (1200, 6)))
    return 1 / (1 + np.exp(-extent)), np.maximum(depth, 0.12)


def ratings(faces, dark, streams, mode, raters):
    """MASI (people, raters) of each face by different raters."""
    people = [dark(part_darker=s, part_depth=d, part_contrast=s * d) for s, d in zip(*faces, strict=True)]
    return np.array(
        [
            [melasma([face], strictness(mode, 1, *streams(9 * i + r, 9 * i + r)))["MASI"].item() for r in range(raters)]
            for i, face in enumerate(people)
        ]
    )


def icc(table):
    """ICC(1,1) of one-way analysis of variance: (MSB - MSW) / (MSB + (k - 1) MSW), Shrout and Fleiss 1979."""
    n, k = table.shape
    between = k * ((table.mean(axis=1) - table.mean()) ** 2).sum() / (n - 1)
    within = ((table - table.mean(axis=1, keepdims=True)) ** 2).sum() / (n * (k - 1))
    return (between - within) / (between + (k - 1) * within)


def test_four_raters_of_masi_agree_as_published(faces, dark, streams):
    """ICC 0.816 of four raters, Majid 2016."""
    true = ratings(faces, dark, streams, "none", 1)
    assert (true.mean(), true.std()) == (pytest.approx(12, abs=1), pytest.approx(5.5, abs=0.7))
    table = ratings(faces, dark, streams, "live", 4)
    assert icc(table) == pytest.approx(0.816, abs=0.03)
    assert table.mean() == pytest.approx(true.mean(), rel=0.03)  # they differ, but not to one side


def test_photographs_are_rated_less_well_than_skin(faces, dark, streams):
    some = [each[:400] for each in faces]
    assert icc(ratings(some, dark, streams, "photograph", 2)) < icc(ratings(some, dark, streams, "live", 2)) - 0.05


def test_counts_agree_as_published(streams):
    """Counts of people who differ by `spots_spread` in ln correlate between raters by `icc_spots`."""
    people = value("spots_spread") * np.random.default_rng(3).standard_normal(4000)
    one, two = (
        [x + np.log(miscount("live", 1, *streams(2 * i + r, 2 * i + r)).item()) for i, x in enumerate(people)]
        for r in (0, 1)
    )
    assert np.corrcoef(one, two)[0, 1] == pytest.approx(value("icc_spots"), abs=0.05)


def test_a_rater_errs_the_same_way_on_both_halves_of_a_face(streams):
    for errors in (
        lambda i, h: strictness("live", 1, *streams(2 * i + h, i)).area.item(),
        lambda i, h: np.log(miscount("live", 1, *streams(2 * i + h, i)).item()),
    ):
        halves = np.array([[errors(i, half) for half in (0, 1)] for i in range(2000)])
        assert np.corrcoef(halves.T)[0, 1] == pytest.approx(value("rater_lasting"), abs=0.06)


@pytest.mark.parametrize("scale", ["face", "spots"])
def test_a_longer_trial_begins_with_the_same_scores(dark, streams, scale):
    short, long = (score_patient(scale, [dark(weeks, count=9)], "live", *streams()) for weeks in (10, 60))
    assert all(np.array_equal(short[name], long[name][:10]) for name in short)


@pytest.mark.parametrize("scale", ["white patches", "face", "spots"])
def test_without_rater_error_skin_that_does_not_change_scores_the_same(dark, streams, scale):
    scored = score_patient(scale, [dark(5, count=12)], "none", *streams())
    cumulative = {"PIH duration", "redness burden"}
    assert all((course == course[0]).all() for name, course in scored.items() if name not in cumulative)
    assert all(np.isfinite(course).all() for course in scored.values())
