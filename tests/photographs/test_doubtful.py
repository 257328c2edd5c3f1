"""Photographs and options that could mislead: what is said, and what is withheld."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from repigment.errors import RepigmentError
from repigment.photographs.options import boxed
from repigment.pictures.camera import CameraModel
from repigment.pictures.lesions import Spot, dark_spots, spotted, vitiligo
from repigment.pictures.truth import truth
from tests.photographs.rendered import across, shot

LARGE = vitiligo("IV", 43.0)  # 54 % of the skin
MIXED = spotted([Spot(18, 22, 14, 0.02), Spot(43, 22, 14, 2.5)], "III").with_card()
BULB = CameraModel(width=900, lamp="A")
BOX = (20, 20, 100, 100)


def reasons(found: object) -> str:
    return " ".join(str(each) for each in found.refusals)  # type: ignore[attr-defined]


def test_a_large_white_patch_is_not_own_skin_where_its_side_is_stated(tmp_path: Path) -> None:
    scene = LARGE.with_card()
    found = shot(scene, tmp_path, lesion="lighter")
    area, own = found.get("area"), found.get("own skin ITA")
    assert area is not None and own is not None
    assert area.value == pytest.approx(truth(scene).area, rel=0.03)
    assert own.value == pytest.approx(truth(scene).skin.ita, abs=1.5)


def test_a_large_white_patch_is_told_where_its_side_is_not_stated(tmp_path: Path) -> None:
    carded, bare = shot(LARGE.with_card(), tmp_path), shot(LARGE, tmp_path)
    assert "which of them is own skin cannot be told" in reasons(carded) and carded.get("own skin ITA") is None
    assert any("state --lesion lighter or darker" in note for note in bare.notes)


def test_an_ordinary_lesion_raises_no_doubt(tmp_path: Path) -> None:
    for scene in (vitiligo("IV"), dark_spots("III")):
        assert shot(scene.with_card(), tmp_path).notes == ()


def test_a_clear_lesion_of_the_other_side_is_told(tmp_path: Path) -> None:
    found = shot(MIXED, tmp_path)
    other = {"darker": "lighter", "lighter": "darker"}[str(found.lesion)]
    assert any(f"there are {other} lesions besides" in note for note in found.notes)
    assert shot(MIXED, tmp_path, lesion=other).lesion == other


@pytest.mark.parametrize("covered", [False, True])
def test_patches_of_a_card_that_is_not_believed_are_no_lesions(covered: bool, tmp_path: Path) -> None:
    """Once with the card ignored, once with its lower half below the edge of the picture."""
    from PIL import Image

    from repigment.photographs.measure import measure
    from repigment.photographs.options import Options

    scene = dark_spots("III").with_card()
    found = shot(scene, tmp_path, card="none")
    if covered:
        whole = Image.open(tmp_path / "photograph.jpg")
        whole.crop((0, 0, whole.width, 960)).save(tmp_path / "half.png")
        found = measure(tmp_path / "half.png", Options())
    assert found.seen is not None and found.basis == "none"
    true = truth(scene)
    assert len(found.seen.lesions) == len(true.lesions)
    assert all(np.concatenate(each.contours)[:, 1].max() < 700 for each in found.seen.lesions)  # the card lies below


def test_a_burnt_card_is_masked_all_the_same(tmp_path: Path) -> None:
    found = shot(vitiligo("V").with_card(), tmp_path, CameraModel(width=900, exposure=1.6))
    assert found.seen is not None
    if found.seen.card is None:
        assert "of the card" in reasons(found)
    assert all(np.concatenate(each.contours)[:, 1].max() < 700 for each in found.seen.lesions)


def test_a_card_whose_greys_are_burnt_tells_the_scale(tmp_path: Path) -> None:
    scene = dark_spots("III").with_card()
    found = shot(scene, tmp_path, CameraModel(width=900, exposure=1.9))
    assert found.basis == "none" and "greys of the card" in reasons(found)
    area = found.get("area")
    assert area is not None
    assert area.value == pytest.approx(truth(scene).area, rel=0.03)


@pytest.mark.parametrize("reflectance", [0.02, 1.0])
def test_a_grey_that_cannot_be_makes_no_colours(reflectance: float, tmp_path: Path) -> None:
    """The white patch of the card said to be black, and the black one said to be white."""
    scene = vitiligo("III").with_card()
    place = (90, 1200, 40, 40) if reflectance < 0.5 else (740, 1200, 40, 40)
    found = shot(scene, tmp_path, BULB, card="none", camera="nikon-5100", lamp="A", grey=(*place, reflectance))
    assert found.basis == "none" and "No colour: " in reasons(found)
    assert "own skin would" in reasons(found) or "has a colour that skin has" in reasons(found)
    assert found.get("own skin ITA") is None


@pytest.mark.parametrize("box", [(-10, 5, 40, 20), (5, 85, 40, 20), (170, 5, 40, 20), (-50, 5, 40, 20)])
def test_a_box_that_leaves_the_picture_is_refused(box: tuple[int, int, int, int]) -> None:
    said = r"leaves the photograph\. In: --grey\. Allowed: x \+ w at most 200, y \+ h at most 100, none below 0"
    with pytest.raises(RepigmentError, match=said):
        boxed(box, 1.0, (100, 200), "--grey")


def test_a_box_may_end_where_the_picture_does(tmp_path: Path) -> None:
    assert boxed((160.0, 80.0, 41.0, 21.0), 2.0, (50, 100), "--grey") == (80, 40, 20, 10)
    with pytest.raises(RepigmentError, match="In: --reference-skin"):
        shot(vitiligo("III"), tmp_path, reference_skin=(-40, -40, 140, 140))
    found = shot(vitiligo("III"), tmp_path, reference_skin=(0, 0, 100, 100))
    assert found.seen is not None and found.seen.own is not None and found.seen.own.box == (0, 0, 100, 100)


def test_what_was_stated_for_nothing_is_told(tmp_path: Path) -> None:
    scene = vitiligo("III").with_card()
    notes = shot(scene, tmp_path, camera="nikon-5100", lamp="A", grey=(*BOX, 0.5)).notes
    assert notes == ("--camera and --lamp and --grey not used: the colour card tells the colours.",)
    notes = shot(vitiligo("III"), tmp_path, skin_type="III").notes
    assert notes == ("--skin-type not used: it is of use with --camera and --lamp only.",)


def test_a_scale_that_contradicts_the_card_is_told(tmp_path: Path) -> None:
    scene = vitiligo("III").with_card()
    assert scene.card is not None
    by_card = shot(scene, tmp_path)
    area = by_card.get("area")
    assert area is not None and by_card.seen is not None and by_card.seen.scale is not None
    mm = by_card.seen.scale.mm_per_pixel(np.array([450.0, 500.0]))
    right = shot(scene, tmp_path, card=across(scene), mm_per_pixel=mm)
    assert right.notes == ()
    wrong = shot(scene, tmp_path, card=across(scene), mm_per_pixel=1.3 * mm)
    assert any("1.30 times those by the card" in note for note in wrong.notes)


def test_areas_are_withheld_with_area(tmp_path: Path) -> None:
    assert shot(dark_spots("III"), tmp_path).areas == ()
    assert len(shot(dark_spots("III").with_card(), tmp_path).areas) == 4


def test_a_stated_skin_type_is_believed_and_said(tmp_path: Path) -> None:
    stated: dict[str, Any] = {"camera": "nikon-5100", "lamp": "A", "card": "none"}
    by_type = shot(vitiligo("III"), tmp_path, BULB, **stated, skin_type="3", reference_skin=(0, 0, 100, 100))
    assert any("rests on the stated skin type III" in note for note in by_type.notes)
