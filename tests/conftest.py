"""What the proofs of the model share: skin followed day by day, with any number of steps, by one program a shape."""

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from numpy.typing import NDArray

from repigment.engine.batching import defaults, model_parameters
from repigment.engine.observe import OBSERVED, observe
from repigment.engine.precision import Precision, computing
from repigment.engine.runtime import keep_compiled
from repigment.engine.step import doses, step
from repigment.engine.weeks import drive_of, observe_now
from repigment.engine.wellmixed import healthy_state, well_mixed
from repigment.skin.exposure import Channel, untreated
from repigment.skin.fields import Field, Skin
from repigment.skin.sites import site_parameters

Array = NDArray[np.float64]
Follow = Callable[..., "Course"]
ROWS = 64  # subjects of a well-mixed run, whatever a test asks for: one compiled program
WEEK = 7  # days
ORACLE = Path(__file__).parents[2] / "shared" / "reference" / "model_0d.py"


@pytest.fixture(scope="session")
def oracle() -> Any:
    """The executable form of the model that came with it."""
    if not ORACLE.exists():
        pytest.skip("the reference model is not beside this checkout (../shared/reference/model_0d.py)")
    spec = importlib.util.spec_from_file_location("oracle", ORACLE)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True)
class Course:
    """What was seen at the start and after every day, (days + 1, rows, quantities), and the skin at the end."""

    seen: Array
    skin: Any

    def __getitem__(self, quantity: str) -> Array:
        """One quantity of OBSERVED, (days + 1, rows)."""
        return self.seen[..., OBSERVED.index(quantity)]

    @property
    def end(self) -> Array:
        """State of each row at the end, (rows, fields); means over the lesion where there is space."""
        return self.seen[-1, :, : len(Field)]


@jax.jit
def one_week(skin: Skin, p: Any, batch: Any, tables: Any, steps: Any) -> Any:
    """The engine's days, as `engine.weeks.one_week` has them, but with the number of steps not compiled in."""

    def day(skin: Skin, table: Any) -> Any:
        drive = drive_of(table)
        skin = doses(skin, p, drive, batch)
        h = 1 / steps.astype(table.dtype)
        skin = jax.lax.fori_loop(0, steps, lambda _, each: step(each, p, drive, batch, h), skin)
        return skin, observe(skin, p, batch)

    return jax.lax.scan(day, skin, tables)


@pytest.fixture(scope="session")
def follow() -> Follow:
    """`follow(skin, p, batch, table, steps)` under `table` (days, channels, rows), whole weeks."""
    keep_compiled()

    def followed(skin: Skin, p: Any, batch: Any, table: NDArray[Any], steps: int = 2) -> Course:
        seen = [np.asarray(observe_now(skin, p, batch))[None]]
        for first in range(0, len(table), WEEK):
            tables = jnp.asarray(table[first : first + WEEK], skin.memory.dtype)
            skin, observed = one_week(skin, p, batch, tables, jnp.asarray(steps))
            seen.append(np.asarray(observed))
        return Course(np.concatenate(seen).astype(np.float64), skin)

    return followed


@dataclass(frozen=True)
class WellMixed:
    """Subjects without space, with the model's own parameters unless a test changes them."""

    follow: Follow

    def start(self, count: int = 1, **fields: Any) -> Array:
        """Healthy skin (count, fields) with some fields set, each to a number or to (count,)."""
        state = healthy_state(count)
        for name, values in fields.items():
            state[:, Field[name.upper()]] = values
        return state

    def table(self, days: int, count: int = 1, **channels: Any) -> NDArray[np.float32]:
        """Exposure (days, channels, count) of whole weeks; channels broadcast over (days, count)."""
        table = untreated(-(-days // WEEK) * WEEK)[:, :, None].repeat(count, 2)
        for name, values in channels.items():
            table[:days, Channel[name.upper()]] = values
        return table

    def run(
        self,
        start: Array,
        table: NDArray[Any],
        parameters: Mapping[str, Any],
        *,
        site: str | None = None,
        steps: int = 4,
        precision: Precision = "single",
    ) -> Course:
        """Follow `start` (rows, fields) under `table`; `parameters` are numbers or (rows,)."""
        count = len(start)
        rows = np.minimum(np.arange(ROWS), count - 1)
        wanted = defaults() | (site_parameters(site) if site else {}) | dict(parameters)
        with computing(precision) as dtype:
            p = model_parameters({name: np.broadcast_to(v, count)[rows] for name, v in wanted.items()}, dtype)
            skin = Skin(*(jnp.asarray(start[rows, field], dtype)[:, None, None] for field in Field))
            course = self.follow(skin, p, well_mixed(p, ROWS, dtype), table[:, :, rows], steps)
        return Course(course.seen[:, :count], course.skin)


@pytest.fixture(scope="session")
def mixed(follow: Follow) -> WellMixed:
    return WellMixed(follow)
