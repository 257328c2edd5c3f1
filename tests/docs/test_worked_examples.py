"""The treatment and the condition of CONTRIBUTING work: put into a copy of the package, a study runs with them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import repigment

CONTRIBUTING = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text("utf-8")
FILE = re.compile(r"`src/repigment/([a-z_/]+\.(?:py|csv))`[^`]*```(?:python|csv)\n(.*?)```", re.DOTALL)
(STUDY,) = re.findall(r"```toml\n(.*?)```", CONTRIBUTING, re.DOTALL)
SCRIPT = """
import sys
from repigment.conditions import conditions
from repigment.evidence.parameters import value
from repigment.treatments import treatments
from repigment.trials.study import Study

assert "kojic-acid" in treatments() and "cafe-au-lait" in conditions()
assert value("kojic_TYR") > 0
study = Study.from_toml(sys.stdin.read())
result = study.run(seed=1)
print(study.patients, len(result.people), sorted(set(result.endpoints["arm"])))
"""


def files() -> dict[str, str]:
    """The files that CONTRIBUTING writes out, by their path in the package."""
    return dict(FILE.findall(CONTRIBUTING))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package and the files of CONTRIBUTING in it."""
    folder = tmp_path_factory.mktemp("copy")
    package = folder / "repigment"
    shutil.copytree(Path(repigment.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    for path, text in files().items():
        assert not (package / path).exists(), "an example of something that is there already"
        (package / path).write_text(text, "utf-8")
    return folder


def test_a_treatment_and_a_condition_are_a_file_and_numbers_each() -> None:
    assert sorted(files()) == [
        "conditions/cafe_au_lait.py",
        "evidence/parameters/cafe_au_lait.csv",
        "evidence/parameters/kojic.csv",
        "treatments/kojic_acid.py",
    ]


def test_a_study_with_both_runs(copy: Path) -> None:
    small = STUDY + "simulation = { grid = 8, dx_mm = 0.6, step_days = 1.0 }\n"
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input=small,
        capture_output=True,
        text=True,
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert ran.stdout.split(maxsplit=2)[:2] == ["2", "2"]
    assert "kojic acid" in ran.stdout


def test_the_package_itself_knows_neither() -> None:
    from repigment.conditions import conditions
    from repigment.treatments import treatments

    assert "kojic-acid" not in treatments() and "cafe-au-lait" not in conditions()
