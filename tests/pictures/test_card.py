"""The colour chart: its patches where and as they should be."""

import numpy as np
import pytest

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.optics.colour import lab, weights
from repigment.pictures.card import Card, chart_xyz, patches, reflectances

OHTA = {  # L*a*b* under D65 as published for the patches before November 2014, a few that are in every table
    "dark-skin": (38.0, 12.0, 13.7),
    "light-skin": (65.7, 13.7, 16.9),
    "blue": (30.0, 23.1, -49.8),
    "red": (41.2, 48.6, 24.8),
    "white-9.5": (96.3, -0.2, 2.2),
}


def test_patches_have_the_colours_that_are_known_of_them() -> None:
    seen = dict(zip(patches(), lab(chart_xyz()), strict=True))
    for name, known in OHTA.items():
        assert np.linalg.norm(seen[name] - known) < 5, name  # another print and other observers


def test_greys_are_neutral_under_every_light() -> None:
    for light in ("D65", "A", "LED-B3"):
        assert np.hypot(*lab(chart_xyz(light), light)[19:23, 1:].T).max() < 2


@pytest.mark.parametrize("turn", [0.0, 12.0, 90.0, -135.0])
def test_each_patch_is_drawn_where_it_is_said_to_be(turn: float) -> None:
    card, scale = Card(60, 50, 45, turn), 8.0
    picture = np.ones((720, 800, 3), np.float32)
    covered = card.draw(picture, weights(), scale)
    rows, columns = np.floor(card.centres()[:, ::-1] * scale).astype(int).T
    assert np.abs(picture[rows, columns] - chart_xyz()).max() < 1e-5
    assert covered.sum() / scale**2 == pytest.approx(card.width * card.height, rel=1e-3)
    assert (picture[covered == 0] == 1).all()


def test_edges_are_smooth_and_keep_areas() -> None:
    """The share of white in the picture is that of the white patch, though its edge lies between pixels."""
    card = Card(61.7, 40.13, 30.21, 7.0)
    picture = np.zeros((600, 800, 24), np.float32)
    of_one = np.linalg.pinv(reflectances() - value("chart_frame"))  # channels that each see one patch only
    offset = value("chart_frame") * of_one.sum(axis=0)
    covered = card.draw(picture, of_one, 10.0)
    areas = (picture - covered[..., None] * offset).sum(axis=(0, 1)) / 100
    assert areas == pytest.approx(np.full(24, card.patch**2), rel=0.01)


def test_a_card_of_no_width_is_refused() -> None:
    with pytest.raises(RepigmentError, match=r"a colour card cannot be 0 mm wide. Allowed: more than 0 mm"):
        Card(0)
