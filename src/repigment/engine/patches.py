"""A batch of patches as the engine sees them: parameters, geometry and exposure, one row a patch."""

from math import isqrt
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from repigment.skin.window import AIM


@jax.tree_util.register_pytree_node_class
class Parameters:
    """Named parameters, each a number or an array that broadcasts over `(batch, y, x)`; `p.k_K` reads one.

    Arrays may differ from call to call; plain numbers are compiled into the program, which is a tenth faster.
    """

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)

    def tree_flatten(self) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        """Arrays, and then their names with the plain numbers, for JAX."""
        given = sorted(self.__dict__.items())
        fixed = tuple((name, each) for name, each in given if isinstance(each, float))
        varying = [(name, each) for name, each in given if not isinstance(each, float)]
        return tuple(each for _, each in varying), (tuple(name for name, _ in varying), fixed)

    @classmethod
    def tree_unflatten(cls, known: tuple[Any, ...], values: tuple[Any, ...]) -> "Parameters":
        """The inverse of `tree_flatten`."""
        names, fixed = known
        return cls(dict(fixed) | dict(zip(names, values, strict=True)))

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"no parameter {name!r}")


class Batch(NamedTuple):
    """Patches of one size: `follicles`, `depots`, `inside`, `outside` (batch, n, n) and `pixel_area` mm2.

    `follicles` usable per mm2; `depots` share of a dose that falls on each pixel; `inside` weights of the lesion and
    `outside` of the skin around it, each summing to 1; kernels E (batch, n, n) of interferon, effectors and secretome;
    `lesion` (batch, n, n) how lesional each pixel is, 0 to 1; `parts` (batch, parts, n, n)
    weights of what is watched apart within a lesion, None if nothing is.
    """

    follicles: Any
    depots: Any
    inside: Any
    outside: Any
    pixel_area: Any
    interferon_kernel: Any
    effector_kernel: Any
    secretome_kernel: Any
    lesion: Any = 0.0
    parts: Any = None

    @property
    def target(self) -> Any:
        """How much of a procedure aimed at the lesion meets each pixel, 0 to 1: the lesion and its rim."""
        return jnp.clip(self.lesion / AIM, 0, 1)

    def neighbours(self, field: Any) -> Any:
        """Sum over the four neighbours of each pixel, mirrored at the edge; `field` (batch, n, n) or in a row."""
        row = jnp.reshape(field, (*field.shape[:-2], -1))
        n = isqrt(row.shape[-1])
        column = np.arange(n * n) % n
        padded = jnp.concatenate([row[..., :n], row, row[..., -n:]], axis=-1)
        padded = jax.lax.optimization_barrier(padded)  # else the compiler would pad anew for every pixel
        above, left, right, below = (padded[..., shift : shift + n * n] for shift in (0, n - 1, n + 1, 2 * n))
        beside = jnp.where(column == 0, row, left) + jnp.where(column == n - 1, row, right)
        return jnp.reshape(above + below + beside, field.shape)

    def mean(self, field: Any) -> Any:
        """Mean over each patch, (batch, 1, 1)."""
        return jnp.mean(field, axis=(-2, -1), keepdims=True)
