"""From spectrum to colour against published whites, examples of the sRGB standard and the colour chart."""

import numpy as np
import pytest

from repigment.errors import RepigmentError
from repigment.evidence.spectra import spectra
from repigment.optics.chromophores import melanosome
from repigment.optics.colour import decode, encode, ita, lab, rgb_of_xyz, weights, white, xyz, xyz_of_rgb
from repigment.optics.indices import erythema_index, melanin_index
from repigment.optics.skin import spectrum
from repigment.optics.spectral import WAVELENGTHS, light, lights, observer
from repigment.optics.tissue import Pigments

# CIE 015 and ASTM E308: XYZ of the perfect white, from 360 to 780 nm
WHITES = {
    ("D65", "2"): (95.047, 108.883),
    ("D65", "10"): (94.811, 107.304),
    ("D50", "2"): (96.422, 82.521),
    ("D50", "10"): (96.720, 81.427),
    ("A", "2"): (109.850, 35.585),
    ("A", "10"): (111.144, 35.200),
    ("FL2", "2"): (99.186, 67.393),
    ("FL11", "2"): (100.962, 64.350),
    ("LED-B1", "2"): (111.808, 33.411),
    ("LED-B3", "2"): (100.893, 67.715),
    ("LED-B5", "2"): (96.345, 112.644),
}
# Lab under D50/2 of the 24 patches by the chart's maker for charts made before November 2014 (X-Rite 2016)
CHART = {
    "dark-skin": (37.986, 13.555, 14.059),
    "light-skin": (65.711, 18.130, 17.810),
    "foliage": (43.139, -13.095, 21.905),
    "orange": (62.661, 36.067, 57.096),
    "blue": (28.778, 14.179, -50.297),
    "red": (42.101, 53.378, 28.190),
    "yellow": (81.733, 4.039, 79.819),
    "neutral-8": (81.257, -0.638, -0.335),
    "neutral-5": (50.867, -0.153, -0.270),
    "black-2": (20.461, -0.079, -0.973),
}


def test_the_whites_are_those_of_the_cie_but_for_what_ends_at_400_and_700() -> None:
    """0.3 of 100 in X and 1.3 % in Z: the ends that are not measured, and steps of 10 nm."""
    for (name, who), (X, Z) in WHITES.items():
        found = 100 * white(name, who)
        assert found[1] == pytest.approx(100, abs=1e-12)
        assert found[0] == pytest.approx(X, abs=0.3), (name, who)
        assert found[2] == pytest.approx(Z, rel=0.013), (name, who)


def test_daylight_is_nearer_still() -> None:
    found = 100 * white("D65", "2")
    np.testing.assert_allclose(found, [95.047, 100, 108.883], atol=0.2)


def test_the_lines_of_fluorescent_light_are_counted() -> None:
    """At 436 nm FL11 is higher than at 430 and at 450 nm by its line, which steps of 10 nm would step over."""
    power = dict(zip(WAVELENGTHS.tolist(), light("FL11"), strict=True))
    assert power[440] > 1.5 * power[450] and power[540] > 3 * power[530]


def test_a_grey_is_grey_under_every_light() -> None:
    for name in lights():
        for who in ("2", "10"):
            found = lab(xyz(np.full(31, 0.2), name, who), name, who)
            np.testing.assert_allclose(found, [116 * np.cbrt(0.2) - 16, 0, 0], atol=1e-10)


def test_the_chart_is_as_its_maker_says() -> None:
    """Charts differ from each other by 1 to 3 in Lab, and these spectra are of another one than the maker's mean."""
    curves = spectra("colour_chart").curves
    far = []
    for name, expected in CHART.items():
        found = lab(xyz(np.interp(WAVELENGTHS, spectra("colour_chart").wavelengths, curves[name]), "D50"), "D50")
        far.append(float(np.linalg.norm(found - expected)))
    assert np.median(far) < 2 and max(far) < 5


def test_lab_of_published_xyz() -> None:
    """XYZ (0.20654, 0.12197, 0.05136) against the white of ASTM E308 is Lab (41.53, 52.65, 26.92)."""
    given = np.array([0.20654008, 0.12197225, 0.05136952])
    own = given / [0.95047, 1, 1.08883] * white()
    np.testing.assert_allclose(lab(own), [41.52787529, 52.63858304, 26.92317922], atol=0.02)


def test_lab_turns_smoothly_from_root_to_line() -> None:
    knee = (6 / 29) ** 3
    below, above = (lab(white() * (knee + step))[0] for step in (-1e-9, 1e-9))
    assert below == pytest.approx(above, abs=1e-4) and lab(np.zeros(3))[0] == pytest.approx(0, abs=1e-12)


def test_the_curve_of_srgb() -> None:
    """IEC 61966-2-1: a code of 128 is a linear 0.2158605, one of 10 is 0.0030353."""
    np.testing.assert_allclose(decode(np.array([0, 10, 128, 255]) / 255), [0, 0.0030353, 0.2158605, 1], atol=1e-7)
    codes = np.arange(256) / 255
    np.testing.assert_allclose(encode(decode(codes)), codes, atol=1e-7)
    assert encode(-1.0) == 0 and encode(2.0) == pytest.approx(1)


def test_srgb_of_white_red_and_back() -> None:
    np.testing.assert_allclose(xyz_of_rgb([1, 1, 1]), [0.95047, 1, 1.08883], atol=1e-5)
    np.testing.assert_allclose(xyz_of_rgb([1, 0, 0]), [0.4124, 0.2126, 0.0193], atol=1e-4)
    some = np.random.default_rng(0).random((4, 3))
    np.testing.assert_allclose(rgb_of_xyz(xyz_of_rgb(some)), some, atol=1e-12)


def test_a_perfect_white_is_white_in_srgb() -> None:
    """To 0.3 %, as far as 400 to 700 nm carry D65."""
    np.testing.assert_allclose(rgb_of_xyz(xyz(np.ones(31))), 1, atol=0.003)


@pytest.mark.parametrize(
    ("colour", "degrees"),
    [((60, 0, 10), 45), ((50, 5, 10), 0), ((40, 5, 10), -45), ((70, 5, 10), 63.43495), ((60, 0, -10), 135)],
)
def test_the_typology_angle(colour: tuple[float, float, float], degrees: float) -> None:
    assert float(ita(colour)) == pytest.approx(degrees, abs=1e-5)


def test_the_observer_moves_the_angle_of_skin_by_degrees() -> None:
    """1.2 to 1.6 degrees between 2 and 10 degrees under D65 over most skin, 3.6 at most."""
    skin = spectrum(Pigments(np.linspace(1, 12, 12), 0.012))
    turn = np.abs(ita(lab(xyz(skin))) - ita(lab(xyz(skin, observer="10"), observer="10")))
    assert 1.2 <= np.median(turn) <= 1.6
    assert turn.max() < 3.6


def test_the_light_moves_the_angle_too() -> None:
    skin = spectrum(Pigments(np.array([2.0, 8.0]), 0.012))
    assert (np.abs(ita(lab(xyz(skin))) - ita(lab(xyz(skin, "A"), "A"))) > 1).all()


def test_weights_are_of_one_step_of_all() -> None:
    for name in lights():
        assert weights(name)[:, 1].sum() == pytest.approx(1)
        assert weights(name).shape == (31, 3) and (weights(name) > -1e-12).all()
    assert {"D65", "D50", "A", "LED-B3", "LED-B5", "FL2", "FL11"} <= set(lights())


@pytest.mark.parametrize(
    ("ask", "words"), [(light, "there is no light 'D6'"), (observer, "there is no observer of 'D6'")]
)
def test_what_is_not_known_is_told(ask: object, words: str) -> None:
    with pytest.raises(RepigmentError) as told:
        ask("D6")  # type: ignore[operator]
    assert words in str(told.value) and ("D65" in str(told.value) or "2, 10" in str(told.value))


def test_indices_count_what_they_are_named_after() -> None:
    """More melanin raises the first more than the second; more blood hardly the first."""
    skin = spectrum(Pigments(np.array([3.0, 6.0, 3.0]), np.array([0.01, 0.01, 0.02])))
    melanin, redness = melanin_index(skin), erythema_index(skin)
    assert melanin[1] - melanin[0] > 5 > abs(melanin[2] - melanin[0])
    assert redness[2] - redness[0] > 4
    assert melanin[0] == pytest.approx(-100 * np.log10(skin[0, 25]))
    assert redness[0] == pytest.approx(100 * np.log10(skin[0, 25] / skin[0, 16]))


def test_more_melanosome_is_a_smaller_angle() -> None:
    assert (np.diff(ita(lab(xyz(spectrum(Pigments(np.linspace(0, 20, 41), 0.012)))))) < 0).all()
    assert (np.diff(melanosome()) < 0).all()
