"""Melasma: the seasons, what feeds it, what calms it, and that it comes back."""

from typing import Any

import numpy as np
import pytest

from repigment.evidence.parameters import value
from repigment.skin.face import areas, outline

NOVEMBER = 305.0  # day of the year
FORMS = ("epidermal", "mixed", "dermal")
TYPES = (1, 2, 3, 4, 5, 6)
STOP = 16 * 7  # day on which hydroquinone is stopped
SUMMER = slice(215, 336)  # days from November: June to September


def of_form(form: str) -> dict[str, float]:
    return {name: float(name == form) for name in FORMS[1:]}


@pytest.fixture(scope="module")
def sheltered(watch: Any, lesion: Any, treatment: Any) -> Any:
    """Contrast (days, 3, types) from March: without sunscreen, with one, with a tinted one."""
    creams = [(), (treatment("sunscreen"),), (treatment("sunscreen", tinted=True),)]
    skins = [lesion("melasma", *cream, skin_type=k) for cream in creams for k in TYPES]
    return watch(skins, 52).contrast.reshape(-1, 3, len(TYPES))


def test_it_is_darker_in_summer_than_in_winter(sheltered: Any) -> None:
    """UV feeds the niche and melanogenesis of the map more than that around: contrast follows the sun, and stays."""
    bare = sheltered[:, 0]
    summer, winter = bare[80:180].mean(axis=0), bare[270:364].mean(axis=0)
    assert (summer > 1.05 * winter).all()
    assert (summer > 1.3 * winter)[:3].all()
    assert (winter > 0.4 * summer).all()


def test_the_season_lags_behind_the_sun(sheltered: Any) -> None:
    """The niche takes two months to answer, the epidermis one: darkest four to twelve weeks after the solstice."""
    darkest = sheltered[:, 0].argmax(axis=0) + 80 - 172
    assert ((darkest >= 28) & (darkest <= 90)).all()


def test_sunscreen_protects(sheltered: Any) -> None:
    """Less UV, less niche: at the height of summer the contrast is lower in every skin type."""
    assert (sheltered[150, 1] < 0.93 * sheltered[150, 0]).all()


def test_a_tint_helps_from_skin_type_iii_on(sheltered: Any) -> None:
    """Visible light pigments types III and darker (a_v), and iron oxides filter it; on types I and II it does not."""
    plain, tinted = sheltered[150, 1], sheltered[150, 2]
    assert (tinted[2:] < 0.85 * plain[2:]).all()
    assert np.array_equal(sheltered[:, 1, :2], sheltered[:, 2, :2])


@pytest.fixture(scope="module")
def winter_course(watch: Any, lesion: Any, treatment: Any) -> Any:
    """Contrast from November (days, forms, 3): untreated, 16 weeks of hydroquinone, that and lasting sunscreen."""
    cream, screen = treatment("hydroquinone", until=STOP // 7), treatment("sunscreen")
    arms = ((), (cream,), (cream, screen))
    skins = [lesion("melasma", *arm, said=of_form(form), first_day=NOVEMBER) for form in FORMS for arm in arms]
    return watch(skins, 52).contrast.reshape(-1, len(FORMS), 3)


def test_hydroquinone_lightens(winter_course: Any) -> None:
    """Less tyrosinase: after 16 weeks at least a fifth of what is left without it is gone."""
    assert (winter_course[STOP, :, 1] < 0.8 * winter_course[STOP, :, 0]).all()


def test_it_relapses_when_hydroquinone_is_stopped(winter_course: Any) -> None:
    """The niche is untouched: twelve weeks after the last dose the patch is as it would have been."""
    untreated, stopped = winter_course[STOP + 84, :, 0], winter_course[STOP + 84, :, 1]
    assert stopped == pytest.approx(untreated, rel=0.03)
    assert (winter_course[SUMMER, :, 1].max(axis=0) > winter_course[0, :, 1]).all()


def test_sunscreen_after_hydroquinone_keeps_the_relapse_small(winter_course: Any) -> None:
    """What comes back comes with the sun: next summer the worst is a quarter lower under sunscreen."""
    worst = winter_course[SUMMER].max(axis=0)
    assert (worst[:, 2] < 0.8 * worst[:, 1]).all()
    for form in range(2):
        back = [(winter_course[STOP:, form, arm] > winter_course[0, form, arm]).argmax() for arm in (1, 2)]
        assert back[0] > 0
        assert back[1] == 0, "never back to what it was at enrolment"


def test_hydroquinone_does_less_for_the_dermal_form(winter_course: Any) -> None:
    """It stops what is made in the epidermis; what lies in the dermis stays (half-life a year)."""
    gained = 1 - winter_course[STOP, :, 1] / winter_course[STOP, :, 0]
    epidermal, mixed, dermal = gained
    assert epidermal > mixed > dermal
    assert dermal < 0.75 * epidermal


def test_the_deeper_the_form_the_darker_and_the_steadier(winter_course: Any) -> None:
    """Melanin of the dermis adds to the patch and knows no season."""
    bare = winter_course[:, :, 0]
    assert (np.diff(bare.mean(axis=0)) > 0).all()
    assert (np.diff(bare.min(axis=0) / bare.max(axis=0)) > 0).all()


@pytest.fixture(scope="module")
def hormonal(watch: Any, lesion: Any, treatment: Any) -> Any:
    """Contrast (days, 3) over two years: under hormones throughout, left off at once, never any."""
    kinds = ((1.0, ()), (1.0, (treatment("hormone-stop"),)), (0.0, ()))
    return watch([lesion("melasma", *given, said={"hormonal": share}) for share, given in kinds], 104).contrast


def test_hormones_feed_it(hormonal: Any) -> None:
    """They raise the set point of the niche (h_E): darker all year than the same patient without."""
    assert (hormonal[:, 0] > 1.15 * hormonal[:, 2]).all()


def test_leaving_hormones_off_improves_it(hormonal: Any) -> None:
    """The niche follows over months: some of it is gone by the first summer, nearly all after two years."""
    summer = hormonal[140]
    assert summer[2] < summer[1] < 0.9 * summer[0]
    assert hormonal[-1, 1] == pytest.approx(hormonal[-1, 2], rel=0.02)


@pytest.fixture(scope="module")
def tranexamic(watch: Any, lesion: Any, treatment: Any) -> Any:
    """Untreated, tablets for 24 weeks, and the cream, from March."""
    kinds = ((), (treatment("oral-tranexamic-acid", until=24),), (treatment("tranexamic-acid-cream", until=24),))
    return watch([lesion("melasma", *given) for given in kinds], 64)


def test_the_niche_answers_to_tranexamic_acid(tranexamic: Any) -> None:
    """Plasmin blocked, UV feeds the niche less and it shrinks sooner: under a third of it after 24 weeks of tablets."""
    niche = tranexamic.lesional["niche"][24 * 7]
    assert niche[1] < niche[0] / 3
    assert niche[1] < niche[2] < 0.9 * niche[0]


def test_melanin_follows_the_niche(tranexamic: Any) -> None:
    """Tablets lower the contrast by more than a third at the end of summer, the cream less; a year on both are lost."""
    untreated, tablets, cream = tranexamic.contrast[24 * 7]
    assert tablets < 0.65 * untreated and tablets < cream < untreated
    assert tranexamic.contrast[-1, 1:] == pytest.approx(tranexamic.contrast[-1, 0], rel=0.03)


def test_darker_skin_has_darker_patches(sheltered: Any) -> None:
    """Contrast is in absolute melanin (phi): it rises with skin type, and hardly shows without visible light."""
    assert (np.diff(sheltered[:, 0], axis=-1) > 0).all()
    assert (sheltered[:, 0, 2] > 2 * sheltered[:, 0, 1]).all()


GRIDS = (12, 24, 48)
EXTENTS = (0.1, 0.24, 0.5)


def face(lesion: Any, extent: float, seed: int = 1) -> Any:
    """A lesion that covers this share of the face; other seeds are other faces."""
    found = lesion("melasma")
    found.person.areas["face"] = extent * value("face_area")
    return type(found)(found.person, "face", (), seed)


@pytest.mark.parametrize("n", GRIDS)
@pytest.mark.parametrize("extent", EXTENTS)
def test_the_map_has_the_area_that_is_asked_for(lesion: Any, n: int, extent: float) -> None:
    """Skin that is more than half lesional is the asked share of the face, to a pixel's worth of rounding."""
    share = face(lesion, extent).window(n, value("face_width") / n).share
    assert (share > 0.5).sum() / outline(n).sum() == pytest.approx(extent, abs=1.5 / outline(n).sum())


def test_the_halves_of_a_face_agree(lesion: Any) -> None:
    """Melasma is symmetrical: over twenty faces right and left areas agree within a third, and no side is favoured."""
    n = 24
    sides = []
    for seed in range(20):
        share = face(lesion, 0.24, seed).window(n, value("face_width") / n).share
        right, left = share[:, : n // 2], share[:, n // 2 :][:, ::-1]
        assert np.corrcoef(right.ravel(), left.ravel())[0, 1] > 0.6
        sides.append((right.sum() - left.sum()) / share.sum())
    assert max(map(abs, sides)) < 1 / 3
    assert abs(np.mean(sides)) < 0.05


def test_a_face_without_asymmetry_is_its_own_mirror_image() -> None:
    """With no share of the mottling of its own each half is the other's image, to the last bit."""
    from repigment.skin.face import melasma_map

    share = melasma_map(24, 0.3, 0.0, value("melasma_edge"), np.random.default_rng(3))
    assert share == pytest.approx(share[:, ::-1], abs=1e-6)


def test_nothing_lies_beside_the_face(lesion: Any) -> None:
    """The map, and the skin it is compared with, are parts of the face and no others."""
    window = face(lesion, 0.24).window(24, value("face_width") / 24)
    assert not window.share[~outline(24)].any()
    assert not window.outside[~outline(24)].any()
    assert (window.parts > 0).any(axis=0).tolist() == areas(24).any(axis=0).tolist()
