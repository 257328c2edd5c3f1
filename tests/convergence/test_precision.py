"""The switch from single to double precision, from a patient to the tables and pictures."""

from typing import Any

import jax.numpy as jnp
import numpy as np
import pytest

from repigment.patients.prescribe import prescribe
from repigment.patients.simulate import simulate
from repigment.patients.ward import Resolution

WEEKS = 12


@pytest.fixture(scope="module")
def courses() -> dict[str, Any]:
    """A face under ruxolitinib cream and NB-UVB, twice."""
    given = prescribe(["ruxolitinib-cream", "nb-uvb"])
    small = {precision: Resolution(16, 0.3, 2, precision) for precision in ("single", "double")}
    return {name: simulate(treatments=given, weeks=WEEKS, resolution=each) for name, each in small.items()}


def test_the_switch_reaches_the_tables_and_the_pictures(courses: dict[str, Any]) -> None:
    """Double precision is double precision to the end, and single stays the default."""
    assert courses["double"].weekly["visible_melanin"].dtype == courses["double"].maps.dtype == np.float64
    assert courses["single"].weekly["visible_melanin"].dtype == courses["single"].maps.dtype == np.float32
    assert Resolution().precision == "single"


def test_single_precision_is_enough(courses: dict[str, Any]) -> None:
    """Over twelve weeks rounding changes pigment by less than 1e-4 of own skin: a hundredth of the step's error."""
    single, double = (courses[name] for name in ("single", "double"))
    assert not single.maps.equals(double.maps.astype(np.float32))
    assert np.abs(single.maps - double.maps).max() < 1e-4
    assert np.abs(single.weekly["depigmented"] - double.weekly["depigmented"]).max() < 1e-4


def test_the_switch_leaves_nothing_behind(courses: dict[str, Any]) -> None:
    """After a run in double precision the rest of the process computes as before."""
    assert courses["double"].maps.size
    assert jnp.ones(1).dtype == jnp.float32
