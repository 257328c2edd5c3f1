"""What is written down of a patch at the end of each week."""

from typing import Any

import jax
import jax.numpy as jnp

from repigment.engine.patches import Batch
from repigment.skin.fields import Field, Skin, name

SHARPNESS = 0.1  # width of the soft threshold between pigmented and depigmented skin, in constitutive units
HALF = 0.5  # melanin below half of the own skin counts as depigmented

OBSERVED = (*(name(field) for field in Field), "visible_melanin", "depigmented", "advance", "surround_melanin")


def visible_melanin(skin: Skin, p: Any) -> Any:
    """(P1 + P2 + w_D D) / (1 + c_corn tau2/tau1): 1 is the person's own untanned skin."""
    whole = 1 + p.c_corn * p.tau2 / p.tau1
    return (skin.melanin_viable + skin.melanin_corneum + p.w_D * skin.melanin_dermal) / whole


def depigmented(skin: Skin, p: Any) -> Any:
    """Soft 0..1 map of depigmentation: a differentiable `visible melanin below half`."""
    return jax.nn.sigmoid((HALF - visible_melanin(skin, p)) / SHARPNESS)


def observe(skin: Skin, p: Any, batch: Batch) -> jax.Array:
    """The quantities of OBSERVED, (batch, len(OBSERVED)).

    Means over the lesion of every field and of visible melanin; depigmented share of the lesion (0..1); advance of the
    lesion into the skin around it, mm; visible melanin of that skin.
    """
    over = ("...yx,...yx->...",)
    white, seen = depigmented(skin, p), visible_melanin(skin, p)
    inside = [jnp.einsum(*over, field, batch.inside) for field in (*skin, seen, white)]
    edge = jnp.sqrt(batch.pixel_area) * white.shape[-1]
    advance = jnp.sum(white * (batch.outside > 0), axis=(-2, -1)) * jnp.squeeze(batch.pixel_area / edge)
    return jnp.stack([*inside, advance, jnp.einsum(*over, seen, batch.outside)], axis=-1)
