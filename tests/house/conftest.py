"""The source tree, parsed once."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def sources() -> dict[str, str]:
    """Text of every module of the product by its path under src/."""
    src = ROOT / "src"
    return {file.relative_to(src).as_posix(): file.read_text("utf-8") for file in sorted(src.rglob("*.py"))}


@pytest.fixture(scope="session")
def trees(sources: dict[str, str]) -> dict[str, ast.Module]:
    return {path: ast.parse(text) for path, text in sources.items()}
