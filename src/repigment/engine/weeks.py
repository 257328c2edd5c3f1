"""Advance a batch of patches week by week, and keep what was seen."""

from functools import partial
from typing import Any

import jax

from repigment.engine.observe import observe
from repigment.engine.patches import Batch, Parameters
from repigment.engine.step import doses, step
from repigment.skin.exposure import Channel, Drive
from repigment.skin.fields import Skin

DAYS = 7


def drive_of(table: Any) -> Drive:
    """One day's exposure (channels, batch) by name, each (batch, 1, 1)."""
    return Drive(*(table[channel][:, None, None] for channel in Channel))


def one_day(skin: Skin, p: Parameters, batch: Batch, table: Any, steps: int) -> Skin:
    """A day of `steps` equal steps; doses fall on its first moment."""
    drive = drive_of(table)
    skin = doses(skin, p, drive, batch)
    for _ in range(steps):
        skin = step(skin, p, drive, batch, 1 / steps)
    return skin


@partial(jax.jit, static_argnames="steps", donate_argnums=0)
def one_week(skin: Skin, p: Parameters, batch: Batch, tables: Any, *, steps: int) -> tuple[Skin, jax.Array]:
    """Seven days of exposure `tables` (7, channels, batch); the skin afterwards and what is observed of it."""

    def day(skin: Skin, table: Any) -> tuple[Skin, None]:
        return one_day(skin, p, batch, table, steps), None

    skin, _ = jax.lax.scan(day, skin, tables)
    return skin, observe(skin, p, batch)


observe_now = jax.jit(observe)
