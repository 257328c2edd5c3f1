"""The commands as a person types them."""

import json
import signal
import subprocess
import sys
import time

import pytest

from repigment.trials.study import built_in_studies
from tests.trials.conftest import TINY


def run(*words: str, cwd=None):
    """The command's exit code, standard output and standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "repigment", *words], capture_output=True, text=True, timeout=300, cwd=cwd, check=False
    )
    return done.returncode, done.stdout, done.stderr


def test_help_names_the_commands_and_does_not_load_the_engine():
    code = "import sys, repigment.cli; sys.exit(any(m in sys.modules for m in ('jax', 'pandas', 'matplotlib', 'rich')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    code, out, _ = run("--help")
    assert code == 0
    assert all(command in out for command in ("trial", "studies", "simulate", "parameters"))


def test_trial_writes_a_report_and_json_alone_on_standard_output(tmp_path):
    (tmp_path / "tiny.toml").write_text(TINY)
    code, out, err = run("trial", "tiny.toml", "--json", "--seed", "2", "--out", "done", cwd=tmp_path)
    assert (code, err) == (0, "")
    assert json.loads(out)["study"] == "tiny"
    assert (tmp_path / "done" / "report.html").read_text().startswith("<!doctype html>")
    code, out, err = run("trial", "tiny.toml", "--seed", "2", "--out", "done", cwd=tmp_path)
    assert code == 2
    assert out == ""
    assert "already holds this run" in err
    code, out, err = run("trial", "tiny.toml", "--seed", "2", "--out", "done", "--resume", cwd=tmp_path)
    assert code == 0
    assert "no medical device" in out
    assert "report: done/report.html" in out


def test_studies_are_listed_and_shown_as_they_are_read(tmp_path):
    code, out, _ = run("studies")
    assert code == 0
    assert all(name in out for name in built_in_studies())
    code, out, _ = run("studies", "show", "true-v")
    assert (code, out) == (0, built_in_studies()["true-v"])


def test_simulate_prints_a_table_and_keeps_pictures(tmp_path):
    words = ("simulate", "--site", "hands", "--skin-type", "5", "--treatment", "nb-uvb", "--weeks", "2")
    code, out, _ = run(*words, "--out", str(tmp_path))
    assert code == 0
    assert "percentage points" in out
    assert {p.name for p in tmp_path.iterdir()} == {"course.csv", "curves.png", "strip.png", "pictures"}
    assert (tmp_path / "pictures" / "film.gif").read_bytes().startswith(b"GIF89a")


def test_parameters_are_found_by_pattern():
    code, out, _ = run("parameters", "lifetime of nothing")
    assert code == 2
    code, out, _ = run("parameters", "dl_R", "--json")
    assert [p["name"] for p in json.loads(out)] == ["dl_R", "dl_R_sd"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("trial", "true-w"), "true-v"),
        (("trial", "nothing.toml"), "nothing.toml"),
        (("trial", "true-v", "--patients", "1"), "a whole number from 2 to 100000"),
        (("simulate", "--site", "nose"), "Allowed: face, neck, trunk, arms, hands, legs, feet"),
        (("simulate", "--skin-type", "7"), "Allowed: 1 to 6"),
        (("simulate", "--weeks", "0"), "Allowed: 1 to 520"),
        (("bogus",), "No such command 'bogus'"),
        (("simulate", "--weeks", "x"), "Invalid value for '--weeks'"),
        (("trial", "true-v", "--seed", "-1"), "Invalid value for '--seed'"),
        (("trial", "true-v", "--patients"), "requires an argument"),
        (("simulate", "--condition", "acne"), "Allowed: freckles, lentigo, melasma, pih, vitiligo"),
        (("simulate", "--condition", "melasma", "--site", "feet"), "Allowed: face"),
        (("simulate", "--condition", "melasma", "--form", "segmental"), "Allowed: hormonal, mixed, dermal"),
        (("simulate", "--treatment", "nbuvb"), "did you mean 'nb-uvb'"),
        (("simulate", "--mechanisms", "immune"), "add --treatment uc-msc"),
        (("simulate", "--treatment", "uc-msc", "--mechanisms", "imune"), "did you mean 'immune'"),
        (("studies", "show", "true"), "true-v"),
    ],
)
def test_a_mistake_is_one_message_and_exit_code_2(words, said):
    code, out, err = run(*words)
    assert code == 2
    assert said in err
    assert "Traceback" not in err + out
    assert out == ""


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_says_so_and_goes_on(tmp_path, kind):
    study = TINY.replace("visits = [0, 4, 8]", "visits = [0, 4, 8, 500]").replace("\nn = 4", "\nn = 40")
    (tmp_path / "long.toml").write_text(study)
    words = [sys.executable, "-m", "repigment", "trial", "long.toml", "--out", "done"]
    running = subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    wards = tmp_path / "done" / "wards"
    deadline = time.monotonic() + 120
    while not list(wards.glob("*.npy")) and time.monotonic() < deadline and running.poll() is None:
        time.sleep(0.05)
    running.send_signal(kind)
    _, err = running.communicate(timeout=120)
    assert running.returncode == 2, err
    assert "interrupted; what is finished is kept, the same command with --resume goes on" in err
    assert "Traceback" not in err
    assert not (tmp_path / "done" / "result.json").exists()
    assert not list(tmp_path.rglob("*.part"))


def test_help_is_quick_enough_to_feel_instant():
    """A loose bound that only a heavy import would break; the figure itself is in benchmarks/."""
    started = time.perf_counter()
    run("--help")
    assert time.perf_counter() - started < 5
