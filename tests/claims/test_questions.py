"""Each question asks for what its study has."""

import pytest

from repigment.claims.library import MOST_PATIENTS, MOST_WORLDS, names, study
from repigment.claims.question import KINDS, all_questions, questions, studies_of
from repigment.errors import RepigmentError
from repigment.treatments.cell_product import CellProduct
from repigment.trials.analysis.endpoints import MEASURES
from repigment.trials.protocol.scores import measures
from repigment.trials.watch import COLUMNS


@pytest.mark.parametrize("question", all_questions(), ids=lambda each: f"{each.claim} {each.criterion}")
def test_a_question_asks_for_what_its_study_has(question):
    asked = study(question.study)
    arms = {arm.name for arm in asked.arms}
    assert {question.arm, question.versus, question.screen} - {""} <= arms
    assert (question.versus == "") == (question.kind == "lost")
    assert question.week in asked.visits
    assert question.from_week in asked.visits
    allowed = measures(asked.population.condition)
    for part in question.outcome.split(" + "):
        assert part in allowed if part in MEASURES else part in COLUMNS
    assert question.kind in KINDS
    assert question.better in ("lower", "higher", "either")
    assert question.margin >= 0
    assert question.unit
    assert str(question.week) in question.criterion


@pytest.mark.parametrize("question", all_questions(), ids=lambda each: f"{each.claim} {each.criterion}")
def test_cells_are_given_in_one_arm_of_a_comparison_and_a_fair_other_in_the_second(question):
    """Whoever gets no cells gets the same needles, unless another treatment is compared, or nothing at all."""
    arms = {arm.name: arm.treatments for arm in study(question.study).arms}
    if question.kind == "lost":
        assert not any(isinstance(each, CellProduct) for each in arms[question.arm])
        return
    assert any(isinstance(each, CellProduct) for each in arms[question.arm])
    assert not any(isinstance(each, CellProduct) for each in arms[question.versus])
    if question.versus == "sham" or " and " in question.arm:
        cells = next(each for each in arms[question.arm] if isinstance(each, CellProduct))
        sham = next(each for each in arms[question.versus] if each.give == "sham-injection")
        assert (cells.weeks, cells.spacing_mm, cells.volume_ml) == (sham.weeks, sham.spacing_mm, sham.volume_ml)


@pytest.mark.parametrize("name", names())
def test_a_study_is_used_drawn_and_has_all_its_arms_compared(name):
    of = study(name)
    asked = [each for each in all_questions() if each.study == name]
    assert asked
    assert {arm.name for arm in of.arms} == {
        arm for each in asked for arm in (each.arm, each.versus, each.screen) if arm
    }
    assert of.dropout.per_year == 0
    assert "no evidence of efficacy" in of.context_of_use


@pytest.mark.parametrize("claim", sorted({each.claim for each in all_questions()}))
def test_every_claim_depends_on_some_question(claim):
    assert any(each.counts for each in questions(claim))


def test_studies_are_named_once():
    assert studies_of([2, 17, 28]) == ("vitiligo", "routes")
    assert set(studies_of(range(1, 32))) == set(names())


def test_a_study_is_scaled_by_its_smallest_arm():
    of = study("melasma", worlds=6, patients=5)
    assert of.uncertainty.prior_draws == 6
    assert sorted({arm.n for arm in of.arms}) == [5, 20]


@pytest.mark.parametrize("worlds", [-4, 0, 1, MOST_WORLDS + 1])
def test_impossible_worlds_are_refused(worlds):
    with pytest.raises(RepigmentError, match=r"worlds is .*--worlds.*2 to 256"):
        study("freckles", worlds=worlds)


@pytest.mark.parametrize("patients", [-1, 0, 1, MOST_PATIENTS + 1])
def test_impossible_patients_are_refused(patients):
    with pytest.raises(RepigmentError, match=r"patients is .*--patients.*2 to 1000"):
        study("freckles", patients=patients)
