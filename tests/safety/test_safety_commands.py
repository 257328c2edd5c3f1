"""`repigment screen` and `repigment follow-up` as a user types them."""

import json
import re
import sys

import pytest

from repigment.cli import main
from repigment.safety.patient_file import example

FILLED = re.sub(r"(?m)^#([a-z_]+ =)", r"\1", example())


@pytest.fixture
def run(monkeypatch, capsys):
    """The command's exit code, standard output and standard error."""

    def typed(*words, columns="80"):
        monkeypatch.setenv("COLUMNS", columns)
        monkeypatch.setattr(sys, "argv", ["repigment", *words])
        with pytest.raises(SystemExit) as done:
            main()
        return done.value.code or 0, *capsys.readouterr()

    return typed


@pytest.fixture
def filled(tmp_path):
    file = tmp_path / "patient.toml"
    file.write_text(FILLED)
    return file


def test_new_prints_the_example_alone(run):
    assert run("screen", "--new") == (0, example(), "")


@pytest.mark.parametrize("columns", ["80", "120"])
def test_a_clear_patient_is_exit_code_0(run, filled, columns):
    code, out, err = run("screen", str(filled), columns=columns)
    assert (code, err) == (0, "")
    assert "0 excluded, 0 not said" in out
    assert "no clearance for treatment" in " ".join(out.split())
    assert "no medical device" in " ".join(out.split())
    assert "NCT06677931" in out and "[verified]" in out
    assert max(map(len, out.splitlines())) <= int(columns)


def test_an_excluded_patient_is_exit_code_1_with_the_reason(run, filled):
    filled.write_text(FILLED.replace("koebner = false", "koebner = true"))
    code, out, _ = run("screen", str(filled))
    assert code == 1
    assert "each needle may make a new patch" in " ".join(out.split())
    assert "1 excluded" in out


def test_a_missing_answer_is_exit_code_1_only_if_it_is_required(run, filled):
    filled.write_text(FILLED.replace("hiv = false", "#hiv = false"))
    code, out, _ = run("screen", str(filled))
    assert code == 1
    assert "not said *" in out and "* must be known before anything is given" in out
    filled.write_text(FILLED.replace("photosensitivity = false", "#"))
    assert run("screen", str(filled))[0] == 0


def test_json_of_a_screen_has_every_rule_with_its_source(run, filled):
    code, out, err = run("screen", str(filled), "--json")
    told = json.loads(out)
    assert (code, err, told["clear"]) == (0, "", True)
    for line in told["lines"]:
        assert line["verdict"] == "clear" and line["reason"]
        assert all(rule["trial"] and rule["source"] and rule["date"] and rule["status"] for rule in line["rules"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("screen",), "no patient is given"),
        (("screen", "nothing.toml"), "there is no such file"),
        (("screen", "."), "this is a folder"),
        (("follow-up",), "Missing option '--first-dose'"),
        (("follow-up", "--first-dose", "2027-02-29"), "'2027-02-29' is no date"),
        (("follow-up", "--first-dose", "2027-02-28", "--sessions", "2027-01-01"), "after the first dose"),
        (("follow-up", "--first-dose", "2027-02-28", "--sessions", "2027-03-01,"), "'' is no date"),
    ],
)
def test_a_mistake_is_one_message_and_exit_code_2(run, words, said):
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


@pytest.mark.parametrize("columns", ["80", "120"])
def test_follow_up_tells_days_windows_and_looks(run, columns):
    words = ("--first-dose", "2027-08-31", "--sessions", "2027-09-30,2027-10-31", "--sessions", "2027-12-31")
    code, out, err = run("follow-up", *words, columns=columns)
    assert (code, err) == (0, "")
    assert "day 28, dose 4" in out
    assert "2028-06-30" in out  # month 6 after the last dose
    assert "-14 to +14 days" in out
    assert "granuloma" in out and "10.1002/der2.242" in out
    assert "no medical device" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= int(columns)


def test_follow_up_as_json(run):
    code, out, err = run("follow-up", "--first-dose", "2028-02-29", "--json")
    visits = {each["visit"]: each for each in json.loads(out)["visits"]}
    assert (code, err) == (0, "")
    assert visits["month 12"]["date"] == "2029-02-28"
    assert visits["month 12"]["earliest"] < visits["month 12"]["date"] < visits["month 12"]["latest"]
    assert all(look["source"] and look["status"] for each in visits.values() for look in each["looks"])
