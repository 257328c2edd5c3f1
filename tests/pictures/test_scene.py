"""Scenes: the same seed the same skin, whatever the camera; a ruler whose millimetres are millimetres."""

import numpy as np
import pytest

from repigment.errors import RepigmentError
from repigment.optics.colour import weights
from repigment.optics.tissue import Pigments
from repigment.pictures.lesions import vitiligo
from repigment.pictures.ruler import Ruler
from repigment.pictures.scene import Scene, paint
from repigment.pictures.texture import texture


def test_the_same_seed_is_the_same_skin_at_any_size() -> None:
    import cv2

    scene = vitiligo("III", seed=4)
    large, small = (paint(scene, weights(), width)[..., 1] for width in (1200, 300))
    shrunk = cv2.resize(large, (300, small.shape[0]), interpolation=cv2.INTER_AREA)
    assert np.corrcoef(shrunk[:60].ravel(), small[:60].ravel())[0, 1] > 0.9
    other = paint(vitiligo("III", seed=5), weights(), 300)[..., 1]
    assert abs(np.corrcoef(other[:60].ravel(), small[:60].ravel())[0, 1]) < 0.3


def test_texture_leaves_the_mean_of_the_skin() -> None:
    rough, smooth = (
        paint(Scene(Pigments(np.full((40, 60), 3.0), 0.02), 1.0, Pigments(3.0, 0.02), texture=strength), weights(), 600)
        for strength in (1.0, 0.0)
    )
    assert rough.mean(axis=(0, 1)) == pytest.approx(smooth.mean(axis=(0, 1)), rel=0.01)
    assert 0.01 < rough[..., 1].std() / rough[..., 1].mean() < 0.1
    assert all((each == 1).all() for each in texture(20, 10, 0.0, 1))


def test_a_ruler_has_a_line_each_millimetre() -> None:
    scale = 20.0
    picture = np.zeros((200, 800, 1), np.float32)
    Ruler(30, 20, 5).draw(picture, np.full((31, 1), 1 / 31), scale)
    across = picture[int(2.6 * scale), :, 0]  # just under the paper's upper edge
    lines = np.flatnonzero((across[1:-1] < across[:-2]) & (across[1:-1] <= across[2:])) + 1
    inside = lines[(lines > 4.8 * scale) & (lines < 35.2 * scale)]
    assert np.unique(np.round(inside / scale)).tolist() == list(range(5, 36))


def test_a_ruler_of_nothing_and_skin_below_smooth_are_refused() -> None:
    with pytest.raises(RepigmentError, match=r"a ruler cannot be 0.5 mm long. Allowed: 1 mm or more"):
        Ruler(0.5)
    with pytest.raises(RepigmentError, match=r"the texture of skin cannot be -1. Allowed: 0 \(smooth\) or more"):
        Scene(Pigments(np.ones((4, 4)), 0.02), 1.0, Pigments(3.0, 0.02), texture=-1)


def test_things_lie_on_skin_that_was_added_for_them() -> None:
    plain = vitiligo()
    scene = plain.with_card(200)
    assert scene.card is not None and scene.card.width < scene.width == plain.width
    corners = scene.card.placed.corners()
    assert corners[:, 1].min() > plain.height and corners[:, 1].max() < scene.height
