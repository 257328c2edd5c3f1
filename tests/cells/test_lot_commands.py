"""`repigment lot` as a user types it."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from repigment.cells.example import EXAMPLE

PAGE = Path(__file__).parents[2] / "docs" / "cells.md"
NO_DEVICE = "A research instrument, no medical device."


def lot(*arguments: str, columns: int = 120) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "repigment", "lot", *arguments],
        capture_output=True,
        text=True,
        env={"COLUMNS": str(columns), "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"},
        timeout=120,
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "LOT.toml"
    file.write_text(lot("new").stdout, "utf-8")
    return file


def test_a_new_lot_passes(path: Path) -> None:
    assert path.read_text("utf-8") == EXAMPLE
    done = lot("check", str(path))
    assert done.returncode == 0 and done.stderr == ""
    assert "by these limits the lot may be given" in done.stdout and NO_DEVICE in done.stdout
    assert "fail:" not in done.stdout and done.stdout.splitlines()[1] == "may be given"


def test_a_bad_lot_is_told_line_by_line(path: Path) -> None:
    bad = EXAMPLE.replace("viability = 90.0", "viability = 60.0").replace('mycoplasma = "negative"\n', "")
    path.write_text(bad.replace('of = "D-0093"', 'of = "D-9999"'), "utf-8")
    done = lot("check", str(path))
    assert done.returncode == 1 and done.stderr == ""
    (told,) = re.findall(r"```\n(fail: .*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert told.splitlines() == [line for line in done.stdout.splitlines() if line.startswith(("fail:", "missing:"))]
    assert "may not be given: 2 fail, 1 required missing" in done.stdout
    first = done.stdout.splitlines()[1]
    assert first == "may not be given: 2 fail (viability, chain: donation), 1 missing (mycoplasma)"
    path.write_text('name = "A"\nsource = "cord"\n', "utf-8")
    assert re.search(r"may not be given: 0 fail, \d+ missing \(CD73, .* and \d+ more\)", lot("check", str(path)).stdout)


def test_codes_are_printed_as_they_stand(path: Path) -> None:
    path.write_text(EXAMPLE.replace('"P-021"', '"[red]P[/x]"'), "utf-8")
    assert "[red]P[/x]" in lot("check", str(path)).stdout


def test_json_is_alone_on_standard_output(path: Path) -> None:
    told = json.loads(lot("check", str(path), "--json", "--on", "2024-05-05").stdout)
    assert told["passes"] is False and told["on"] == "2024-05-05"
    assert {line["verdict"] for line in told["lines"]} == {"pass", "fail", "missing"}
    assert told["effect"]["immune"] == 1 and told["note"] == NO_DEVICE
    assert json.loads(lot("compare", "--json").stdout)["barred"]
    assert len(json.loads(lot("expand", "--json", "--draws", "200").stdout)["passages"]) == 6


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "no.toml"), "there is no such file"),
        (("check", "{path}", "--on", "soon"), "'soon' is no day. In: --on"),
        (("expand", "--passages", "99"), "99 cannot be used. In: --passages. Allowed: 0 to 30"),
        (("expand", "--source", "skin"), "'skin' is not one of 'cord', 'marrow', 'fat'"),
        (("compare", "--dose", "0"), "0 cannot be used. In: --dose"),
    ],
)
def test_mistakes_are_one_message(path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = lot(*(each.format(path=path) for each in arguments))
    assert done.returncode == 2 and said in " ".join(done.stderr.split()) and "Traceback" not in done.stderr


def test_a_chart_and_a_table_are_written(tmp_path: Path) -> None:
    done = lot("expand", "--source", "fat", "--passages", "4", "--draws", "200", "--out", str(tmp_path / "grown"))
    assert done.returncode == 0
    assert (tmp_path / "grown" / "expansion.svg").read_text("utf-8").rstrip().endswith("</svg>")
    assert (tmp_path / "grown" / "expansion.csv").read_text("utf-8").startswith("source,dose,passage,quantity,low")


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("command", ["check", "expand", "compare"])
def test_tables_fit_the_terminal(path: Path, command: str, columns: int) -> None:
    done = lot(command, *((str(path),) if command == "check" else ()), columns=columns)
    assert done.returncode == 0
    assert max(len(line) for line in done.stdout.splitlines()) <= columns
    assert "…" not in done.stdout and NO_DEVICE in done.stdout
