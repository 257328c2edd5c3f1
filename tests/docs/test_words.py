"""What README and CONTRIBUTING tell people to do can be done."""

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from repigment.trials.study import Study

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
STUDY_FILE = (ROOT / "docs" / "study-file.md").read_text("utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def help_of(*words: str) -> str:
    """What a command says of itself."""
    script = Path(sys.executable).with_name("repigment")
    wide = {"COLUMNS": "200", "TERM": "dumb", "PATH": ""}
    shown = subprocess.run([str(script), *words, "--help"], capture_output=True, text=True, env=wide, timeout=60)
    assert shown.returncode == 0, shown.stderr
    return shown.stdout


@pytest.mark.parametrize("page", [README, STUDY_FILE], ids=["README", "study-file"])
def test_studies_to_copy_can_be_read(page: str) -> None:
    assert Study.from_toml(blocks(page, "toml")[0]).patients > 0


def test_the_first_study_fits_ten_lines() -> None:
    assert len(blocks(README, "toml")[0].splitlines()) <= 10


@pytest.mark.parametrize("command", ["trial", "studies", "studies run-all", "simulate", "parameters"])
def test_commands_and_their_options_exist(command: str) -> None:
    (row,) = (line for line in README.splitlines() if re.match(rf"\| `repigment {command}(`| [A-Z\[])", line))
    shown = help_of(*command.split())
    assert [option for option in re.findall(r"--[a-z-]+", row) if option not in shown] == []


def test_make_knows_what_the_pages_tell_to_make() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    told = set(re.findall(r"make ([a-z]+)(?=[`\s])", README + CONTRIBUTING)) - {"the"}
    assert [target for target in sorted(told) if f"\n{target}:" not in makefile] == []


@pytest.mark.parametrize("block", blocks(README, "python") + blocks(CONTRIBUTING, "python"))
def test_imports_of_the_examples_exist(block: str) -> None:
    for node in ast.walk(ast.parse(block)):
        if isinstance(node, ast.ImportFrom) and node.module:
            module = importlib.import_module(node.module)
            assert [each.name for each in node.names if not hasattr(module, each.name)] == []


def test_every_benchmark_is_in_the_readme() -> None:
    tables = [file.relative_to(ROOT).as_posix() for file in (ROOT / "benchmarks").glob("[a-z]*.py")]
    assert [table for table in tables if table not in README] == []


def test_every_kind_of_proof_is_explained() -> None:
    folders = {file.parent.name for file in (ROOT / "tests").glob("*/test_*.py")}
    assert [folder for folder in sorted(folders) if f"| `{folder}` |" not in CONTRIBUTING] == []


def test_every_room_of_the_house_is_explained() -> None:
    rooms = {each.stem for each in (ROOT / "src" / "repigment").iterdir() if each.suffix in ("", ".py")}
    rooms -= {"__init__", "__pycache__", "__main__", "py"}
    assert [room for room in sorted(rooms) if f"`{room}`" not in CONTRIBUTING] == []
