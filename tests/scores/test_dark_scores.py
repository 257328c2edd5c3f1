"""Contrast, fading, severity, spots, evenness and redness against hand-made figures."""

from dataclasses import replace

import numpy as np
import pytest

from repigment.evidence.parameters import value
from repigment.scores.contrast import contrast, fading, measured
from repigment.scores.evenness import evenness
from repigment.scores.outcomes import CONTINUOUS, score_patient
from repigment.scores.rater import strictness
from repigment.scores.redness import redness, redness_burden
from repigment.scores.severity import severity
from repigment.scores.spots import spots, visible
from repigment.trials.analysis.endpoints import SCALES, measures_for

MI = value("mexameter_slope")


@pytest.mark.parametrize("scale", SCALES)
def test_every_endpoint_of_a_condition_has_its_score(dark, streams, scale):
    scored = score_patient(scale, [dark(3, count=8)], "live", *streams())
    assert {measure.score for measure in measures_for(scale).values()} == set(scored)
    assert set(scored) <= set(CONTINUOUS)
    assert {course.shape for course in scored.values()} == {(3,)}


def test_contrast_is_a_mean_over_regions_by_their_size(dark):
    small, large = dark(contrast=0.9), dark(contrast=0.3)
    assert contrast([small, replace(large, hand_units=6.0)]).item() == pytest.approx(MI * (2 * 0.9 + 6 * 0.3) / 8)
    counted = [replace(small, count=30), replace(large, count=10)]
    assert contrast(counted).item() == pytest.approx(MI * 0.75)


def test_contrast_of_half_a_face_is_that_of_its_parts(dark):
    """A fifth of each area is lesion at week 0 and as dark on both sides; the right fades, the left does not."""
    course = np.array([[0.16] * 6, [0.04, 0.16] * 3])
    seen = np.array([[0.2] * 6, [0.05, 0.2] * 3])
    face = dark(2, contrast=[0.8, 0.5], part_darker=seen, part_contrast=course)
    right, left = (contrast([replace(face, half=side)]) for side in ("right", "left"))
    assert right.tolist() == pytest.approx([MI * 0.8, MI * 0.2])
    assert left.tolist() == pytest.approx([MI * 0.8, MI * 0.8])


def test_the_instrument_errs_anew_at_every_visit():
    true = np.full(20000, 50.0)
    read = measured(true, "live", np.random.default_rng(1))
    assert read.mean() == pytest.approx(50, abs=0.15)
    assert read.std() == pytest.approx(value("mexameter_error"), rel=0.03)
    assert abs(np.corrcoef(read[1:], read[:-1])[0, 1]) < 0.03
    assert np.array_equal(measured(true, "none", np.random.default_rng(1)), true)


def test_fading_is_per_cent_of_baseline_and_stays_on_its_scale():
    assert fading(np.array([80.0, 20.0, 100.0, 0.0, -30.0, 400.0])).tolist() == [0, 75, -25, 100, 100, -100]
    assert np.isnan(fading(np.array([0.0, 10.0]))).all()
    assert np.isnan(fading(np.array([-5.0, 10.0]))).all()


@pytest.mark.parametrize(
    ("contrast_now", "darker", "grade"),
    [(0.05, 0.1, 0), (0.15, 0.9, 1), (0.299, 1, 1), (0.301, 1, 2), (0.79, 1, 2), (0.81, 1, 3), (0.5, 0.19, 0)],
)
def test_severity_by_thresholds(dark, streams, contrast_now, darker, grade):
    region = dark(contrast=contrast_now, darker=darker)
    assert severity([region], contrast([region]), strictness("none", 1, *streams())).item() == grade


@pytest.mark.parametrize("mode", ["none", "live"])
def test_darker_lesions_are_never_less_severe(dark, streams, mode):
    grades = []
    for deep in np.linspace(0, 2, 80):
        region = dark(contrast=deep, darker=1 / (1 + np.exp((0.1 - deep) / 0.025)))
        grades.append(severity([region], contrast([region]), strictness(mode, 1, *streams())).item())
    assert (np.diff(grades) >= 0).all()
    assert set(grades) == {0, 1, 2, 3}


def test_raters_differ_about_what_lies_between_two_grades(dark, streams):
    region = dark(contrast=value("severity_moderate") / MI)
    graded = [
        severity([region], contrast([region]), strictness("live", 1, *streams(seed, seed))).item()
        for seed in range(200)
    ]
    assert 0.35 < np.mean(np.array(graded) == 2) < 0.65
    assert set(graded) == {1, 2}


def test_six_watched_spots_stand_for_all(dark):
    seen = np.array([[1, 1, 1, 1, 0, 0], [0.9, 0.26, 0.24, 0, 0, 0], [0, 0, 0, 0, 0, 0]], float)
    face = dark(3, part_darker=seen, part_size=np.array([0.4, 0.2, 0.2, 0.2, 0, 0]), count=30)
    assert visible(face).tolist() == [1, 0.5, 0]
    hands = replace(face, count=8)
    assert spots([face, hands], np.ones(3)).tolist() == [38, 19, 0]
    assert spots([face], np.full(3, 1.5)).tolist() == [45, 22.5, 0]


def test_a_region_without_watched_spots_has_none(dark):
    assert spots([dark(2, part_size=np.zeros(6), count=5)], np.ones(2)).tolist() == [0, 0]


def test_evenness_falls_from_100_as_colours_differ(dark):
    found = evenness([dark(3, unevenness=[0, value("uneven_half"), 1e6])])
    assert found.tolist() == pytest.approx([100, 50, 0], abs=1e-3)


def test_redness_saturates_and_vessels_count_in_melasma_only(dark):
    region = dark(3, inflammation=[0, value("redness_half"), 1e9], niche=value("redness_vessels"))
    assert redness("spots", [region]).tolist() == pytest.approx([0, 2, 4])
    assert redness("face", [region]).tolist() == pytest.approx([2, 4 * 2 / 3, 4])
    assert redness("spots", [dark(3), region]).tolist() == pytest.approx([0, 2, 4])  # the worst region


def test_the_burden_of_redness_is_its_area_in_score_days():
    assert redness_burden(np.array([3.0, 1.0, 0.0, 2.0])).tolist() == [0, 7, 7, 21]
