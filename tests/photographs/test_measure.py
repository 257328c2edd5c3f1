import hashlib
import json
from pathlib import Path

import pytest

from repigment.errors import RepigmentError
from repigment.photographs.measure import measure
from repigment.photographs.options import Options
from repigment.photographs.tables import COLUMNS, row
from repigment.pictures.camera import CameraModel
from repigment.pictures.lesions import Spot, dark_spots, spotted, vitiligo
from repigment.pictures.photograph import photograph
from repigment.pictures.truth import truth
from tests.photographs.rendered import shot

CAMERAS = {
    "daylight": CameraModel(width=1000),
    "bulb, noise, JPEG 80": CameraModel(width=1000, sensor="phone-b", lamp="A", noise=2.0, quality=80),
    "LED, blur, tilt": CameraModel(width=1000, sensor="phone-b", lamp="LED-B3", blur=1.0, tilt=8.0),
    "fluorescent, JPEG 70, tilt": CameraModel(width=1000, lamp="FL11", quality=70, tilt=-6.0, roll=5.0),
}
BULB = CameraModel(sensor="phone-a", lamp="A", noise=2.0, quality=80)


@pytest.mark.parametrize("how", CAMERAS)
@pytest.mark.parametrize("skin_type", ["I", "II", "III", "IV", "V", "VI"])
def test_area_and_ita_of_rendered_photographs(skin_type: str, how: str, tmp_path: Path) -> None:
    scene = (vitiligo if list(CAMERAS).index(how) % 2 == 0 else dark_spots)(skin_type).with_card()
    true, found = truth(scene), shot(scene, tmp_path, CAMERAS[how])
    area, own = found.get("area"), found.get("own skin ITA")
    assert area is not None and own is not None
    assert len(found.areas) == len(true.lesions)
    assert area.value == pytest.approx(true.area, rel=0.03)
    assert own.value == pytest.approx(true.skin.ita, abs=1.5)


@pytest.mark.parametrize("skin_type", ["I", "II"])
def test_ita_of_light_skin_under_a_bulb(skin_type: str, tmp_path: Path) -> None:
    """A matrix alone, the best of the very camera under lamp A, would be 1.2 degrees off before noise and JPEG."""
    scene = vitiligo(skin_type).with_card()
    found = shot(scene, tmp_path, BULB).get("own skin ITA")
    assert found is not None
    assert found.value == pytest.approx(truth(scene).skin.ita, abs=1.5)


@pytest.mark.parametrize("skin_type", ["I", "II"])
def test_intervals_of_light_skin_hold_under_a_bulb(skin_type: str, tmp_path: Path) -> None:
    scene = vitiligo(skin_type).with_card()
    found = shot(scene, tmp_path, BULB).get("own skin ITA")
    assert found is not None
    assert found.low <= truth(scene).skin.ita <= found.high


def test_area_of_spots_of_dark_skin_in_noise(tmp_path: Path) -> None:
    scene = dark_spots("VI").with_card()
    camera = CameraModel(sensor="sigma-sdmerill", lamp="FL11", quality=70, tilt=-5.0, roll=4.0)
    area = shot(scene, tmp_path, camera).get("area")
    assert area is not None
    assert area.value == pytest.approx(truth(scene).area, rel=0.03)


@pytest.mark.xfail(reason="noise and JPEG 70 take green from spots of a hundredth of the light: -4.1 deg", strict=True)
def test_colour_of_spots_of_dark_skin_in_noise(tmp_path: Path) -> None:
    scene = dark_spots("VI").with_card()
    camera = CameraModel(sensor="sigma-sdmerill", lamp="FL11", quality=70, tilt=-5.0, roll=4.0)
    spots, found = truth(scene).lesions, shot(scene, tmp_path, camera).get("lesion ITA")
    assert found is not None
    mean = sum(each.area * each.colour.ita for each in spots) / sum(each.area for each in spots)
    assert found.value == pytest.approx(mean, abs=1.5)


def test_spots_of_dark_skin_in_noise(tmp_path: Path) -> None:
    scene = dark_spots("VI").with_card()
    camera = CameraModel(sensor="sigma-sdmerill", lamp="FL11", quality=70, tilt=-5.0, roll=4.0)
    assert len(shot(scene, tmp_path, camera).areas) == len(truth(scene).lesions)


def test_without_a_card_colour_is_withheld_and_contrast_is_not(tmp_path: Path) -> None:
    found = shot(dark_spots("III"), tmp_path)
    assert found.basis == "none"
    assert found.get("own skin ITA") is None and found.get("area") is None
    contrast = found.get("contrast")
    assert contrast is not None and contrast.value > 5
    assert [refusal.what for refusal in found.refusals] == ["colour", "area"]
    assert "nothing in the photograph tells its scale" in found.refusals[1].why


@pytest.mark.parametrize("given", [{"mm_per_pixel": 60 / 900}, {"scale": (0.0, 10.0, 450.0, 10.0, 30.0)}])
def test_a_stated_scale_gives_areas_without_a_card(given: dict[str, object], tmp_path: Path) -> None:
    scene = vitiligo("IV")
    area = shot(scene, tmp_path, **given).get("area")
    assert area is not None and area.value == pytest.approx(truth(scene).area, rel=0.03)


def test_camera_lamp_and_skin_type_stand_for_a_card(tmp_path: Path) -> None:
    scene = vitiligo("III")
    box = {"reference_skin": (20, 20, 120, 120), "skin_type": "III"}
    found = shot(scene, tmp_path, CameraModel(width=900, lamp="A"), camera="nikon-5100", lamp="A", **box)
    own, lesion = found.get("own skin ITA"), found.get("lesion ITA")
    assert own is not None and lesion is not None and found.basis == "camera"
    assert own.low < truth(scene).skin.ita < own.high
    assert lesion.low < truth(scene).lesions[0].colour.ita < lesion.high


def test_camera_without_exposure_is_told(tmp_path: Path) -> None:
    with pytest.raises(RepigmentError, match="add --grey"):
        shot(vitiligo("III"), tmp_path, camera="nikon-5100", lamp="A")


def test_a_white_patch_adds_to_vasi_and_a_dark_one_to_masi(tmp_path: Path) -> None:
    white = shot(vitiligo("IV").with_card(), tmp_path)
    grade, points = white.get("depigmentation grade"), white.get("VASI")
    assert white.lesion == "lighter" and grade is not None and points is not None
    assert grade.value >= 90 and points.value == pytest.approx(314 / 18000 * grade.value / 100, rel=0.05)
    dark = shot(dark_spots("III").with_card(), tmp_path, site="right malar")
    masi = dark.get("MASI")
    assert dark.lesion == "darker" and masi is not None and 0 < masi.low <= masi.value <= masi.high <= 0.3 * 48


def test_a_redder_lesion_is_redder(tmp_path: Path) -> None:
    scene = spotted([Spot(30, 22, 14, melanin=2.0, blood=3.0)], "II").with_card()
    redness = shot(scene, tmp_path).get("redness")
    assert redness is not None and redness.low > 0


def test_json_tells_nothing_of_the_file_and_is_the_same_again(tmp_path: Path) -> None:
    found = shot(vitiligo("III").with_card(), tmp_path)
    before = hashlib.sha256((tmp_path / "photograph.jpg").read_bytes()).hexdigest()
    again = shot(vitiligo("III").with_card(), tmp_path)
    assert found.to_json() == again.to_json()
    assert "photograph.jpg" not in found.to_json() and str(tmp_path) not in found.to_json()
    assert hashlib.sha256((tmp_path / "photograph.jpg").read_bytes()).hexdigest() == before
    assert {*json.loads(found.to_json())} == {
        *("lesion", "areas", "unit of areas", "colour by", "conditions", "measures", "refusals", "notes")
    }
    assert tuple(row(found)) == COLUMNS and row(found)["area"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"site": "nose"}, "is no area of the face"),
        ({"scale": (1.0, 2.0)}, "2 numbers were given"),
        ({"reference_skin": (1, 2, 3, float("nan"))}, "nan was given. In: --reference-skin. Allowed: 4 finite numbers"),
        ({"scale": (0.0, 0.0, float("inf"), 0.0, 3.0)}, "inf was given. In: --scale. Allowed: 5 finite numbers"),
        ({"camera": "nikon-5100"}, "with its lamp only"),
        ({"lesion": "blue"}, "a lesion cannot be 'blue'"),
        ({"card_corners": (1.0, 2.0, 3.0, 4.0)}, "In: --card-corners"),
        ({"mm_per_pixel": -0.125}, "-0.125 mm a pixel is no scale"),
        ({"mm_per_pixel": 1e9}, "Allowed: 0.0001 to 10 mm a pixel"),
        ({"scale": (0.0, 0.0, 9.0, 0.0, 3e9)}, "In: --scale"),
        ({"camera": "nikon", "lamp": "A"}, "no camera is called 'nikon'. In: --camera. .* mean 'nikon-5100'[?]$"),
        ({"camera": "nikon-5100", "lamp": "d56"}, "no lamp is called 'd56'. In: --lamp. .* did you mean 'D65'[?]$"),
        ({"skin_type": "IX"}, "skin type 'IX' does not exist. In: --skin-type. Allowed: I to VI"),
        ({"mm_per_pixel": 0.1, "scale": (0.0, 0.0, 9.0, 0.0, 3.0)}, "two scales were stated"),
        ({"camera": "nikon-5100", "lamp": "A", "grey": (0.0, 0.0, 9.0, 9.0, 1.2)}, "cannot reflect 1.2 of the light"),
        ({"camera": "nikon-5100", "lamp": "A", "grey": (0.0, 0.0, 9.0, 9.0, 0.0)}, "cannot reflect 0 of the light"),
        ({"reference_skin": (5, 5, -3, 9)}, "a box of -3 x 9 pixels holds nothing"),
    ],
)
def test_options_that_cannot_be_are_told(given: dict[str, object], words: str) -> None:
    with pytest.raises(RepigmentError, match=words):
        Options(**given)  # type: ignore[arg-type]


def test_a_photograph_of_no_skin_gives_nothing(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (600, 400), (40, 90, 200)).save(tmp_path / "sky.png")
    found = measure(tmp_path / "sky.png")
    assert found.measures == () and [each.what for each in found.refusals] == ["all"]


def test_photograph_bytes_are_those_of_the_camera() -> None:
    camera = CameraModel(width=200)
    assert photograph(vitiligo("III"), camera) == photograph(vitiligo("III"), camera)
