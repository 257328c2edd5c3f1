"""The model against measured skin: spectra of people who had no part in calibrating it (ISSA, Lu et al. 2025)."""

from functools import partial

import numpy as np
import pytest
from numpy.typing import NDArray

from repigment.optics.colour import lab, xyz
from repigment.optics.fit import fit
from repigment.optics.tissue import Tissue, typical
from tests.optics.inverted import Inverted
from tests.optics.issa import NAMES, Issa, colours_missed, missing, read, thirty_a_class, tone
from tests.optics.masked import BANDS, Masked

Floats = NDArray[np.float64]
TEXTBOOK = Tissue(1.0, 1.0, 0.7)  # scattering and baseline as printed, saturation in the middle of 0.6 to 0.8
PUBLISHED = {  # ITA below which 5, 50 and 95 % of the spectra of a group lie, all sites
    "CA": (-1, 38, 55),
    "CN": (8, 31, 48),
    "JP": (18, 39, 54),
    "TH": (-10, 20, 42),
    "SA": (-28, 12, 38),
    "IQ": (-14, 25, 46),
    "AB": (-8, 31, 52),
    "AF": (-70, -37, 8),
}


@pytest.fixture(scope="module")
def issa(pytestconfig: pytest.Config) -> Issa:
    if reason := missing():
        pytest.skip(reason)
    assert pytestconfig.cache is not None
    return read(pytestconfig.cache.mkdir("issa"))


@pytest.fixture(scope="module")
def sample(issa: Issa) -> Issa:
    """30 spectra of each class of ITA, darkest first, of people for validation."""
    _, held_out = issa.kept().half
    return held_out[thirty_a_class(held_out, held_out.ita)]


def by_class(known: Floats) -> str:
    medians = np.median(known.reshape(len(NAMES), -1), axis=1)
    return ", ".join(f"{name} {each:.4f}" for name, each in zip(NAMES, medians, strict=True))


def test_the_archive_is_read_as_it_is_described(issa: Issa) -> None:
    assert len(issa) == 15256 and len(np.unique(issa.person)) == 2107
    assert 0.45 < issa.validation.mean() < 0.55
    people, held_out = (set(half.person) for half in issa.kept().half)
    assert not people & held_out, "a person on both sides"
    for group, published in PUBLISHED.items():
        found = np.quantile(issa[issa.group == group].ita, (0.05, 0.5, 0.95))
        assert np.abs(found - published).max() < 0.7, (group, found)


def test_own_colour_functions_give_the_archives_colours(issa: Issa) -> None:
    """From 400 to 700 nm; the archive also adds what was measured beyond, which is a tenth of a unit."""
    away = np.linalg.norm(lab(xyz(issa.reflectance)) - issa.lab, axis=1)
    assert np.median(away) < 0.08
    assert away.max() < 0.13


def test_five_numbers_explain_measured_skin(sample: Issa) -> None:
    found = fit(sample.reflectance)
    colour, degrees = colours_missed(sample.reflectance, found.residual)
    print(f"median RMSE {np.median(found.rmse):.4f}: {by_class(found.rmse)}")
    print(f"median dE {np.median(colour):.2f}, ITA {np.median(degrees):.2f} degrees")
    assert np.median(found.rmse) <= 0.005
    assert np.median(colour) < 0.8 and np.median(degrees) < 0.7


def test_medians_of_tissue_explain_more_than_printed_constants(sample: Issa) -> None:
    usual, printed = fit(sample.reflectance, tissue=typical()), fit(sample.reflectance, tissue=TEXTBOOK)
    for name, found in (("medians", usual), ("textbook", printed)):
        colour, degrees = colours_missed(sample.reflectance, found.residual)
        print(f"{name}: median RMSE {np.median(found.rmse):.4f}: {by_class(found.rmse)}")
        print(f"{name}: median dE {np.median(colour):.2f}, ITA {np.median(degrees):.2f} degrees")
    assert np.median(usual.rmse) < np.median(printed.rmse) < 0.0126
    assert np.median(usual.rmse) < 0.011


@pytest.fixture(scope="module")
def inverted(issa: Issa) -> Inverted:
    return Inverted(issa)


@pytest.mark.parametrize(
    ("measure", "between", "within"),
    [
        ("melanin", 0.93, 0.74),
        ("ITA", 0.90, 0.69),
        ("melanin index", 0.78, 0.42),
        ("ln melanin", 0.85, 0.4),
        ("ITA with ln melanin", 0.85, 0.7),
    ],
)
def test_a_camera_finds_the_melanin_of_the_spectrum(
    inverted: Inverted, measure: str, between: float, within: float
) -> None:
    found, (low, high) = inverted.r(measure), inverted.interval(measure)
    told = [f"{r:.3f} ({a:.3f} to {b:.3f})" for r, a, b in zip(found, low, high, strict=True)]
    print(f"{measure}, {len(inverted.truth)} people: r between {told[0]}, change within {told[1]}")
    assert low[0] < found[0] < high[0] and found[0] > between
    assert found[1] > within


def test_melanin_by_camera_beats_typology_angle_and_index(inverted: Inverted) -> None:
    melanin = inverted.r("melanin")
    assert (melanin > inverted.r("ITA")).all()
    assert (melanin > inverted.r("melanin index")).all()


@pytest.mark.xfail(strict=True, reason="change in ln melanin within people: r .711 by camera, .741 by ITA")
def test_melanin_by_camera_beats_typology_angle_in_light_skin_too(inverted: Inverted) -> None:
    """In logarithms, where light skin counts as much as dark: tissue that is not the usual is taken for melanin."""
    assert inverted.r("ln melanin")[1] > inverted.r("ITA with ln melanin")[1]


def test_blood_by_camera_is_less_sure_in_dark_skin(inverted: Inverted) -> None:
    classes = tone(inverted.ita)
    spread = partial(np.quantile, q=(0.05, 0.95))
    widths = [np.ptp(spread(inverted.blood[classes == each])) for each in range(len(NAMES))]
    print("90 % of ln blood missed: " + ", ".join(f"{name} {w:.2f}" for name, w in zip(NAMES, widths, strict=True)))
    assert widths[0] > 1.5 * max(widths[1:4])


@pytest.fixture(scope="module")
def masked(issa: Issa) -> Masked:
    return Masked(issa.kept().half[1])


@pytest.mark.parametrize("band", BANDS)
def test_where_a_pixel_is_called_valid_its_interval_holds(masked: Masked, band: str) -> None:
    """Melanin of the whole spectrum in 95 of 100, people drawn again."""
    held, low, high = masked.share(masked.held, masked.at(band) & masked.valid)
    print(f"{band}: {held:.3f} ({low:.3f} to {high:.3f}) of {(masked.at(band) & masked.valid).sum()}")
    assert held > 0.93 and high > 0.95


@pytest.mark.parametrize("band", BANDS[1:])  # blood is told of hardly anybody with dark skin
def test_where_blood_is_called_valid_its_interval_holds(masked: Masked, band: str) -> None:
    held, low, high = masked.share(masked.blood_held, masked.at(band) & masked.blood_valid)
    print(f"{band}: {held:.3f} ({low:.3f} to {high:.3f}) of {(masked.at(band) & masked.blood_valid).sum()}")
    assert held > 0.93 and high > 0.95


def test_where_a_pixel_is_called_invalid_it_is_farther_off(masked: Masked) -> None:
    fold, low, high = masked.worse()
    print(
        f"{(~masked.valid).sum()} of {len(masked.valid)} invalid, {fold:.1f} times ({low:.1f} to {high:.1f}) as far off"
    )
    assert low > 1.5
    hidden = masked.valid & ~masked.blood_valid
    kept, lost = (masked.share(masked.blood_held, which)[0] for which in (masked.blood_valid, hidden))
    print(f"blood's interval holds {kept:.3f} where it is told and {lost:.3f} where it is withheld")
    assert lost < 0.93 < kept


def test_few_people_are_masked_away(masked: Masked) -> None:
    for band in BANDS:
        assert masked.valid[masked.at(band)].mean() > 0.9, band
