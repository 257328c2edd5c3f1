"""An outcome of a course and its gradient with respect to parameters and to the exposure, in bounded memory."""

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp

from repigment.engine.adjoint import days
from repigment.engine.batching import make_batch, model_parameters, opening, unstack
from repigment.engine.observe import OBSERVED, observe
from repigment.skin.fields import Skin

KEPT = 91  # days; 3 MB a lesion of 24 x 24


class Maps(NamedTuple):
    """Where a course begins, on a grid of n x n pixels of `dx` mm.

    `state` (batch, fields, n, n); `follicles`, `depots`, `inside`, `outside` (batch, n, n) as in Batch.
    """

    state: Any
    follicles: Any
    depots: Any
    inside: Any
    outside: Any


@partial(jax.jit, static_argnames=("dx", "steps", "quantity", "kept"))
def outcome(
    own: Mapping[str, Any],
    tables: Any,
    rest: Mapping[str, Any],
    maps: Maps,
    *,
    dx: float,
    steps: int,
    quantity: str,
    kept: int = KEPT,
) -> jax.Array:
    """A quantity of OBSERVED after the days of `tables` (days, channels, batch), one value a lesion.

    `own` and `rest` are model parameters by name, numbers or (batch,); `own` are those to differentiate by. On the way
    back one state a day is kept for `kept` days at most, and one for each earlier stretch of that length, which is
    then played once more. Only reverse differentiation is possible.
    """
    p = model_parameters({**rest, **own}, tables.dtype)
    batch = make_batch(p, *maps[1:], dx, 1 / steps, tables.dtype)
    skin = opening(unstack(maps.state, tables.dtype), p, dx, 1 / steps)
    chosen = {name: getattr(p, name) for name in own}

    def stretch(skin: Skin, tables: Any) -> tuple[Skin, None]:
        return days(chosen, skin, tables, p, batch, steps), None

    first = len(tables) % kept
    if first:
        skin, _ = stretch(skin, tables[:first])
    if len(tables) > first:
        skin, _ = jax.lax.scan(jax.checkpoint(stretch), skin, tables[first:].reshape(-1, kept, *tables.shape[1:]))
    return observe(skin, p, batch)[:, OBSERVED.index(quantity)]


def outcome_and_gradient(
    own: Mapping[str, Any],
    tables: Any,
    rest: Mapping[str, Any],
    maps: Maps,
    *,
    dx: float,
    steps: int = 2,
    quantity: str = "depigmented",
) -> tuple[jax.Array, dict[str, Any], Any]:
    """`outcome` (batch,), its gradient by each parameter of `own` (as given) and by `tables` (same shape).

    Lesions do not act on each other, so a parameter given as (batch,) gets each lesion's own derivative.

    >>> ones = jnp.ones((1, 4, 4)) / 16
    >>> start = Maps(jnp.ones((1, 17, 4, 4)), ones, ones, ones, ones)
    >>> from repigment.skin.exposure import untreated
    >>> tables = jnp.asarray(untreated(2))[:, :, None]
    >>> value, by, _ = outcome_and_gradient({"k_K": 0.12}, tables, {}, start, dx=0.3, steps=1, quantity="melanocytes")
    >>> float(by["k_K"]) < 0
    True
    """

    def total(own: Mapping[str, Any], tables: Any) -> tuple[jax.Array, jax.Array]:
        values = outcome(own, tables, rest, maps, dx=dx, steps=steps, quantity=quantity)
        return jnp.sum(values), values

    given = {name: jnp.asarray(each, tables.dtype) for name, each in own.items()}
    (_, values), (by_own, by_tables) = jax.value_and_grad(total, argnums=(0, 1), has_aux=True)(given, tables)
    return values, by_own, by_tables
