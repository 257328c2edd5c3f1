"""What cannot be trusted is refused with its reason; what can is not."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from repigment.optics.colour import encode
from repigment.photographs.colour.skin_colours import can_be_skin, cast
from repigment.photographs.files.reading import Photograph, read, reduced
from repigment.photographs.measure import measured
from repigment.photographs.options import Options
from repigment.photographs.refusal import Refusal
from repigment.photographs.skin.quality import quality, refusals
from repigment.photographs.skin.sharpness import sharpness
from repigment.pictures.camera import CameraModel
from repigment.pictures.lesions import Spot, dark_spots, spotted, vitiligo
from repigment.pictures.photograph import photograph as file_of
from repigment.pictures.scene import Scene
from tests.photographs.conftest import Write
from tests.photographs.made_files import encoded, skin_levels

SKINS = {  # ITA class: mean ln(R/G), mean ln(G/B) and median G of linear sRGB under D65 (Lu et al. 2025, ISSA)
    "very light": (0.323, 0.225, 0.366),
    "light": (0.425, 0.294, 0.315),
    "intermediate": (0.496, 0.363, 0.266),
    "tan": (0.553, 0.445, 0.217),
    "brown": (0.617, 0.510, 0.158),
    "dark": (0.606, 0.370, 0.079),
}


def colour(skin: str) -> Any:
    red, blue, green = SKINS[skin]
    return np.array([green * np.exp(red), green, green * np.exp(-blue)])


def taken(linear: Any, gain: Any = 1.0, sigma: float = 0.7, noise: float = 0.004, side: int = 480) -> Photograph:
    """A photograph of skin of one colour with a spot of half its light."""
    y, x = np.mgrid[:side, :side]
    spot = np.where((x - side / 2) ** 2 + (y - side / 2) ** 2 < (side / 5) ** 2, 0.5, 1.0)
    scene = cv2.GaussianBlur(spot, (0, 0), sigma)[..., None] * linear * gain
    scene = scene + np.random.default_rng(2).normal(0, noise, scene.shape) * np.sqrt(np.maximum(scene, 0))
    levels = np.rint(255 * encode(scene))
    shape = levels.shape[:2]
    clipped = ((levels >= 250) | (levels <= 1)).any(axis=2)
    return Photograph("arm.png", "PNG", np.clip(scene, 0, 1).astype(np.float32), clipped, np.ones(shape, bool), shape)


def whats(found: tuple[Refusal, ...]) -> list[str]:
    return [each.what for each in found]


@pytest.mark.parametrize("skin", SKINS)
def test_a_good_photograph_of_any_skin_is_not_refused(skin: str) -> None:
    assert refusals(taken(colour(skin))) == ()


@pytest.mark.parametrize(
    "linear", [(0.72, 0.62, 0.55), (0.03, 0.018, 0.012), (0.35, 0.10, 0.10), (0.22, 0.14, 0.13)],
    ids=["vitiligo white", "black lesion", "inflamed", "bluish brown"],
)  # fmt: skip
def test_lesions_can_be_skin(linear: Any) -> None:
    assert can_be_skin(np.array(linear)).all()


@pytest.mark.parametrize(
    "linear", [(0.5, 0.5, 0.5), (0.1, 0.25, 0.05), (0.2, 0.35, 0.7), (0.0, 0.0, 0.0), (0.7, 0.02, 0.02)],
    ids=["paper", "grass", "sky", "black", "red paint"],
)  # fmt: skip
def test_other_things_cannot(linear: Any) -> None:
    assert not can_be_skin(np.array(linear)).any()


def test_grey_is_not_taken_for_skin_because_it_is_noisy() -> None:
    found = refusals(taken(np.full(3, 0.3), noise=0.04))
    assert whats(found) == ["all"]
    assert str(found[0]) == (
        "Nothing: nothing in it has a colour that skin can have: it shows no skin, or the light was strongly coloured. "
        "Photograph the skin in daylight or by a flash, so that it fills the picture."
    )


def test_too_small_is_refused() -> None:
    found = refusals(taken(colour("light"), side=80))
    assert whats(found) == ["all"]
    assert found[0].why == "the photograph is too small: its shorter side has 80 pixels, 96 are needed."


def test_clipped_skin_has_no_colour() -> None:
    photograph = taken(colour("intermediate"), gain=2.25)
    seen = quality(photograph)
    assert seen.clipped == pytest.approx(1 - np.pi / 25, abs=0.02), "all but the spot"
    found = refusals(photograph)
    assert whats(found) == ["colour", "area"]
    assert "% of the skin is clipped to white or black (5 % are allowed)." in found[0].why


def test_burnt_paper_beside_skin_is_not_burnt_skin() -> None:
    photograph = taken(colour("tan"))
    photograph.linear[:, :200] = 1
    photograph.clipped[:, :200] = True
    assert quality(photograph).clipped < 0.05 and refusals(photograph) == ()


def test_exposure_is_told() -> None:
    dark = refusals(taken(colour("light"), gain=0.03, noise=0.0005))
    assert [each.why.split(":")[0] for each in dark if each.what == "colour"] == ["it is underexposed"]
    night = refusals(taken(colour("light"), gain=0.001, noise=0.0))
    assert whats(night) == ["all"] and "underexposed" in night[0].why and "skin cannot be told" in night[0].why
    burnt = refusals(taken(np.ones(3), gain=1.2, noise=0.0))
    assert whats(burnt) == ["all"] and "overexposed" in burnt[0].why


@pytest.mark.parametrize("noise", [0.0, 0.005, 0.02])
@pytest.mark.parametrize("sigma", [1.0, 2.0, 4.0])
def test_the_width_of_edges_is_measured_through_noise(sigma: float, noise: float) -> None:
    photograph = taken(colour("light"), sigma=sigma, noise=noise)
    luminance = photograph.linear @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    found = sharpness(luminance, ~photograph.clipped)
    assert found.width == pytest.approx(sigma, rel=0.25, abs=0.1)


def test_blur_withholds_the_area_only() -> None:
    assert refusals(taken(colour("tan"), sigma=1.5)) == ()
    found = refusals(taken(colour("tan"), sigma=6))
    assert whats(found) == ["area"]
    assert found[0].why.startswith("it is blurred: its sharpest edges are ") and "(3.0 are allowed)" in found[0].why


def test_black_blue_and_single_black_pixels_hide_no_edge() -> None:
    sharp = taken(colour("tan"), sigma=1.5)
    blue = taken(colour("tan"), sigma=1.5)
    blue.linear[..., 2] = 0
    blue.clipped[:] = True
    assert quality(blue).width == pytest.approx(quality(sharp).width, rel=0.1)
    noisy = taken(colour("tan"), sigma=1.5)
    some = np.random.default_rng(4).random(noisy.shape) < 0.02
    noisy.linear[some, 1] = 0
    noisy.clipped[some] = True
    assert not np.isnan(quality(noisy).width)
    noisy.linear[:, :, 1] = 0
    noisy.clipped[:] = True
    assert np.isnan(quality(noisy).width), "green is lost"


def test_even_skin_has_no_edge() -> None:
    photograph = taken(colour("tan"), noise=0.01)
    flat = np.broadcast_to(colour("tan"), photograph.linear.shape)
    photograph.linear[:] = flat + np.random.default_rng(1).normal(0, 0.004, flat.shape)
    found = refusals(photograph)
    assert whats(found) == ["area"] and "nothing in it has an edge that can be told" in found[0].why


@pytest.mark.parametrize("gain", [(1.5, 1.0, 0.45), (0.72, 1.0, 1.0), (1.0, 1.0, 1.7)], ids=["bulb", "green", "blue"])
def test_a_cast_is_refused_without_a_card_only(gain: Any) -> None:
    photograph = taken(colour("light"), gain=np.array(gain))
    found = refusals(photograph)
    assert whats(found) == ["colour"]
    assert "the light was coloured, and no colour card shows how" in found[0].why
    assert refusals(photograph, card=True) == ()


def test_cast_is_the_distance_from_measured_skin() -> None:
    assert cast(np.array([[np.exp(0.526), 1.0, np.exp(-0.402)]])) == pytest.approx(0, abs=1e-6)
    along = np.array([[np.exp(0.526 + 0.114), 1.0, np.exp(-0.402 - 0.12)]])
    assert cast(along) == pytest.approx(np.sqrt(2 / 1.15), rel=1e-3)


def test_a_region_is_judged_alone() -> None:
    photograph = taken(colour("light"))
    photograph.linear[:, :240] = 0.4  # half of it is grey paper
    left = np.zeros(photograph.shape, bool)
    left[:, :200] = True
    assert whats(refusals(photograph, skin=left)) == ["all"]
    assert refusals(photograph, skin=~left) == ()


def test_grey_and_palette_files_have_no_colour(write: Write) -> None:
    grey = read(write(encoded(skin_levels()[..., 0], "PNG"), "grey.png"))
    assert [str(each) for each in refusals(grey)] == [
        "No colour: the photograph is grey: it has no colour. Take it, or save it, in colour."
    ]
    palette = read(write(encoded(skin_levels(), "GIF"), "arm.gif"))
    assert "the file keeps at most 256 colours." in [each.why for each in refusals(palette)]


FOLDER = Path(__file__).parents[3] / "shared" / "photos" / "pad_ufes_20"
MAKERS = {"white": vitiligo, "dark": dark_spots}
FILES = [
    ("II", "png", 92),
    ("III", "jpeg", 92),
    ("IV", "jpeg", 70),
    ("V", "jpeg", 95),
    ("VI", "jpeg", 80),
    ("VI", "png", 92),
]


def rendered(scene: Scene, write: Write, **camera: Any) -> Photograph:
    model = CameraModel(**{"width": 900, **camera})
    return read(write(file_of(scene, model), f"arm.{model.form}"))


@pytest.mark.parametrize("card", [False, True], ids=["alone", "card"])
@pytest.mark.parametrize("lesion", MAKERS)
@pytest.mark.parametrize(("skin", "form", "level"), FILES)
def test_blur_that_spoils_areas_is_told_from_sharpness_in_any_file(
    skin: str, form: str, level: int, lesion: str, card: bool, write: Write
) -> None:
    scene = MAKERS[lesion](skin)
    scene = scene.with_card() if card else scene
    sharp = rendered(scene, write, width=1000, blur=1.5, form=form, quality=level)
    assert "area" not in whats(refusals(sharp, card=card))
    blurred = rendered(scene, write, blur=8, form=form, quality=level)
    found = [each for each in refusals(blurred, card=card) if each.what == "area"]
    assert len(found) == 1
    assert found[0].why.startswith(("it is blurred: its sharpest edges are ", "nothing in it has an edge"))
    assert found[0].remedy == "Hold the camera still, let it focus on the skin, and photograph it again."


@pytest.mark.parametrize("card", [False, True], ids=["alone", "card"])
@pytest.mark.parametrize("level", [70, 92])
def test_a_blurred_jpeg_never_reads_sharper(level: int, card: bool, write: Write) -> None:
    scene = vitiligo("III").with_card() if card else vitiligo("III")
    widths = [quality(rendered(scene, write, blur=blur, quality=level)).width for blur in (0, 3, 6, 10, 15)]
    told = [width for width in widths if not np.isnan(width)]
    assert len(told) >= 2 and all(np.isnan(width) for width in widths[len(told) :])
    assert told == sorted(told)
    assert not any(width < 5 for width in widths[2:])


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.jpg")), ids=lambda path: path.stem)
def test_clinical_photographs_are_sharp(path: Path) -> None:
    seen = quality(read(path))
    assert 0.4 <= seen.width <= 2.5


SPOTS = [Spot(x, y, 9, 0.02, seed=i) for i, (x, y) in enumerate([(8, 8), (22, 9), (10, 30), (30, 33), (45, 12)])]
PATCHES = {
    "a patch": lambda skin: vitiligo(skin),
    "a great patch": lambda skin: vitiligo(skin, 40),
    "a patch at one side": lambda skin: spotted([Spot(18, 22.5, 35, 0.02)], skin),
    "several": lambda skin: spotted(SPOTS, skin),
    "dark spots": lambda skin: dark_spots(skin, 6),
}


@pytest.mark.parametrize("patch", PATCHES)
@pytest.mark.parametrize("skin", ["II", "VI"])
def test_uneven_light_is_told_from_patches(patch: str, skin: str, write: Write) -> None:
    scene = PATCHES[patch](skin)
    seen = [quality(rendered(scene, write, width=600, uneven=each)).uneven for each in (0, 25, 50)]
    assert seen[0] < 12
    assert seen[1:] == pytest.approx([25, 50], abs=7)
    assert quality(rendered(scene, write, width=600, vignetting=30)).uneven < 15, "that is no plane"


def test_uneven_light_withholds_colour_even_with_a_card(write: Write) -> None:
    found = refusals(rendered(vitiligo("III"), write, uneven=50), card=True)
    assert whats(found) == ["colour"]
    assert found[0].why.startswith("the light falls by 5") and "to the other (30 % are allowed)." in found[0].why
    assert "light even" in found[0].remedy
    assert refusals(rendered(vitiligo("III"), write, uneven=15), card=True) == ()


def test_a_white_half_is_not_uneven_light() -> None:
    photograph = taken(colour("brown"))
    photograph.linear[:, 240:] *= 2.5
    assert quality(photograph).uneven < 10
    photograph.linear[:] *= np.linspace(1, 0.5, 480, dtype=np.float32)[:, None]
    assert quality(photograph).uneven == pytest.approx(50, abs=7)


def test_too_little_skin_tells_no_slope() -> None:
    photograph = taken(colour("tan"))
    strip = np.zeros(photograph.shape, bool)
    strip[:, :40] = True
    assert np.isnan(quality(photograph, skin=strip).uneven)


@pytest.mark.parametrize("shape", [(2467, 1600), (3456, 5184)])
def test_a_whole_photograph_stays_whole_when_it_is_made_smaller(shape: tuple[int, int]) -> None:
    """Sizes at which the mean over the area of a pixel, as it is worked out, is not quite that of the whole."""
    light = np.full((*shape, 3), 0.3, np.float32)
    clear = np.zeros(shape, bool)
    small = reduced(Photograph("a.png", "PNG", light, clear, ~clear, shape[::-1]), 1.5e6)
    assert small.seen.all() and not small.clipped.any()


def test_a_strip_is_too_small_to_be_looked_at() -> None:
    shape = (3, 65000)
    light, clear = np.full((*shape, 3), 0.3, np.float32), np.zeros(shape, bool)
    found = measured(Photograph("a.png", "PNG", light, clear, ~clear, shape[::-1]), Options())
    assert whats(found.refusals) == ["all"] and "too small" in found.refusals[0].why


def test_with_a_card_skin_is_told_from_its_corrected_colour() -> None:
    """In strongly coloured light no pixel has a colour of skin as it was written."""
    skin = np.full((400, 600, 3), (0.4, 0.24, 0.16), np.float32)
    cast = skin * np.array([2.0, 0.7, 0.1], np.float32)
    clear = np.zeros(skin.shape[:2], bool)
    photo = Photograph("a.png", "PNG", cast, clear, ~clear, (600, 400))
    assert quality(photo).skin == 0 and quality(photo, corrected=skin).skin == 1
