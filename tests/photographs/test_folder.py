"""A folder of photographs: a row each, failures among them, and an interrupted run that goes on."""

import csv
import errno
import os
from pathlib import Path
from typing import Any

import pytest

from repigment.errors import RepigmentError
from repigment.photographs.files.formats import EVERY_SUFFIX
from repigment.photographs.files.originals import spare
from repigment.photographs.folder import ALL, measure_folder, photographs
from repigment.photographs.measure import Measurement
from repigment.photographs.measures import Measure
from repigment.photographs.options import Options
from repigment.pictures.camera import CameraModel
from repigment.pictures.lesions import vitiligo
from repigment.pictures.photograph import photograph

BAD = b"no picture at all"
SEEN: Any = object()  # whatever a photograph shows


@pytest.fixture(scope="module")
def white() -> bytes:
    return photograph(vitiligo("IV", 20.0).with_card(), CameraModel(width=700))


@pytest.fixture
def folder(tmp_path: Path, white: bytes) -> Path:
    place = tmp_path / "photographs"
    (place / "later").mkdir(parents=True)
    (place / "a.jpg").write_bytes(white)
    (place / "b.jpg").write_bytes(BAD)
    (place / "later" / "c.JPG").write_bytes(white)
    (place / "notes.txt").write_text("not a photograph")
    return place


def rows_of(table: Path) -> list[dict[str, str]]:
    with table.open(newline="") as file:
        return list(csv.DictReader(file))


def test_every_photograph_is_a_row_and_a_failure_tells_its_reason(folder: Path, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    out = tmp_path / "out"
    rows = measure_folder(folder, out, Options(card="mini"), tell=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 3), (2, 3), (3, 3)]
    kept = rows_of(out / "measures.csv")
    assert [each["photograph"] for each in kept] == ["a.jpg", "b.jpg", "later/c.JPG"]
    assert kept[0]["status"] == "measured" and float(kept[0]["area"]) > 0
    assert kept[1]["status"] == "failed" and "b.jpg" in kept[1]["problem"]
    assert {key: each for key, each in kept[0].items() if key != "photograph"} == {
        key: each for key, each in kept[2].items() if key != "photograph"
    }
    assert tuple(kept[0]) == ALL and len(rows) == 3


def test_no_path_of_the_folder_is_told(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    measure_folder(folder, out)
    assert (
        str(folder) not in (out / "measures.csv").read_text() and folder.name not in (out / "measures.csv").read_text()
    )


def test_anonymous_rows_name_no_file(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    measure_folder(folder, out, anonymous=True)
    text = (out / "measures.csv").read_text()
    assert all(name not in text for name in ("a.jpg", "b.jpg", "c.JPG", "later"))
    names = [each["photograph"] for each in rows_of(out / "measures.csv")]
    assert names[0] == names[2] != names[1], "a digest of what is in the file"


def test_an_interrupted_run_goes_on_where_it_stopped(folder: Path, tmp_path: Path, monkeypatch) -> None:
    out = tmp_path / "out"

    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measure_folder(folder, out, tell=stop)
    assert len(rows_of(out / "measures.csv")) == 2
    first = (out / "measures.csv").read_text()
    photographed = sorted(each.name for each in (out / "annotated").iterdir())
    assert photographed == ["a.jpg.png"]
    asked: list[str] = []
    from repigment.photographs import folder as module

    real = module.measured
    monkeypatch.setattr(module, "measured", lambda seen, options: (asked.append(seen.name), real(seen, options))[1])
    measure_folder(folder, out, resume=True)
    assert asked == ["c.JPG"], "what was measured stays"
    assert (out / "measures.csv").read_text().startswith(first)


def test_another_table_is_not_overwritten_by_going_on(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "measures.csv"
    table.write_text("patient,age\n1,40\n")
    with pytest.raises(RepigmentError, match=r"the file holds another table\. In: measures\.csv\. Do: leave out"):
        measure_folder(folder, tmp_path, resume=True)
    assert table.read_text() == "patient,age\n1,40\n"


def test_going_on_with_other_options_measures_anew(folder: Path, tmp_path: Path) -> None:
    measure_folder(folder, tmp_path / "out", Options(card="none"))
    rows = measure_folder(folder, tmp_path / "out", Options(card="mini"), resume=True)
    assert float(rows[0]["area"]) > 0


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Measures nothing of a photograph but draws its picture; the names of those that were asked for."""
    from repigment.photographs import folder as module

    asked: list[str] = []
    found = Measurement("lighter", (), "none", (Measure("contrast", 1.0, 0.5, 1.5, "-", "-"),), (), (), SEEN)
    monkeypatch.setattr(module, "unpacked", lambda data, name, pixels: name)
    monkeypatch.setattr(module, "measured", lambda name, options: (asked.append(name), found)[1])
    monkeypatch.setattr(module, "row", lambda found: {})
    monkeypatch.setattr(module, "annotate", lambda found: b"drawn")
    return asked


@pytest.mark.parametrize("kind", [ValueError, IndexError, KeyError, TypeError, RuntimeError, MemoryError])
def test_a_surprise_in_one_photograph_is_a_row(
    kind: type[Exception], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from repigment.photographs import folder as module

    def burst(*_: object) -> None:
        raise kind("inside")

    monkeypatch.setattr(module, "unpacked", burst)
    rows = measure_folder(folder, tmp_path / "out")
    assert len(rows) == 3 and {each["status"] for each in rows} == {"failed"}
    assert rows[0]["problem"] == f"it cannot be measured ({kind.__name__})"


def test_a_name_that_is_no_text_is_told_by_its_bytes(tmp_path: Path, quick: list[str]) -> None:
    place = tmp_path / "photographs"
    place.mkdir()
    for name, data in ((b"\xff.jpg", b"seen"), (b"\xfe.png", b""), ("é.jpg".encode(), b"seen")):
        (place / os.fsdecode(name)).write_bytes(data)
    rows = measure_folder(place, tmp_path / "out")
    assert sorted(quick) == ["\\xff.jpg", "é.jpg"]
    kept = {each["photograph"]: each for each in rows_of(tmp_path / "out" / "measures.csv")}
    assert set(kept) == {"\\xfe.png", "\\xff.jpg", "é.jpg"} == {each["photograph"] for each in rows}
    assert "In: \\xfe.png." in kept["\\xfe.png"]["problem"]
    assert {each.name for each in (tmp_path / "out" / "annotated").iterdir()} == {"\\xff.jpg.png", "é.jpg.png"}


def test_every_kind_that_is_read_is_found(tmp_path: Path) -> None:
    for suffix in (*EVERY_SUFFIX, ".JFIF", ".txt", ".dng"):
        (tmp_path / f"arm{suffix}").write_bytes(b"")
    assert {each.suffix for each in photographs(tmp_path).paths} == {*EVERY_SUFFIX, ".JFIF"}


def test_a_folder_that_may_not_be_read_is_a_row(
    folder: Path, tmp_path: Path, quick: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    def shut(place: str | Path) -> object:
        if Path(place).name == barred:
            raise PermissionError(errno.EACCES, "Permission denied", os.fspath(place))
        return real(place)

    barred = "later"
    monkeypatch.setattr(os, "scandir", shut)
    rows = measure_folder(folder, tmp_path / "out")
    assert [(each["photograph"], each["status"]) for each in rows] == [
        ("a.jpg", "measured"),
        ("b.jpg", "measured"),
        ("later", "failed"),
    ]
    assert rows[2]["problem"].startswith("you may not read it. In: later. Do: ask its owner")
    hidden = measure_folder(folder, tmp_path / "hidden", anonymous=True)[2]
    assert hidden["photograph"] == "folder 3" and "later" not in hidden["problem"]
    barred = folder.name
    with pytest.raises(RepigmentError, match=r"you may not read it\. In: photographs\."):
        measure_folder(folder, tmp_path / "out")


def test_rows_of_another_version_or_without_their_picture_are_made_anew(
    folder: Path, tmp_path: Path, quick: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from repigment.photographs import folder as module

    out = tmp_path / "out"
    measure_folder(folder, out)
    first = rows_of(out / "measures.csv")
    measure_folder(folder, out, Options(), resume=True)
    assert quick == ["a.jpg", "b.jpg", "c.JPG"], "what was measured stays"
    (out / "annotated" / "b.jpg.png").unlink()
    measure_folder(folder, out, resume=True)
    assert rows_of(out / "measures.csv") == first
    assert quick[3:] == ["b.jpg"] and (out / "annotated" / "b.jpg.png").is_file()
    monkeypatch.setattr(module, "digest", lambda: "other numbers")
    measure_folder(folder, out, resume=True)
    assert len(quick) == 4 + 3
    monkeypatch.setattr(module, "version", lambda name: "99")
    measure_folder(folder, out, resume=True)
    assert len(quick) == 4 + 6


def test_links_that_lead_nowhere_and_pipes_are_rows(tmp_path: Path, white: bytes) -> None:
    place = tmp_path / "photographs"
    place.mkdir()
    (place / "again").symlink_to(place, target_is_directory=True)
    (place / "broken.jpg").symlink_to(place / "nowhere.jpg")
    (place / "self.jpg").symlink_to(place / "self.jpg")
    os.mkfifo(place / "pipe.jpg")
    (place / "white.jpg").write_bytes(white)
    heard: list[tuple[int, int]] = []
    rows = measure_folder(place, tmp_path / "out", tell=lambda done, total: heard.append((done, total)))
    assert [each["photograph"] for each in rows] == ["broken.jpg", "pipe.jpg", "self.jpg", "white.jpg"]
    assert [each["status"] == "failed" for each in rows] == [True, True, True, False]
    assert rows[2]["problem"] == "it is a link that leads to itself. In: self.jpg. Do: name the file itself."
    assert heard == [(1, 4), (2, 4), (3, 4), (4, 4)]
    hidden = measure_folder(place, tmp_path / "hidden", anonymous=True)
    assert hidden[0]["photograph"] == "photograph 1" and "broken" not in hidden[0]["problem"]


def test_the_table_is_kept_when_photographs_fail(tmp_path: Path, monkeypatch) -> None:
    from repigment.photographs import folder as module

    for name in ("a.jpg", "b.jpg", "c.jpg"):
        (tmp_path / name).symlink_to(tmp_path / "nowhere")
    kept: list[int] = []
    monkeypatch.setattr(module, "SAVED", 1)
    monkeypatch.setattr(module, "save", lambda content, path, what: kept.append(content.count("failed")))
    measure_folder(tmp_path, tmp_path / "out")
    assert kept == [1, 2, 3, 3], "after each, and at the end"


def test_annotated_pictures_of_the_same_run_are_no_photographs(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "annotated").mkdir(parents=True)
    (out / "annotated" / "a.jpg.png").write_bytes(b"made")
    with pytest.raises(RepigmentError, match="the folder holds no photographs but annotated pictures of --out"):
        measure_folder(out / "annotated", out)
    assert not (out / "measures.csv").exists()


def test_a_photograph_under_another_name_is_not_written_over(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "annotated").mkdir(parents=True)
    (out / "annotated" / "a.jpg.png").hardlink_to(folder / "a.jpg")
    with pytest.raises(RepigmentError, match=r"written over the photograph itself\. In: a\.jpg\."):
        measure_folder(folder, out)
    (tmp_path / "annotated.png").symlink_to(folder / "a.jpg")
    with pytest.raises(RepigmentError, match="written over the photograph itself"):
        spare([folder / "a.jpg"], tmp_path, ["annotated.png"])
    spare([folder / "b.jpg"], tmp_path, ["annotated.png"])


def test_a_folder_without_photographs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RepigmentError, match="the folder holds no photographs"):
        photographs(tmp_path)
    with pytest.raises(RepigmentError, match="there is no such folder"):
        photographs(tmp_path / "none")
