"""The error that every patient's result carries, against the error it has."""

from typing import Any

import numpy as np
import pytest

from repigment.engine.runtime import keep_compiled
from repigment.patients.lesion import Lesion
from repigment.patients.person import Person
from repigment.patients.prescribe import prescribe
from repigment.patients.ward import WATCHED, Resolution, Ward, histories

USUAL = Resolution(n=24, dx=0.3, steps=2)
TRUTH = Resolution(n=48, dx=0.15, steps=4)
WEEKS = 24
TREATED = [
    ("face", ["ruxolitinib-cream"], 3),
    ("face", ["nb-uvb"], 3),
    ("face", ["ruxolitinib-cream", "nb-uvb"], 4),
    ("face", ["tacrolimus-ointment"], 2),
    ("trunk", ["ruxolitinib-cream", "nb-uvb"], 3),
    ("trunk", ["nb-uvb"], 5),
    ("arms", ["ruxolitinib-cream", "nb-uvb"], 2),
    ("hands", ["nb-uvb"], 4),
    ("legs", ["nb-uvb"], 3),
    ("neck", ["ruxolitinib-cream"], 4),
    ("face", [], 3),
    ("face", ["sham-injection", "nb-uvb"], 3),
]
TRAITS = {"theta": 1.0, "G_set": 0.3, "p_res": 0.6, "r_b": 0.04}


@pytest.fixture(scope="module")
def seen() -> dict[str, Any]:
    """Twelve lesions for 24 weeks, (lesions, weeks) of what is watched, on the usual and on a finer grid and step."""
    keep_compiled()
    lesions = [
        Lesion(Person(i, skin_type, areas={site: 1.0}, traits=TRAITS), site, tuple(prescribe(names)), seed=5)
        for i, (site, names, skin_type) in enumerate(TREATED)
    ]
    table = np.stack([lesion.exposure(7 * WEEKS).table for lesion in lesions], axis=2)
    past = histories(lesions)
    return {
        "usual": Ward(lesions, USUAL, history=past).follow(table),
        "truth": Ward(lesions, TRUTH, history=past, companion=False).follow(table),
    }


def column(seen: Any, quantity: str) -> Any:
    """One watched quantity, (lesions, weeks)."""
    return seen[:, :, WATCHED.index(quantity)]


@pytest.fixture(scope="module", params=["visible_melanin", "depigmented"])
def errors(request: pytest.FixtureRequest, seen: dict[str, Any]) -> tuple[Any, Any]:
    """Estimated and true error (lesions, visits) of a quantity, both as what has to be added to the coarser run."""
    quantity, visits = request.param, [7, 11, 15, 19, 23]
    usual, truth = seen["usual"], seen["truth"]
    estimate = column(usual, quantity) - column(usual, f"coarse_{quantity}")
    return estimate[:, visits], (column(truth, quantity) - column(usual, quantity))[:, visits]


def test_the_estimate_covers_the_true_error_mostly(errors: tuple[Any, Any]) -> None:
    """|coarse companion - run| is at least the distance to half the pixel and half the step in four of five cases."""
    estimate, error = np.abs(errors)
    assert (error <= estimate + 1e-3).mean() > 0.8


def test_the_estimate_is_not_exaggerated(errors: tuple[Any, Any]) -> None:
    """Where the error exceeds 0.2 percentage points the estimate is one to four times as large, in the median."""
    estimate, error = np.abs(errors)
    moving = error > 2e-3
    assert moving.sum() > 15
    assert 1 < np.median(estimate[moving] / error[moving]) < 4


def test_the_estimate_points_the_right_way(errors: tuple[Any, Any]) -> None:
    """In two of three cases with an error above 0.2 points a finer run goes on in the companion's direction."""
    estimate, error = errors
    moving = np.abs(error) > 2e-3
    assert (np.sign(estimate) == np.sign(error))[moving].mean() > 0.65


def test_the_error_of_the_usual_grid_is_below_two_points(errors: tuple[Any, Any]) -> None:
    """0.3 mm and half a day: no lesion, at no visit, is more than two percentage points off; half are within 0.3."""
    _, error = np.abs(errors)
    assert error.max() < 0.02
    assert np.median(error) < 0.003
