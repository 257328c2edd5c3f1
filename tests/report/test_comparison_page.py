"""The page of all studies: every published result in it, nothing run twice, failures told."""

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from repigment.cli import app
from repigment.errors import RepigmentError
from repigment.trials.comparison import everything, run_all
from repigment.trials.comparison.compared import Compared, compared, read
from repigment.trials.reading import library
from repigment.trials.report.agreement import ABSENT, CONTEXT, HIT, MISS, OPEN, pairs
from repigment.trials.report.followed import Followed
from repigment.trials.study import Study
from tests.trials.conftest import TINY

HELD = """
[[published]]
source = "A trial that nobody did"
identifier = "10.1000/nothing"
status = "VERIFIED"
role = "validation"
results = [
  { arm = "light", endpoint = "F-VASI75", week = 8, value = 1.0, ci_low = 0.99, ci_high = 1.0, note = "XYZ-001" },
  { arm = "sham", endpoint = "UVB dose", week = 8, value = 0, n = 40, note = "XYZ-002" },
  { arm = "sham", endpoint = "F-VASI change", week = 8, value = 0, role = "context", note = "XYZ-003" },
]

[[published]]
source = "Another that nobody did"
status = "RECALLED"
role = "calibration"
results = [{ arm = "light", endpoint = "F-VASI50", week = 4, value = 0.5, note = "XYZ-004" }]
"""
SPOTS = """
name = "spots"
title = "Spots without published results"
question = "Do spots fade?"
context_of_use = "testing the software"
visits = [0, 4]
[population]
condition = "lentigo"
age = { mean = 60, sd = 5, min = 40, max = 75 }
skin_types = { III = 1 }
latitude = 13.8
[[arm]]
name = "vehicle"
n = 3
treatments = [{ give = "vehicle" }]
[[endpoint]]
score = "fading"
week = 4
primary = true
[simulation]
grid = 8
dx_mm = 0.6
step_days = 1.0
"""
Shelf = Callable[..., None]


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """Puts studies in the place of the built-in ones."""
    assumed = library.assumptions()

    def put(**texts: str) -> None:
        monkeypatch.setattr(library, "_texts", lambda: {library.ASSUMED: assumed, **texts})

    return put


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Compared], list[str]]:
    """Both studies run: folder, what came of them, what was told."""
    with pytest.MonkeyPatch.context() as patch:
        texts = {library.ASSUMED: library.assumptions(), "tiny": TINY + HELD, "spots": SPOTS}
        patch.setattr(library, "_texts", lambda: texts)
        out, told = tmp_path_factory.mktemp("all") / "studies", []
        return out, run_all(out, workers=1, tell=told.append), told


def test_every_published_result_stands_in_the_page_and_in_the_table(done: tuple) -> None:
    out, studies, told = done
    page = (out / "index.html").read_text("utf-8")
    rows = pd.read_csv(out / "rows.csv")
    assert list(rows["note"]) == ["XYZ-001", "XYZ-002", "XYZ-003", "XYZ-004"]
    assert [page.count(f"<small>{note}</small>") for note in rows["note"]] == [1, 1, 1, 1]
    assert list(rows["verdict"])[:3] == [MISS, HIT, CONTEXT]
    assert rows["verdict"][3] in (MISS, OPEN)
    assert list(rows["role"]) == ["validation", "validation", "context", "calibration"]
    assert [line.split(":")[0] for line in told] == ["[1/2] tiny", "[2/2] spots"]
    assert studies[0].patients == 12
    assert "1 hit" in told[0] and "missed" in told[0]


def test_verdicts_are_those_of_the_studys_own_report(done: tuple) -> None:
    _, (tiny, _), _ = done
    again = Study.from_toml(TINY + HELD).run(workers=1)
    assert [pair.verdict for pair in tiny.pairs] == [pair.verdict for pair in pairs(Followed.of(again))]
    assert [pair.simulated for pair in tiny.pairs] == [pair.simulated for pair in pairs(Followed.of(again))]


def test_validation_and_calibration_are_counted_apart(done: tuple) -> None:
    page = (done[0] / "index.html").read_text("utf-8")
    assert "Of 2 validation results" in page
    assert "Of 1 calibration result;" in page
    assert re.search(r'aria-label="validation results: 1 hit, 1 miss"', page)


def test_links_lead_to_reports_that_are_there(done: tuple) -> None:
    out = done[0]
    page = (out / "index.html").read_text("utf-8")
    local = {
        link for link in re.findall(r'href="([^"#]+)"', page) if not link.startswith(("https://doi.org/", "data:"))
    }
    assert local == {"tiny/report.html", "spots/report.html"}
    assert all((out / link).is_file() for link in local)


def test_the_page_opens_offline(done: tuple) -> None:
    page = (done[0] / "index.html").read_text("utf-8")
    assert "<script" not in page
    assert [src for src in re.findall(r'\bsrc="([^"]*)"', page) if not src.startswith("data:")] == []
    assert "@import" not in page and "url(http" not in page


def test_studies_without_published_results_have_a_table_of_their_own(done: tuple) -> None:
    page = (done[0] / "index.html").read_text("utf-8")
    assert "Without published results" in page
    assert re.search(r"vehicle: fading, week 4: [\d.−]+\u202f%", page)


def test_resuming_runs_nothing_twice_and_gives_the_same_page(done: tuple, shelf: Shelf, monkeypatch) -> None:
    out = done[0]
    shelf(tiny=TINY + HELD, spots=SPOTS)
    page, rows = (out / "index.html").read_bytes(), (out / "rows.csv").read_bytes()
    monkeypatch.setattr(Study, "run", lambda *_, **__: pytest.fail("a finished study was run again"))
    found = run_all(out, resume=True)
    assert [study.failure for study in found] == ["", ""]
    assert (out / "index.html").read_bytes() == page
    assert (out / "rows.csv").read_bytes() == rows


def test_a_changed_study_is_not_taken_for_the_finished_one(done: tuple, shelf: Shelf) -> None:
    shelf(tiny=TINY + HELD, spots=SPOTS.replace("mean = 60", "mean = 61"))
    tiny, spots = run_all(done[0], only=["spots"], resume=True)
    assert "the folder holds another run" in spots.failure
    assert (tiny.failure, len(tiny.pairs)) == ("", 4)  # not asked for, but finished: it stays on the page


def test_an_interrupted_run_goes_on(tmp_path: Path, shelf: Shelf, monkeypatch) -> None:
    shelf(first=SPOTS.replace('"spots"', '"first"'), second=SPOTS.replace('"spots"', '"second"'))
    run, ran = Study.run, []

    def stopped(study: Study, **how: object) -> object:
        if study.name == "second" and "second" not in ran:
            ran.append("second")
            raise KeyboardInterrupt
        ran.append(study.name)
        return run(study, **how)

    monkeypatch.setattr(Study, "run", stopped)
    with pytest.raises(KeyboardInterrupt):
        run_all(tmp_path / "all", workers=1)
    found = run_all(tmp_path / "all", workers=1, resume=True)
    assert ran == ["first", "second", "second"]
    assert [(study.name, study.failure) for study in found] == [("first", ""), ("second", "")]


def test_a_study_that_fails_is_told_and_the_others_are_run(tmp_path: Path, shelf: Shelf, monkeypatch) -> None:
    shelf(broken="question = 1", odd=SPOTS.replace('"spots"', '"odd"'), spots=SPOTS)
    run = Study.run

    def odd(study: Study, **how: object) -> object:
        return 1 / 0 if study.name == "odd" else run(study, **how)

    monkeypatch.setattr(Study, "run", odd)
    done = CliRunner().invoke(app, ["studies", "run-all", "--out", str(tmp_path / "all"), "--workers", "1"])
    assert done.exit_code == 1
    assert "[1/3] broken: failed" in done.output
    assert "[2/3] odd: failed: ZeroDivisionError: division by zero" in done.output
    assert "[3/3] spots: 3 patients" in done.output
    page = (tmp_path / "all" / "index.html").read_text("utf-8")
    assert "Failed: 2 of 3" in page
    assert "ZeroDivisionError: division by zero" in page
    assert 'href="spots/report.html"' in page


def test_only_some_studies_with_fewer_patients(tmp_path: Path, shelf: Shelf) -> None:
    shelf(tiny=TINY + HELD, spots=SPOTS)
    words = ["studies", "run-all", "--out", str(tmp_path / "all"), "--only", "spots", "--patients", "2"]
    done = CliRunner().invoke(app, [*words, "--workers", "1"])
    assert done.exit_code == 0
    assert "[1/1] spots: 2 patients" in done.output
    assert not (tmp_path / "all" / "tiny").exists()
    assert pd.read_csv(tmp_path / "all" / "rows.csv").empty


def test_fewer_patients_than_arms_make_one_in_each(shelf: Shelf) -> None:
    shelf(tiny=TINY)
    assert everything._sized("tiny", 1).patients == 3


@pytest.mark.parametrize(
    ("there", "resume", "said"),
    [
        ("spots/run.json", False, "the folder already holds studies"),
        ("letters/mother.txt", False, "the folder is not empty and holds no studies of repigment"),
        ("letters/mother.txt", True, "the folder is not empty and holds no studies of repigment"),
    ],
)
def test_nothing_is_overwritten(tmp_path: Path, shelf: Shelf, there: str, resume: bool, said: str) -> None:
    shelf(spots=SPOTS)
    (tmp_path / there).parent.mkdir()
    (tmp_path / there).write_text("{}")
    with pytest.raises(RepigmentError, match=said):
        run_all(tmp_path, resume=resume)


def test_an_unknown_study_is_told_before_anything_runs(tmp_path: Path, shelf: Shelf) -> None:
    shelf(spots=SPOTS)
    with pytest.raises(RepigmentError, match=r"no study is called 'spot'.*In: --only.*write 'spots'"):
        run_all(tmp_path / "all", only=["spot"])
    assert not (tmp_path / "all").exists()


def test_what_is_kept_gives_the_same_pairs_back(done: tuple) -> None:
    out, (tiny, _), _ = done
    kept = read((out / "tiny" / "compared.json").read_text("utf-8"))
    again = compared(Study.from_toml(TINY + HELD), kept)
    assert [(p.measure, p.verdict, p.from_n) for p in again.pairs] == [
        (p.measure, p.verdict, p.from_n) for p in tiny.pairs
    ]
    assert read("{") is None
    assert ABSENT not in {pair.verdict for pair in again.pairs}
