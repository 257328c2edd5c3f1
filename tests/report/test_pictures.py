"""From melanin to colour, and from maps to pictures."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from repigment.errors import RepigmentError
from repigment.evidence.parameters import parameter
from repigment.optics.strip import picture, png, scale_bar, strip
from repigment.optics.tone import SKIN_TYPES, ita, lab, linear_rgb, own_melanin, reflectance, tone


@pytest.mark.parametrize("kind", SKIN_TYPES)
def test_own_skin_has_the_typology_angle_of_its_type(kind: str) -> None:
    angle = parameter(f"ita_{kind}")
    assert float(ita(reflectance(own_melanin(kind)))) == pytest.approx(angle.value, abs=0.01)


@pytest.mark.parametrize("kind", SKIN_TYPES)
def test_more_melanin_is_darker(kind: str) -> None:
    colours = tone(np.linspace(0, 2, 50), kind)
    assert np.all(np.diff(colours, axis=0) < 0)
    assert colours.min() >= 0 and colours.max() <= 1


def test_skin_without_melanin_is_the_same_in_everybody() -> None:
    assert np.allclose([tone(0.0, kind) for kind in SKIN_TYPES], tone(0.0, "I"))


def test_skin_type_by_number_or_name() -> None:
    assert np.array_equal(tone(0.5, 4), tone(0.5, "iv"))
    with pytest.raises(RepigmentError, match=r"skin type 9 does not exist\. Allowed: I to VI, or 1 to 6\."):
        tone(0.5, 9)


@given(st.floats(5, 95), st.floats(-20, 20), st.floats(-20, 20))
def test_lab_and_rgb_are_inverse(lightness: float, redness: float, yellowness: float) -> None:
    assert lab(linear_rgb(lightness, redness, yellowness)) == pytest.approx([lightness, redness, yellowness], abs=1e-3)


def test_a_picture_shows_where_there_is_pigment_and_where_nobody_looked() -> None:
    melanin = np.ones((16, 16))
    melanin[:, :8] = 0.0
    melanin[12:, 12:] = np.nan
    pixels = np.asarray(picture(melanin, "V", 64).convert("RGB")).astype(int)
    assert pixels[5, 5].sum() > pixels[5, 60].sum() + 100
    assert len(set(pixels[62, 62])) <= 2, "grey where nobody looked"
    expected = np.rint(255 * tone([0.0, 1.0], "V"))
    assert np.abs(pixels[5, [5, 60]] - expected).max() <= 2


def test_strip_is_a_png_and_the_same_every_time() -> None:
    maps = np.random.default_rng(1).random((3, 12, 12))
    first = strip(maps, [0, 12, 24], "III", 0.3, pixels=48)
    assert first == strip(maps, [0, 12, 24], "III", 0.3, pixels=48)
    image = Image.open(io.BytesIO(first))
    assert image.format == "PNG"
    assert image.width == 3 * 48 + 2 * 6


def test_maps_and_weeks_belong_together() -> None:
    with pytest.raises(RepigmentError, match=r"2 weeks do not belong to maps of shape \(3, 4, 4\)"):
        strip(np.ones((3, 4, 4)), [0, 4], "I", 0.3)
    with pytest.raises(RepigmentError, match="a picture needs a map of rows and columns"):
        png(picture(np.ones(4), "I"))


@given(st.floats(0.5, 500))
def test_the_scale_bar_is_a_round_length_that_fits(width: float) -> None:
    bar = scale_bar(width)
    assert width / 10 < bar <= width / 3
    assert float(f"{bar:.0e}") == pytest.approx(bar)
