import numpy as np
import pytest

from repigment.errors import RepigmentError
from repigment.photographs.colour.card import Card
from repigment.photographs.lengths import scale


def test_areas_of_pixels_sum_to_the_area_of_the_quadrilateral() -> None:
    tilted = scale.Scale(np.array([[0.1, 0.01, 0], [0, 0.12, 0], [2e-4, 1e-4, 1]]), 0.0, "-")
    corners = tilted.mm(np.array([[-0.5, -0.5], [99.5, -0.5], [99.5, 79.5], [-0.5, 79.5]]))
    x, y = corners.T
    polygon = abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
    assert tilted.areas((80, 100)).sum() == pytest.approx(polygon, rel=1e-5)


def test_a_card_gives_its_pitch() -> None:
    card = Card(np.diag([20.0, 20.0, 1.0]), np.ones((24, 3)), np.ones((24, 3)), np.zeros((24, 3), bool))
    found = scale.by_card(card, "classic")
    assert found.mm_per_pixel(np.zeros(2)) == pytest.approx(44 / 20)
    assert scale.by_card(card, "130").mm_per_pixel(np.zeros(2)) == pytest.approx(22 / 20)


def test_a_make_that_was_not_measured_is_less_sure() -> None:
    card = Card(np.diag([20.0, 20.0, 1.0]), np.ones((24, 3)), np.ones((24, 3)), np.zeros((24, 3), bool))
    assert scale.by_card(card, "mini").error > 5 * scale.by_card(card, "87").error


@pytest.mark.parametrize("make", ["huge", "4", "nan", "-60"])
def test_an_unknown_card_is_told(make: str) -> None:
    with pytest.raises(RepigmentError, match="Allowed: auto, none, classic, mini, nano"):
        scale.across_of(make)


@pytest.mark.parametrize("given", [0.0, -1.0, np.nan, np.inf])
def test_a_scale_is_above_zero(given: float) -> None:
    with pytest.raises(RepigmentError, match="Allowed: above 0"):
        scale.stated(given)


@pytest.mark.parametrize("given", [1e9, 11.0, 1e-5, np.nan, np.inf])
def test_a_photograph_of_skin_has_a_scale_in_reason(given: float) -> None:
    with pytest.raises(RepigmentError, match=r"In: --scale\. Allowed: 0\.0001 to 10 mm a pixel\. Do: divide a length"):
        scale.check(given, "--scale")


@pytest.mark.parametrize("point", [(-1.0, 5.0), (641.0, 5.0), (5.0, 481.0)])
def test_a_scale_lies_in_the_photograph(point: tuple[float, float]) -> None:
    with pytest.raises(
        RepigmentError, match=r"lies outside of the photograph\. In: --scale, for arm\.jpg\. Allowed: x"
    ):
        scale.check_inside(np.array([[3.0, 4.0], point]), (640, 480), "arm.jpg")
    scale.check_inside(np.array([[0.0, 0.0], [640.0, 480.0]]), (640, 480), "arm.jpg")


def test_a_length_needs_two_places() -> None:
    with pytest.raises(RepigmentError, match="two places apart"):
        scale.by_length(np.zeros((2, 2)), 10.0)
