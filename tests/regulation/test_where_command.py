"""`repigment where` as a user types it."""

import json
import sys

import pytest

from repigment.cli import main
from repigment.trials.study import built_in_studies


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


@pytest.mark.parametrize("columns", ["80", "120"])
def test_a_plan_is_told_with_every_source_inside_the_width(run, columns):
    code, out, err = run("where", "uc-msc-vitiligo", "--country", "TH", columns=columns)
    assert (code, err) == (0, "")
    assert "UC-MSC: TH: lawful only inside an approved trial (uc-msc)" in " ".join(out.split())
    assert all(said in out for said in ("nationthailand.com", "2024-10-31", "[secondary]", "Never legal advice"))
    assert "secondary: read in a report of it" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= int(columns)


def test_json_alone_on_standard_output(run):
    code, out, err = run("where", "melasma-clinic", "--country", "us", "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert (told["country"], told["condition"]) == ("US", "melasma")
    assert "Never legal advice" in told["note"]
    programme = told["arms"][-1]
    assert {each["give"] for each in programme["treatments"]} == {"triple-cream", "sunscreen"}
    for each in programme["treatments"]:
        assert all({"source", "date", "status", "identifier"} <= set(one) for one in each["statements"])


def test_a_file_is_a_plan_as_well(run, tmp_path):
    (tmp_path / "mine.toml").write_text(built_in_studies()["uc-msc-freckles"])
    code, out, _ = run("where", str(tmp_path / "mine.toml"), "--country", "TH")
    assert code == 0
    assert "UC-MSC: TH: not accepted (uc-msc)" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("uc-msc-vitiligo", "--country", "JP"), "Allowed: TH, EU, US"),
        (("uc-msc-vitiligo",), "Missing option '--country'"),
        (("nothing.toml", "--country", "TH"), "nothing.toml"),
        (("uc-msc-vitilgo", "--country", "TH"), "uc-msc-vitiligo"),
    ],
)
def test_a_mistake_is_one_message_and_exit_code_2(run, words, said):
    code, out, err = run("where", *words)
    assert (code, out) == (2, "")
    assert said in err


def test_a_name_that_steers_a_terminal_is_written_out(run, tmp_path):
    (tmp_path / "a\u202eb.toml").write_text("")
    code, _, err = run("where", str(tmp_path / "a\u202eb.toml"), "--country", "TH")
    assert code == 2
    assert "a\\u202eb.toml" in err and "\u202e" not in err


@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"\xff\xfe", b"[" * 5000, b"a = 1", b"\n" * 2_000_000])
def test_what_is_no_plan_is_exit_code_2(run, tmp_path, content):
    (tmp_path / "bad.toml").write_bytes(content)
    code, out, err = run("where", str(tmp_path / "bad.toml"), "--country", "EU")
    assert (code, out) == (2, "")
    assert "Traceback" not in err
