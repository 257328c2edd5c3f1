"""What must not happen in silence: a lesion that is left out, a photograph that is written over."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from repigment.cli import app
from repigment.photographs.folder import measure_folder
from repigment.pictures.camera import CameraModel
from repigment.pictures.lesions import Spot, spotted, vitiligo
from repigment.pictures.photograph import photograph
from tests.photographs.rendered import shot

PLAIN = CameraModel(width=700)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "annotated.png"
    found.write_bytes(photograph(vitiligo("III").with_card(), CameraModel(width=700, form="png")))
    return found


def test_a_photograph_is_never_written_over(file: Path) -> None:
    before = file.read_bytes()
    told = CliRunner().invoke(app, ["measure", str(file), "--out", str(file.parent)])
    assert told.exit_code != 0 and "over the photograph itself" in f"{told.output} {told.exception}"
    later = file.with_name("side-by-side.png")
    later.write_bytes(before)
    told = CliRunner().invoke(app, ["compare", str(file), str(later), "--out", str(file.parent)])
    assert told.exit_code != 0 and "over the photograph itself" in f"{told.output} {told.exception}"
    assert file.read_bytes() == later.read_bytes() == before


def test_a_folder_does_not_measure_its_own_pictures(file: Path) -> None:
    first = measure_folder(file.parent, file.parent)
    again = measure_folder(file.parent, file.parent)
    assert (file.parent / "annotated").is_dir()
    assert [row["photograph"] for row in first] == [row["photograph"] for row in again] == ["annotated.png"]


def test_a_link_to_nothing_is_a_row(file: Path) -> None:
    os.symlink(file.parent / "gone.jpg", file.parent / "a.jpg")
    rows = measure_folder(file.parent, file.parent / "out")
    assert [row["photograph"] for row in rows] == ["a.jpg", "annotated.png"]
    assert rows[0]["status"] == "failed" and rows[0]["problem"]
    assert rows[1]["status"] != "failed"


def test_a_burnt_patch_is_not_replaced_by_something_smaller(tmp_path: Path) -> None:
    found = shot(vitiligo("IV").with_card(), tmp_path, CameraModel(width=700, exposure=2.0))
    assert found.get("area") is None
    assert any("burnt" in each.why and "may be the lesion" in each.why for each in found.refusals)


def test_a_patch_that_fills_the_picture_beside_a_card_is_not_left_out_in_silence(tmp_path: Path) -> None:
    scene = spotted([Spot(30, 22.5, 44.8, 0.02, edge=1.0)], "IV").with_card()
    found = shot(scene, tmp_path, PLAIN, reference_skin=(10, 10, 50, 40))
    area = found.get("area")
    assert area is None or (found.lesion == "lighter" and area.value > 1200)
