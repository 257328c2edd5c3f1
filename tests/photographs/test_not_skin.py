"""What lies on skin or beside it and is none, and what is said where that cannot be told."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from repigment.evidence.parameters import value
from repigment.photographs.measure import measure
from repigment.photographs.options import Options
from repigment.photographs.skin import noise, not_skin
from repigment.pictures.camera import CameraModel
from repigment.pictures.lesions import dark_spots, vitiligo
from repigment.pictures.truth import truth
from tests.photographs.rendered import shot

SKIN = np.array([0.4, 0.24, 0.16], np.float32)
THINGS = {"grey": (0.3, 0.3, 0.3), "green": (0.1, 0.2, 0.12), "blue": (0.1, 0.15, 0.3), "white": (0.9, 0.9, 0.88)}
TURNED = CameraModel(width=900, sensor="phone-b", quality=70, blur=1.0, tilt=8.0, roll=-16.0, contrast=0.3)


def skin_with(colour: tuple[float, ...], rows: slice, columns: slice) -> np.ndarray:
    picture = np.tile(SKIN, (120, 160, 1))
    picture[rows, columns] = colour
    noise = 1 + 0.05 * np.random.default_rng(4).standard_normal(picture.shape)
    return (picture * noise).astype(np.float32)


@pytest.mark.parametrize("thing", THINGS)
def test_what_comes_in_from_the_edge_and_is_grey_green_or_blue_is_not_skin(thing: str) -> None:
    found = not_skin.outside(skin_with(THINGS[thing], slice(0, 40), slice(0, 160)))
    assert found[:34].all() and not found[46:].any()


def test_a_blue_lesion_within_skin_stays() -> None:
    assert not not_skin.outside(skin_with(THINGS["blue"], slice(40, 80), slice(60, 100))).any()


def test_even_skin_has_nothing_beside_it() -> None:
    even = skin_with(tuple(SKIN), slice(0, 1), slice(0, 1))
    assert not not_skin.outside(even).any()
    everywhere = np.ones(even.shape[:2], bool)
    assert not not_skin.cloth(even, everywhere, everywhere).any()
    assert not not_skin.inked(even, np.ones(even.shape[:2], bool)).any()


def test_a_pale_place_at_the_edge_is_cloth_only_where_skin_has_no_such_colour() -> None:
    pale = skin_with((0.55, 0.51, 0.47), slice(0, 40), slice(0, 160))  # ln R/G 0.075: almost no blood, no melanin
    everywhere = np.ones(pale.shape[:2], bool)
    assert not not_skin.cloth(pale, everywhere, everywhere).any()
    valid = np.ones(pale.shape[:2], bool)
    valid[:40] = False
    assert not_skin.cloth(pale, valid, everywhere)[:34].all()


def dark_skin(rough: float, colour: tuple[float, ...]) -> np.ndarray:
    """Very dark skin with a round place of another colour in its middle, and noise that does not fall with light."""
    picture = np.tile(np.array([0.08, 0.048, 0.018], np.float32), (200, 260, 1))
    y, x = np.mgrid[:200, :260]
    picture[np.hypot(y - 100, x - 130) < 40] = colour
    noisy = picture + rough * np.random.default_rng(3).standard_normal(picture.shape)
    return np.maximum(noisy, 0).astype(np.float32)


def test_noise_makes_no_ink_and_no_cloth_of_a_very_dark_spot() -> None:
    spot = dark_skin(0.01, (0.012, 0.008, 0.006))
    everywhere = np.ones(spot.shape[:2], bool)
    rough = noise.of_squares(spot, everywhere, not_skin.SIDE)
    assert not_skin.inked(spot, everywhere).mean() > 0.01  # as if there were no noise
    assert not_skin.inked(spot, everywhere, rough).mean() < 0.001
    assert not_skin.cloth(spot, everywhere, everywhere, rough).mean() < 0.001


def test_ink_on_dark_skin_is_seen_where_noise_is_small() -> None:
    pen, everywhere = dark_skin(0.002, (0.012, 0.012, 0.03)), np.ones((200, 260), bool)
    rough = noise.of_squares(pen, everywhere, not_skin.SIDE)
    assert not_skin.inked(pen, everywhere, rough)[80:120, 110:150].all()


def test_a_pen_about_a_dark_lesion_is_seen_in_noise() -> None:
    y, x = np.mgrid[:400, :400]
    away = np.hypot(x - 200, y - 200)
    picture = np.tile(np.array([0.3, 0.18, 0.12]), (400, 400, 1))
    picture[away < 60] = (0.06, 0.03, 0.02)
    ring = (away > 70) & (away < 80)
    picture[ring] = (0.02, 0.022, 0.05)
    noisy = picture + 0.02 * np.random.default_rng(5).standard_normal(picture.shape)
    light, everywhere = np.maximum(noisy, 0).astype(np.float32), np.ones(ring.shape, bool)
    found = not_skin.inked(light, everywhere, noise.of_squares(light, everywhere, not_skin.SIDE))
    assert found[ring].mean() > 0.5 and found[away < 60].mean() < 0.01


def test_a_notch_of_a_lesion_that_is_not_seen_makes_it_less_sure() -> None:
    mask = np.zeros((40, 40), bool)
    mask[10:30, 10:30] = True
    usable = np.ones_like(mask)
    usable[10:20, 15:25] = False
    assert not_skin.hidden(mask & usable, usable) == pytest.approx(1 / 3)
    assert not_skin.hidden(mask, usable) == not_skin.hidden(np.zeros_like(mask), usable) == 0


def test_cloth_around_very_dark_skin_is_not_taken_for_it(tmp_path: Path) -> None:
    scene = vitiligo("VI", 23.0).with_card()
    found = shot(scene, tmp_path, TURNED)
    area, own = found.get("area"), found.get("own skin ITA")
    assert found.lesion == "lighter" and area is not None and own is not None
    assert area.value == pytest.approx(truth(scene).area, rel=0.03)
    assert own.value == pytest.approx(truth(scene).skin.ita, abs=2)


@pytest.mark.parametrize("skin_type", ["I", "VI"])
@pytest.mark.parametrize("make", [dark_spots, vitiligo])
def test_cloth_is_no_lesion_where_colours_are_not_known(make: object, skin_type: str, tmp_path: Path) -> None:
    scene = make(skin_type).with_ruler()  # type: ignore[operator]
    model = CameraModel(width=900, vignetting=40.0, uneven=20.0, roll=-33.0)
    area = shot(scene, tmp_path, model, scale="ruler").get("area")
    assert area is not None and area.value == pytest.approx(truth(scene).area, rel=0.06)


def test_a_picture_without_lesion_tells_how_faint_one_may_be(tmp_path: Path) -> None:
    scene = dark_spots("II", count=0).with_card()
    found = shot(scene, tmp_path, replace(TURNED, roll=0.0))
    assert found.lesion is None
    assert any("could be in the picture and not be seen" in note for note in found.notes)


def test_a_green_stain_is_left_out_and_said(tmp_path: Path) -> None:
    pixels = skin_with((0.05, 0.3, 0.1), slice(40, 75), slice(60, 100))
    big = np.kron(pixels, np.ones((4, 4, 1), np.float32))
    file = tmp_path / "stain.png"
    Image.fromarray((255 * np.clip(big, 0, 1) ** (1 / 2.2)).astype(np.uint8)).save(file)
    found = measure(file, Options(mm_per_pixel=0.1))
    assert not found.areas
    assert any("skin has no such colour" in note for note in found.notes)


def test_shine_on_a_lesion_is_not_its_colour(tmp_path: Path) -> None:
    """A highlight of some per cent of a dark spot is burnt out; the contrast of the spot stays what it is."""
    y, x = np.mgrid[:480, :640]
    spot = np.hypot(x - 320, y - 240) < 90
    picture = np.where(spot[..., None], 0.4 * SKIN, SKIN) * (
        1 + 0.02 * np.random.default_rng(2).standard_normal((480, 640, 1))
    )
    told = []
    for shine in (0, 12):
        seen = np.where((np.hypot(x - 330, y - 230) < shine)[..., None], 3.0, picture)
        file = tmp_path / f"shine_{shine}.png"
        Image.fromarray((255 * np.clip(seen, 0, 1) ** (1 / 2.2)).astype(np.uint8)).save(file)
        contrast = measure(file, Options(mm_per_pixel=0.1)).get("contrast")
        assert contrast is not None
        told.append(contrast.value)
    assert told[1] == pytest.approx(told[0], rel=0.02)


def test_how_small_a_lesion_may_be_missed_is_said(tmp_path: Path) -> None:
    file = tmp_path / "even.png"
    even = np.kron(skin_with(tuple(SKIN), slice(0, 1), slice(0, 1)), np.ones((4, 4, 1), np.float32))
    Image.fromarray((255 * np.clip(even, 0, 1) ** (1 / 2.2)).astype(np.uint8)).save(file)
    found = measure(file, Options(mm_per_pixel=0.1, site="chin"))
    wide = 2 * np.sqrt(value("outline_smallest") * 480 * 640 / np.pi) * 0.1
    assert any(f"one less than {wide:.1f} mm wide" in note for note in found.notes)
    assert any("MASI of the chin is not told" in note for note in found.notes)
