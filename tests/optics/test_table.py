"""The table against the solver, over random skin; what is asserted is what was measured, with a little room."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pytest

from repigment.optics.colour import ita, lab, xyz
from repigment.optics.reference import spectrum_by_solver
from repigment.optics.skin import spectrum
from repigment.optics.table import alike, layered, twice_layered
from repigment.optics.tissue import Pigments, Tissue

COUNT = 96
BANDS = (-90.0, -30.0, 10.0, 28.0, 41.0, 55.0, 90.0)  # edges of the classes of ITA


class Skins(NamedTuple):
    """Spectra (COUNT, 31) of the same skin by table and by solver."""

    table: np.ndarray
    solver: np.ndarray

    def angles(self) -> tuple[np.ndarray, np.ndarray]:
        return ita(lab(xyz(self.table))), ita(lab(xyz(self.solver)))


def drawn(dermal: float) -> tuple[Pigments, Tissue]:
    """Melanin to 25 um, even in its square root, the ranges of ISSA else; up to `dermal` um of dermal melanin."""
    rng = np.random.default_rng(8)
    between = [(0.002, 0.06), (0.7, 1.64), (0.1, 1.2), (0.5, 0.9)]
    blood, *tissue = (rng.uniform(*ends, COUNT) for ends in between)
    return Pigments(rng.uniform(0, 5, COUNT) ** 2, blood, dermal * rng.random(COUNT)), Tissue(*tissue)


@pytest.fixture(scope="module")
def plain() -> Skins:
    skin = drawn(0.0)
    return Skins(spectrum(*skin), spectrum_by_solver(*skin))


@pytest.fixture(scope="module")
def dermal() -> Skins:
    skin = drawn(5.0)
    return Skins(spectrum(*skin), spectrum_by_solver(*skin))


def test_spectra_of_skin(plain: Skins) -> None:
    error = np.abs(plain.table - plain.solver)
    assert error.max() < 5e-4 and np.median(error) < 5e-5
    assert (error / plain.solver).max() < 4e-3


def test_the_angle_in_each_class_of_tone(plain: Skins) -> None:
    table, solver = plain.angles()
    for low, high in pairwise(BANDS):
        here = (solver > low) & (solver <= high)
        assert here.sum() >= 3, (low, high)
        assert np.abs(table - solver)[here].max() < 0.1, (low, high)


def test_spectra_with_melanin_in_the_dermis(dermal: Skins) -> None:
    """The upper dermis is put in by a coarse table, where a step in it counts most: 0.8 % at most, 0.2 % usually."""
    error = np.abs(dermal.table - dermal.solver)
    assert error.max() < 3e-3 and np.median(error) < 3e-4
    assert (error / dermal.solver).max() < 1.2e-2


def test_the_angle_with_melanin_in_the_dermis(dermal: Skins) -> None:
    """b* is small in blue-grey skin, where a small error turns the angle by much: told where b* is over 5."""
    table, solver = dermal.angles()
    clear = lab(xyz(dermal.solver))[:, 2] > 5
    assert clear.mean() > 0.8
    error = np.abs(table - solver)[clear]
    assert np.median(error) < 0.3 and error.max() < 1


def test_eight_directions_are_good_to_a_hundredth(plain: Skins) -> None:
    few = spectrum_by_solver(*drawn(0.0), nodes=8)
    assert np.abs(few / plain.solver - 1).max() < 0.01


def test_the_table_knows_no_step_between_little_and_no_dermal_melanin() -> None:
    none, little = (spectrum(Pigments(5.0, 0.012, each)) for each in (0.0, 1e-6))
    np.testing.assert_allclose(none, little, rtol=5e-3)


def test_more_of_anything_that_absorbs_is_darker() -> None:
    melanin = spectrum(Pigments(np.linspace(0, 40, 81), 0.012))
    blood = spectrum(Pigments(3.0, np.linspace(0.001, 0.1, 60)))
    dermal = spectrum(Pigments(3.0, 0.012, np.linspace(0.1, 8, 60)))
    for each in (melanin, blood, dermal):
        assert (np.diff(each, axis=0) < 0).all()


def test_shapes_are_those_of_the_pigments() -> None:
    assert spectrum(Pigments(1.0, 0.01)).shape == (31,)
    assert spectrum(Pigments(np.ones((2, 3)), 0.01)).shape == (2, 3, 31)
    assert spectrum(Pigments(np.ones(3), 0.01, np.ones((2, 1)))).shape == (2, 3, 31)
    many = spectrum(Pigments(np.linspace(1, 9, 5), 0.01))
    np.testing.assert_array_equal(many[2], spectrum(Pigments(5.0, 0.01)))


def test_a_half_space_is_alike_to_itself() -> None:
    """A layer of the stuff below changes nothing: its ratio comes back, within the table's grain."""
    q = np.array([0.003, 0.03, 0.3])
    np.testing.assert_allclose(alike(q * 1.0, 1.0, q), q, rtol=0.002)


def test_two_layers_of_one_stuff_are_one() -> None:
    a, s, q = 0.4, 1.2, np.array([0.003, 0.03, 0.3])
    np.testing.assert_allclose(twice_layered((a / 2, s / 2), (a / 2, s / 2), q), layered(a, s, q), rtol=0.02)
