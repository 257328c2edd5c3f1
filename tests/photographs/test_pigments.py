import numpy as np
import pytest

from repigment.optics.colour import rgb_of_xyz, xyz
from repigment.optics.instrument import Camera
from repigment.optics.skin import spectrum
from repigment.optics.tissue import Pigments, Tissue
from repigment.photographs.skin import pigments

NOISE = np.full(3, 1e-3)


def seen(melanin: object, blood: object, tissue: Tissue | None = None) -> np.ndarray:
    return rgb_of_xyz(xyz(spectrum(Pigments(melanin, blood), tissue, Camera())))


def test_pigments_come_back() -> None:
    melanin, blood = (each.ravel() for each in np.meshgrid([0.3, 1, 3, 7, 15, 28], [0.004, 0.015, 0.05]))
    rgb = seen(melanin, blood).astype(np.float32)[None]
    maps = pigments.maps(rgb, np.zeros(rgb.shape[:2], bool), NOISE)
    assert maps.valid.all()
    assert np.abs(maps.melanin[0] / melanin - 1).max() < 0.06
    clear = maps.blood_valid[0]
    assert np.abs(maps.blood[0] / blood - 1)[clear].max() < 0.08


def test_blood_is_not_told_in_dark_skin() -> None:
    rgb = seen(np.array([2.0, 20.0]), np.array([0.02, 0.02])).astype(np.float32)[None]
    maps = pigments.maps(rgb, np.zeros((1, 2), bool), NOISE)
    assert maps.blood_valid.tolist() == [[True, False]]


@pytest.mark.parametrize("rgb", [(0.1, 0.3, 0.6), (0.2, 0.6, 0.2), (0.5, 0.5, 0.5), (0.0, 0.0, 0.0)])
def test_what_is_no_skin_is_not_valid(rgb: tuple[float, float, float]) -> None:
    picture = np.array(rgb, np.float32)[None, None]
    assert not pigments.maps(picture, np.zeros((1, 1), bool), NOISE).valid.any()


def test_burnt_pixels_are_not_valid() -> None:
    rgb = seen(np.array([2.0]), np.array([0.02])).astype(np.float32)[None]
    assert not pigments.maps(rgb, np.ones((1, 1), bool), NOISE).valid.any()


def test_the_error_covers_other_people() -> None:
    rng = np.random.default_rng(3)
    count = 200
    melanin, blood = rng.uniform(1, 12, count), rng.uniform(0.005, 0.04, count)
    fold = np.exp(rng.standard_normal((2, count)) * [[0.25], [0.5]])
    tissue = Tissue(1.05 * fold[0], 0.42 * fold[1], 0.7)
    rgb = seen(melanin, blood, tissue).astype(np.float32)[None]
    maps = pigments.maps(rgb, np.zeros((1, count), bool), NOISE)
    covered = np.abs(maps.melanin[0] - melanin) < 1.96 * maps.error[0]
    assert 0.85 <= covered.mean() <= 1.0


def test_half_of_melanin_lies_above_half_of_the_index() -> None:
    half_way = pigments.half_way(float(pigments.index_of(np.array([2.0]))[0]))
    there = float(pigments.index_of(np.array([6.0]))[0] - pigments.index_of(np.array([2.0]))[0])
    middle = float(pigments.index_of(np.array([4.0]))[0] - pigments.index_of(np.array([2.0]))[0])
    assert half_way.plain(there) == pytest.approx(middle / there, abs=0.01)


def test_exposure_moves_darkness_evenly() -> None:
    light = np.random.default_rng(0).uniform(0.1, 0.4, (4, 5, 3)).astype(np.float32)
    off = pigments.darkness(light) - pigments.darkness(2 * light)
    assert np.allclose(off, 100 * np.log10(2), atol=1e-3)


@pytest.mark.parametrize("sd", [0.03, 0.09])
@pytest.mark.parametrize(("melanin", "blood"), [(1.0, 0.02), (4.0, 0.01), (4.0, 0.04), (15.0, 0.02)])
def test_noise_of_pixels_widens_their_pigments_as_much_as_is_told(melanin: float, blood: float, sd: float) -> None:
    """Stated SD by noise alone, that of people being taken off, against the scatter of noisy pixels of one skin."""
    rgb = seen(np.array([melanin]), np.array([blood]))[0]
    noisy = rgb * np.exp(sd * np.random.default_rng(1).standard_normal((1, 4000, 3)))
    found = pigments.maps(noisy.astype(np.float32), np.zeros((1, 4000), bool), np.full(3, sd))
    without = pigments.maps(noisy.astype(np.float32), np.zeros((1, 4000), bool), np.zeros(3))
    told = np.sqrt(np.median(found.error**2 - without.error**2))
    told_blood = np.sqrt(np.median(found.blood_error**2 - without.blood_error**2))
    assert told == pytest.approx(found.melanin.std(), rel=0.15)
    assert told_blood == pytest.approx(np.log(found.blood).std(), rel=0.15)


@pytest.mark.parametrize("channel", [0, 1, 2])
def test_noise_of_one_channel_counts_as_it_tells(channel: int) -> None:
    sd = 0.05 * np.eye(3)[channel]
    rgb = seen(np.array([4.0]), np.array([0.02]))[0]
    noisy = rgb * np.exp(sd * np.random.default_rng(2).standard_normal((1, 4000, 3)))
    found, without = (pigments.maps(noisy.astype(np.float32), np.zeros((1, 4000), bool), each) for each in (sd, 0 * sd))
    told = np.sqrt(np.median(found.error**2 - without.error**2))
    assert told == pytest.approx(found.melanin.std(), rel=0.15)
