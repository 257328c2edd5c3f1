"""A share of draws never claims more than the number of draws tells."""

from dataclasses import replace

import numpy as np
import pytest

from repigment.claims.answering import answer
from repigment.claims.answers import Answer
from repigment.claims.page.words import holds, of_draws, outcome, percent, verdict
from repigment.trials.report.words import THIN
from tests.claims.conftest import WORLDS


def plain(text):
    return text.replace(THIN, " ")


@pytest.fixture
def nobody(vitiligo, ask, invented):
    """A claim whose effect is put in far from the margin."""

    def made(gain):
        found = answer(ask(17), vitiligo({"sham": 0, "UC-MSC": np.full(WORLDS, gain)}))
        return Answer(invented[16].claim, (found,))

    return made


@pytest.mark.parametrize(
    ("share", "low", "high", "held", "words"),
    [
        (0.0, 0.0, 0.0747, 0, "none of 64 draws (at most 7.5 %)"),
        (0.0149, 0.0, 0.0901, 0, "none of 64 draws (at most 9.1 %)"),
        (0.03, 0.0, 0.1, 0, "3.0 % of 64 draws"),
        (0.004, 0.0, 0.1, 1, "0.4 % of 64 draws"),
        (1.0, 0.9249, 1.0, 64, "all of 64 draws (at least 92.4 %)"),
        (0.97, 0.9, 1.0, 64, "97.0 % of 64 draws"),
    ],
)
def test_none_and_all_are_told_with_the_end_of_the_interval(share, low, high, held, words):
    assert plain(of_draws(share, low, high, held, 64)) == words


def test_a_share_that_is_not_none_is_not_rounded_to_none():
    assert [plain(percent(each)) for each in (0.0, 0.0004, 0.0006, 0.9994, 0.9996, 1.0)] == [
        "0 %",
        "under 0.1 %",
        "0.1 %",
        "99.9 %",
        "over 99.9 %",
        "100.0 %",
    ]


def test_where_no_draw_holds_the_upper_end_is_told_everywhere(nobody):
    none = nobody(-30.0)
    most = 100 * none.verdict.high
    assert 5 < most < 20
    assert outcome(none).startswith("none of 40 draws (at most ")
    assert "%, the upper end of the 95" in verdict(none)
    assert holds(none.findings[0]).startswith(outcome(none))
    assert float(outcome(none).split("at most ")[1].split(THIN)[0]) >= most


def test_where_all_draws_hold_the_lower_end_is_told(nobody):
    every = nobody(60.0)
    assert outcome(every).startswith("all of 40 draws (at least ")
    assert "the lower end of the 95" in verdict(every)
    assert holds(every.findings[0]).startswith(outcome(every))


def test_fewer_draws_tell_less(nobody):
    finding = nobody(-30.0).findings[0]
    few = replace(finding, values=finding.values[:8], holds=finding.holds[:8], chances=finding.chances[:8])
    ends = [float(holds(each).split("at most ")[1].split(THIN)[0]) for each in (few, finding)]
    assert ends[0] > 3 * ends[1]
