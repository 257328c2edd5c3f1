"""How patients look: their own skin, what the model's fields do to it, what instruments read, and their pictures."""

import io

import numpy as np
import pytest
from PIL import Image

from repigment.errors import RepigmentError
from repigment.evidence.parameters import parameter, value
from repigment.optics.groups import GROUPS
from repigment.optics.people import SKIN_TYPES, ita_quantiles, own, skin_type_of, type_shares
from repigment.optics.tissue import Pigments, typical
from repigment.patients.album import Album, views, weeks_of, write_album
from repigment.patients.appearance import appearance, reddening
from repigment.patients.colours import colours
from repigment.patients.complexion import complexion, own_ita
from repigment.patients.lesion import Lesion
from repigment.patients.person import Person
from repigment.patients.simulate import PatientCourse, drawn_person, simulate, typical_person
from repigment.patients.ward import Resolution
from repigment.pictures.render import patch
from repigment.pictures.rounded import rounded

COARSE = Resolution(n=16, dx=0.6, steps=1)


@pytest.fixture(scope="module")
def hand() -> PatientCourse:
    return simulate(site="hands", skin_type=4, weeks=4, pictures=[2], resolution=COARSE)


@pytest.fixture(scope="module")
def melasma() -> PatientCourse:
    return simulate(condition="melasma", skin_type=3, weeks=2, pictures=[], resolution=COARSE)


def lesion(condition: str = "vitiligo", **details: float) -> Lesion:
    return Lesion(typical_person(3, "face", condition, **details), "face", (), 1)


def fields(epidermal: float = 1, dermal: float = 0, inflammation: float = 0, niche: float = 0) -> np.ndarray:
    return np.broadcast_to(np.array([epidermal, dermal, inflammation, niche], float)[:, None, None], (4, 3, 3))


def test_own_skin_is_the_middle_of_the_type_unless_it_is_drawn() -> None:
    assert complexion(Person(1, 4)) == (own(4), typical())
    assert own_ita(Person(1, 4)) == pytest.approx(value("ita_IV"), abs=0.5)


@pytest.mark.parametrize("number", range(1, 7))
def test_a_drawn_person_has_the_skin_of_the_type_and_always_the_same(number: int) -> None:
    person = drawn_person(number, "face", 3)
    assert skin_type_of(own_ita(person)) == SKIN_TYPES[number - 1]
    assert complexion(person) == complexion(drawn_person(number, "face", 3))
    assert complexion(person) != complexion(drawn_person(number, "face", 4))


def test_a_type_that_a_group_has_not_is_told() -> None:
    from repigment.trials.report.enrolled import _group_told

    assert "It has nobody of skin type VI: people of that type from all groups stand in." in _group_told("JP", ["VI"])
    assert "stand in" not in _group_told("AF", ["VI"])


@pytest.mark.parametrize("group", GROUPS)
def test_the_types_of_a_group_are_shares_of_a_whole_and_follow_its_skin(group: str) -> None:
    shares = type_shares(group)
    assert sum(shares.values()) == pytest.approx(1)
    below = sum(share for name, share in shares.items() if SKIN_TYPES.index(name) >= 4)
    darkest, middle, _ = ita_quantiles(group, "inner")
    edge = parameter("ita_IV").low
    assert (below > 0.5) == (middle < edge)
    assert below >= 0.05 or darkest > edge


def test_fields_become_pigments() -> None:
    plain = appearance(fields(), lesion())
    assert plain.melanin == pytest.approx(np.full((3, 3), own(3).melanin))
    assert plain.blood == pytest.approx(np.full((3, 3), own(3).blood)) and not plain.dermal.any()
    deep = appearance(fields(0.5, 2), lesion())
    assert deep.melanin[0, 0] == pytest.approx(0.5 * own(3).melanin)
    assert deep.dermal[0, 0] == pytest.approx(2 * own(3).melanin)


def test_inflammation_brings_blood_and_the_niche_only_in_melasma() -> None:
    half = appearance(fields(inflammation=value("redness_half")), lesion())
    assert half.blood[0, 0] == pytest.approx(own(3).blood * (1 + value("blood_rise") / 2))
    vessels = fields(niche=value("redness_vessels"))
    assert appearance(vessels, lesion()).blood[0, 0] == pytest.approx(own(3).blood)
    assert appearance(vessels, lesion("melasma")).blood[0, 0] > 1.5 * own(3).blood


def test_redness_grows_with_sensitivity_and_stays_below_one() -> None:
    red = reddening(np.array([0.0, 0.1, 1.0, 100.0]), 0.0, 1.0)
    assert red[0] == 0 and np.all(np.diff(red) > 0) and red[-1] < 1
    assert np.all(reddening(np.array([0.1, 1.0]), 0.0, 2.0) > red[1:3])


def test_instruments_see_a_white_lesion_in_brown_skin(hand: PatientCourse) -> None:
    read = colours(hand)
    assert list(read.index) == [0, 2, 4]
    first = read.loc[0]
    assert first["lesion"]["ITA"] > first["around"]["ITA"] + 20
    assert first["lesion"]["melanin index"] < first["around"]["melanin index"]
    slope = np.tan(np.radians(first["around"]["ITA"]))
    assert first["around"]["L*"] == pytest.approx(50 + slope * first["around"]["b*"])


def test_the_mexameter_score_agrees_with_the_optics() -> None:
    """715 log10 of the red light is the Mexameter's scale; one unit of melanin is the own skin of type III."""
    from repigment.optics.indices import melanin_index
    from repigment.optics.skin import spectrum

    bare, twice = (melanin_index(spectrum(Pigments(n * own("III").melanin, own("III").blood))) for n in (1, 2))
    on_its_scale = 500 / np.log10(5) / 100 * (twice - bare)
    assert on_its_scale == pytest.approx(value("mexameter_slope"), rel=0.15)


def test_an_album_has_a_picture_a_visit_before_and_after_and_a_film(hand: PatientCourse, tmp_path) -> None:
    album = Album(width=96, films=("gif", "mp4"))
    first = {path.name: path.read_bytes() for path in write_album(hand, tmp_path / "one", album)}
    names = {"week-000.png", "week-002.png", "week-004.png", "before-after.png", "film.gif", "film.mp4"}
    assert set(first) == names
    second = {path.name: path.read_bytes() for path in write_album(hand, tmp_path / "two", album)}
    assert first == second
    assert Image.open(io.BytesIO(first["film.gif"])).n_frames == 3
    assert Image.open(io.BytesIO(first["week-000.png"])).size[0] == 96


def test_a_region_shows_whole_lesions_and_a_face_a_face(hand: PatientCourse, melasma: PatientCourse) -> None:
    region, *_ = Album("region", 128).frames(hand)
    pixels = np.asarray(region.convert("L"), float)
    white = pixels > np.median(pixels) + 20
    assert 0.05 < white.mean() < 0.6
    face, *_ = Album("face", 128).frames(melasma)
    assert face.height > face.width


def test_views_are_those_of_the_condition(hand: PatientCourse, melasma: PatientCourse) -> None:
    assert views(hand.lesion.condition) == ("patch", "region")
    with pytest.raises(RepigmentError, match=r"Vitiligo has no view 'face'\. In: --view\. Allowed: patch, region\."):
        Album("face", 96).frames(hand)
    with pytest.raises(RepigmentError, match=r"Melasma has no view 'patch'\. In: --view\. Allowed: face\."):
        Album("patch", 96).frames(melasma)
    with pytest.raises(RepigmentError, match=r"no film is written as 'avi'\. In: --film\. Allowed: gif, mp4, none\."):
        Album(films=("avi",)).frames(hand)
    with pytest.raises(RepigmentError, match=r"no picture can be taken every 9 weeks of 4\. In: --every\."):
        weeks_of(4, 9)


def test_a_strip_is_laid_round_a_lesion() -> None:
    strip = np.where(np.arange(20) < 5, 3.0, 0.1) * np.ones((20, 1))
    melanin = np.asarray(rounded(Pigments(strip, 0.01 * strip), 0.5, 5.0, 8.0, 4.0).melanin)
    area = 0.25 * (melanin < 1.5).sum()
    assert area == pytest.approx(np.pi * 64, rel=0.06)
    assert melanin[0, 0] == pytest.approx(3)
    assert melanin[24, 24] == pytest.approx(0.1)
    with pytest.raises(RepigmentError, match="a strip of 20 columns has no edge at column 0"):
        rounded(Pigments(strip, strip), 0.5, 0.0, 8.0, 4.0)


def test_a_picture_has_the_colour_of_the_patients_skin(hand: PatientCourse) -> None:
    """Rendered own skin has the ITA that the instrument is said to read."""
    from repigment.optics.colour import decode, ita, lab, xyz_of_rgb
    from repigment.optics.people import ita_of

    image = patch(Pigments(np.full((4, 4), own(4).melanin), own(4).blood), 1.0, 64, texture=0, bar=False)
    rendered = ita(lab(xyz_of_rgb(decode(np.asarray(image)[32, 32] / 255))))
    assert rendered == pytest.approx(float(ita_of(own(4))), abs=1)
    assert hand.pigments.melanin.shape == (3, 16, 16)
