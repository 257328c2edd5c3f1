import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from repigment.photographs.skin import outline, own_skin, pigments
from repigment.photographs.skin.edges import coverage, steepness
from repigment.photographs.skin.half_way import HalfWay

SIZE = 300
OWN = 4.0  # um melanin


def distance(radius: float, waves: float = 0.0) -> np.ndarray:
    """Px from the outline of a spot, above zero inside; `waves` is how far it leaves the circle, its area kept."""
    y, x = np.mgrid[:SIZE, :SIZE] - SIZE / 2 + 0.3
    outline_there = radius * (1 + waves * np.cos(3 * np.arctan2(y, x))) / np.sqrt(1 + waves**2 / 2)
    return np.asarray(outline_there - np.hypot(x, y))


def index(spot: float, light: float, soft: float, radius: float = 50.0, waves: float = 0.0) -> np.ndarray:
    """Index of skin with a spot of `spot` um melanin that has a `soft` edge, its light smoothed by `light` px."""
    inside = gaussian_filter(np.clip(0.5 + distance(radius, waves), 0, 1), soft)
    seen = pigments.index_of(OWN + (spot - OWN) * inside)
    return np.asarray(-100 * np.log10(gaussian_filter(10 ** (-seen / 100), light)))


def around(radius: float, waves: float) -> float:
    """Length in px of the outline of such a spot."""
    angle = np.linspace(0, 2 * np.pi, 2001)
    r = radius * (1 + waves * np.cos(3 * angle)) / np.sqrt(1 + waves**2 / 2)
    return float(np.hypot(np.diff(r * np.cos(angle)), np.diff(r * np.sin(angle))).sum())


@pytest.mark.parametrize("light", [0.0, 2.0, 6.0])
@pytest.mark.parametrize("spot", [0.2, 10.0])
@pytest.mark.parametrize(("radius", "waves"), [(25.0, 0.0), (60.0, 0.15)])
def test_smoothing_of_light_does_not_move_the_edge(spot: float, light: float, radius: float, waves: float) -> None:
    own = float(pigments.index_of(np.array([OWN]))[0])
    seen = gaussian_filter(index(spot, light, 1.0, radius, waves), 2.0)
    contrast = np.abs(seen - own).astype(np.float32)
    middle = abs(float(pigments.index_of(np.array([spot]))[0]) - own)
    half = HalfWay(own, *pigments.index_curve(), light=light, blur=2.0, darker=spot > OWN)
    steep = steepness(contrast, contrast > middle / 2) / middle
    level = middle * half.smoothed(middle, around(radius, waves) / (2 * np.pi), steep).share
    area = float(coverage(contrast, contrast > level, level).sum())
    assert area == pytest.approx(np.pi * radius**2, rel=0.03)


def test_without_account_of_smoothing_a_dark_spot_would_shrink() -> None:
    own, dark = (float(each) for each in pigments.index_of(np.array([OWN, 10.0])))
    contrast = (gaussian_filter(index(10.0, 6.0, 1.0, 25.0), 2.0) - own).astype(np.float32)
    level = (dark - own) * HalfWay(own, *pigments.index_curve()).plain(dark - own)
    area = float(coverage(contrast, contrast > level, level).sum())
    assert area < 0.95 * np.pi * 25**2


def test_a_broad_edge_is_told_from_a_smoothed_one() -> None:
    """A broad edge of melanin has its half where melanin is, however little light was smoothed."""
    half = pigments.half_way(40.0, light=3.0)
    broad, sharp = (half.smoothed(40.0, 1e6, steepness).share for steepness in (0.01, 0.5))
    assert broad == pytest.approx(half.plain(40.0), abs=0.01)
    assert sharp < 0.95 * broad


@pytest.mark.parametrize("light", [0.0, 3.0, 6.0])
def test_an_outline_has_the_area_of_the_spot(light: float) -> None:
    seen = index(10.0, light, 2.0, 40.0, 0.1).astype(np.float32)
    seen += np.random.default_rng(0).normal(0, 0.3, seen.shape).astype(np.float32)
    usable = np.ones(seen.shape, bool)
    own = own_skin.around(seen, usable)
    assert own is not None
    _, (lesion,), *_ = outline.find(seen, own, usable, half_way=pigments.half_way(float(np.median(own.surface)), light))
    assert lesion.cover.sum() == pytest.approx(np.pi * 40**2, rel=0.02)


@pytest.mark.parametrize("light", [0.0, 4.0])
def test_a_long_lesion_has_its_area(light: float) -> None:
    """Its outline is longer than that of a disc of its area, and is moved by less."""
    y, x = np.mgrid[:SIZE, :SIZE] - SIZE / 2 + 0.3
    away = (1 - np.hypot(x / 120, y / 20)) * 20
    inside = gaussian_filter(np.clip(0.5 + away, 0, 1), 2.0)
    dark = -100 * np.log10(gaussian_filter(10 ** (-pigments.index_of(OWN + 6 * inside) / 100), light))
    own = own_skin.around(dark.astype(np.float32), np.ones(dark.shape, bool))
    assert own is not None
    half = pigments.half_way(float(np.median(own.surface)), light)
    _, (lesion,), *_ = outline.find(dark.astype(np.float32), own, np.ones(dark.shape, bool), half_way=half)
    assert lesion.cover.sum() == pytest.approx(np.pi * 120 * 20, rel=0.03)
