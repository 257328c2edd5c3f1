"""Ladder, VASI, raters and the scores of vitiligo against hand-made figures."""

from dataclasses import replace

import numpy as np
import pytest

from repigment.evidence.parameters import value
from repigment.scores.depigmentation import growth, repigmentation
from repigment.scores.ladder import LADDER, grade
from repigment.scores.outcomes import CONTINUOUS, Watched, score_patient
from repigment.scores.rater import error_spread, rate
from repigment.scores.vasi import improvement, vasi


def region(white, hand_units=2.0, site="face", advance=None, radius=20.0, toll=0.0):
    """A watched region with a given course of its depigmented share."""
    white = np.array(white, float)
    steady = np.zeros_like(white) if advance is None else np.array(advance, float)
    tolls = {name: np.full_like(white, toll) for name in ("irritation", "injection_site", "uvb_dose")}
    return Watched(site, hand_units, radius, white, steady, tolls)


def streams(lesions: int = 1, person: int = 2):
    """Random numbers of the lesions and of the person."""
    return np.random.default_rng(lesions), np.random.default_rng(person)


def test_every_grade_is_its_own_nearest():
    assert grade(LADDER).tolist() == LADDER.tolist()


@pytest.mark.parametrize(("share", "seen"), [(0.05, 0.0), (0.0501, 0.1), (0.18, 0.25), (0.6, 0.5), (0.96, 1.0)])
def test_a_share_goes_to_the_nearest_grade(share, seen):
    assert grade(share) == seen


def test_vasi_of_a_textbook_patient():
    """Two hand units wholly white on the face and four half white on the trunk score 2 + 2."""
    assert vasi([2, 4], [1.0, 0.5]) == 4.0


def test_improvement_is_in_per_cent_of_baseline():
    assert improvement([1.0, 2.0, 0.0], [0.25, 3.0, 0.0])[:2].tolist() == [75.0, -50.0]


def test_two_raters_agree_as_published():
    """ICC of evidence rows MEA-001 (live) and MEA-006 (photograph), between raters of the same white lesions.

    Graded wholly white, so that the ladder adds nothing; areas vary between patients as F-VASI does.
    """
    rng = np.random.default_rng(0)
    areas = np.exp(value("vasi_spread") * rng.standard_normal(1500))
    for mode in ("live", "photograph"):
        ratings = [
            [
                np.log(
                    score_patient("white patches", [region([1.0], area)], mode, *streams(2 * i + r, 9000 + 2 * i + r))[
                        "F-VASI"
                    ][0]
                )
                for r in (0, 1)
            ]
            for i, area in enumerate(areas)
        ]
        one, two = np.array(ratings).T
        assert np.corrcoef(one, two)[0, 1] == pytest.approx(value(f"icc_{mode}"), abs=0.04)


def test_a_rater_errs_the_same_way_on_both_halves_of_a_person():
    """The lasting share of the error belongs to the person: it correlates between halves, the rest does not."""
    halves = np.array([[rate("live", 1, 1, 1, *streams(2 * i + h, i)).fold[0] for h in (0, 1)] for i in range(2000)])
    assert np.corrcoef(np.log(halves).T)[0, 1] == pytest.approx(value("rater_lasting"), abs=0.06)


def test_photographs_are_rated_less_well_than_skin():
    assert error_spread("photograph") > error_spread("live") > error_spread("none") == 0


def test_a_longer_trial_begins_with_the_same_errors():
    short, long = (rate("live", 2, 5, weeks, *streams()) for weeks in (10, 60))
    assert np.array_equal(short.fold, long.fold[:10])
    assert np.array_equal(short.grade, long.grade[..., :10])


def test_without_rater_error_white_skin_scores_its_hand_units():
    scored = score_patient("white patches", [region([1.0, 1.0]), region([1.0, 0.0], 3.0, "trunk")], "none", *streams())
    assert scored["F-VASI"].tolist() == [2.0, 2.0]
    assert scored["T-VASI"].tolist() == [5.0, 2.0]


def test_a_lesion_that_advances_by_a_tenth_of_its_radius_gains_21_per_cent():
    assert growth(region([1, 1], advance=[1.0, 3.0], radius=20.0)).tolist() == pytest.approx([0, 0.21])


def test_a_lesion_that_withdraws_does_not_count_as_negative_spread():
    assert growth(region([1, 1], advance=[1.0, 0.0])).tolist() == [0, 0]


def test_repigmentation_looks_at_the_face_where_it_is_affected():
    face, trunk = region([1.0, 0.4]), region([1.0, 1.0], 9.0, "trunk")
    assert repigmentation([trunk, face]).tolist() == pytest.approx([0, 60])
    assert repigmentation([trunk]).tolist() == [0, 0]


def test_the_burden_is_that_of_the_worst_region_and_uvb_is_in_joules():
    scored = score_patient("white patches", [region([1], toll=500.0), region([1], site="legs")], "none", *streams())
    assert scored["irritation burden"].tolist() == [500]
    assert scored["UVB dose"].tolist() == [0.5]


def test_what_is_seen_of_colour_changes_nothing_of_vasi():
    """Contrast, evenness and redness come with errors of their own: the other scores keep theirs."""
    plain = [region([1.0, 0.7, 0.3]), region([1.0, 1.0, 0.9], 4.0, "trunk")]
    course = np.array([-0.8, -0.5, -0.1])
    told = [replace(each, contrast=course, unevenness=-course, inflammation=-course, niche=course) for each in plain]
    before, after = (score_patient("white patches", regions, "live", *streams()) for regions in (plain, told))
    assert all(np.array_equal(after[name], before[name]) for name in before)
    assert set(after) - set(before) == {"contrast", "evenness", "redness", "redness burden"}
    assert set(after) <= set(CONTINUOUS)
    assert after["contrast"][0] < after["contrast"][2] < 0
