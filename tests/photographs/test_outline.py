import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from repigment.evidence.parameters import value
from repigment.photographs.skin import outline, own_skin
from repigment.photographs.skin.lesion import sure

SIZE = 400


def scene(
    contrast: float, radius: float = 60.0, light: float = 0.0, noise: float = 1.0, soft: float = 4.0
) -> np.ndarray:
    """Index of skin of 40 with a round spot, light that falls to the right, and noise."""
    y, x = np.mgrid[:SIZE, :SIZE]
    inside = 0.5 - 0.5 * np.tanh((np.hypot(x - 210.3, y - 190.7) - radius) / soft)
    rng = np.random.default_rng(0)
    return (40 + contrast * inside + light * x / SIZE + noise * rng.standard_normal((SIZE, SIZE))).astype(np.float32)


def found(index: np.ndarray, **how: object) -> tuple[str, list[outline.Lesion]]:
    usable = np.ones(index.shape, bool)
    own = own_skin.around(index, usable)
    assert own is not None
    return outline.find(index, own, usable, **how)[:2]  # type: ignore[arg-type]


@pytest.mark.parametrize("contrast", [12.0, 40.0, -12.0, -30.0])
@pytest.mark.parametrize("light", [0.0, 15.0])
def test_a_round_spot_has_its_area(contrast: float, light: float) -> None:
    side, lesions = found(scene(contrast, light=light))
    assert side == ("darker" if contrast > 0 else "lighter")
    assert len(lesions) == 1
    assert lesions[0].cover.sum() == pytest.approx(np.pi * 60**2, rel=0.02)


@pytest.mark.parametrize("soft", [1.0, 8.0])
def test_a_sharp_and_a_soft_spot_have_their_areas(soft: float) -> None:
    _, (lesion,) = found(scene(30.0, soft=soft))
    assert lesion.cover.sum() == pytest.approx(np.pi * 60**2, rel=0.02)


def test_four_hundred_spots_are_no_burden() -> None:
    """Each is traced where it lies, and no more than are told: neither time nor memory grows with the picture."""
    y, x = np.mgrid[:1000, :1500]
    spots = (np.hypot(x % 60 - 30, y % 60 - 30) < 16).astype(np.float32)
    index = (40 + 25 * spots + np.random.default_rng(0).standard_normal(spots.shape)).astype(np.float32)
    usable = np.ones(index.shape, bool)
    own = own_skin.in_box(index, usable, (0, 0, 60, 8))
    lesions = outline.find(index, own, usable, "darker")
    assert lesions.more and len(lesions.lesions) <= value("lesions_most") + 1
    assert sum(lesion.cover.nbytes for lesion in lesions.lesions) < 200e6


def test_the_edge_runs_through_its_contour() -> None:
    _, (lesion,) = found(scene(30.0, noise=0.0))
    away = np.hypot(*(lesion.contours[0] - [210.3, 190.7]).T)
    assert abs(away.mean() - 60) < 0.3 and away.std() < 0.5


def test_several_lesions_are_told_apart() -> None:
    y, x = np.mgrid[:SIZE, :SIZE]
    index = scene(20.0, radius=40.0)
    index += 25 * (np.hypot(x - 80, y - 320) < 25) + 18 * (np.hypot(x - 330, y - 60) < 20)
    _, lesions = found(index)
    sizes = [lesion.cover.sum() for lesion in lesions]
    assert sizes == pytest.approx([np.pi * 40**2, np.pi * 25**2, np.pi * 20**2], rel=0.05)


def test_what_stands_out_no_more_than_mottling_is_doubtful() -> None:
    """It stays, but its area may be any down to none; colours are asked of the sure one."""
    y, x = np.mgrid[:SIZE, :SIZE]
    mottling = gaussian_filter(np.random.default_rng(3).standard_normal((SIZE, SIZE)), 10)
    index = scene(15.0, radius=40.0, noise=0.3) + 2 * mottling / mottling.std()
    index += 4.0 * (np.hypot(x - 80, y - 320) < 35)
    _, lesions = found(index.astype(np.float32), half_way=outline.PLAIN)
    plain, doubtful = ([each for each in lesions if each.doubtful is is_so] for is_so in (False, True))
    assert len(plain) == 1 and plain[0].area == pytest.approx(np.pi * 40**2, rel=0.05)
    assert doubtful and min(each.spread for each in doubtful) >= outline.ANY
    assert sure(lesions) == tuple(plain) and sure(doubtful) == tuple(doubtful)


def test_even_skin_has_no_lesion() -> None:
    _, lesions = found(scene(0.0))
    assert lesions == []


def test_hair_is_no_lesion_and_does_not_move_the_edge() -> None:
    index = scene(25.0)
    for row in (60, 150, 190, 240, 350):
        index[row : row + 2] += 40
    _, lesions = found(index)
    assert len(lesions) == 1
    assert lesions[0].cover.sum() == pytest.approx(np.pi * 60**2, rel=0.04)


def test_a_lesion_over_much_of_the_picture_does_not_become_own_skin() -> None:
    _, lesions = found(scene(25.0, radius=130.0))
    assert lesions[0].cover.sum() == pytest.approx(np.pi * 130**2, rel=0.03)


def test_the_side_that_is_stated_is_looked_for() -> None:
    index = scene(25.0)
    side, lesions = found(index, direction="lighter")
    assert side == "lighter" and lesions == []


def test_own_skin_of_a_box_is_that_of_the_box() -> None:
    index = scene(25.0, noise=0.5)
    own = own_skin.in_box(index, np.ones(index.shape, bool), (5, 5, 40, 40))
    assert own.surface.mean() == pytest.approx(40, abs=0.2) and own.mask.sum() == 1600
