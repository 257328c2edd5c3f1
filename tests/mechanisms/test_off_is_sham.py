"""Cells that do nothing are needles and saline: the same course, to the last bit."""

from typing import Any

import numpy as np
import pytest

from repigment.patients.simulate import simulate
from repigment.patients.ward import Resolution
from repigment.skin.fields import Field, name
from repigment.treatments.nb_uvb import NBUVB
from repigment.treatments.sham import ShamInjection
from repigment.treatments.uc_msc import MECHANISMS, UCMSC

SMALL = Resolution(n=16, dx=0.3, steps=2)
SESSIONS = (0, 4, 8)
CELLS = {name(Field.CELLS), name(Field.SECRETOME)}
REACTION = "injection_site"  # a reaction of the patient to foreign cells, not of the pigment


def course(*treatments: Any) -> Any:
    """Twelve weeks of a face."""
    return simulate(treatments=treatments, weeks=12, resolution=SMALL)


@pytest.fixture(scope="module")
def sham() -> Any:
    return course(ShamInjection(weeks=SESSIONS))


def test_without_mechanisms_it_is_the_sham_injection(sham: Any) -> None:
    """All switches off: every quantity of every week and every pixel of every picture is bitwise the sham's."""
    off = course(UCMSC(weeks=SESSIONS, mechanisms=()))
    assert off.weekly.equals(sham.weekly)
    assert off.maps.equals(sham.maps)


def test_mechanisms_of_no_strength_are_the_sham_injection(sham: Any) -> None:
    """Living cells in the skin whose mechanisms have strength 0 change nothing else, bitwise, but are there."""
    idle = course(UCMSC(weeks=SESSIONS, mechanisms=tuple(MECHANISMS), strength=0.0))
    assert float(idle.weekly["cells"].max()) > 0.01
    for quantity in set(sham.weekly.data_vars) - CELLS - {REACTION}:
        assert idle.weekly[quantity].equals(sham.weekly[quantity]), quantity
    assert idle.maps.equals(sham.maps)


def test_that_it_could_have_been_otherwise(sham: Any) -> None:
    """The same cells at full strength change the course: the comparison above is one that can fail."""
    full = course(UCMSC(weeks=SESSIONS, strength=1.0))
    assert np.abs(full.maps - sham.maps).max() > 1e-3


def test_off_beside_another_treatment() -> None:
    """With NB-UVB, too, cells without mechanisms leave the course of sham and NB-UVB, bitwise."""
    light = NBUVB(adherence=0.8)
    off, sham = course(UCMSC(weeks=SESSIONS, mechanisms=()), light), course(ShamInjection(weeks=SESSIONS), light)
    assert off.weekly.equals(sham.weekly)
    assert off.maps.equals(sham.maps)


def test_the_needles_have_their_own_effect(sham: Any) -> None:
    """Sham is not nothing: needles inflame, and the untreated course differs."""
    untreated = course()
    assert not sham.maps.equals(untreated.maps)
    assert float(sham.weekly["inflammation"].max()) > float(untreated.weekly["inflammation"].max())
