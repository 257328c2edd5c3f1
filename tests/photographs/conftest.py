"""What the tests of photographs share."""

from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[[bytes, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """`write(data, name)`: a file with these bytes."""

    def written(data: bytes, name: str) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return written
