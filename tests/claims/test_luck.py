"""What lasts is sized in its own direction, and no event of a patient moves his pigment."""

import numpy as np

from repigment.claims.answering import answer

WORLDS = 40
HALF = np.where(np.arange(WORLDS) % 2, 30.0, 0.0)  # a benefit of 30 points in every second world


def arms(question, gain):
    return {question.arm: gain, question.versus: np.zeros(1)}


def test_a_benefit_that_lasts_has_a_trial_that_would_tell(vitiligo, ask):
    question = ask(26)
    found = answer(question, vitiligo(arms(question, HALF)))
    assert sum(found.holds) == WORLDS / 2
    assert found.trial["if_true"] >= 0.8
    assert found.trial["if_false"] < 0.05


def test_what_befalls_a_patient_is_not_named_for_an_effect_on_pigment(vitiligo, ask):
    question = ask(17)
    played = vitiligo(arms(question, np.linspace(-30, 30, WORLDS)))
    played.draws["event_ratio.fever"] = played.draws["e_sup"]
    assert {each["parameter"] for each in answer(question, played).influences} <= {"e_sup", "dl_Q"}
