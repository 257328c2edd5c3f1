"""Two rendered photographs, from files to what changed: intervals hold the truth, and refusals are heeded."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from repigment.cli import app
from repigment.errors import RepigmentError
from repigment.photographs.comparing import visits
from repigment.photographs.comparing.difference import MIDDLE, difference
from repigment.photographs.comparing.report import comparison_json, comparison_lines, comparison_notes, write_comparison
from repigment.photographs.comparing.visits import Compared, compare_photographs
from repigment.photographs.files.reading import Photograph
from repigment.photographs.options import Options
from repigment.photographs.refusal import Refusal
from repigment.photographs.skin import quality
from repigment.pictures.camera import CameraModel
from repigment.pictures.lesions import Spot, spotted
from repigment.pictures.photograph import photograph
from repigment.pictures.scene import Scene
from repigment.pictures.truth import truth
from tests.photographs.rendered import across

PAIRS = (  # skin type, lamps, diameters in mm, melanin of the patch in folds of own skin's
    ("I", ("D65", "LED-B3"), (18, 18), (0.02, 0.02)),
    ("II", ("D65", "A"), (18, 14), (0.02, 0.02)),
    ("III", ("D65", "LED-B3"), (18, 18), (0.02, 0.02)),
    ("III", ("A", "FL11"), (20, 13), (0.02, 0.3)),
    ("IV", ("FL11", "D65"), (16, 16), (0.02, 0.4)),
    ("IV", ("D65", "LED-B3"), (20, 15), (0.02, 0.02)),
    ("V", ("A", "D65"), (18, 18), (0.02, 0.02)),
    ("V", ("LED-B3", "FL11"), (14, 18), (0.02, 0.02)),
    ("VI", ("D65", "LED-B3"), (18, 12), (0.02, 0.02)),
    ("VI", ("FL11", "A"), (18, 18), (0.02, 0.02)),
)


def patch(diameter: float, melanin: float = 0.02) -> Spot:
    return Spot(30, 22.5, diameter, melanin, edge=1.0, irregular=0.2, seed=4)


def told(folder: Path, scenes: list[Scene], cameras: list[CameraModel], **options: object) -> Compared:
    for name, scene, camera in zip(("before", "after"), scenes, cameras, strict=True):
        (folder / f"{name}.jpg").write_bytes(photograph(scene, camera))
    card = "none" if scenes[0].card is None else across(scenes[0])
    return compare_photographs(folder / "before.jpg", folder / "after.jpg", Options(card=card, **options))  # type: ignore[arg-type]


def shots(*lamps: str, **other: object) -> list[CameraModel]:
    return [
        CameraModel(width=700, lamp=lamp, seed=at + 1, roll=4.0 * at, **other)  # type: ignore[arg-type]
        for at, lamp in enumerate(lamps)
    ]


def scenes_of(skins: tuple[str, str], spots: tuple[Spot, Spot], seed: int, card: bool = True) -> list[Scene]:
    made = [spotted([spot], skin, seed=seed) for spot, skin in zip(spots, skins, strict=True)]
    return [scene.with_card() for scene in made] if card else made


def changes(scenes: list[Scene]) -> dict[str, float]:
    """What is true of a white patch: from the maps of the scenes."""
    left = [np.asarray(each.pigments.melanin) / float(each.own.melanin) for each in scenes]
    inside = 1 - left[0] > 0.5 * np.quantile(1 - left[0], 0.99)
    then = 1 - left[1] > 0.5 * np.quantile(1 - left[0], 0.99)
    return {
        "returned": 100 * float((inside & ~then).sum() / inside.sum()),
        "restored": 100 * float(1 - (1 - left[1])[inside].mean() / (1 - left[0])[inside].mean()),
        "area_before": truth(scenes[0]).area,
        "area_change": 100 * float(then.sum() / inside.sum() - 1),
        "own_change": 0.0,
    }


@pytest.fixture(scope="module")
def carded(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[dict[str, float], Compared]]:
    found = []
    for seed, (skin, lamps, sizes, left) in enumerate(PAIRS):
        spots = (patch(sizes[0], left[0]), patch(sizes[1], left[1]))
        scenes = scenes_of((skin, skin), spots, seed)
        found.append((changes(scenes), told(tmp_path_factory.mktemp("pair"), scenes, shots(*lamps))))
    return found


@pytest.mark.parametrize("name", ["returned", "restored", "area_before", "area_change", "own_change"])
def test_intervals_with_cards_hold_the_truth_in_nine_of_ten(
    carded: list[tuple[dict[str, float], Compared]], name: str
) -> None:
    rows = [(true[name], getattr(found.change, name)) for true, found in carded]
    assert sum(each.low <= true <= each.high for true, each in rows) >= 9, rows


def test_intervals_with_cards_are_of_use(carded: list[tuple[dict[str, float], Compared]]) -> None:
    widths = [found.change.restored.high - found.change.restored.low for _, found in carded]
    assert np.median(widths) < 25
    assert all(found.change.estimates()["own_change"].unit == "um" for _, found in carded)


@pytest.fixture(scope="module")
def tanned(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    scenes = scenes_of(("IV", "V"), (patch(18), patch(18)), 1)
    return told(tmp_path_factory.mktemp("tan"), scenes, shots("D65", "D65"))


def test_a_tan_alone_restores_nothing_and_is_told(tanned: Compared) -> None:
    for each in (tanned.change.returned, tanned.change.restored):
        assert abs(each.value) < 3
        assert each.low <= 0 <= each.high
    own = tanned.change.own_change
    assert own is not None and own.low > 1
    assert any(note.startswith("own skin has become darker by") for note in tanned.change.notes)
    left = tanned.change.left_before
    assert left is not None and left.value < 15


def test_a_tan_leaves_the_picture_of_the_change_pale(tanned: Compared) -> None:
    picture = np.asarray(difference(tanned.change)).astype(int)
    size = tanned.change.change.shape
    inside = picture[40 : size[0] - 40, 10 : size[1] - 10].reshape(-1, 3)
    off = np.abs(inside - MIDDLE).max(axis=1)
    assert np.median(off) < 12  # of 170 at the end of the legend


def test_a_tan_without_a_card_is_told_as_one_with_the_other_reading_in_the_interval(tmp_path: Path) -> None:
    scenes = scenes_of(("IV", "V"), (patch(18), patch(18)), 1, card=False)
    found = told(tmp_path, scenes, shots("D65", "D65"))
    assert abs(found.change.restored.value) < 4 and found.change.returned.value < 3
    assert found.change.restored.low < -40 and found.change.restored.high > 0
    assert any("own skin having become darker" in note for note in found.change.notes)
    assert found.change.area_before is None and found.change.left_before is None


def test_a_blurred_photograph_is_refused_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever quality says of the later photograph's outlines is heeded."""
    real, asked = quality.refusals, []

    def blurred(photograph: Photograph, *rest: Any, **named: Any) -> tuple[Refusal, ...]:
        asked.append(photograph.linear.mean())
        found = real(photograph, *rest, **named)
        return (*found, Refusal("area", "it is blurred.", "Hold it still.")) if len({*asked}) > 1 else found

    monkeypatch.setattr(quality, "refusals", blurred)
    scenes = scenes_of(("IV", "IV"), (patch(18), patch(14)), 1)
    with pytest.raises(RepigmentError, match="it cannot be compared: it is blurred") as raised:
        told(tmp_path, scenes, shots("D65", "D65"))
    assert "after.jpg" in str(raised.value) and "Hold it still" in str(raised.value)


def test_where_colour_is_withheld_melanin_is_not_used(tmp_path: Path) -> None:
    scenes = scenes_of(("IV", "IV"), (patch(18), patch(18)), 1)
    cameras = [shots("D65")[0], CameraModel(width=700, exposure=0.08, noise=0, quality=95, seed=2)]
    found = told(tmp_path, scenes, cameras)
    assert any(each.what == "colour" for each in found.after.refusals)
    assert found.change.own_change is None and found.change.unit == "melanin index"
    notes = comparison_notes(found)
    assert any("No colour" in note and "second photograph" in note for note in notes)
    assert "melanin is not used: the change is told by red light" in notes


@pytest.fixture(scope="module")
def fading(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Compared]:
    folder = tmp_path_factory.mktemp("dark")
    scenes = scenes_of(("III", "III"), (patch(14, 2.2), patch(12, 1.6)), 1)
    return folder, told(folder, scenes, shots("D65", "LED-B3"))


def test_each_change_has_a_unit_and_a_meaning(fading: tuple[Path, Compared]) -> None:
    folder, found = fading
    lines = comparison_lines(found)
    assert all(unit and meaning for _, _, _, unit, meaning in lines)
    assert [line[0] for line in lines][:3] == ["faded", "excess gone", "cleared"]
    rows = json.loads(comparison_json(found))["changes"]
    assert all(row["unit"] and row["meaning"] for row in rows.values())
    assert rows["faded"]["low"] <= 50 <= rows["faded"]["high"]
    for path in write_comparison(found, folder / "out"):
        assert path.stat().st_size > 0


def test_what_says_the_same_is_told_once(fading: tuple[Path, Compared]) -> None:
    change = fading[1].change
    alike = dataclasses.replace(change, restored=dataclasses.replace(change.faded, value=change.faded.value + 1))
    assert "restored" in change.estimates() and "restored" not in alike.estimates()


def test_the_command_takes_places_of_each_photograph(fading: tuple[Path, Compared]) -> None:
    folder, _ = fading
    files = [str(folder / "before.jpg"), str(folder / "after.jpg")]
    own = ["--reference-skin", "60,60,80,80", "--scale", "0,0,350,0,30"]
    done = CliRunner().invoke(app, ["compare", *files, *own, "--reference-skin-after", "80,80,80,80", "--json"])
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)["changes"]
    assert rows["area before"]["unit"] == "mm2"
    wrong = CliRunner().invoke(app, ["compare", *files, *own, "--scale-after", "0,0,oops"])
    assert "are no numbers" in f"{wrong.output}{wrong.exception}"
    beside = CliRunner().invoke(app, ["compare", *files, *own, "--card-corners-after", "1,2"])
    assert "2 numbers were given" in f"{beside.output}{beside.exception}"


@pytest.mark.parametrize("of_second", [None, "ruler", "mm", "stated"])
def test_a_ruler_is_looked_for_in_both(of_second: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the later photograph has none, the first tells lengths, unless one was asked for."""
    asked: list[Options] = []
    without = of_second != "mm"

    def measured(path: str, options: Options) -> str:
        asked.append(options)
        if options.scale == "ruler" and without:
            raise RepigmentError("no ruler was found", where="--scale ruler")
        return path

    monkeypatch.setattr(visits, "measure", measured)
    first = Options(scale="ruler", lesion="darker")
    given = {
        None: Options(site="chin"),
        "ruler": Options(scale="ruler"),
        "mm": Options(mm_per_pixel=0.1),
        "stated": Options(scale=(0, 0, 100, 0, 10.0)),
    }[of_second]
    later = visits._later(first, given)
    assert later is not None
    if of_second is None:
        assert later == dataclasses.replace(given, scale="ruler")
        found = visits._second("after.jpg", later, asked=False)
        assert found[1] == ("in the second photograph no ruler was found: lengths are those of the first",)
        assert asked == [later, given]
        return
    assert later == given
    if of_second == "ruler":
        with pytest.raises(RepigmentError, match="no ruler was found"):
            visits._second("after.jpg", later, asked=True)
    else:
        assert visits._second("after.jpg", later, asked=False)[1] == ()


@pytest.mark.parametrize(("lost", "noted"), [(0.0, False), (0.02, False), (0.06, True)])
def test_draws_without_a_lesion_are_told(lost: float, noted: bool, tanned: Compared) -> None:
    change = dataclasses.replace(tanned.change, restored=dataclasses.replace(tanned.change.restored, lost=lost))
    found = dataclasses.replace(tanned, change=change)
    told = [note for note in comparison_notes(found) if f"{lost:.0%} of the draws behind the intervals" in note]
    assert bool(told) is noted
    assert "lost" not in json.loads(comparison_json(found))["changes"]["restored"]


def test_two_people_are_not_compared(tmp_path: Path) -> None:
    scenes = [spotted([patch(18)], skin_type).with_card() for skin_type in ("IV", "VI")]
    with pytest.raises(RepigmentError, match="hardly of one person"):
        told(tmp_path, scenes, shots("D65", "D65"))
