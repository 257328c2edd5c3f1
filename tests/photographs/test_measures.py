import numpy as np
import pytest

from repigment.photographs import measures
from repigment.photographs.outline import Lesion
from repigment.photographs.scale import stated


def disc(radius: float) -> Lesion:
    y, x = np.mgrid[:200, :200]
    cover = np.clip(0.5 + radius - np.hypot(x - 100, y - 100), 0, 1).astype(np.float32)
    turn = np.linspace(0, 2 * np.pi, 300, endpoint=False)
    return Lesion(cover, (100 + radius * np.stack([np.cos(turn), np.sin(turn)], -1),), 20.0, 0.01)


def test_a_disc_has_its_area_and_diameters() -> None:
    area, long, across = measures.sizes([disc(50.0)], stated(0.2))
    assert area.value == pytest.approx(np.pi * 10**2, rel=1e-3)
    assert (long.value, across.value) == pytest.approx((20, 20), rel=1e-3)
    assert area.low < area.value < area.high and area.unit == "mm2"


def test_a_less_sure_scale_widens_areas_twice_as_much_as_lengths() -> None:
    sure, unsure = stated(0.2), stated(0.2)
    unsure = type(unsure)(unsure.matrix, 0.1, "guessed")
    wide = measures.sizes([disc(50.0)], unsure)
    assert (wide[0].high - wide[0].value) / wide[0].value == pytest.approx(0.2 * 1.96, rel=0.02)
    assert (wide[1].high - wide[1].value) / wide[1].value == pytest.approx(0.1 * 1.96, rel=0.02)
    assert measures.sizes([disc(50.0)], sure)[0].high < wide[0].high


def test_a_white_lesion_adds_to_vasi_by_the_ladder() -> None:
    area = measures.Measure("area", 18000.0, 17000.0, 19000.0, "mm2", "card")
    left = measures.Measure("melanin left", 20.0, 10.0, 30.0, "%", "card")
    depigmented, grade, vasi = measures.vitiligo(area, left)
    assert depigmented.value == pytest.approx(80) and (depigmented.low, depigmented.high) == pytest.approx((70, 90))
    assert grade.value == 75
    assert vasi.value == pytest.approx(0.75) and vasi.low < 0.75 < vasi.high
