"""The camera: right where it should be right, wrong as it is told to be, and the same bytes for the same seed."""

import io
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from repigment.errors import RepigmentError
from repigment.optics.colour import decode, lab, xyz_of_rgb
from repigment.optics.tissue import Pigments
from repigment.pictures.camera import CameraModel
from repigment.pictures.card import chart_xyz
from repigment.pictures.lesions import Spot, spotted
from repigment.pictures.photograph import photograph, view
from repigment.pictures.scene import Scene
from repigment.pictures.truth import truth

PERFECT = CameraModel(width=600, exposure=1.0, noise=0, form="png", bits=16)


@pytest.fixture(scope="module")
def scene() -> Scene:
    return spotted([Spot(30, 15, 14, 0.1, edge=0.6)], "IV", 60, 30, texture=0).with_card(50)


def linear(data: bytes) -> NDArray[np.float64]:
    """Linear RGB of a file."""
    levels = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_ANYDEPTH | cv2.IMREAD_COLOR_RGB)
    return decode(levels / (65535 if levels.dtype == np.uint16 else 255))


def colours(scene: Scene, camera: CameraModel) -> NDArray[np.float64]:
    """Mean linear RGB (24, 3) in the middle of each patch of the scene's card."""
    assert scene.card is not None
    rgb = linear(photograph(scene, camera))
    points = np.c_[scene.card.centres(), np.ones(24)] @ view(scene, camera).T
    places = np.rint(points[:, :2] / points[:, 2:]).astype(int)
    return np.array([rgb[y - 5 : y + 6, x - 5 : x + 6].mean(axis=(0, 1)) for x, y in places])


def differences(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.linalg.norm(lab(xyz_of_rgb(rgb)) - lab(chart_xyz()), axis=-1))


@pytest.mark.parametrize(("sensor", "mean", "most"), [("nikon-5100", 1.7, 8), ("phone-a", 1.8, 6), ("phone-b", 1.9, 6)])
def test_without_noise_a_camera_reproduces_the_chart(scene: Scene, sensor: str, mean: float, most: float) -> None:
    """What is left is what a 3 x 3 matrix cannot do, and colours outside of sRGB."""
    found = differences(colours(scene, replace(PERFECT, sensor=sensor)))
    assert found.mean() < mean and found.max() < most


@pytest.mark.parametrize("lamp", ["D65", "A", "LED-B3", "FL2"])
def test_a_right_white_balance_makes_greys_grey_and_a_wrong_one_does_not(scene: Scene, lamp: str) -> None:
    camera = replace(PERFECT, lamp=lamp)
    greys = colours(scene, camera)[19:23]
    assert np.abs(greys / greys.mean(axis=1, keepdims=True) - 1).max() < 0.03
    wrong = colours(scene, replace(camera, exposure=0.3, white_balance="A" if lamp == "D65" else "D65"))[19:23]
    if lamp in {"D65", "A"}:
        assert np.abs(wrong / wrong.mean(axis=1, keepdims=True) - 1).max() > 0.4


def test_gains_multiply_the_channels_before_the_matrix(scene: Scene) -> None:
    plain, gained = (
        colours(scene, replace(PERFECT, exposure=0.5, white_balance=gains))
        for gains in ((1.0, 1.0, 1.0), (1.3, 1, 0.8))
    )
    assert plain == pytest.approx(colours(scene, replace(PERFECT, exposure=0.5)), abs=1e-4)
    assert (gained[20] / plain[20])[[0, 2]] == pytest.approx([1.3, 0.8], rel=0.3) and gained[20, 0] > gained[20, 2]


def test_exposure_is_the_level_of_a_white(scene: Scene) -> None:
    whites = [colours(scene, replace(PERFECT, exposure=each))[18].mean() for each in (0.25, 0.5, 1.0, 2.0)]
    assert whites[:3] == pytest.approx([0.25 * whites[2], 0.5 * whites[2], whites[2]], rel=1e-3)
    assert whites[3] == 1.0


def test_noise_is_as_large_as_it_is_said_to_be() -> None:
    even = Scene(Pigments(np.full((40, 60), 3.0), 0.02), 1.0, Pigments(3.0, 0.02), texture=0)
    camera = replace(PERFECT, sensor="phone-a", noise=1.0)
    once, twice, none = (linear(photograph(even, replace(camera, noise=n))) for n in (1.0, 2.0, 0.0))
    assert none.std(axis=(0, 1)).max() < 1e-5
    assert twice.std(axis=(0, 1)) == pytest.approx(2 * once.std(axis=(0, 1)), rel=0.02)
    assert once.mean(axis=(0, 1)) == pytest.approx(none.mean(axis=(0, 1)), rel=1e-3)


def test_the_same_seed_gives_the_same_bytes(scene: Scene) -> None:
    camera = CameraModel(width=300)
    assert photograph(scene, camera) == photograph(scene, camera)
    assert photograph(scene, camera) != photograph(scene, replace(camera, seed=1))


def test_jpeg_quality_changes_the_file_and_not_the_truth(scene: Scene) -> None:
    fine, coarse = (photograph(scene, CameraModel(width=300, quality=quality)) for quality in (95, 30))
    assert len(coarse) < len(fine) / 2
    assert photograph(scene, CameraModel(width=300, subsampling="4:4:4")) != photograph(scene, CameraModel(width=300))
    assert truth(scene).area == truth(scene).area


@pytest.mark.parametrize("turn", [{"tilt": 25.0}, {"tilt": -20.0, "roll": 10.0}, {"roll": 90.0}])
def test_a_tilted_photograph_shows_everything_where_the_view_says(scene: Scene, turn: dict[str, float]) -> None:
    """The patches are found where the homography puts them; the truth is stated in the skin's own plane."""
    straight, tilted = colours(scene, PERFECT), colours(scene, replace(PERFECT, **turn))  # type: ignore[arg-type]
    assert np.abs(tilted - straight).max() < 0.01
    corners = np.array([[0, 0, 1], [60, 0, 1], [60, scene.height, 1], [0, scene.height, 1]], float)
    camera = replace(PERFECT, **turn)  # type: ignore[arg-type]
    seen = corners @ view(scene, camera).T
    seen = seen[:, :2] / seen[:, 2:]
    assert seen.min() >= -0.51 and (seen.max(axis=0) <= [599.51, scene.rows(600) - 0.49]).all()


def test_the_far_side_of_a_tilted_scene_is_smaller(scene: Scene) -> None:
    h = view(scene, replace(PERFECT, tilt=30))
    ends = np.array([[x, y, 1.0] for x in (0, 60) for y in (0, 30)]) @ h.T
    left, right = (abs(np.diff(each[:, 1] / each[:, 2]))[0] for each in (ends[:2], ends[2:]))
    assert right < 0.95 * left


@pytest.mark.parametrize(("fault", "ratio"), [({"uneven": 40.0}, 0.6), ({"vignetting": 0.0}, 1.0)])
def test_light_falls_from_left_to_right_as_told(fault: dict[str, float], ratio: float) -> None:
    even = Scene(Pigments(np.full((40, 60), 3.0), 0.02), 1.0, Pigments(3.0, 0.02), texture=0)
    rgb = linear(photograph(even, replace(PERFECT, **fault)))  # type: ignore[arg-type]
    assert (rgb[:, -1] / rgb[:, 0]).mean() == pytest.approx(ratio, rel=1e-3)


def test_vignetting_darkens_the_corners_by_its_per_cent() -> None:
    even = Scene(Pigments(np.full((40, 60), 3.0), 0.02), 1.0, Pigments(3.0, 0.02), texture=0)
    rgb = linear(photograph(even, replace(PERFECT, vignetting=30)))
    assert (rgb[0, 0] / rgb[200, 300]).mean() == pytest.approx(0.7, rel=1e-2)


@pytest.mark.parametrize(("form", "bits"), [("jpeg", 8), ("png", 8), ("png", 16), ("tiff", 8), ("tiff", 16)])
def test_files_open_and_tell_nothing_but_the_picture(scene: Scene, form: str, bits: int) -> None:
    data = photograph(scene, CameraModel(width=200, form=form, bits=bits))
    with Image.open(io.BytesIO(data)) as opened:
        assert opened.size == (200, scene.rows(200))
        tags = {305, 306, 315, 316, 36867, 34853}  # software, times, artist, computer, place
        assert not tags & set(opened.getexif())
        assert set(opened.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "compression",
            "dpi",
            "resolution",
        }


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"sensor": "box"}, "no camera is called 'box'. Allowed: nikon-5100"),
        ({"lamp": "sun"}, "there is no light 'sun'"),
        ({"white_balance": "warm"}, "there is no light 'warm'"),
        ({"white_balance": (1, 0, 1)}, "is no white balance. Allowed: grey, the name of a light, or three gains"),
        ({"width": 4}, "width of a camera cannot be 4. Allowed: 16 to 16384"),
        ({"tilt": 80}, "tilt of a camera cannot be 80. Allowed: -60 to 60"),
        ({"exposure": float("nan")}, "exposure of a camera cannot be nan"),
        ({"form": "webp"}, "a camera writes no 'webp'. Allowed: jpeg, png, tiff"),
        ({"bits": 16}, "jpeg holds no 16 bits a channel. Allowed: 8"),
        ({"subsampling": "4:1:1"}, "no chroma subsampling is called '4:1:1'. Allowed: 4:4:4"),
    ],
)
def test_wrong_cameras_are_refused_in_words(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(RepigmentError) as caught:
        CameraModel(**wrong)
    assert said in str(caught.value)
