"""Absorption and scattering against their published values."""

import numpy as np
import pytest

from repigment.errors import RepigmentError
from repigment.optics.chromophores import FORMULAS, baseline, melanosome, reduced_scattering, whole_blood
from repigment.optics.colour import ita, lab, xyz
from repigment.optics.skin import spectrum
from repigment.optics.spectral import WAVELENGTHS, at_wavelengths
from repigment.optics.tissue import Pigments, anisotropy, optical, typical

AT_500, AT_560, AT_650 = 10, 16, 25


def test_melanosomes_by_both_formulas() -> None:
    """Jacques: 679 /cm and 519 /cm at 500 nm, the second 24 % less."""
    assert melanosome()[AT_500] == pytest.approx(679, abs=0.5)
    assert melanosome("Jacques 2013")[AT_500] == 519
    assert 1 - melanosome("Jacques 2013")[AT_500] / melanosome()[AT_500] == pytest.approx(0.24, abs=0.005)


def test_the_formula_matters_for_skin() -> None:
    """5 % of melanin by one formula or the other is 11 degrees of ITA (textbook baseline and blood)."""
    tissue = typical()._replace(scattering=1.0, baseline=1.0)
    as_if = 5.0 * melanosome("Jacques 2013")[AT_500] / melanosome()[AT_500]
    angles = ita(lab(xyz(spectrum(Pigments(np.array([5.0, as_if]), 0.01), tissue))))
    assert angles[1] - angles[0] == pytest.approx(11, abs=1.5)


def test_an_unknown_formula_is_told() -> None:
    with pytest.raises(RepigmentError) as told:
        melanosome("Jacques 1999")  # type: ignore[arg-type]
    assert "there is no formula of melanin 'Jacques 1999'" in str(told.value)
    assert all(each in str(told.value) for each in FORMULAS)


def test_haemoglobin_is_prahls() -> None:
    """Extinction at 500, 560 and 650 nm: with oxygen 20932.8, 32613.2, 368; without 20862, 53788, 3750.12."""
    places = [AT_500, AT_560, AT_650]
    np.testing.assert_allclose(at_wavelengths("haemoglobin", "oxygenated")[places], [20932.8, 32613.2, 368], rtol=1e-3)
    np.testing.assert_allclose(
        at_wavelengths("haemoglobin", "deoxygenated")[places], [20862, 53788, 3750.12], rtol=1e-3
    )


def test_blood_is_mixed_by_its_oxygen() -> None:
    none, half, all_of_it = whole_blood(np.array([0.0, 0.5, 1.0]))
    np.testing.assert_allclose(half, (none + all_of_it) / 2)
    assert none[AT_650] > 5 * all_of_it[AT_650]
    assert all_of_it[AT_500] == pytest.approx(2.303 * 20932.8 * 150 / 64500, rel=0.02)


def test_the_rest_of_skin() -> None:
    """Baseline 0.244 + 85.3 exp(-(500 - 154) / 66.2) at 500 nm; mus' 66.7 and 43.6 /cm there; g .765."""
    assert baseline()[AT_500] == pytest.approx(0.7021, abs=1e-3)
    assert reduced_scattering("epidermis")[AT_500] == pytest.approx(66.7)
    assert reduced_scattering("dermis")[AT_500] == pytest.approx(43.6)
    assert float(anisotropy(500.0)) == pytest.approx(0.765)


def test_layers_are_mixed_of_what_they_hold() -> None:
    """mua d of 100 um is M mel + (100 - M) base, of the upper dermis with 2 um of melanin 2 mel + 198 of the rest."""
    tissue = typical()
    skin = optical(Pigments(5.0, 0.01, 2.0), tissue)
    base = tissue.baseline * baseline()
    below = 0.01 * whole_blood(tissue.saturation) + 0.99 * base
    np.testing.assert_allclose(skin.absorbed, 1e-4 * (5 * melanosome() + 95 * base))
    np.testing.assert_allclose(skin.absorbed_upper, 1e-4 * (2 * melanosome() + 198 * below))
    np.testing.assert_allclose(skin.ratio, below / (tissue.scattering * reduced_scattering("dermis")))
    assert skin.scattered.shape == WAVELENGTHS.shape
