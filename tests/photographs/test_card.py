from pathlib import Path

import numpy as np
import pytest

from repigment.errors import RepigmentError
from repigment.optics.colour import rgb_of_xyz
from repigment.photographs.colour import card as cards
from repigment.photographs.colour.card_search import CENTRES, project, search
from repigment.photographs.colour.correction import by_card
from repigment.photographs.files.reading import Photograph, read
from repigment.pictures.camera import CameraModel
from repigment.pictures.card import Card, chart_xyz
from repigment.pictures.lesions import vitiligo
from repigment.pictures.photograph import photograph, view
from repigment.pictures.scene import Scene

REFERENCE = np.maximum(rgb_of_xyz(chart_xyz()), 0)
SCENE = vitiligo("III").with_card()
TURNS = {
    "straight": {},
    "tilted": {"tilt": 10.0},
    "upside down": {"roll": 180.0},
    "on its side": {"roll": 90.0, "tilt": -6.0},
}


def taken(folder: Path, **camera: object) -> tuple[Photograph, np.ndarray]:
    model = CameraModel(width=700, **camera)  # type: ignore[arg-type]
    file = folder / "card.jpg"
    file.write_bytes(photograph(SCENE, model))
    assert isinstance(SCENE.card, Card)
    return read(file), project(view(SCENE, model), SCENE.card.centres())


@pytest.mark.parametrize("how", TURNS)
def test_patches_are_found_to_a_third_of_a_pixel(how: str, tmp_path: Path) -> None:
    photo, centres = taken(tmp_path, **TURNS[how])
    card = cards.find(photo.linear, photo.clipped, REFERENCE)
    assert card is not None and cards.distrusted(card, REFERENCE) is None
    assert np.abs(project(card.homography, CENTRES) - centres).max() < 0.34


def test_corners_of_a_user_need_not_be_exact(tmp_path: Path) -> None:
    photo, centres = taken(tmp_path, tilt=5.0)
    by_itself = cards.find(photo.linear, photo.clipped, REFERENCE)
    assert by_itself is not None
    half = np.array([[-0.45, -0.45], [5.45, -0.45], [5.45, 3.45], [-0.45, 3.45]])
    pointed = project(by_itself.homography, half) + np.array([[3, -4], [-4, 2], [4, 4], [-2, 3]])
    card = cards.find(photo.linear, photo.clipped, REFERENCE, pointed)
    assert card is not None
    assert np.abs(project(card.homography, CENTRES) - centres).max() < 0.34


def test_there_is_no_card_where_there_is_none(tmp_path: Path) -> None:
    file = tmp_path / "bare.jpg"
    file.write_bytes(photograph(vitiligo("III"), CameraModel(width=600)))
    assert search(read(file).linear, REFERENCE) is None


def test_burnt_patches_are_refused(tmp_path: Path) -> None:
    photo, _ = taken(tmp_path, exposure=3.0)
    card = cards.find(photo.linear, photo.clipped, REFERENCE)
    assert card is not None
    refusal = cards.distrusted(card, REFERENCE)
    assert refusal is not None and refusal.what == "colour" and "burnt out or black" in refusal.why


def test_one_black_channel_of_a_patch_leaves_the_others(tmp_path: Path) -> None:
    photo, _ = taken(tmp_path, noise=0.0)
    whole = cards.find(photo.linear, photo.clipped, REFERENCE)
    assert whole is not None and not whole.ends.any()
    blue = whole.readings[:, 2] < np.sort(whole.readings[:, 2])[9]
    for x, y in np.round(project(whole.homography, CENTRES[blue])).astype(int):
        photo.linear[y - 20 : y + 20, x - 20 : x + 20, 2] = 0
        photo.clipped[y - 20 : y + 20, x - 20 : x + 20] = True
    card = cards.find(photo.linear, photo.clipped, REFERENCE)
    assert card is not None and cards.distrusted(card, REFERENCE) is None
    assert not card.ends[:, :2].any()
    assert card.ends[:, 2].tolist() == blue.tolist()
    known, found = by_card(whole).matrix, by_card(card).matrix
    skin = np.array([0.3, 0.2, 0.13])
    assert skin @ found == pytest.approx(skin @ known, rel=0.02)


def test_a_card_is_found_by_a_camera_whose_colours_are_poor(tmp_path: Path) -> None:
    photo, centres = taken(tmp_path, sensor="sigma-sdmerill", lamp="LED-B1", noise=2.0, roll=-17.0, blur=1.0)
    card = cards.find(photo.linear, photo.clipped, REFERENCE)
    assert card is not None
    assert np.abs(project(card.homography, CENTRES) - centres).max() < 1


def test_corners_that_are_mixed_up_are_refused(tmp_path: Path) -> None:
    photo, _ = taken(tmp_path)
    found = cards.find(photo.linear, photo.clipped, REFERENCE)
    assert found is not None
    half = np.array([[-0.45, -0.45], [5.45, -0.45], [5.45, 3.45], [-0.45, 3.45]])
    turned = cards.find(photo.linear, photo.clipped, REFERENCE, project(found.homography, half)[[2, 3, 0, 1]])
    assert turned is not None
    refusal = cards.distrusted(turned, REFERENCE)
    assert refusal is not None and "do not look like the chart's" in refusal.why


def test_corners_on_a_line_are_no_card() -> None:
    dark = np.zeros((50, 50, 3), np.float32)
    line = np.array([[0.0, 0], [10, 0], [20, 0], [30, 0]])
    with pytest.raises(RepigmentError, match="make no rectangle"):
        cards.find(dark, np.zeros((50, 50), bool), REFERENCE, line)


def test_a_scene_has_a_card() -> None:
    assert isinstance(SCENE, Scene) and SCENE.card is not None
