"""`repigment claims` as a person types it."""

import json
import subprocess
import sys

import pytest


def repigment(*words, cwd=None):
    done = subprocess.run(
        [sys.executable, "-m", "repigment", *words], capture_output=True, text=True, timeout=300, cwd=cwd, check=False
    )
    return done.returncode, done.stdout, done.stderr


def test_all_claims_are_listed():
    code, out, err = repigment("claims")
    assert (code, err) == (0, "")
    assert all(f"\n{n} " in out for n in range(1, 32))
    assert "no medical device" in out


def test_one_is_told_in_full():
    code, out, _ = repigment("claims", "14")
    assert code == 0
    assert all(word in out for word in ("Claim 14.", "Evidence: none.", "10.1371/journal.pone.0060254", "mini-pulse"))


def test_json_is_json_alone():
    code, out, err = repigment("claims", "3", "7", "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert [each["number"] for each in told] == [3, 7]
    assert told[0]["cannot"] and not told[0]["can_be_run"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("32",), "there is no claim 32"),
        (("0",), "there is no claim 0"),
        (("4", "--run", "--worlds", "-2"), "worlds is -2"),
        (("4", "--run", "--patients", "0"), "patients is 0"),
        (("4", "--run", "--seed", "-1"), "seed -1"),
        (("4", "--out", "somewhere"), "add --run"),
        (("4", "--resume"), "add --run"),
        (("one",), "valid integer"),
    ],
)
def test_mistakes_are_told_in_one_message(words, said, tmp_path):
    code, out, err = repigment("claims", *words, cwd=tmp_path)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert not list(tmp_path.iterdir())


def test_a_claim_about_cells_is_run_and_the_page_written(tmp_path):
    code, out, err = repigment("claims", "5", "--run", "--worlds", "8", "--json", "--out", "done", cwd=tmp_path)
    assert (code, err) == (0, "")
    assert json.loads(out)[0]["verdict"]["worlds"] == 8
    page = (tmp_path / "done" / "claims.html").read_bytes()
    assert page.startswith(b"<!doctype html>")
    assert json.loads((tmp_path / "done" / "claims.json").read_text())["worlds"] == 8
    assert repigment("claims", "5", "--run", "--worlds", "8", "--out", "done", cwd=tmp_path)[0] == 0
    assert (tmp_path / "done" / "claims.html").read_bytes() == page
