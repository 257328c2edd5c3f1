"""What is kept in the repository belongs to no one's machine."""

import re
import subprocess
import tomllib
from itertools import chain
from pathlib import Path

import pytest

from repigment import __version__

MACHINE_PATH = re.compile(r"(?<![\w.:/)}~$])/(?:home|root|Users|work|tmp|opt|mnt|srv)/[\w.]")
PINNED = re.compile(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!_-]+")
NAME = re.compile(r"^[A-Za-z0-9._-]+")


@pytest.fixture(scope="module")
def kept(root: Path) -> list[Path]:
    """Files of the repository, or all that could be, in a tree that is none."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=root, capture_output=True
    )
    if listed.returncode:
        pytest.skip("not a git repository")
    return [root / name for name in listed.stdout.decode().split("\0") if name and (root / name).is_file()]


def test_no_path_of_a_machine(kept: list[Path], root: Path) -> None:
    found = []
    for file in kept:
        content = file.read_bytes()
        if b"\0" in content:
            continue
        for count, line in enumerate(content.decode("utf-8").splitlines(), 1):
            if MACHINE_PATH.search(line):
                found.append(f"{file.relative_to(root)}:{count}")
    assert found == []


def test_constraints_are_plain_pins(root: Path) -> None:
    lines = (root / "constraints.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#") and not PINNED.fullmatch(line)] == []


def test_every_package_that_is_asked_for_is_pinned(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    asked = chain(project["dependencies"], *project["optional-dependencies"].values())
    wanted = {NAME.findall(each)[0].lower() for each in asked}
    pinned = {line.split("==")[0].lower() for line in (root / "constraints.txt").read_text("utf-8").splitlines()}
    assert wanted - pinned == set()


def test_version_is_told_once(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == __version__
    assert f"## {__version__}" in (root / "CHANGELOG.md").read_text("utf-8")
