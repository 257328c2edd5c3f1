"""The truth of a scene against formulas."""

import numpy as np
import pytest

from repigment.errors import RepigmentError
from repigment.optics.colour import ita, lab, xyz
from repigment.optics.instrument import Camera
from repigment.optics.people import own
from repigment.optics.skin import spectrum
from repigment.optics.tissue import Pigments
from repigment.pictures.lesions import Spot, dark_spots, spotted, vitiligo
from repigment.pictures.scene import Scene
from repigment.pictures.truth import truth


@pytest.mark.parametrize("edge", [0.0, 0.5, 3.0])
@pytest.mark.parametrize("melanin", [0.0, 0.5, 2.5])
def test_a_circle_has_the_area_of_a_circle(edge: float, melanin: float) -> None:
    """An edge that is even about the outline leaves half of the contrast on the outline."""
    scene = spotted([Spot(30, 20, 16, melanin, edge=edge)], "III", texture=0)
    found = truth(scene)
    assert len(found.lesions) == 1
    lesion = found.lesions[0]
    assert lesion.area == pytest.approx(np.pi * 64, rel=0.005)
    assert (lesion.x, lesion.y) == pytest.approx((30, 20), abs=0.05)
    assert lesion.darker == (melanin > 1) and lesion.diameter == pytest.approx(16, rel=0.003)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_an_irregular_outline_keeps_the_area(seed: int) -> None:
    spot = Spot(30, 22, 18, 0.05, edge=0.4, irregular=0.3, seed=seed)
    assert truth(spotted([spot], "IV")).area == pytest.approx(spot.area, rel=0.005)


def test_colours_are_those_of_the_spectra() -> None:
    scene = spotted([Spot(30, 20, 16, 0.0, blood=1.5, edge=0.0)], "V")
    found = truth(scene)
    mine = own("V")
    for colour, melanin, blood in (
        (found.skin, mine.melanin, mine.blood),
        (found.lesions[0].colour, 0.0, 1.5 * mine.blood),
    ):
        seen = lab(xyz(spectrum(Pigments(np.array(melanin), np.array(blood)), None, Camera())))
        assert colour.lab == pytest.approx(seen.tolist(), abs=0.3)
        assert colour.ita == pytest.approx(float(ita(seen)), abs=0.5)
        assert colour.melanin == pytest.approx(float(melanin), abs=0.05)
        assert colour.blood == pytest.approx(float(blood), rel=0.01)


def test_spots_are_counted_and_ordered_and_texture_does_not_matter() -> None:
    spots = [Spot(10, 10, 5, 2.0), Spot(30, 20, 9, 3.0), Spot(50, 30, 7, 0.0)]
    rough, smooth = (truth(spotted(spots, "III", texture=strength)) for strength in (1.0, 0.0))
    assert [lesion.darker for lesion in rough.lesions] == [True, False, True]
    assert [lesion.area for lesion in rough.lesions] == [lesion.area for lesion in smooth.lesions]
    assert rough.area == pytest.approx(sum(spot.area for spot in spots), rel=0.01)


def test_a_card_below_changes_nothing() -> None:
    plain = vitiligo("V", 20)
    with_things = truth(plain.with_ruler().with_card(50, turn=8))
    assert with_things.area == pytest.approx(truth(plain).area, rel=0.002)
    assert with_things.skin.ita == pytest.approx(truth(plain).skin.ita, abs=0.05)


def test_dermal_melanin_makes_a_lesion_too() -> None:
    found = truth(spotted([Spot(30, 20, 10, melanin=1.0, dermal=4.0)], "III"))
    assert found.lesions[0].darker and found.lesions[0].area == pytest.approx(np.pi * 25, rel=0.01)
    assert found.lesions[0].colour.dermal > 3.5


def test_bare_skin_has_no_lesions() -> None:
    assert truth(dark_spots(count=0)).lesions == ()


def test_what_hides_a_lesion_is_refused() -> None:
    from dataclasses import replace

    from repigment.pictures.card import Card

    scene = replace(vitiligo("III"), card=Card(30, 30, 20))
    with pytest.raises(RepigmentError, match=r"the colour card lies on a lesion at 30, 2. mm. Do: lay it beside"):
        truth(scene)


def test_skin_that_is_nowhere_its_own_is_refused() -> None:
    scene = Scene(Pigments(np.full((20, 20), 9.0), 0.02), 1.0, Pigments(3.0, 0.02))
    with pytest.raises(RepigmentError, match="no place of the scene has the own skin's melanin"):
        truth(scene)


@pytest.mark.parametrize(
    ("pigments", "mm", "said"),
    [
        (Pigments(np.ones(4), 0.02), 1.0, "a picture needs maps of rows and columns"),
        (Pigments(np.ones((4, 4)), np.ones((3, 3))), 1.0, "do not belong together"),
        (
            Pigments(np.full((4, 4), np.nan), 0.02),
            1.0,
            "the map of melanin holds values that are negative or no numbers",
        ),
        (Pigments(np.ones((4, 4)), -0.1), 1.0, "the map of blood holds values"),
        (Pigments(np.ones((4, 4)), 0.02), 0.0, "a pixel of a scene cannot be 0 mm wide"),
    ],
)
def test_maps_that_are_none_are_refused(pigments: Pigments, mm: float, said: str) -> None:
    with pytest.raises(RepigmentError) as caught:
        Scene(pigments, mm, Pigments(3.0, 0.02))
    assert said in str(caught.value)


def test_a_spot_that_leaves_the_scene_is_refused() -> None:
    with pytest.raises(RepigmentError, match="a spot 20 mm wide at 5, 20 mm leaves a scene of 60 x 45 mm"):
        spotted([Spot(5, 20, 20)])
    with pytest.raises(RepigmentError, match="no spot is 0 mm wide"):
        Spot(5, 20, 0)
