"""Published results: what is a hit, and that misses are said."""

from collections.abc import Callable
from types import SimpleNamespace as Some

import pytest

from repigment.trials.report import render
from repigment.trials.report.agreement import Pair, pairs, sentence
from repigment.trials.report.published import section
from repigment.trials.report.words import unit


def pair(published: float, ends: tuple[float, float], simulated: float, mc_error: float = 0.01, **row: str) -> Pair:
    told = {"arm": "cream", "endpoint": "F-VASI75", "week": 24, "role": "validation", "status": "VERIFIED", **row}
    spread = simulated - 2 * mc_error, simulated + 2 * mc_error
    return Pair(Some(**told), unit("fraction"), published, ends, False, simulated, spread, mc_error)


NOTHING = (float("nan"), float("nan"))


@pytest.mark.parametrize(
    ("made", "verdict"),
    [
        (pair(0.30, (0.25, 0.35), 0.32), "hit"),
        (pair(0.30, (0.25, 0.35), 0.36), "miss"),
        (pair(0.30, (0.25, 0.35), 0.36, 0.03), "hit"),
        (pair(0.30, NOTHING, 0.315), "hit"),
        (pair(0.30, NOTHING, 0.325), "miss"),
        (pair(0.30, (0.20, 0.40), 0.35, 0.06), "undecided"),
        (pair(0.30, (0.20, 0.40), 0.60, 0.06), "miss"),
        (pair(0.30, NOTHING, float("nan")), "not simulated"),
        (pair(0.30, NOTHING, 0.50, role="context"), "context"),
    ],
)
def test_verdicts(made: Pair, verdict: str) -> None:
    assert made.verdict == verdict


def test_fewer_patients_never_make_a_hit() -> None:
    """Widening the simulation's own error by simulating less turns hits into undecided, and no miss into a hit."""
    for gap in (0.0, 0.05, 0.2, 0.4):
        verdicts = [pair(0.3, (0.25, 0.35), 0.3 + gap, error).verdict for error in (0.06, 0.1, 0.2)]
        assert "hit" not in verdicts


def test_a_miss_says_in_which_direction() -> None:
    high = pair(0.30, NOTHING, 0.50, 0.025)
    low = pair(0.30, NOTHING, 0.10, 0.025)
    assert sentence(high).endswith(
        "published 30.0\u202f%, simulated 50.0\u202f% (45.0 to 55.0), too high by 20.0 percentage points"
    )
    assert sentence(low).endswith("too low by 20.0 percentage points")


def reported(arm: str, endpoint: str, week: int, value: float, role: str, **more: object) -> Some:
    common = {"ci_low": None, "ci_high": None, "n": 222, "unit": "fraction", "status": "VERIFIED", "note": ""}
    named = {"source": "Rosmarin 2022", "identifier": "10.1056/NEJMoa2118828; PMID 36260792"}
    return Some(arm=arm, endpoint=endpoint, week=week, value=value, role=role, **{**common, **named, **more})


ROWS = [
    reported("ruxolitinib", "F-VASI75", 24, 0.49, "calibration"),
    reported("ruxolitinib", "F-VASI50", 24, 0.01, "validation", ci_low=0.0, ci_high=0.02),
    reported("ruxolitinib", "T-VASI50", 52, 71.0, "validation", unit="%"),
    reported("ruxolitinib", "F-VASI75", 16, 0.2, "validation"),
    reported("vehicle", "F-VASI50", 24, 0.17, "context"),
]


@pytest.fixture(scope="module")
def held(build: Callable, two_arms: list) -> Some:
    return build([(name, n // 5, given) for name, n, given in two_arms], published=ROWS, visits=[0, 12, 24, 52])


@pytest.fixture(scope="module")
def page(held: Some) -> str:
    return render(held)


def test_misses_are_said_in_the_page(page: str) -> None:
    assert "Where the model does not agree" in page
    assert "ruxolitinib: F-VASI50, week 24: published 1.0\u202f%, simulated" in page
    assert "Published, but not simulated" in page
    assert "ruxolitinib: F-VASI75, week 16: published 20.0\u202f% (validation)." in page
    assert "the model was set to these, so agreement shows little" in page
    assert 'href="https://doi.org/10.1056/NEJMoa2118828"' in page


def test_results_that_the_study_did_not_ask_for_are_simulated_too(page: str) -> None:
    assert "ruxolitinib: T-VASI50, week 52: published 71.0\u202f%, simulated" in page


def test_without_published_results_that_is_said(trial: Some) -> None:
    assert "nothing here was checked against patients" in str(section(trial))


def test_an_interval_that_was_not_printed_comes_from_the_number_of_patients(held: Some) -> None:
    first, second = pairs(held)[:2]
    assert first.from_n and first.published_span[0] == pytest.approx(0.425, abs=0.002)
    assert not second.from_n and second.published_span == (0.0, 0.02)
