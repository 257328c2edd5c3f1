from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from repigment.evidence.parameters import value
from repigment.optics.tissue import Pigments
from repigment.photographs import measure as measuring
from repigment.photographs.basis import basis
from repigment.photographs.files.reading import read
from repigment.photographs.options import Options
from repigment.photographs.skin.shading import Light, directions, evened, light, terms, told
from repigment.pictures.camera import CameraModel
from repigment.pictures.lesions import vitiligo
from repigment.pictures.photograph import photograph
from repigment.pictures.scene import Scene
from repigment.pictures.truth import truth
from tests.photographs.rendered import shot


def found(scene: Scene, camera: CameraModel, folder: Path) -> Light:
    file = folder / "scene.jpeg"
    file.write_bytes(photograph(scene, camera))
    photo = read(file)
    rests = basis(photo, Options())
    assert rests.card is not None
    fold = light(photo, rests.card, photo.seen & ~rests.covered, rests.correction)
    assert fold is not None
    return fold


@pytest.mark.parametrize(("melanin", "blood"), [(1.0, 0.01), (5.0, 0.02), (25.0, 0.02)])
def test_light_is_told_from_pigment_by_colour(melanin: float, blood: float) -> None:
    """Most of a slope of light is told for light; of the usual ones of melanin and of blood less than 3 % are."""
    ways = directions(melanin, blood)
    weights, error = told(ways)
    assert 0.85 < float(weights @ ways[0]) <= 1
    assert abs(float(weights @ ways[1])) * value("shading_melanin_slope") < 0.03
    assert abs(float(weights @ ways[2])) * value("shading_blood_slope") < 0.03
    assert error < 0.06


@pytest.mark.parametrize("skin_type", ["I", "III", "V"])
def test_light_that_falls_is_found(skin_type: str, tmp_path: Path) -> None:
    """By 25 % from the left to the right: ln 0.75 over the breadth, which is 2."""
    scene, camera = vitiligo(skin_type).with_card(), CameraModel(width=800, seed=3)
    even, falling = (found(scene, each, tmp_path).slopes for each in (camera, replace(camera, uneven=25.0)))
    assert np.abs(even[:2]).max() < 0.02
    assert falling[0] - even[0] == pytest.approx(np.log(0.75) / 2, rel=0.25)
    assert abs(falling[1] - even[1]) < 0.02


def test_melanin_that_rises_is_no_falling_light(tmp_path: Path) -> None:
    """Melanin that rises by a third from left to right, which takes as much green as light that falls by some 17 %."""
    scene = vitiligo("III").with_card()
    across = np.linspace(0.85, 1.15, scene.pigments.melanin.shape[1])
    rising = replace(scene, pigments=Pigments(np.asarray(scene.pigments.melanin) * across, *scene.pigments[1:]))
    camera = CameraModel(width=800, seed=3)
    one, other = (found(each, camera, tmp_path).slopes for each in (scene, rising))
    assert abs(other[0] - one[0]) < 0.02


@pytest.mark.parametrize("skin_type", ["I", "V"])
def test_own_skin_in_falling_light(skin_type: str, tmp_path: Path) -> None:
    scene = vitiligo(skin_type, seed=4).with_card()
    camera = CameraModel(uneven=22.0, vignetting=8.0, seed=4)
    own = shot(scene, tmp_path, camera).get("own skin ITA")
    assert own is not None
    assert own.value == pytest.approx(truth(scene).skin.ita, abs=1.5)
    assert own.low <= truth(scene).skin.ita <= own.high


def test_the_picture_that_is_shown_stays_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "scene.jpeg"
    file.write_bytes(photograph(vitiligo("III").with_card(), CameraModel(width=800, uneven=25.0)))
    seen = measuring.measure(file, Options()).seen
    assert seen is not None
    assert np.array_equal(seen.photograph.linear, read(file, seen.photograph.linear[..., 0].size).linear)


def test_where_no_skin_is_seen_nothing_is_evened(tmp_path: Path) -> None:
    file = tmp_path / "scene.jpeg"
    file.write_bytes(photograph(vitiligo("III").with_card(), CameraModel(width=600)))
    photo = read(file)
    rests = basis(photo, Options())
    assert rests.card is not None
    same, known = evened(photo, rests.card, np.zeros(photo.shape, bool), rests.correction)
    assert same is photo
    spread = [each.draws.std(axis=0)[1, 1] / each.matrix[1, 1] for each in (rests.correction, known)]
    assert spread[1] > np.hypot(spread[0], 0.1)


def test_beyond_own_skin_the_light_stays_as_at_its_edge() -> None:
    fold = Light(np.array([-0.1, 0, 0, 0, 0]), np.zeros(5), np.array([[-0.5, -1.0], [0.5, 1.0]]), 0.0)
    assert fold.at(np.array([0.5, 1.0]), np.array([0.0, 0.0])) == pytest.approx(np.exp(-0.05))
    assert fold.at(np.array([0.2]), np.array([0.0])) == pytest.approx(np.exp(-0.02))


def test_the_surface_has_as_many_terms_as_slopes() -> None:
    assert len(terms(np.zeros(3), np.zeros(3))) == 5


def test_light_falls_before_a_camera_bends_its_tones(tmp_path: Path) -> None:
    scene = vitiligo("III", seed=6).with_card()
    own = shot(scene, tmp_path, CameraModel(uneven=22.0, contrast=0.6, seed=6)).get("own skin ITA")
    assert own is not None
    assert own.value == pytest.approx(truth(scene).skin.ita, abs=1.5)
