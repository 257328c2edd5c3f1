"""What the year does to the skin that every condition is compared with."""

from typing import Any

import pytest

LATITUDES = (0.0, 45.0, 55.0)
TYPES = (1, 2, 3, 4, 5, 6)


@pytest.fixture(scope="module")
def year(watch: Any, lesion: Any) -> Any:
    """Darkest over lightest visible melanin of facial skin in a year, (latitudes, skin types)."""
    faces = [lesion("melasma", skin_type=each, latitude=north) for north in LATITUDES for each in TYPES]
    seen = watch(faces, 52).around["visible_melanin"]
    return (seen.max(axis=0) / seen.min(axis=0)).reshape(len(LATITUDES), len(TYPES))


def test_summer_is_darker_than_winter_up_to_two_fold(year: Any) -> None:
    """Sun drives melanogenesis and the epidermis renews in weeks: a season shows, two-fold at the most."""
    assert (year[1:] > 1.3).all()
    assert (year < 2).all()


def test_there_is_no_season_where_the_sun_has_none(year: Any) -> None:
    """At the equator the dose hardly changes over the year, so the skin does not either."""
    assert (year[0] < 1.1).all()
    assert (year[2] > year[1]).all()


def test_darker_skin_has_less_of_a_season(year: Any) -> None:
    """Melanin screens the sun that makes more of it (X = exp(-k_scr phi P)): the fold falls from type I to VI."""
    assert (year[1:, 1:] < year[1:, :-1]).all()


def test_skin_that_makes_freckles_hardly_tans(watch: Any, lesion: Any) -> None:
    """Variants of MC1R lower the answer to sun of all skin: the more of them, the flatter the year."""
    kinds = ({"one_variant": 0, "two_variants": 0}, {"one_variant": 1}, {"one_variant": 0, "two_variants": 1})
    seen = watch([lesion("freckles", skin_type=2, said=said) for said in kinds], 52).around["visible_melanin"]
    none, one, two = seen.max(axis=0) / seen.min(axis=0)
    assert none > one > two
    assert two < 1.25
