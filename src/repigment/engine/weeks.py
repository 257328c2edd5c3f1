"""Advance a batch of patches week by week, and keep what was seen."""

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp

from repigment.engine.observe import observe
from repigment.engine.patches import Batch, Parameters
from repigment.engine.step import doses, step
from repigment.skin.exposure import Channel, Drive
from repigment.skin.fields import Skin

DAYS = 7


def drive_of(table: Any) -> Drive:
    """One day's exposure (channels, batch) by name, each (batch, 1, 1)."""
    return Drive(*(table[channel][:, None, None] for channel in Channel))


def one_day(skin: Skin, p: Parameters, batch: Batch, table: Any, steps: int, cells: bool = True) -> Skin:
    """A day of `steps` equal steps; doses fall on its first moment.

    Without `cells`, which then must be neither in the skin nor given, their two pools are numbers and not maps: what
    they do is worked out once and not in every pixel.
    """
    drive = drive_of(table)
    after = doses(skin, p, drive, batch)
    for _ in range(steps):
        after = step(after if cells else after._replace(cells=0.0, secretome=0.0), p, drive, batch, 1 / steps)
    return after if cells else after._replace(cells=skin.cells, secretome=skin.secretome)


def in_a_row(field: Any) -> jax.Array:
    """The pixels of each patch in one row: (batch, n, n) -> (batch, 1, n*n). Long loops fill the vector units."""
    return jnp.reshape(field, (field.shape[0], 1, -1))


@partial(jax.jit, static_argnames=("steps", "cells"), donate_argnums=0)
def one_week(
    skin: Skin, p: Parameters, batch: Batch, tables: Any, *, steps: int, cells: bool = True
) -> tuple[Skin, jax.Array]:
    """Seven days of exposure `tables` (7, channels, batch), `cells` or none; the skin afterwards and what is seen."""
    rows = batch._replace(
        follicles=in_a_row(batch.follicles), depots=in_a_row(batch.depots), lesion=in_a_row(batch.lesion)
    )
    own = jax.tree.map(lambda each: in_a_row(each) if each.ndim == 3 else each, p)

    def day(skin: Skin, table: Any) -> tuple[Skin, None]:
        return one_day(skin, own, rows, table, steps, cells), None

    last, _ = jax.lax.scan(day, Skin(*map(in_a_row, skin)), tables)
    skin = Skin(*(jnp.reshape(after, before.shape) for after, before in zip(last, skin, strict=True)))
    return skin, observe(skin, p, batch)


observe_now = jax.jit(observe)
