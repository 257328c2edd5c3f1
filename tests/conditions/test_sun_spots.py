"""Sun spots and freckles: which of them the winter takes, what the genes do, and what a laser must destroy."""

from typing import Any

import numpy as np
import pytest

from repigment.evidence.parameters import value
from repigment.skin.exposure import Channel

JUNE = 172.0
YEAR = 365
TYPES = (1, 2, 3)
GENES = ({"one_variant": 0, "two_variants": 0}, {"one_variant": 1}, {"one_variant": 0, "two_variants": 1})


@pytest.fixture(scope="module")
def freckled(watch: Any, lesion: Any) -> Any:
    """Freckles through a year, from June: three genotypes, each on skin types I to III."""
    return watch([lesion("freckles", skin_type=k, said=said, first_day=JUNE) for said in GENES for k in TYPES], 52)


@pytest.fixture(scope="module")
def spotted(watch: Any, lesion: Any) -> Any:
    """Sun spots through the same year, on skin types I to III."""
    return watch([lesion("lentigo", skin_type=k, first_day=JUNE) for k in TYPES], 52)


def season(contrast: Any) -> Any:
    """Smallest over largest contrast of a year."""
    return contrast.min(axis=0) / contrast.max(axis=0)


def test_freckles_vanish_in_winter(freckled: Any) -> None:
    """A freckle is an answer to UV and to nothing else: in winter less than a quarter of it is left."""
    assert (season(freckled.contrast) < 0.25).all()
    assert (freckled.contrast.min(axis=0)[[0, 1, 3, 4]] < value("dark_step")).all(), "not seen on light skin"


def test_sun_spots_do_not(freckled: Any, spotted: Any) -> None:
    """The niche of a sun spot has a set point of its own: three quarters of the summer's contrast stay in winter."""
    assert (season(spotted.contrast) > 0.75).all()
    assert (season(spotted.contrast) > 3 * season(freckled.contrast)[:3]).all()


def test_a_freckle_has_no_more_melanocytes(freckled: Any) -> None:
    """Its cells answer more, there are not more of them: the same number inside and outside, all year."""
    inside, outside = freckled.lesional["melanocytes"], freckled.around["melanocytes"]
    assert inside == pytest.approx(outside, abs=1e-3)
    assert np.ptp(inside) < 1e-2


def test_each_variant_of_mc1r_makes_freckles_stand_out_more(freckled: Any) -> None:
    """Variants silence the skin around, not the freckle: contrast rises from none to one to two of them."""
    genotypes = freckled.contrast.max(axis=0).reshape(3, len(TYPES))
    assert (np.diff(genotypes, axis=0) > 0.03).all()
    around = freckled.around["visible_melanin"].max(axis=0).reshape(3, len(TYPES))
    assert (np.diff(around, axis=0) < 0).all()


@pytest.fixture(scope="module")
def treated(watch: Any, lesion: Any, treatment: Any) -> Any:
    """Freckles of type II from June: left alone, sunscreen, a laser, and a laser that leaves the clone."""
    laser = treatment("laser", device="q-switched", weeks=(0,))

    def leave(table: Any) -> None:
        table[:, Channel.NICHE_REMOVAL, 3] = 0

    kinds = ((), (treatment("sunscreen"),), (laser,), (laser,))
    return watch([lesion("freckles", *each, skin_type=2, first_day=JUNE) for each in kinds], 130, leave)


def summer(contrast: Any, year: int) -> Any:
    """The darkest in the three months around midsummer, `year` years on."""
    return contrast[YEAR * year - 45 : YEAR * year + 45].max(axis=0)


def test_sunscreen_keeps_freckles_faint(treated: Any) -> None:
    """A quarter of the sun is a third to a half of the freckle; it goes within weeks and stays away while worn."""
    assert treated.contrast[84, 1] < 0.5 * treated.contrast[84, 0]
    assert summer(treated.contrast, 1)[1] < 0.5 * summer(treated.contrast, 1)[0]


def test_a_laser_takes_freckles_off_and_summer_brings_them_back(treated: Any) -> None:
    """At once nothing is seen, nor all winter; in the next two summers they come back, more in the second."""
    none, _, lasered, _ = treated.contrast.T
    assert lasered[7:200].max() < 0.25 * none[7:200].max()
    first, second = (summer(treated.contrast, year) for year in (1, 2))
    assert first[2] > value("dark_step")
    assert second[2] > 1.2 * first[2]
    assert second[2] < second[0]


def test_a_laser_that_leaves_the_clone_brings_nothing_that_lasts(treated: Any) -> None:
    """The same melanin is gone, the cells that answer are not: by next summer it is as if nothing had been done."""
    assert treated.contrast[7, 3] < 0.25 * treated.contrast[7, 0]
    assert summer(treated.contrast, 1)[3] == pytest.approx(summer(treated.contrast, 1)[0], rel=0.03)


@pytest.fixture(scope="module")
def lasered(watch: Any, lesion: Any, treatment: Any) -> Any:
    """Contrast of sun spots of types II, III and IV over three years: left alone, niche left, niche destroyed."""
    laser = treatment("laser", device="q-switched", weeks=(0,))

    def change(table: Any) -> None:
        table[:, Channel.NICHE_REMOVAL, 3:6] = 0

    skins = [lesion("lentigo", *each, skin_type=k) for each in ((), (laser,), (laser,)) for k in (2, 3, 4)]
    return watch(skins, 156, change).contrast.reshape(-1, 3, 3)


def test_a_sun_spot_comes_back_if_its_niche_is_left(lasered: Any) -> None:
    """Melanin alone is gone in a flash and made anew: nine tenths of the spot after 24 weeks."""
    assert (lasered[7, 1] < 0.1).all()
    assert (lasered[168, 1] > 0.88 * lasered[168, 0]).all()


def test_it_stays_away_much_longer_if_its_niche_is_destroyed(lasered: Any) -> None:
    """The niche takes five years to form again: under a third of the spot after one year, two thirds after three."""
    assert (lasered[364, 2] < 0.33 * lasered[364, 0]).all()
    assert (lasered[-1, 2] < 0.65 * lasered[-1, 0]).all()
    half = [(lasered[:, arm] > 0.5 * lasered[:, 0])[7:].argmax(axis=0) for arm in (1, 2)]
    assert (half[0] < 60).all()
    assert ((half[1] == 0) | (half[1] > 8 * half[0])).all()


@pytest.fixture(scope="module")
def creamed(watch: Any, lesion: Any, treatment: Any) -> Any:
    """Contrast of sun spots: left alone, tretinoin 0.05 % and 0.1 % for 40 weeks, then a quarter of a year without."""
    kinds = [()] + [(treatment("tretinoin", strength=strength, until=40),) for strength in (0.05, 0.1)]
    return watch([lesion("lentigo", *each, first_day=0.0) for each in kinds], 53).contrast


def test_tretinoin_lightens_sun_spots_over_forty_weeks(creamed: Any) -> None:
    """Turnover carries melanin off sooner, more so where there is more of it, and more with more of the drug."""
    none, weak, strong = creamed[40 * 7]
    assert strong < weak < none


def test_when_tretinoin_is_stopped_the_spots_are_back(creamed: Any) -> None:
    """It does not touch the niche: a season later the spots are as dark as those left alone."""
    assert creamed[-1, 1:] == pytest.approx(creamed[-1, 0], rel=0.03)


@pytest.mark.xfail(
    strict=True,
    reason="0.1 % takes 0.06 of 1.27 (4 %) off in 40 weeks, which nobody would see; in print 83 % of the patients were "
    "lighter, against 29 % with vehicle (Rafal 1992)",
)
def test_what_tretinoin_does_can_be_seen(creamed: Any) -> None:
    """Lighter by more than the least difference that is visible."""
    assert creamed[40 * 7, 0] - creamed[40 * 7, 2] > value("dark_step")
