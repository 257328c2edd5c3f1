from pathlib import Path

import numpy as np
import pytest

from repigment.evidence.parameters import value
from repigment.optics.colour import RGB_OF_XYZ, decode
from repigment.photographs.colour.correction import at_its_word
from repigment.photographs.files.reading import read
from repigment.photographs.files.rounding import EXACT, rounded
from repigment.photographs.skin import noise
from repigment.pictures.camera import CameraModel
from repigment.pictures.lesions import dark_spots
from tests.photographs.rendered import shot

SIDE = 300
ALL = np.ones((SIDE, SIDE), bool)
COLOUR = np.array([0.3, 0.15, 0.1], np.float32)


def noisy(share: float) -> np.ndarray:
    rng = np.random.default_rng(3)
    return (COLOUR * (1 + share * rng.standard_normal((SIDE, SIDE, 3)))).astype(np.float32)


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3])
def test_relative_noise_is_found(share: float) -> None:
    assert noise.relative(noisy(share), ALL).tolist() == pytest.approx([share] * 3, rel=0.05)


def test_light_is_smoothed_only_as_far_as_noise_demands() -> None:
    assert noise.smoothing(noisy(0.05), ALL).scale == 0
    scale, left = noise.smoothing(noisy(0.2), ALL)
    assert 0 < scale <= value("noise_smoothing") * SIDE
    assert left.max() < 0.2
    assert noise.smoothing(noisy(3.0), ALL).scale <= value("noise_smoothing") * SIDE


def test_smoothing_keeps_the_mean_of_the_logarithm() -> None:
    light = np.maximum(noisy(0.3), 1e-3)
    even = noise.smoothed(light, 2.0)
    off = [float(np.log(each[..., 2]).mean() - np.log(COLOUR[2])) for each in (light, even)]
    assert off[0] < -0.04 and abs(off[1]) < 0.01


def test_noise_makes_colours_less_sure() -> None:
    word = at_its_word()
    spreads = []
    for share in (0.0, 0.6):
        known = word.less_sure(noise.lost(noisy(share), ALL))
        drawn = known.drawn(COLOUR.astype(float)) @ RGB_OF_XYZ.T
        spreads.append(float(np.log(drawn[:, 2] / drawn[:, 0]).std()))
    assert spreads[1] ** 2 - spreads[0] ** 2 == pytest.approx(2 * (value("noise_lost") * 0.36) ** 2, rel=0.5)


@pytest.mark.parametrize("quality", [60, 75])
def test_what_a_jpeg_rounds_off_moves_even_skin_as_far_as_it_says(quality: int, tmp_path: Path) -> None:
    """Fields of one colour with a little noise, written and read: the mean light is off by the SD, near enough."""
    from PIL import Image

    rng, off = np.random.default_rng(12), []
    for level in rng.uniform(60, 220, (40, 3)):
        file = tmp_path / "even.jpg"
        even = np.rint(level + 2 * rng.standard_normal((128, 128, 3))).astype(np.uint8)
        Image.fromarray(even).save(file, quality=quality)
        true = np.asarray(decode(even / 255)).mean(axis=(0, 1))
        found = read(file)
        spread = np.sqrt(np.diag(rounded(true, found.steps)))
        off.append((found.linear.mean(axis=(0, 1)) - true) / spread)
    assert 0.6 < np.sqrt(np.mean(np.square(off))) < 1.6


def test_a_file_without_loss_rounds_nothing_off(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (64, 64), (90, 60, 40)).save(tmp_path / "even.png")
    assert read(tmp_path / "even.png").steps == EXACT
    assert rounded(COLOUR.astype(float), EXACT).max() == 0


def test_what_noise_hides_is_told(tmp_path: Path) -> None:
    scene = dark_spots("V", count=3, seed=31).with_card()
    quiet = shot(scene, tmp_path, CameraModel(width=800))
    loud = shot(scene, tmp_path, CameraModel(width=800, sensor="sigma-sdmerill", noise=3.0, quality=80))
    assert not any("hides lesions" in note for note in quiet.notes)
    assert any("hides lesions that differ from own skin by less than" in note for note in loud.notes)
