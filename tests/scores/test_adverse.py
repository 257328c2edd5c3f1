"""Who has an adverse event: luck of the patient against an expected number that the treatment sets."""

from dataclasses import replace

import numpy as np
import pytest

from repigment.evidence.parameters import value
from repigment.scores.adverse import adverse
from repigment.scores.contrast import darkening
from repigment.scores.outcomes import CONTINUOUS, score_patient
from repigment.skin.adverse import expected
from repigment.skin.exposure import EVENTS

MANY = 20_000
FOUR_ERRORS = 4  # standard errors that a share of so many may be off


def had(region, hazards, patient):
    """The adverse events of one patient whose region has these running totals by event."""
    return adverse([replace(region, hazards=hazards)], np.random.default_rng([7, patient]))


def share(region, event, total):
    course = {event: np.array([0.0, total])}
    return np.mean([had(region, course, patient)[event][-1] for patient in range(MANY)])


@pytest.mark.parametrize(("event", "total"), [("fever", 0.05), ("site reaction", 0.4), ("granuloma", 2.0)])
def test_the_share_with_an_event_is_one_less_exp_of_what_was_expected(dark, event, total):
    p = 1 - np.exp(-total)
    assert share(dark(2), event, total) == pytest.approx(p, abs=FOUR_ERRORS * np.sqrt(p * (1 - p) / MANY))


@pytest.mark.parametrize("odds_ratio", [0.5, 1.98, 6.49])
def test_the_odds_ratio_is_found_again_in_the_patients(dark, odds_ratio):
    """The draws are the same in both arms, so that the ratio is nearer than its parts: within 10 %."""
    one, other = (share(dark(2), "site reaction", expected(value("event_risk.site"), r)) for r in (odds_ratio, 1.0))
    assert other == pytest.approx(value("event_risk.site"), rel=0.1)
    assert one / (1 - one) / (other / (1 - other)) == pytest.approx(odds_ratio, rel=0.1)


def test_who_has_it_with_less_has_it_with_more(dark):
    """Common luck: nobody is spared by the arm that expects more, and it comes to them no later."""
    slow, fast = (np.linspace(0, total, 30) for total in (0.3, 0.6))
    for patient in range(200):
        few, many = (had(dark(30), {"fever": course}, patient)["fever"] for course in (slow, fast))
        assert (many >= few).all()
        assert set(np.diff(few)) <= {0.0, 1.0}, "once had, always had"


def test_events_have_luck_of_their_own(dark):
    """The same expected number of each: they do not all come to the same patients."""
    hazards = {event: np.array([0.0, np.log(2)]) for event in EVENTS}
    drawn = np.array([[had(dark(2), hazards, i)[event][-1] for event in EVENTS] for i in range(2000)])
    assert np.abs(np.corrcoef(drawn.T) - np.eye(len(EVENTS))).max() < 0.1


def test_a_session_that_treats_two_regions_is_one_session(dark):
    one = replace(dark(2), hazards={"fever": np.array([0.0, 0.2])})
    for patient in range(100):
        alone, both = (adverse(each, np.random.default_rng([7, patient]))["fever"] for each in ([one], [one, one]))
        assert np.array_equal(alone, both)


def test_nothing_expected_is_nothing_had(dark):
    assert all(not each.any() for patient in range(200) for each in had(dark(5), {}, patient).values())


def test_luck_is_the_persons_and_takes_nothing_from_the_raters_errors(dark, streams):
    """Other streams of the lesion, the same of the person: the same events; scores are what they were without."""
    region = replace(dark(4), hazards={"site reaction": np.array([0.0, 0.5, 1.0, 3.0])})
    one, other = (score_patient("face", [region], "live", *streams(lesions, 5)) for lesions in (1, 2))
    assert np.array_equal(one["site reaction"], other["site reaction"])
    without = score_patient("face", [dark(4)], "live", *streams(1, 5))
    assert all(np.array_equal(one[name], without[name]) for name in without if name not in EVENTS)
    assert {*EVENTS, "darkening"} <= set(one) <= set(CONTINUOUS)


def test_white_patches_have_events_and_do_not_darken(streams, dark):
    scored = score_patient("white patches", [dark(3)], "none", *streams())
    assert set(EVENTS) <= set(scored) and "darkening" not in scored


def test_darker_is_by_more_than_readings_err():
    """Lesions that stay as they are read darker 1 time in 40; a rise of two such limits is nearly always seen."""
    error, rng = value("mexameter_error"), np.random.default_rng(3)
    limit = value("darkening_z") * np.sqrt(2) * error
    read = 60 + error * rng.standard_normal((MANY, 2))
    called = [
        np.mean([darkening(each + np.array([0.0, rise]))[1] for each in read]) for rise in (0.0, limit, 2 * limit)
    ]
    assert called == pytest.approx([0.025, 0.5, 0.975], abs=0.01)
