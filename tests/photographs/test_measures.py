import numpy as np
import pytest

from repigment.photographs import measures, scored
from repigment.photographs import sizes as sized
from repigment.photographs.lengths.scale import stated
from repigment.photographs.skin.lesion import Lesion


def disc(radius: float) -> Lesion:
    y, x = np.mgrid[:200, :200]
    cover = np.clip(0.5 + radius - np.hypot(x - 100, y - 100), 0, 1).astype(np.float32)
    turn = np.linspace(0, 2 * np.pi, 300, endpoint=False)
    line = 100 + radius * np.stack([np.cos(turn), np.sin(turn)], -1)
    return Lesion(cover, (line,), 20.0, 0.01, (slice(0, 200), slice(0, 200)), (200, 200))


def test_a_disc_has_its_area_and_diameters() -> None:
    area, long, across = sized.sizes([disc(50.0)], stated(0.2))
    assert area.value == pytest.approx(np.pi * 10**2, rel=1e-3)
    assert (long.value, across.value) == pytest.approx((20, 20), rel=1e-3)
    assert area.low < area.value < area.high and area.unit == "mm2"


def test_a_less_sure_scale_widens_areas_twice_as_much_as_lengths() -> None:
    sure, unsure = stated(0.2), stated(0.2)
    unsure = type(unsure)(unsure.matrix, 0.1, "guessed")
    wide = sized.sizes([disc(50.0)], unsure)
    assert (wide[0].high - wide[0].value) / wide[0].value == pytest.approx(0.2 * 1.96, rel=0.02)
    assert (wide[1].high - wide[1].value) / wide[1].value == pytest.approx(0.1 * 1.96, rel=0.02)
    assert sized.sizes([disc(50.0)], sure)[0].high < wide[0].high


AREA = measures.Measure("area", 18000.0, 17000.0, 19000.0, "mm2", "card")


@pytest.mark.parametrize(("left", "share", "step"), [(0.2, 0.953, 1.0), (0.4, 0.731, 0.75), (0.6, 0.269, 0.25)])
def test_a_white_lesion_adds_to_vasi_as_a_simulated_one_does(left: float, share: float, step: float) -> None:
    mean = measures.Measure("melanin left", 100 * left, 100 * left - 10, 100 * left + 10, "%", "card")
    depigmented, graded, vasi = scored.vitiligo(AREA, mean, np.full(50, left))
    assert depigmented.value == pytest.approx(100 * share, abs=0.1)
    assert depigmented.low < depigmented.value < depigmented.high
    assert graded.value == 100 * step
    assert vasi.value == pytest.approx(step) and vasi.low < step <= vasi.high


def test_islands_of_colour_count_as_pigmented_places_and_not_as_a_paler_lesion() -> None:
    mean = measures.Measure("melanin left", 50.0, 45.0, 55.0, "%", "card")
    islands = scored.vitiligo(AREA, mean, np.repeat([0.0, 1.0], [75, 25]))
    assert islands[0].value == pytest.approx(75, abs=1.0) and islands[1].value == 75
