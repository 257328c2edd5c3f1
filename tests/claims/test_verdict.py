"""A claim holds in a draw if all that counts holds in it."""

from dataclasses import replace

import pytest

from repigment.claims.answers import verdict
from repigment.claims.page.summary import kind
from repigment.claims.page.words import outcome
from repigment.claims.page.words import verdict as sentence


@pytest.fixture
def two(invented):
    """Two findings that count, with what holds given."""
    first = invented[1].findings[0]

    def made(one, other, counts=True):
        sure = [{"holds": each, "chances": [float(held) for held in each]} for each in (one, other)]
        return (replace(first, **sure[0]), replace(first, **sure[1], counts=counts))

    return made


def test_both_must_hold_in_the_same_draw(two):
    assert verdict(two([True, True, False, False], [True, False, True, False])).holds == 1
    assert verdict(two([True, False], [False, True])).share == 0


def test_what_stands_beside_does_not_count(two):
    assert verdict(two([True, True, True, False], [False] * 4, counts=False)).share == 0.75


def test_the_interval_is_that_of_the_number_of_draws(two):
    """Half of 64 draws: the pairs differ wholly from each other, so they are worth 32, by Jeffreys 33 to 67 %."""
    found = verdict(two([True] * 32 + [False] * 32, [True] * 64))
    assert (found.low, found.high) == (pytest.approx(0.334, abs=0.005), pytest.approx(0.666, abs=0.005))


def test_few_persons_widen_it(two):
    sure, unsure = two([True] * 32 + [False] * 32, [True] * 64)
    wide = verdict((replace(sure, chances=[0.7] * 32 + [0.3] * 32), unsure))
    narrow = verdict((sure, unsure))
    assert wide.share == pytest.approx(narrow.share, abs=0.01)
    assert wide.high - wide.low > narrow.high - narrow.low


def test_too_few_persons_give_no_verdict(two):
    first, second = two([True] * 4, [True] * 4)
    found = verdict((replace(first, chances=None), second))
    assert (found.kind, found.share) == ("too few", None)


def test_a_what_if_holds_in_no_draw_by_assumption(invented):
    answer = invented[10]
    assert answer.verdict.share is None
    assert "Off by assumption" in sentence(answer)
    assert kind(answer) == "off by assumption"


def test_without_a_draw_there_is_no_share(invented):
    assert invented[0].verdict.share is None
    assert "no draw made" in outcome(invented[0])


def test_a_claim_that_the_model_cannot_speak_to_says_so(invented):
    assert [outcome(invented[n - 1]) for n in (3, 29, 30)] == ["the model cannot speak to it"] * 3
    assert invented[29].statements
