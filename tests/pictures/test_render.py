"""Pictures for people: their size, their scale, and that a lesion keeps its size in them."""

import numpy as np
import pytest
from PIL import Image

from repigment.errors import RepigmentError
from repigment.optics.colour import encode, rgb_of_xyz, xyz
from repigment.optics.instrument import Camera
from repigment.optics.people import own
from repigment.optics.skin import spectrum
from repigment.optics.tissue import Pigments
from repigment.pictures.face import face
from repigment.pictures.lesions import Spot, spotted
from repigment.pictures.pair import pair
from repigment.pictures.render import patch, region


def levels(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGB"), int)


def test_a_patch_has_the_colour_of_its_spectrum() -> None:
    mine = own("IV")
    picture = patch(Pigments(np.full((8, 8), mine.melanin), mine.blood), 0.3, 64, texture=0, bar=False)
    light = xyz(spectrum(Pigments(np.array(mine.melanin), np.array(mine.blood)), None, Camera(gloss=1)))
    assert np.abs(levels(picture) - 255 * encode(rgb_of_xyz(light))).max() <= 1


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    picture = levels(patch(Pigments(np.full((100, 100), 3.0), 0.02), 0.5, 1000, texture=0))
    ink = (picture == (31, 36, 40)).all(axis=-1)
    assert ink.sum(axis=1).max() == 200  # 10 mm of 50, 20 pixels each


def test_paper_shows_beside_the_skin() -> None:
    skin = np.zeros((10, 10), bool)
    skin[:, :5] = True
    picture = levels(patch(Pigments(np.full((10, 10), 3.0), 0.02), 1.0, 100, skin=skin, bar=False))
    assert (picture[:, 70:] == 255).all() and (picture[:, :30] < 250).any(axis=-1).all()


def test_copies_in_a_region_keep_their_size() -> None:
    window = spotted([Spot(12, 12, 8, 0.0, edge=0.2)], "V", 24, 24)
    picture = levels(region(window.pigments, window.mm, window.own, (120, 90), 3, 1200, texture=0, bar=False))
    light = picture[..., 1] > picture[..., 1].min() + np.ptp(picture[..., 1]) / 2
    assert light.sum() / 100 == pytest.approx(3 * np.pi * 16, rel=0.05)


def test_a_face_is_alike_on_both_sides_and_shows_its_map() -> None:
    n = 32
    down, across = (np.indices((n, n)) + 0.5) / n
    skin = (2 * across - 1) ** 2 / 0.8 + (2 * down - 1) ** 2 < 1
    mine = own("III")
    even = face(Pigments(np.full((n, n), mine.melanin), mine.blood), 5.0, skin, mine, 240, texture=0, bar=False)
    cheek = np.where((across > 0.6) & (across < 0.8) & (down > 0.5) & (down < 0.65), 2.5, 1.0) * mine.melanin
    spotty = face(Pigments(cheek, mine.blood), 5.0, skin, mine, 240, texture=0, bar=False)
    assert np.abs(levels(even) - levels(even)[:, ::-1]).max() <= 3
    darker = (levels(even) - levels(spotty)).sum(axis=-1) > 20
    assert darker[:, 120:].sum() > 300 and darker[:, :120].sum() == 0


def test_a_card_stands_at_the_side() -> None:
    plain, with_card = (patch(Pigments(np.full((40, 60), 3.0), 0.02), 1.0, 300, card=card) for card in (False, True))
    assert with_card.width > plain.width and (levels(with_card)[:, :300] == levels(plain)).all()


def test_pairs_stand_side_by_side() -> None:
    before, after = Image.new("RGB", (100, 80), "red"), Image.new("RGB", (100, 80), "blue")
    found = levels(pair(before, after, ("week 0", "week 24"), mm=0.5))
    assert tuple(found[5, 5]) == (255, 0, 0) and tuple(found[5, -5]) == (0, 0, 255)
    with pytest.raises(RepigmentError, match=r"80 pixels high does not stand beside one of 60. Do: make both"):
        pair(before, Image.new("RGB", (100, 60)))
    with pytest.raises(RepigmentError, match="a pixel cannot be 0 mm wide"):
        pair(before, after, mm=0)


def test_pictures_that_cannot_be_are_refused() -> None:
    pigments, mine = Pigments(np.full((8, 8), 3.0), 0.02), Pigments(3.0, 0.02)
    with pytest.raises(RepigmentError, match=r"a picture cannot be 3 pixels wide. Allowed: 8 to 16384"):
        patch(pigments, 1.0, 3)
    with pytest.raises(RepigmentError, match=r"a mask of shape \(3, 3\) does not belong to maps of \(8, 8\)"):
        patch(pigments, 1.0, 64, skin=np.ones((3, 3), bool))
    with pytest.raises(RepigmentError, match="a region of 4 x 4 mm is smaller than the window of 8 x 8 mm"):
        region(pigments, 1.0, mine, (4, 4), 2, 64)
    with pytest.raises(RepigmentError, match=r"an outline of shape \(3, 3\) does not belong to a face of \(8, 8\)"):
        face(pigments, 1.0, np.ones((3, 3), bool), mine, 64)
