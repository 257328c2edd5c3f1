"""Rulers read in rendered photographs, whose scale is known, and none where there is none."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.photographs.files.reading import Photograph, read
from repigment.photographs.lengths import ruler
from repigment.photographs.lengths.scale import Scale
from repigment.photographs.options import Options
from repigment.pictures.camera import CameraModel
from repigment.pictures.lesions import dark_spots, vitiligo
from repigment.pictures.photograph import photograph, view
from repigment.pictures.ruler import Ruler
from repigment.pictures.scene import Scene
from repigment.pictures.truth import truth
from tests.photographs.rendered import shot

REAL = sorted((Path(__file__).parents[3] / "shared" / "photos" / "pad_ufes_20").glob("*.jpg"))
PLAIN = CameraModel(width=900)
CAMERAS = {
    "plain": PLAIN,
    "warm and noisy": replace(PLAIN, sensor="phone-a", lamp="A", noise=2.0, quality=80),
    "tilted": replace(PLAIN, sensor="phone-b", lamp="LED-B3", blur=1.0, tilt=8.0),
    "turned": replace(PLAIN, lamp="FL11", quality=70, tilt=-5.0, roll=14.0),
    "upright": replace(PLAIN, exposure=0.4, roll=90.0),
    "uneven": replace(PLAIN, vignetting=40.0, uneven=20.0, roll=-33.0),
    "small": replace(PLAIN, width=300),
    "large": replace(PLAIN, width=1800),
}


def taken(scene: Scene, camera: CameraModel, folder: Path) -> Photograph:
    file = folder / f"scene.{camera.form}"
    file.write_bytes(photograph(scene, camera))
    return read(file, value("measure_pixels"))


def true_scale(scene: Scene, camera: CameraModel, photo: Photograph) -> tuple[np.ndarray, float]:
    """The middle (2,) of the ruler in px of the photograph as it was read, and mm a pixel there."""
    assert scene.ruler is not None
    seen = view(scene, camera)
    x, y, depth = seen @ [scene.ruler.x, scene.ruler.y, 1]
    point = (np.array([x, y]) / depth + 0.5) / photo.factor - 0.5
    return point, Scale(np.linalg.inv(seen), 0.0, "-").mm_per_pixel(np.array([x, y]) / depth) * photo.factor


@pytest.mark.parametrize("skin_type", ["I", "VI"])
@pytest.mark.parametrize("camera", CAMERAS)
def test_a_ruler_gives_millimetres(skin_type: str, camera: str, tmp_path: Path) -> None:
    scene = dark_spots(skin_type).with_ruler()
    photo = taken(scene, CAMERAS[camera], tmp_path)
    found = ruler.find(photo.linear)
    point, meant = true_scale(scene, CAMERAS[camera], photo)
    assert found.scale.mm_per_pixel(point) == pytest.approx(meant, rel=0.01)
    assert 0.01 < found.scale.error < 0.03
    assert found.covered[round(point[1]), round(point[0])] and found.covered.mean() < 0.15


def test_turned_on_the_skin_it_gives_the_same(tmp_path: Path) -> None:
    scene = vitiligo("IV").with_ruler()
    scene = replace(scene, ruler=Ruler(22, 15.0, 15.0, turn=-37.0))
    photo = taken(scene, PLAIN, tmp_path)
    point, meant = true_scale(scene, PLAIN, photo)
    assert ruler.find(photo.linear).scale.mm_per_pixel(point) == pytest.approx(meant, rel=0.01)


@pytest.mark.parametrize("make", [dark_spots, vitiligo])
@pytest.mark.parametrize("camera", ["plain", "tilted"])
def test_areas_come_by_a_ruler_alone(make: object, camera: str, tmp_path: Path) -> None:
    scene = make("III").with_ruler()  # type: ignore[operator]
    found = shot(scene, tmp_path, CAMERAS[camera], scale="ruler").get("area")
    meant = truth(scene).area
    assert found is not None and found.basis.startswith("ruler, ")
    assert found.value == pytest.approx(meant, rel=0.05) and found.low < meant < found.high


@pytest.mark.parametrize("make", [dark_spots, vitiligo])
@pytest.mark.parametrize("camera", ["plain", "tilted", "turned"])
def test_without_a_ruler_none_is_made_up(make: object, camera: str, tmp_path: Path) -> None:
    for scene in (make("II"), make("V").with_card()):  # type: ignore[operator]
        with pytest.raises(RepigmentError, match=r"no ruler with a mark each millimetre .* was found"):
            ruler.find(taken(scene, CAMERAS[camera], tmp_path).linear)


@pytest.mark.parametrize("name", [path.name for path in REAL])
def test_in_photographs_of_skin_none_is_made_up(name: str) -> None:
    with pytest.raises(RepigmentError, match="no ruler"):
        ruler.find(read(REAL[0].parent / name, value("measure_pixels")).linear)


def drawn(pitches: list[float], long: int, count: int = 40) -> np.ndarray:
    """White paper on brown with rows of marks at these distances in px, each `long` one longer."""
    picture = np.full((600, 800), 0.2, np.float32)
    for row, pitch in enumerate(pitches):
        top = 60 + 220 * row
        cv2.rectangle(picture, (20, top), (780, top + 120), 0.8, -1)
        for mark in range(count):
            x, reach = 40 + mark * pitch, 60 if mark % long == 0 else 30
            if x < 770:
                cv2.line(picture, (round(x * 16), (top + 2) * 16), (round(x * 16), (top + reach) * 16), 0.05, 2, 16, 4)
    return np.repeat(cv2.GaussianBlur(picture, (0, 0), 0.8)[..., None], 3, axis=2)


def test_marks_of_inches_are_no_millimetres() -> None:
    assert ruler.find(drawn([15.0], 5)).scale.mm_per_pixel(np.array([300.0, 90.0])) == pytest.approx(1 / 15, rel=0.01)
    for long in (2, 4, 8, 100):
        with pytest.raises(RepigmentError, match="no ruler"):
            ruler.find(drawn([15.0], long))


def test_two_rulers_that_disagree_are_told() -> None:
    assert ruler.find(drawn([15.0, 15.0], 5)).scale.mm_per_pixel(np.zeros(2)) == pytest.approx(1 / 15, rel=0.01)
    with pytest.raises(RepigmentError, match=r"marks of rulers disagree: 0.0\d+ and 0.0\d+ mm a pixel"):
        ruler.find(drawn([15.0, 17.0], 5))


def test_what_else_a_scale_may_be_is_told() -> None:
    with pytest.raises(
        RepigmentError, match=r"a scale 'tape' is not known. In: --scale. Allowed: x1,y1,x2,y2,mm, or ruler"
    ):
        Options(scale="tape")  # type: ignore[arg-type]
