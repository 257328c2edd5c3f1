"""Lots to judge: the filled example once it was all given, with whatever a test changes or takes away."""

import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from repigment.cells.example import EXAMPLE
from repigment.cells.lot import Lot

GONE = object()
EXPIRES = date(2025, 3, 25)
Made = Callable[..., Lot]


def change(content: dict[str, Any], key: str, value: Any) -> None:
    """Set `bag.0.shipping.state`, say, or take it away."""
    *steps, last = [int(step) if step.isdigit() else step for step in key.split(".")]
    part: Any = content
    for step in steps:
        part = part[step]
    if value is GONE:
        del part[last]
    else:
        part[last] = value


def make(**changes: Any) -> Lot:
    content = tomllib.loads(EXAMPLE)
    content |= {"state": "given", "bag": content["bag"][:1]}
    content["freezing"]["expires"] = EXPIRES
    content["codes"]["sec"] = f"DE00012300000000C0147 E9999999001{EXPIRES:%Y%m%d}"
    for key, value in changes.items():
        change(content, key.replace("__", "."), value)
    return Lot.model_validate(content)


@pytest.fixture
def lot() -> Made:
    """`lot(quality__viability=70.0, donation__of=GONE)`."""
    return make
