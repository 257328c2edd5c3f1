"""Days of a course with a way back written for the compiler: mornings are kept, one day at a time is undone.

Plain reverse differentiation of the step is right but slow: XLA copies cheap arithmetic into every loop that reads it,
and works out the way back many times over. A division is never copied. The rules below end in one, once a stage, and
parameters are differentiated as maps that are summed at the end.
"""

from functools import partial
from typing import Any

import jax
import jax.numpy as jnp

from repigment.engine import exponential
from repigment.engine.diffusion import spread
from repigment.engine.patches import Batch, Parameters
from repigment.engine.step import doses, rates
from repigment.skin.exposure import Channel, Drive
from repigment.skin.fields import Skin

Own = dict[str, Any]


@partial(jax.custom_vjp, nondiff_argnums=(3,))
def _advance(u: Any, gain: Any, loss: Any, h: float) -> Any:
    return exponential.advance(u, gain, loss, h)


def _advance_back(h: float, known: tuple[Any, Any, Any], w: Any) -> tuple[Any, ...]:
    """By u, gain g and loss: dU/dz is (g h q' - U (z q)')/(1 + z q) for z >= 0 and -(g h q' + u (|z| q)') below."""
    u, gain, loss = known
    z, gained = loss * h, gain * h
    size = jnp.abs(z)
    q, dq = 1 + size * (0.5 + size / 6), 0.5 + size / 3
    grown, below = 1 + jnp.maximum(-z, 0) * q, 1 + jnp.maximum(z, 0) * q
    moved = jnp.where(z < 0, u, (u + gained * q) / below)
    by_z = (jnp.where(z < 0, -gained, gained) * dq - moved * (q + size * dq)) / below
    ways = (w * grown / below, w * (h * q) / below, (w * h) * by_z)
    return tuple(_summed(way, jnp.shape(each)) for way, each in zip(ways, known, strict=True))


_advance.defvjp(lambda u, gain, loss, h: (exponential.advance(u, gain, loss, h), (u, gain, loss)), _advance_back)


def _summed(way: Any, shape: tuple[int, ...]) -> Any:
    """Sum over what was broadcast from `shape`."""
    axes = tuple(axis for axis in range(way.ndim) if not shape or shape[axis] < way.shape[axis])
    return jnp.sum(way, axis=axes).reshape(shape) if axes else way


class _Rows(Batch):
    """A batch with the pixels of each patch in a row; means are spread out again, so that their way back is one sum."""

    def mean(self, field: Any) -> Any:
        """Mean over each patch, (batch, 1, pixels)."""
        return jnp.broadcast_to(super().mean(field), field.shape)

    def neighbours(self, field: Any) -> Any:
        """Sum over the four neighbours, its own way back."""
        return _neighbours(field)

    @property
    def one(self) -> Any:
        """1, unknown to the compiler."""
        return 1 + 0 * self.pixel_area


@jax.custom_vjp
def _neighbours(field: Any) -> Any:
    return Batch.neighbours(None, field)  # type: ignore[arg-type] # needs nothing of the batch


_neighbours.defvjp(lambda field: (_neighbours(field), None), lambda _, way: (_neighbours(way),))


@partial(jax.custom_vjp, nondiff_argnums=(4,))
def _spread(field: Any, diffusivity: Any, kernel: Any, pixel_area: Any, days: float) -> Any:
    return spread(field, kernel)


def _spread_back(days: float, known: tuple[Any, Any, Any, Any], way: Any) -> tuple[Any, ...]:
    """By the field E w E, though it was cut at zero; by D days w lap(after), as E = exp(D days lap)."""
    after, diffusivity, kernel, pixel_area = known
    square = jnp.reshape(way, kernel.shape)
    back = jnp.matmul(jnp.matmul(kernel, square, precision="highest"), kernel, precision="highest")
    by_diffusivity = way * (_neighbours(after) - 4 * after) * (days / pixel_area)
    return jnp.reshape(back, way.shape), _summed(by_diffusivity, jnp.shape(diffusivity)), None, None


def _spread_on(field: Any, diffusivity: Any, kernel: Any, pixel_area: Any, days: float) -> Any:
    after = spread(field, kernel)
    return after, (after, diffusivity, kernel, pixel_area)


_spread.defvjp(_spread_on, _spread_back)


@jax.custom_vjp
def _settled(skin: Skin, one: Any) -> Skin:
    """The same; on the way back each field is divided by `one`, hence worked out once."""
    return skin


_settled.defvjp(lambda skin, one: (skin, one), lambda one, way: (Skin(*(each / one for each in way)), None))


def _stage(skin: Skin, at: Skin, p: Parameters, drive: Drive, rows: _Rows, h: float) -> Skin:
    moved = zip(skin, *rates(at, p, drive, rows), strict=True)
    return _settled(Skin(*(_advance(u, gain, loss, h) for u, gain, loss in moved)), rows.one)


def _step(skin: Skin, p: Parameters, drive: Drive, rows: _Rows, h: float) -> Skin:
    """As `engine.step.step`."""
    middle = _stage(skin, skin, p, drive, rows, h / 2)
    after = _stage(skin, middle, p, drive, rows, h)
    area = rows.pixel_area
    return after._replace(
        interferon=_spread(after.interferon, p.D_C, rows.interferon_kernel, area, h),
        effectors=_spread(after.effectors, p.D_T, rows.effector_kernel, area, h),
        secretome=_spread(after.secretome, p.D_V, rows.secretome_kernel, area, h),
    )


def _part(own: Own, skin: Skin, drive: Drive, fixed: tuple[Parameters, _Rows], steps: int, part: int) -> Skin:
    """Part 0 of a day is its doses, the others are its steps."""
    rest, rows = fixed
    p = Parameters(rest.__dict__ | own)
    return _step(skin, p, drive, rows, 1 / steps) if part else doses(skin, p, drive, rows)


def _drive(table: Any, shape: tuple[int, ...]) -> Drive:
    return Drive(*(jnp.broadcast_to(table[channel][:, None, None], shape) for channel in Channel))


def _forth(own: Own, skin: Skin, tables: Any, fixed: Any, steps: int) -> tuple[Skin, Skin]:
    """The skin after the days of `tables`, and every morning before."""

    def day(skin: Skin, table: Any) -> tuple[Skin, Skin]:
        evening = skin
        for part in range(steps + 1):
            evening = _part(own, evening, _drive(table, (table.shape[1], 1, 1)), fixed, steps, part)
        return evening, skin

    return jax.lax.scan(day, skin, tables)


def _back(steps: int, known: tuple[Any, ...], way: Skin) -> tuple[Any, ...]:
    own, mornings, tables, fixed = known
    shape = way.memory.shape

    def day(carried: tuple[Skin, Own], seen: tuple[Skin, Any]) -> tuple[tuple[Skin, Own], Any]:
        way, by_own = carried
        morning, table = seen
        maps = {name: jnp.broadcast_to(each, shape) for name, each in own.items()}
        drive, before = _drive(table, shape), [morning]
        for part in range(steps):
            before.append(_part(own, before[-1], _drive(table, (shape[0], 1, 1)), fixed, steps, part))
        by_drive: Any = None
        for part in reversed(range(steps + 1)):
            _, undo = jax.vjp(partial(_part, fixed=fixed, steps=steps, part=part), maps, before[part], drive)
            more, way, told = undo(way)
            by_own = jax.tree.map(jnp.add, by_own, more)
            by_drive = told if by_drive is None else jax.tree.map(jnp.add, by_drive, told)
        return (way, by_own), _row_sums(jnp.stack(by_drive))

    nothing = {name: jnp.zeros(shape, way.memory.dtype) for name in own}
    (way, by_own), by_tables = jax.lax.scan(day, (way, nothing), (mornings, tables), reverse=True)
    return {name: _summed(by_own[name], jnp.shape(each)) for name, each in own.items()}, way, by_tables, None


def _row_sums(maps: Any) -> Any:
    """Sums of `maps` (..., 1, pixels) over pixels by a product, which is quicker."""
    return jnp.matmul(maps, jnp.ones((maps.shape[-1], 1), maps.dtype), precision="highest")[..., 0, 0]


@partial(jax.custom_vjp, nondiff_argnums=(4,))
def _days(own: Own, skin: Skin, tables: Any, fixed: Any, steps: int) -> Skin:
    return _forth(own, skin, tables, fixed, steps)[0]


def _days_on(own: Own, skin: Skin, tables: Any, fixed: Any, steps: int) -> tuple[Skin, Any]:
    evening, mornings = _forth(own, skin, tables, fixed, steps)
    return evening, (own, mornings, tables, fixed)


_days.defvjp(_days_on, _back)


def days(own: Own, skin: Skin, tables: Any, rest: Parameters, batch: Batch, steps: int) -> Skin:
    """`skin` (batch, n, n) after the days of `tables` (days, channels, batch), to be differentiated by the first three.

    `own` are parameters by name, () or (batch, 1, 1), to differentiate by; those of `rest` and all of `batch` are held,
    but for the kernels, which answer to the diffusivities in `own` from which they must have been made.
    """

    def in_a_row(field: Any) -> Any:
        return jnp.reshape(field, (field.shape[0], 1, -1))

    rows = _Rows(*batch)._replace(
        follicles=in_a_row(batch.follicles),
        depots=in_a_row(batch.depots),
        lesion=in_a_row(batch.lesion),
        pixel_area=batch.pixel_area + 0 * tables[0, 0, 0],  # or the compiler could work out `one`
    )
    last = _days(own, Skin(*map(in_a_row, skin)), tables, jax.lax.stop_gradient((rest, rows)), steps)
    return Skin(*(jnp.reshape(after, before.shape) for after, before in zip(last, skin, strict=True)))
