"""The benchmarks run and count right, at sizes that take no time. Nothing here asserts a speed."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from repigment.patients.ward import Resolution
from repigment.skin.exposure import Channel, untreated
from repigment.skin.fields import Field

FOLDER = Path(__file__).parents[2] / "benchmarks"
TINY = Resolution(8, 0.6, 1)


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Import a benchmark by name; it is forgotten afterwards."""
    monkeypatch.syspath_prepend(str(FOLDER))
    before = set(sys.modules)
    yield importlib.import_module
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "") or "").startswith(str(FOLDER)):
            del sys.modules[name]


@pytest.fixture
def timing(load: Any) -> ModuleType:
    made: ModuleType = load("_timing")
    return made


def rows(printed: str) -> list[list[str]]:
    """Cells of the printed tables."""
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in printed.splitlines() if "|" in line]


def test_jobs_alternate_and_the_first_round_is_not_counted(timing: ModuleType) -> None:
    played: list[str] = []
    seconds = timing.rounds({"a": lambda: played.append("a"), "b": lambda: played.append("b")}, 3)
    assert "".join(played) == "abababab"
    assert {name: len(each) for name, each in seconds.items()} == {"a": 3, "b": 3}


def test_a_spread_is_told_by_median_and_extremes(timing: ModuleType) -> None:
    assert timing.spread([3.0, 1.0, 2.04]) == "2.0 (1.0-3.0)"


def test_a_table_is_markdown(timing: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    timing.table(["job", "ms"], [["ours", "12.5"]])
    assert rows(capsys.readouterr().out) == [["job", "ms"], ["----", "----"], ["ours", "12.5"]]


def test_the_ward_is_a_year_of_different_lesions(timing: ModuleType) -> None:
    ward, tables = timing.ward(2, TINY)
    assert tables.shape[0] == 364
    assert not np.array_equal(*np.asarray(ward.fine.batch.follicles))
    assert np.isfinite(ward.follow(tables[:7])[..., : len(Field)]).all()


def test_cost_prints_a_row_a_variant(load: Any, monkeypatch: Any, capsys: pytest.CaptureFixture[str]) -> None:
    cost = load("cost")
    for name, value in {"GRIDS": {"tiny": TINY}, "BATCHES": (1, 32), "WEEKS": 1}.items():
        monkeypatch.setattr(cost, name, value)
    cost.main()
    told = rows(capsys.readouterr().out)[2:]
    assert [row[:3] for row in told] == [["tiny", "1", "no"], ["tiny", "32", "no"], ["tiny", "32", "yes"]]


def worst(ward: Any, theirs: Any) -> float:
    """Largest difference of any field, as a share of the field's largest value."""
    pairs = [(np.asarray(mine)[0], found) for mine, found in zip(ward.fine.skin, theirs, strict=True)]
    return max(float(np.abs(mine - found).max() / max(np.abs(mine).max(), 1e-3)) for mine, found in pairs)


def test_numba_follows_the_same_course(load: Any, timing: ModuleType) -> None:
    pytest.importorskip("numba", reason="only with the extra `benchmarks`")
    ours, tables = timing.ward(1, Resolution(24, 0.3))
    fused = load("_fused").Fused(ours, tables)
    ours.follow(tables[:14])
    fused.follow(2)
    assert worst(ours, fused.skins.reshape(len(Field), 24, 24)) < 1e-4


def test_py_pde_follows_the_same_course(load: Any, timing: ModuleType) -> None:
    """A week; our interferon is half a step of spreading ahead, which is seen at the front."""
    pytest.importorskip("pde", reason="only with the extra `benchmarks`")
    ours, tables = timing.ward(1, Resolution(24, 0.3))
    steady = untreated(7)[:, :, None]
    steady[:, Channel.SUN] = tables[:7, Channel.SUN].mean()
    other = load("_pypde").PyPDE(ours, float(steady[0, Channel.SUN, 0]), 0.1)
    ours.follow(steady)
    other.follow(7)
    assert worst(ours, [np.asarray(each.data) for each in other.state]) < 0.05
