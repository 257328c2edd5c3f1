"""`repigment trial STUDY --assurance` as a person types it."""

import json
from pathlib import Path

from tests.cli.test_cli import run
from tests.trials.conftest import TINY

ASKED = ("trial", "tiny.toml", "--assurance", "--worlds", "4", "--patients", "24", "--out", "done")


def test_a_trial_with_assurance(tmp_path: Path) -> None:
    (tmp_path / "tiny.toml").write_text(TINY)
    code, out, err = run(*ASKED, cwd=tmp_path)
    assert code == 0, err
    assert "Assurance rests on a prior: 4 worlds, each a draw of what is not known." in out
    assert "4 worlds are few: add --worlds 16 or more." in out
    assert "no medical device" in out
    kept = (tmp_path / "done" / "assurance.json").read_text()
    page = (tmp_path / "done" / "report.html").read_text()
    assert '<section id="assurance"' in page and page.count("<svg") > 10

    code, out, err = run(*ASKED, "--resume", "--json", cwd=tmp_path)
    assert (code, err) == (0, "")
    again = json.loads(out)["assurance"]
    assert again == json.loads(kept)
    assert (tmp_path / "done" / "assurance.json").read_text() == kept, "the same bytes every time"
    assert (tmp_path / "done" / "report.html").read_text() == page
    assert {(each["arm"], each["worlds"]) for each in again} == {("cells", 4), ("light", 1)}


def test_mistakes_are_told_before_anything_is_played(tmp_path: Path) -> None:
    (tmp_path / "tiny.toml").write_text(TINY)
    for words, told in (
        (("--worlds", "2"), "2 worlds cannot be averaged over"),
        (("--wanted", "80"), "an assurance of 80 is impossible"),
    ):
        code, out, err = run("trial", "tiny.toml", "--assurance", *words, "--out", "done", cwd=tmp_path)
        assert (code, out) == (2, "")
        assert told in err and "Traceback" not in err
    assert not (tmp_path / "done").exists()
