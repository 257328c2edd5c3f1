"""What is written down of a patch at the end of each week."""

from typing import Any

import jax
import jax.numpy as jnp

from repigment.engine.patches import Batch
from repigment.engine.threshold import HALF, SHARPNESS
from repigment.skin.fields import Field, Skin, name

NO_SLOPE = 1e-12  # keeps a square root differentiable in even skin
EDGE_OF_SIGHT = 0.25  # width of the soft threshold of what is seen as darker, in its own units

OBSERVED = (
    *(name(field) for field in Field),
    "visible_melanin",
    "depigmented",
    "advance",
    "surround_melanin",
    "contrast",
    "darker",
    "unevenness",
)
OF_A_PART = ("contrast", "darker", "depth", "lighter")  # what is observed of each part of a lesion


def visible_melanin(skin: Skin, p: Any) -> Any:
    """(P1 + P2 + w_D D) / (1 + c_corn tau2/tau1): 1 is the person's own untanned skin."""
    whole = 1 + p.c_corn * p.tau2 / p.tau1
    return (skin.melanin_viable + skin.melanin_corneum + p.w_D * skin.melanin_dermal) / whole


def shown(skin: Skin, p: Any) -> Any:
    """What a picture needs (..., 4, y, x): melanin of the epidermis and of the dermis, own skin = 1; N and F."""
    whole = 1 + p.c_corn * p.tau2 / p.tau1
    epidermal = (skin.melanin_viable + skin.melanin_corneum) / whole
    return jnp.stack([epidermal, skin.melanin_dermal / whole, skin.inflammation, skin.niche], axis=-3)


def depigmented(skin: Skin, p: Any) -> Any:
    """Soft 0..1 map of depigmentation: a differentiable `visible melanin below half`."""
    return jax.nn.sigmoid((HALF - visible_melanin(skin, p)) / SHARPNESS)


def observe(skin: Skin, p: Any, batch: Batch) -> jax.Array:
    """The quantities of OBSERVED, (batch, len(OBSERVED)), and then those of OF_A_PART of each part, if there are parts.

    Means over the lesion of every field and of visible melanin; depigmented share of the lesion (0..1); advance of the
    lesion into the skin around it, mm; visible melanin of that skin; contrast with it in absolute melanin (type III
    skin = 1), share of the lesion that is visibly darker; standard deviation of absolute melanin over the patch.
    """
    over = ("...yx,...yx->...",)
    white, seen = depigmented(skin, p), visible_melanin(skin, p)
    inside = [jnp.einsum(*over, field, batch.inside) for field in (*skin, seen, white)]
    edge = jnp.sqrt(batch.pixel_area) * white.shape[-1]
    advance = jnp.sum(white * (batch.outside > 0), axis=(-2, -1)) * jnp.squeeze(batch.pixel_area / edge)
    excess = contrast(seen, p, batch)
    told = [jnp.einsum(*over, each, batch.inside) for each in (excess, darker(excess, p))]
    uneven = jnp.sqrt(jnp.var(excess, axis=(-2, -1)) + NO_SLOPE)
    known = jnp.stack([*inside, advance, jnp.einsum(*over, seen, batch.outside), *told, uneven], axis=-1)
    return known if batch.parts is None else jnp.concatenate([known, _of_parts(excess, p, batch)], axis=-1)


def contrast(seen: Any, p: Any, batch: Batch) -> Any:
    """phi (P - mean P of the skin around), the excess of visible melanin in absolute units (type III skin = 1)."""
    return p.phi * (seen - jnp.sum(seen * batch.outside, axis=(-2, -1), keepdims=True))


def darker(excess: Any, p: Any) -> Any:
    """Soft 0..1 map of places visibly darker than the skin around; of lighter ones with `-excess`."""
    return jax.nn.sigmoid((excess - p.dark_step) / (p.dark_step * EDGE_OF_SIGHT))


def _of_parts(excess: Any, p: Any, batch: Batch) -> jax.Array:
    """OF_A_PART of each part in turn, (batch, parts * len(OF_A_PART)).

    Mean contrast, share visibly darker, mean contrast of the darker places, share visibly lighter.
    """
    dark = darker(excess, p)
    maps = jnp.stack([excess, dark, excess * dark, darker(-excess, p)], axis=-3)
    mean, share, depth, light = jnp.moveaxis(jnp.einsum("bqyx,bkyx->bkq", maps, batch.parts), -1, 0)
    found = jnp.stack([mean, share, depth / jnp.maximum(share, 1e-6), light], axis=-1)
    return jnp.reshape(found, (found.shape[0], -1))
