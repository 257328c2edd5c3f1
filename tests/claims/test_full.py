"""Beside the draws stands what cells of full strength do: the reach of the model."""

from dataclasses import replace

import numpy as np
import pytest

from repigment.claims.answering import answer
from repigment.claims.full import HARM, HELP, Reach, at, play_full, reach, senses, with_cells
from repigment.claims.library import names, study
from repigment.claims.page.drawing import distribution, legend, said
from repigment.claims.page.words import at_full
from repigment.claims.played import play
from repigment.claims.question import all_questions
from repigment.treatments.cell_product import CellProduct
from repigment.trials.enrol import unknown
from repigment.trials.report.words import MINUS
from tests.claims.conftest import WORLDS


def both(vitiligo, help_, harm, later=None):
    """The study played with full help and with full harm, gains in per cent."""
    return [vitiligo({"sham": 0, "UC-MSC": gain}, later, luck=0) for gain in (help_, harm)]


@pytest.mark.parametrize("name", names())
def test_at_full_strength_nothing_is_drawn_and_all_else_is_the_same(name):
    of = study(name)
    full = at(of, HELP)
    assert [arm.name for arm in full.arms] == [arm.name for arm in with_cells(of)]
    assert not any(unknown(arm.treatments) for arm in full.arms)
    for arm in full.arms:
        before = next(each for each in of.arms if each.name == arm.name)
        drawn = [each for each in before.treatments if isinstance(each, CellProduct)]
        assert [each.mechanisms for each in arm.treatments if isinstance(each, CellProduct)] == [
            each.mechanisms for each in drawn
        ]
        undone = [
            each.model_copy(update={"strength": None}) for each in arm.treatments if isinstance(each, CellProduct)
        ]
        assert undone == drawn
    assert "conversion only" not in {arm.name for arm in full.arms}


@pytest.mark.parametrize("name", names())
def test_one_world_more_is_played_and_a_second_only_where_either_direction_is_asked_for(name):
    asked = [each for each in all_questions() if each.study == name]
    assert senses(asked) == ((HELP, HARM) if name == "melasma-mechanisms" else (HELP,))


def test_without_cells_nothing_is_played(ask):
    assert senses([ask(1), ask(11)]) == ()


def test_help_is_what_counts_where_a_direction_is_claimed(vitiligo, ask):
    full = both(vitiligo, 12.0, -40.0)
    assert reach(ask(17), full) == Reach(pytest.approx(-12), True)
    assert reach(ask(17, margin=13), full) == Reach(pytest.approx(-12), False)


@pytest.mark.parametrize(("help_", "harm", "value"), [(4.0, -12.0, 12.0), (12.0, -4.0, -12.0), (4.0, -5.0, 5.0)])
def test_the_direction_that_goes_further_counts_where_either_is_claimed(vitiligo, ask, help_, harm, value):
    found = reach(ask(17, better="either"), both(vitiligo, help_, harm))
    assert found == Reach(pytest.approx(value), abs(value) > 10)


def test_a_ratio_and_a_relapse_are_told_in_their_own_units(vitiligo, ask):
    assert reach(ask(24), both(vitiligo, 50.0, 0.0)).value == pytest.approx(-10)  # memory falls from 5 to 4.5
    later = {"NB-UVB": 0.2, "UC-MSC and NB-UVB": 0.9}
    assert reach(ask(27), [vitiligo({"NB-UVB": 50, "UC-MSC and NB-UVB": 60}, later)]) == Reach(-100, True)


def test_what_is_left_has_no_value_where_even_full_strength_brings_no_effect(vitiligo, ask):
    assert reach(ask(26), both(vitiligo, 40.0, 0.0, {"UC-MSC": 0.75})) == Reach(pytest.approx(75), True)
    assert reach(ask(26), both(vitiligo, 5.0, 0.0)) == Reach(None, False)


def test_nothing_is_told_where_it_has_no_meaning_or_too_few_are_judged(vitiligo, ask):
    full = both(vitiligo, 40.0, 0.0)
    assert reach(ask(17), ()) == Reach()
    assert reach(ask(17, kind="what-if"), full) == Reach()
    assert reach(ask(27), [vitiligo({"NB-UVB": 5, "UC-MSC and NB-UVB": 60})]) == Reach()
    assert reach(ask(1), [vitiligo({"ruxolitinib cream": 60.0})]) == Reach()


def test_it_is_told_beside_the_draws_and_leaves_them_alone(vitiligo, ask):
    played = vitiligo({"sham": 0, "UC-MSC": np.linspace(-3, 3, WORLDS)})
    plain, found = answer(ask(17), played), answer(ask(17), played, both(vitiligo, 6.0, -6.0))
    assert (found.full_strength, found.full_holds) == (-6.0, False)
    assert replace(found, full_strength=None, full_holds=None) == plain
    assert said(found).endswith(f"at full strength {MINUS}6.00 percentage points, short of the margin")
    assert "full strength" not in said(plain)


def test_it_is_told_in_words_that_fit_its_kind(vitiligo, ask):
    found = answer(ask(17), vitiligo({"sham": 0, "UC-MSC": np.zeros(WORLDS)}), both(vitiligo, 20.0, 0.0))
    assert at_full(found).endswith("percentage points, beyond the margin")
    assert at_full(replace(found, bar=[-0.0])).endswith("points, better")
    assert at_full(replace(found, bar=[0.0], full_holds=False)).endswith("points, no better")
    assert "direction that goes further" in at_full(replace(found, better="either"))
    assert at_full(replace(found, full_strength=None, full_holds=False)).endswith("so that nothing could last")
    assert at_full(replace(found, full_strength=None, full_holds=None)) == ""


def test_it_has_a_mark_of_its_own_within_the_drawing(vitiligo, ask):
    found = answer(ask(17), vitiligo({"sham": 0, "UC-MSC": np.zeros(WORLDS)}), both(vitiligo, 60.0, 0.0))
    drawn, plain = (distribution(each, "k", "t").svg for each in (found, replace(found, full_strength=None)))
    assert drawn.count("full strength</text>") == 1
    assert "var(--arm-4)" in drawn
    assert "var(--arm-4)" not in plain
    assert "full strength</text>" not in plain
    assert [mark.name for mark in legend([found])] == ["a draw that holds", "a draw that does not", "at full strength"]
    assert "at full strength" not in [mark.name for mark in legend([replace(found, full_strength=None)])]
    assert legend([replace(found, values=[1.0])]) == []


def test_arms_without_cells_need_not_be_played_again():
    """The whole study at full strength gives what the arms with cells do alone, beside the others as they were seen."""
    of, scores = study("lentigo", 2, 2), {"contrast"}
    full = at(of, HELP)
    others = [arm for arm in of.arms if arm.name not in {each.name for each in full.arms}]
    whole = play(of.model_copy(update={"arms": (*others, *full.arms)}), 1, scores)
    told = []
    [found] = play_full(
        play(of, 1, scores), 1, scores, (HELP,), progress=lambda done, total: told.append((done, total))
    )
    assert set(found.seen) == {arm.name for arm in of.arms}
    for arm, seen in found.seen.items():
        np.testing.assert_array_equal(seen["contrast"], whole.seen[arm]["contrast"])
    assert len(found.seen["UC-MSC"]["contrast"]) == 1
    assert told == [(1, 1)]
