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
    assert again == json.loads(kept)["assurance"]
    assert (tmp_path / "done" / "assurance.json").read_text() == kept, "the same bytes every time"
    assert (tmp_path / "done" / "report.html").read_text() == page
    assert {(each["arm"], each["worlds"]) for each in again} == {("cells", 4), ("light", 1)}

    plain = [word for word in ASKED if word != "--assurance"]
    code, out, err = run(*plain, "--resume", "--json", cwd=tmp_path)
    assert (code, err) == (0, "") and "assurance" not in json.loads(out)
    assert not (tmp_path / "done" / "assurance.json").exists(), "nothing is left beside a report without the section"
    assert '<section id="assurance"' not in (tmp_path / "done" / "report.html").read_text()


def test_mistakes_are_told_before_anything_is_played(tmp_path: Path) -> None:
    (tmp_path / "tiny.toml").write_text(TINY)
    for words, told in (
        (("--worlds", "2"), "2 worlds cannot be averaged over"),
        (("--effect", "20", "--wanted", "2"), "an assurance of 2 is impossible"),
        (("--effect", "-20"), "an effect of -20 (%) is impossible"),
        (("--wanted", "80"), "an assurance of 80 is impossible"),
    ):
        code, out, err = run("trial", "tiny.toml", "--assurance", *words, "--out", "done", cwd=tmp_path)
        assert (code, out) == (2, "")
        assert told in err and "Traceback" not in err
    code, out, err = run("trial", "melasma-hydroquinone", "--worlds", "8", "--out", "done", cwd=tmp_path)
    assert (code, out) == (2, "") and "this study draws nothing" in err
    assert not (tmp_path / "done").exists()
