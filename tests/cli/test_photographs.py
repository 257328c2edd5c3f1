"""Measuring, comparing and rendering as a person types it."""

import io
import json
from pathlib import Path

import pytest
from PIL import Image

from repigment.pictures.camera import CameraModel
from repigment.pictures.lesions import vitiligo
from repigment.pictures.photograph import photograph
from repigment.pictures.truth import truth
from tests.cli.test_cli import run

WIDE = CameraModel(width=1400)
ACROSS = str(vitiligo().with_card().card.width * 260 / 279.4)  # mm across the six patches of the card


@pytest.fixture(scope="module")
def visits(tmp_path_factory) -> Path:
    place = tmp_path_factory.mktemp("visits")
    for name, diameter in (("before", 24.0), ("after", 16.0)):
        (place / f"{name}.jpg").write_bytes(photograph(vitiligo("IV", diameter, 3).with_card(), WIDE))
    return place


def test_measure_tells_what_it_found_and_writes_it_down(visits: Path, tmp_path: Path) -> None:
    code, out, err = run("measure", str(visits / "before.jpg"), "--card", ACROSS, "--json", "--out", str(tmp_path))
    assert code == 0 and all(line.startswith("written: ") for line in err.splitlines())
    told = json.loads(out)
    measures = {each["name"]: each for each in told["measures"]}
    assert told["lesion"] == "lighter" and told["refusals"] == []
    true = truth(vitiligo("IV", 24.0, 3).with_card())
    area = measures["area"]
    assert area["low"] < true.area < area["high"]
    assert {each.name for each in tmp_path.iterdir()} == {"measures.json", "measures.csv", "annotated.png", "maps.npz"}
    assert json.loads((tmp_path / "measures.json").read_text()) == told
    assert Image.open(tmp_path / "annotated.png").info == {}


def test_measure_says_what_it_withholds(visits: Path) -> None:
    code, out, err = run("measure", str(visits / "before.jpg"), "--card", "none")
    assert (code, err) == (0, "")
    assert "withheld: No colour:" in out and "withheld: No area:" in out
    assert "no medical device" in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--card", "big"), "card"),
        (("--scale", "1,2,three,4,5"), "are no numbers. In: --scale."),
        (("--reference-skin", "1,2,3"), "3 numbers were given. In: --reference-skin. Allowed: 4 numbers."),
        (("--mm-per-pixel", "-1"), "mm"),
        (("--site", "knee"), "'knee' is no area of the face. In: --site."),
        (("--lesion", "blue"), "a lesion cannot be 'blue'. In: --lesion. Allowed: lighter, darker."),
        (("--camera", "nikon-5100"), "In: --camera."),
        (("--mm-per-pixel", "1e9"), "In: --mm-per-pixel. Allowed: 0.0001 to 10 mm a pixel."),
        (("--scale=-5,0,99999,0,20",), "the point -5,0 lies outside of the photograph. In: --scale, for before.jpg."),
        (("--card", ACROSS, "--camera", "phone-c", "--lamp", "D65"), "no camera is called 'phone-c'. In: --camera."),
        (("--card", ACROSS, "--skin-type", "IX"), "skin type 'IX' does not exist. In: --skin-type."),
        (("--json", "--csv"), "a result is printed in one form"),
        (("--resume",), "is one photograph. In: --anonymous, --resume. Do: they are for a folder."),
        (("--reference-skin", "9,9,99999,9"), "the box 9,9,99999,9 leaves the photograph. In: --reference-skin."),
    ],
)
def test_a_mistake_is_one_message(visits: Path, words: tuple[str, ...], told: str) -> None:
    code, out, err = run("measure", str(visits / "before.jpg"), *words)
    assert (code, out) == (2, "")
    assert told in err and "Traceback" not in err and err.startswith("repigment: ")


def test_a_file_that_is_not_there_is_one_message() -> None:
    code, out, err = run("measure", "nowhere.jpg")
    assert (code, out) == (2, "") and "Traceback" not in err and "nowhere.jpg" in err


def test_a_folder_becomes_a_table(visits: Path, tmp_path: Path) -> None:
    code, out, err = run("measure", str(visits), "--card", ACROSS, "--csv", "--out", str(tmp_path))
    assert code == 0 and "written: " in err
    assert out == (tmp_path / "measures.csv").read_text()
    assert [line.split(",")[0] for line in out.splitlines()] == ["photograph", "after.jpg", "before.jpg"]


def test_compare_finds_what_has_repigmented(visits: Path, tmp_path: Path) -> None:
    first, second = str(visits / "before.jpg"), str(visits / "after.jpg")
    code, out, _ = run("compare", first, second, "--card", ACROSS, "--json", "--out", str(tmp_path))
    assert code == 0
    found = json.loads(out)["changes"]["repigmented"]
    areas = [truth(vitiligo("IV", diameter, 3)).area for diameter in (24.0, 16.0)]
    true = 100 * (1 - areas[1] / areas[0])
    assert found["value"] == pytest.approx(true, abs=3)
    assert found["low"] <= true <= found["high"]
    assert {each.name for each in tmp_path.iterdir()} == {"side-by-side.png", "difference.png", "comparison.json"}


def test_compare_by_a_camera_and_something_grey(tmp_path: Path) -> None:
    for name, diameter in (("before", 24.0), ("after", 16.0)):
        camera = CameraModel(width=700, sensor="phone-a", lamp="A")
        (tmp_path / f"{name}.jpg").write_bytes(photograph(vitiligo("IV", diameter, 3).with_card(), camera))
    both = [str(tmp_path / "before.jpg"), str(tmp_path / "after.jpg"), "--card", "none", "--json"]
    light, grey = ("--camera", "phone-a", "--lamp", "A"), "289,943,21,21,0.353"  # the third grey of the card
    words = (*light, "--grey", grey, "--grey-after", grey, "--mm-per-pixel", "0.1", "--mm-per-pixel-after", "0.2")
    code, out, _ = run("compare", *both, *words)
    told = json.loads(out)
    assert code == 0 and {told["before"]["colour by"], told["after"]["colour by"]} == {"camera"}
    assert "own change" in told["changes"] and any("disagree" in note for note in told["notes"])
    own = ("--skin-type", "IV", "--reference-skin", "20,20,80,80", "--reference-skin-after", "20,20,80,80")
    code, out, _ = run("compare", *both, *light, *own)
    told = json.loads(out)
    assert code == 0 and "own change" not in told["changes"] and any("a tan" in note for note in told["notes"])


def test_a_place_in_the_later_photograph_is_told_as_such(visits: Path) -> None:
    both = str(visits / "before.jpg"), str(visits / "after.jpg")
    code, _, err = run("compare", *both, "--grey-after", "1,2,3")
    assert code == 2 and "3 numbers were given. In: --grey, of the later one." in err


def test_words_of_the_table_are_whole_at_80_columns(visits: Path, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, out, _ = run("measure", str(visits / "before.jpg"), "--card", "55.8")
    assert code == 0 and max(map(len, out.split("conditions:")[0].splitlines())) <= 80
    words = out.split()
    for word in ("patches", "across", "depigmentation", "grades", "erythema"):
        assert word in words, word


def test_render_makes_pictures_and_a_film(tmp_path: Path) -> None:
    words = ("--condition", "freckles", "--skin-type", "2", "--group", "CA", "--weeks", "4", "--every", "2")
    code, out, _ = run("render", "--out", str(tmp_path), *words, "--view", "region", "--width", "96", "--card")
    assert code == 0 and out.count("written: ") == 5
    film = Image.open(io.BytesIO((tmp_path / "film.gif").read_bytes()))
    assert film.n_frames == 3


def test_render_refuses_before_it_follows_anybody(tmp_path: Path) -> None:
    for words, told in (
        (("--view", "face"), "Vitiligo has no view 'face'"),
        (("--width", "5"), "pixels wide"),
        (("--film", "avi"), "no film is written as 'avi'"),
        (("--group", "XX"), "there is no group 'XX'"),
        (("--every", "0"), "no picture can be taken every 0 weeks"),
    ):
        code, out, err = run("render", "--out", str(tmp_path), "--weeks", "4", "--every", "2", *words)
        assert (code, out) == (2, "") and told in err, words
    assert list(tmp_path.iterdir()) == []
