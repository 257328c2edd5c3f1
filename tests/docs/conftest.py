"""The generator of the pages, loaded from docs/ as it stands."""

import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def docs() -> Path:
    return ROOT / "docs"


@pytest.fixture(scope="session")
def generator(docs: Path) -> dict[str, Any]:
    sys.path.insert(0, str(docs))  # as `python docs/build.py` has it
    try:
        return runpy.run_path(str(docs / "build.py"))
    finally:
        sys.path.remove(str(docs))


@pytest.fixture(scope="session")
def pages(generator: dict[str, Any]) -> dict[str, str]:
    made: Callable[[], dict[str, str]] = generator["pages"]
    return made()
