"""The file: whole or not at all, and a clear word when it cannot be written."""

import errno
from pathlib import Path
from types import SimpleNamespace as Some

import pytest

from repigment.errors import RepigmentError
from repigment.saving import save
from repigment.trials.report import write_report


def test_report_is_written_with_its_folder(trial: Some, tmp_path: Path) -> None:
    place = tmp_path / "new" / "report.html"
    write_report(trial, str(place))
    page = place.read_text("utf-8")
    assert page.startswith("<!doctype html>") and page.endswith("</html>\n")
    assert [each.name for each in place.parent.iterdir()] == ["report.html"]


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(
        RepigmentError, match=r"the report cannot be written: it is a folder\. In: .*Do: name a place that"
    ):
        save("text", tmp_path, "the report")


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(RepigmentError, match=r"the report cannot be written: a part of the path is a file"):
        save("text", tmp_path / "file" / "report.html", "the report")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "you may not write there"),
        (errno.EROFS, "the place is read-only"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_a_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str) -> None:
    place = tmp_path / "report.html"
    place.write_text("old")

    def fail(self: Path, *_: object, **__: object) -> int:
        self.touch()
        raise OSError(code, "Input/output error")

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(RepigmentError, match=f"cannot be written: {words}"):
        save("new", place, "the report")
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]
    assert place.read_text() == "old"
