"""Sphere, probe and camera; the light that a probe loses, against photons followed one by one."""

from typing import Any

import numpy as np
import pytest

from repigment.errors import RepigmentError
from repigment.optics.instrument import CM_OF_MM, Camera, Probe, Sphere, lost, mismatch, surface
from repigment.optics.quadrature import fresnel
from repigment.optics.skin import spectrum
from repigment.optics.spectral import WAVELENGTHS
from repigment.optics.tissue import Optical, Pigments, optical, typical

INDEX = 1.4
PHOTONS = 10_000
FAINT = 1e-3  # of its first weight: a photon that is not followed further
SKIN = Pigments(5.0, 0.012)


def made(mua: float, scatter: float) -> Optical:
    """A dermis of mua and mus' in 1/cm, with nothing above that matters sideways."""
    depths = optical(SKIN, typical())
    upper = np.full(1, scatter * 0.02)  # cm of upper dermis
    return depths._replace(scattered_upper=upper, ratio=np.full(1, mua / scatter))


def followed(mua: float, scatter: float, aperture: float, over: float) -> tuple[float, float]:
    """Share of what comes out that does so beside an evenly lit opening, and its standard error.

    Isotropic scattering in a half-space under a surface and a layer that only absorbs, `over` along the normal.
    """
    rng = np.random.default_rng(4)
    radius = CM_OF_MM * aperture / 2
    x, y, z = radius * np.sqrt(rng.random(PHOTONS)), np.zeros(PHOTONS), np.zeros(PHOTONS)
    ux, uy, uz, weight = np.zeros(PHOTONS), np.zeros(PHOTONS), np.ones(PHOTONS), np.ones(PHOTONS)
    out: list[Any] = []
    while len(x):
        step = rng.exponential(1 / scatter, len(x))
        hit = z + uz * step < 0
        cosine = np.where(hit, -uz, 1.0)
        step = np.where(hit, z / cosine, step)
        x, y, z = x + ux * step, y + uy * step, np.where(hit, 0, z + uz * step)
        passed = np.exp(-over / cosine)
        weight = weight * np.exp(-mua * step) * np.where(hit, passed, 1)
        back = fresnel(cosine, INDEX)
        out.append(np.stack([weight * (1 - back), np.hypot(x, y) > radius])[:, hit])
        weight = np.where(hit, weight * back * passed, weight)
        along, turn = 1 - 2 * rng.random(len(x)), 2 * np.pi * rng.random(len(x))
        across = np.sqrt(1 - along**2)
        new = across * np.cos(turn), across * np.sin(turn), along
        ux, uy, uz = (np.where(hit, old, each) for old, each in zip((ux, uy, -uz), new, strict=True))
        x, y, z, ux, uy, uz, weight = (each[weight > FAINT] for each in (x, y, z, ux, uy, uz, weight))
    share, beside = np.concatenate(out, axis=1)
    mean = (share @ beside) / share.sum()
    return float(mean), float(np.sqrt(((share * (beside - mean)) ** 2).sum()) / share.sum())


@pytest.mark.parametrize("aperture", [3.0, 8.0, 20.0])
@pytest.mark.parametrize("nm", [400, 550, 700])
def test_a_probe_loses_what_photons_lose(nm: int, aperture: float) -> None:
    """Dermis alone: 0.024, 0.073 and 0.239 of what comes out at 400, 550 and 700 nm, for 8 mm."""
    i = int(np.argmin(np.abs(WAVELENGTHS - nm)))
    skin = optical(SKIN, typical())
    scatter = float(skin.scattered_upper[i] / 0.02)
    mua = float(skin.ratio[i] * scatter)
    share, error = followed(mua, scatter, aperture, 0.0)
    assert error < 0.008
    assert float(lost(made(mua, scatter), aperture)[0]) == pytest.approx(share, abs=0.002 + 3.5 * error)


def test_a_pigmented_epidermis_takes_some_of_the_light_that_goes_far() -> None:
    """Light that the surface sends back passes the epidermis twice more; without, a little more is lost."""
    skin = optical(SKIN, typical())
    scatter = float(skin.scattered_upper[-1] / 0.02)
    share, error = followed(float(skin.ratio[-1] * scatter), scatter, 8.0, float(skin.absorbed[-1]))
    assert 0 < float(lost(skin, 8.0)[-1]) - share < 0.02 + 2 * error


def test_a_probe_loses_red_light_and_a_wide_one_little() -> None:
    skin = optical(SKIN, typical())
    shares = np.stack([lost(skin, each) for each in (2.0, 4.0, 8.0, 16.0, 100.0)])
    assert (np.diff(shares, axis=0) < 0).all()
    assert shares[2, -1] == pytest.approx(0.24, abs=0.01) and shares[2, 0] == pytest.approx(0.024, abs=0.003)
    assert shares[-1].max() < 0.025


def test_what_the_surface_reflects_is_all_that_parts_the_spheres() -> None:
    shine = spectrum(SKIN, instrument=Sphere()) - spectrum(SKIN, instrument=Sphere(specular=False))
    assert surface() == pytest.approx((0.4 / 2.4) ** 2, abs=1e-15)
    np.testing.assert_allclose(shine, surface(), atol=1e-15)


def test_a_camera_sees_as_much_gloss_as_it_is_told() -> None:
    without, half, even = (spectrum(SKIN, instrument=Camera(gloss)) for gloss in (0.0, 0.5, 1.0))
    np.testing.assert_allclose(without, spectrum(SKIN, instrument=Sphere(specular=False)), atol=1e-15)
    np.testing.assert_allclose(even, spectrum(SKIN, instrument=Sphere()), atol=1e-15)
    np.testing.assert_allclose(half, (without + even) / 2, atol=1e-15)


def test_a_probe_reads_less_of_the_inside_and_all_of_the_shine() -> None:
    inside = spectrum(SKIN, instrument=Sphere(specular=False))
    kept = 1 - lost(optical(SKIN, typical()), 8.0)
    np.testing.assert_allclose(spectrum(SKIN, instrument=Probe(8.0)), inside * kept + surface(), atol=1e-15)
    np.testing.assert_allclose(spectrum(SKIN, instrument=Probe(8.0, specular=False)), inside * kept, atol=1e-15)


def test_the_mismatch_is_the_published_one() -> None:
    """Contini, Martelli and Zaccanti 1997: A = 2.949 at an index of 1.4."""
    assert mismatch() == pytest.approx(2.949, abs=0.001)


@pytest.mark.parametrize("aperture", [0.5, 200.0])
def test_an_opening_that_is_not_modelled_is_refused(aperture: float) -> None:
    with pytest.raises(RepigmentError) as told:
        spectrum(SKIN, instrument=Probe(aperture))
    assert f"a probe of {aperture:g} mm is not modelled" in str(told.value) and "1 to 100 mm" in str(told.value)
