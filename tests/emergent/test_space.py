"""What needs space: margins that advance, islands around follicles, sites that differ by their follicles alone."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy.ndimage import distance_transform_edt

from repigment.skin.fields import Field

N, DX = 32, 0.3  # as the patches are
SITES = ("face", "trunk", "legs", "hands", "arms", "neck", "feet", "face")
THETAS = np.array([0.3, 0.5, 0.7, 0.85, 1.0, 1.2, 1.5, 2.0])


@pytest.fixture(scope="module")
def uniform(mixed: Any) -> Any:
    """Healthy susceptible skin, the same everywhere, (rows, fields)."""
    return mixed.start(8, regulation=0.3)


def roughness(maps: Any) -> float:
    """Largest difference within any of the patches (rows, n, n), relative to the largest value."""
    maps = np.asarray(maps)
    return float(np.ptp(maps, axis=(1, 2)).max() / maps.max())


def test_a_uniform_patch_stays_uniform(patches: Callable[..., Any], mixed: Any, uniform: Any) -> None:
    """Healthy skin with follicles in it, a year of sun: melanocytes and melanin differ by less than 0.1 % in place."""
    course, _, follicles = patches(["arms"] * 8, mixed.table(364, 8, sun=0.5), uniform, uniform)
    assert follicles.std() > 0
    assert roughness(course.skin.melanocytes) < 1e-3
    assert roughness(course.skin.melanin_viable) < 1e-3
    assert np.asarray(course.skin.memory).max() < 1e-3


def test_a_rough_patch_becomes_uniform(patches: Callable[..., Any], mixed: Any, uniform: Any) -> None:
    """Melanocytes of one side half of the other's: an untriggered patch has all but evened out in a year."""
    thinned = uniform.copy()
    thinned[:, Field.MELANOCYTES] = 0.5
    course, _, _ = patches(["arms"] * 8, mixed.table(364, 8), thinned, uniform)
    assert roughness(course.skin.melanocytes) < 0.05
    assert np.asarray(course.skin.melanocytes).min() > 0.95


@pytest.fixture(scope="module")
def advancing(patches: Callable[..., Any], mixed: Any, uniform: Any) -> Any:
    """Width of arm skin that turned white before a strip of active vitiligo, mm, (days, thetas), over half a year."""
    lit = uniform.copy()
    lit[:, [Field.EFFECTORS, Field.INTERFERON]] = 1.0
    course, depth, _ = patches(["arms"] * 8, mixed.table(182, 8), lit, uniform, shift=6.0, theta=THETAS)
    assert 0.1 < (depth > 0).mean() < 0.15
    return course["advance"]


def test_active_vitiligo_spreads(advancing: Any) -> None:
    """At theta = 1 the margin runs 0.3 to 1 mm a month (no measurement was found; the reference program has 0.4)."""
    speed = (advancing[180] - advancing[60]) / 4
    assert 0.3 < speed[THETAS == 1.0].item() < 1


def test_the_more_autoreactive_cells_the_faster(advancing: Any) -> None:
    """Speed rises with theta from 0.7 to 2; at 0.3 and 0.5 the lesion does not spread."""
    speed = (advancing[180] - advancing[60]) / 4
    assert (np.diff(speed[THETAS >= 0.7]) > 0.05).all()
    assert speed[THETAS < 0.7].max() < 0.05


@pytest.fixture(scope="module")
def phototherapy_year(patches: Callable[..., Any], cleared: Any, treated: Any) -> Any:
    """Repigmented share of a quiet lesion (theta = 0.7, R = 0.4) by site, (days, sites), under NB-UVB."""
    lesion, around = cleared(0.4)
    course, _, _ = patches(SITES, treated(364, 8, uvb=1.0), lesion, around, theta=0.7)
    return 1 - course["depigmented"]


def test_sites_answer_in_the_order_of_the_clinic(phototherapy_year: Any) -> None:
    """Face > trunk > legs > hands at week 24, from follicles, turnover and density alone (Bae 2017: 44/26/17/0 %)."""
    share = dict(zip(SITES[:5], phototherapy_year[168], strict=False))
    order = [share[site] for site in ("face", "trunk", "legs", "hands")]
    assert (np.diff(order) < -0.05).all()


@pytest.mark.xfail(strict=True, reason="arms 0.56, trunk 0.49 at week 24: arms have more follicles (.40, .25/mm2)")
def test_arms_answer_less_than_the_trunk(phototherapy_year: Any) -> None:
    """Extremities repigment less than the trunk in the clinic; in the model the arms' follicles say otherwise."""
    share = dict(zip(SITES[:5], phototherapy_year[168], strict=False))
    assert share["trunk"] > share["arms"]


def test_without_follicles_only_the_margin_creeps_in(phototherapy_year: Any) -> None:
    """Hands and feet have no reservoir: what comes back in a year came from the margin, less than 0.6 mm a month."""
    hands = phototherapy_year[:, SITES.index("hands")]
    assert hands[168] < 0.3
    width = 0.75 * N * DX
    assert 0 < (hands[364] - hands[0]) * width / 12 < 0.6


@pytest.fixture(scope="module")
def islands(patches: Callable[..., Any], cleared: Any, treated: Any) -> tuple[Any, Any, Any]:
    """Lesions under JAK inhibitor and NB-UVB for 12 weeks: the course, the skin's depth and its follicles."""
    lesion, around = cleared(0.6)
    return patches(SITES, treated(84, 8, jak=0.85, uvb=1.0), lesion, around)


@pytest.mark.parametrize("site", ["trunk", "legs"])
def test_pigment_returns_in_islands_around_follicles(islands: tuple[Any, Any, Any], site: str) -> None:
    """Well inside the lesion melanocytes stand within 0.3 mm of a follicle, ten times as dense as 0.8 mm away."""
    course, depth, follicles = islands
    row = SITES.index(site)
    melanocytes = np.asarray(course.skin.melanocytes)[row]
    away = distance_transform_edt(follicles[row] == 0) * DX
    inside = depth[row] > 1.5
    near, far = melanocytes[inside & (away <= 0.31)].mean(), melanocytes[inside & (away > 0.8)].mean()
    assert near > 0.1
    assert near > 10 * far


def test_where_follicles_stand_close_islands_merge(islands: tuple[Any, Any, Any]) -> None:
    """On the face (2.85 follicles/mm2) the same 12 weeks leave no white skin between islands deeper than the rest."""
    course, depth, _ = islands
    inside = depth[0] > 1.5
    melanocytes = np.asarray(course.skin.melanocytes)
    spread = [melanocytes[row][inside].std() / melanocytes[row][inside].mean() for row in (0, SITES.index("trunk"))]
    assert spread[0] < 0.5 * spread[1]
