"""A batch of patches as the engine sees them: parameters, geometry and exposure, one row a patch."""

from typing import Any, NamedTuple

import jax
import jax.numpy as jnp


@jax.tree_util.register_pytree_node_class
class Parameters:
    """Named parameters, each a number or an array that broadcasts over `(batch, y, x)`; `p.k_K` reads one."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)

    def tree_flatten(self) -> tuple[tuple[Any, ...], tuple[str, ...]]:
        """Values and names, for JAX."""
        names = tuple(sorted(self.__dict__))
        return tuple(self.__dict__[name] for name in names), names

    @classmethod
    def tree_unflatten(cls, names: tuple[str, ...], values: tuple[Any, ...]) -> "Parameters":
        """The inverse of `tree_flatten`."""
        return cls(dict(zip(names, values, strict=True)))

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"no parameter {name!r}")


class Batch(NamedTuple):
    """Patches of one size: `follicles`, `depots`, `inside`, `outside` (batch, n, n) and `pixel_area` mm2.

    `follicles` usable per mm2; `depots` share of a dose that falls on each pixel; `inside` weights of the lesion and
    `outside` of the skin around it, each summing to 1; kernels E (batch, n, n) of interferon, effectors and secretome.
    """

    follicles: Any
    depots: Any
    inside: Any
    outside: Any
    pixel_area: Any
    interferon_kernel: Any
    effector_kernel: Any
    secretome_kernel: Any

    def neighbours(self, field: Any) -> Any:
        """Sum over the four neighbours of each pixel, mirrored at the edge."""
        padded = jnp.pad(field, [(0, 0)] * (field.ndim - 2) + [(1, 1), (1, 1)], mode="edge")
        middle = slice(1, -1)
        return padded[..., :-2, middle] + padded[..., 2:, middle] + padded[..., middle, :-2] + padded[..., middle, 2:]

    def mean(self, field: Any) -> Any:
        """Mean over each patch, (batch, 1, 1)."""
        return jnp.mean(field, axis=(-2, -1), keepdims=True)
