"""MASI against its published definition, and from watched parts to what a rater writes."""

from dataclasses import replace

import numpy as np
import pytest

from repigment.evidence.parameters import value
from repigment.scores.masi import HALF_WEIGHTS, WEIGHTS, area_grade, darkness_grade, homogeneity_grade, masi, mmasi
from repigment.scores.melasma import PLACES, involvement, melasma
from repigment.scores.rater import strictness

INDICES = ("MASI", "mMASI", "hemi-MASI")


def test_the_largest_scores_are_those_published():
    assert masi([6] * 4, [4] * 4, [4] * 4) == pytest.approx(48)
    assert mmasi([6] * 4, [4] * 4) == pytest.approx(24)
    assert masi([6] * 3, [4] * 3, [4] * 3, HALF_WEIGHTS) == pytest.approx(24)
    assert WEIGHTS.sum() == pytest.approx(2 * HALF_WEIGHTS.sum()) == 1


def test_a_face_worked_out_by_hand():
    """Forehead 3 (2+2) 0.3 = 3.6, right cheek 4 (3+2) 0.3 = 6, left 2 (2+1) 0.3 = 1.8, chin 1 (1+1) 0.1 = 0.2."""
    area, darkness, homogeneity = [3, 4, 2, 1], [2, 3, 2, 1], [2, 2, 1, 1]
    assert masi(area, darkness, homogeneity) == pytest.approx(11.6)
    assert mmasi(area, darkness) == pytest.approx(1.8 + 3.6 + 1.2 + 0.1)


@pytest.mark.parametrize(
    ("per_cent", "grade"),
    [(0, 0), (9, 1), (10, 2), (29, 2), (30, 3), (49, 3), (50, 4), (69, 4), (70, 5), (89, 5), (90, 6), (100, 6)],
)
def test_area_grades_are_those_of_pandya_2011(per_cent, grade):
    assert area_grade(per_cent / 100) == grade


def test_what_is_seen_at_all_has_at_least_grade_one():
    assert darkness_grade(value("dark_step")) == 1
    assert homogeneity_grade(0.0) == 1
    assert darkness_grade(99) == homogeneity_grade(1.0) == 4


def scored(region, streams, mode="none", lesions=1):
    weeks = len(region.contrast)
    return melasma([region], strictness(mode, weeks, *streams(lesions)))


def test_from_parts_to_the_score_by_hand(dark, streams):
    """Forehead 20 % and 60 % of its halves = 40 %; darkness of what is dark (0.2 x 0.4 + 0.6 x 0.8) / 0.8 = 0.7."""
    share = np.array([0.2, 0.6, 0.75, 0.0, 0.05, 0.05])
    depth = np.array([0.4, 0.8, 0.5, 0.1, 0.2, 0.2])
    face = dark(part_darker=share, part_depth=depth, part_contrast=share * depth)
    found = involvement(face, PLACES)
    assert [each[0].tolist() for each in found] == [
        pytest.approx([0.4, 0.75, 0, 0.05]),
        pytest.approx([0.7, 0.5, 0, 0.2]),
        pytest.approx([0.4, 0.75, 0, 0.05]),
    ]
    face = replace(face, part_depth=face.part_depth + 1e-9, part_contrast=face.part_contrast + 1e-9)
    points = scored(face, streams)  # forehead 3 (3+2), right cheek 5 (3+4), left none, chin 1 (2+1)
    assert points["MASI"].tolist() == pytest.approx([0.3 * 15 + 0.3 * 35 + 0.1 * 3])
    assert points["mMASI"].tolist() == pytest.approx([0.3 * 9 + 0.3 * 15 + 0.1 * 2])
    right = 0.15 * 2 * (3 + 1) + 0.3 * 35 + 0.05 * 3  # forehead 20 %, 0.4, sparse
    left = 0.15 * 4 * (4 + 3) + 0 + 0.05 * 3  # forehead 60 %, 0.8
    assert points["hemi-MASI"].tolist() == pytest.approx([(right + left) / 2])
    halves = [scored(replace(face, half=side), streams) for side in ("right", "left")]
    assert [half["hemi-MASI"].item() for half in halves] == pytest.approx([right, left])
    assert [half["MASI"].item() for half in halves] == pytest.approx([2 * right, 2 * left])


def test_both_halves_alike_are_the_whole(dark, streams):
    face = dark(part_darker=0.45, part_depth=0.5, part_contrast=0.2)
    whole = scored(face, streams)
    for side in ("right", "left"):
        half = scored(replace(face, half=side), streams)
        assert [half[name].item() for name in INDICES] == pytest.approx([whole[name].item() for name in INDICES])


def test_an_area_that_is_not_there_is_not_involved(dark, streams):
    forehead = dark(part_size=np.array([0.5, 0.5, 0, 0, 0, 0]))
    assert scored(forehead, streams)["MASI"].item() == pytest.approx(0.3 * 6 * (3 + 4))


@pytest.mark.parametrize("mode", ["none", "live", "photograph"])
def test_more_or_darker_melasma_never_scores_less(dark, streams, mode):
    """With the same rater: over the involved share at one darkness, and over darkness at one share."""
    steps = np.linspace(0, 1, 60)[:, None] * np.ones(6)
    for share, depth in ((steps, 0.5 + 0 * steps), (0.4 + 0 * steps, 2 * steps + 0.11)):
        faces = [dark(part_darker=s, part_depth=d, part_contrast=s * d) for s, d in zip(share, depth, strict=True)]
        for name in INDICES:
            points = np.array([scored(face, streams, mode, 5)[name].item() for face in faces])
            assert (np.diff(points) >= 0).all()
            assert points[-1] > points[0]


def test_healthy_skin_scores_nothing_whoever_looks(dark, streams):
    """The soft edge of what counts as darker leaves 2 % of healthy skin dark: less than a rater sees."""
    face = dark(part_darker=0.0, part_contrast=0.0, part_depth=0.0)
    soft = dark(part_darker=1 / (1 + np.exp(4)), part_contrast=0.0, part_depth=0.0)
    assert [scored(face, streams, "live", seed)["MASI"].item() for seed in range(50)] == [0.0] * 50
    assert scored(soft, streams)["MASI"].item() == 0


def test_the_worst_face_stays_on_the_scale(dark, streams):
    worst = dark(part_darker=1.0, part_contrast=3.0, part_depth=3.0)
    points = scored(worst, streams, "live")
    assert [points[name].item() for name in INDICES] == pytest.approx([48, 24, 24])
