"""From pigments to pictures of patches of skin."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from repigment.errors import RepigmentError
from repigment.evidence.parameters import parameter
from repigment.optics.colour import decode, ita, lab, xyz, xyz_of_rgb
from repigment.optics.people import SKIN_TYPES, own
from repigment.optics.skin import spectrum
from repigment.optics.tissue import Pigments
from repigment.pictures.developed import developed
from repigment.pictures.strip import Style, pictures, scale_bar, small_png, strips


@pytest.mark.parametrize("kind", SKIN_TYPES)
def test_own_skin_has_the_typology_angle_of_its_type(kind: str) -> None:
    angle = parameter(f"ita_{kind}")
    assert float(ita(lab(xyz(spectrum(own(kind)))))) == pytest.approx(angle.value, abs=0.1)


@pytest.mark.parametrize("kind", SKIN_TYPES)
def test_more_melanin_is_darker(kind: str) -> None:
    amounts = np.linspace(0, 2, 30)[None] * own(kind).melanin
    colours = developed(Pigments(amounts, own(kind).blood)).astype(int)[0]
    assert np.all(np.diff(colours.sum(axis=-1)) < 0)


def test_more_blood_is_redder() -> None:
    colours = developed(Pigments(np.full((1, 5), 2.0), np.linspace(0.005, 0.04, 5)[None])) / 255
    redness = lab(xyz_of_rgb(decode(colours[0])))[:, 1]
    assert np.all(np.diff(redness) > 0.1)


def test_dermal_melanin_is_greyer_than_epidermal() -> None:
    same = spectrum(Pigments(np.array([4.0, 2.0]), 0.012, np.array([0.0, 6.0])))
    epidermal, dermal = lab(xyz(same))
    assert dermal[2] < epidermal[2] - 2, "bluer, as deep pigment is"


def test_skin_type_by_number_or_name() -> None:
    assert own(4) == own("iv")
    with pytest.raises(RepigmentError, match=r"skin type 9 does not exist\. Allowed: I to VI, or 1 to 6\."):
        own(9)


def half_white(kind: str) -> Pigments:
    melanin = np.full((1, 16, 16), own(kind).melanin)
    melanin[:, :, :8] = 0.0
    melanin[:, 12:, 12:] = np.nan
    return Pigments(melanin, own(kind).blood)


def test_a_picture_shows_where_there_is_pigment_and_where_nobody_looked() -> None:
    (image,) = pictures(half_white("V"), style=Style(64))
    pixels = np.asarray(image).astype(int)
    assert pixels[5, 5].sum() > pixels[5, 60].sum() + 100
    assert np.ptp(pixels[62, 62]) <= 5, "grey where nobody looked"
    expected = developed(Pigments(np.array([[0.0, own("V").melanin]]), own("V").blood))[0].astype(int)
    assert np.abs(pixels[5, [5, 60]] - expected).max() <= 2


def test_what_is_no_skin_is_transparent() -> None:
    skin = np.zeros((64, 64), bool)
    skin[:, :32] = True
    (image,) = pictures(half_white("III"), style=Style(64, skin))
    found = np.asarray(Image.open(io.BytesIO(small_png(image, skin))).convert("RGBA"))
    assert np.all(found[:, 40:, 3] == 0) and np.all(found[:, :24, 3] == 255)


def test_strip_is_a_png_and_the_same_every_time() -> None:
    maps = Pigments(3 * np.random.default_rng(1).random((3, 12, 12)), 0.01)
    first = strips({"": maps}, [0, 12, 24], 0.3, style=Style(48))
    assert first == strips({"": maps}, [0, 12, 24], 0.3, style=Style(48))
    image = Image.open(io.BytesIO(first))
    assert image.format == "PNG"
    assert image.width == 3 * 48 + 2 * 6


def test_maps_and_weeks_belong_together() -> None:
    with pytest.raises(RepigmentError, match=r"2 weeks do not belong to maps of shape \(3, 4, 4\)"):
        strips({"": Pigments(np.ones((3, 4, 4)), 0.01)}, [0, 4], 0.3)
    with pytest.raises(RepigmentError, match="pictures need maps of visits, rows and columns"):
        pictures(Pigments(np.ones(4), 0.01))


@given(st.floats(0.5, 500))
def test_the_scale_bar_is_a_round_length_that_fits(width: float) -> None:
    bar = scale_bar(width)
    assert width / 10 < bar <= width / 3
    assert float(f"{bar:.0e}") == pytest.approx(bar)
