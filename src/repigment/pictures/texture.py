"""What makes skin look like skin: furrows and pores as slight shading, fine mottling of melanin and blood."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value

Single = NDArray[np.float32]
MOST = 3000  # places along a side: a larger field has its texture in coarser steps


class Texture(NamedTuple):
    """Factors of about 1 by place, (rows, columns): on the light, on melanin and on blood."""

    light: Single
    melanin: Single
    blood: Single


def texture(width: float, height: float, strength: float, seed: int) -> Texture:
    """The texture of `width` x `height` mm of skin in steps of `texture_step` mm; `strength` 0 is smooth skin, 1 usual.

    The same seed and size give the same skin, however it is photographed. Every factor has the mean 1.

    >>> bool(abs(texture(20, 10, 1.0, 1).melanin.mean() - 1) < 1e-3)
    True
    """
    rng = np.random.default_rng(seed)
    step = max(value("texture_step"), max(width, height) / MOST)
    shape = (max(2, round(height / step)), max(2, round(width / step)))
    light = -value("texture_furrows") * _furrows(shape, step, rng) - value("texture_pores") * _pores(shape, step, rng)
    return Texture(
        _about_one(strength * light),
        _mottled(shape, step, strength * value("texture_melanin"), rng),
        _mottled(shape, step, strength * value("texture_blood"), rng),
    )


def _about_one(change: NDArray[np.floating]) -> Single:
    return (1 + change - change.mean()).astype(np.float32)


def _mottled(shape: tuple[int, int], step: float, spread: float, rng: np.random.Generator) -> Single:
    """exp(spread n) over its mean, with n a mottling of two scales and unit variance."""
    scale = value("texture_mottling") / step
    fields = [_unit(_smooth(rng.standard_normal(shape, np.float32), each)) for each in (scale, scale / 4)]
    found = np.exp(np.float32(spread) * (np.float32(0.8) * fields[0] + np.float32(0.6) * fields[1]))
    return found / found.mean(dtype=np.float64).astype(np.float32)


def _furrows(shape: tuple[int, int], step: float, rng: np.random.Generator) -> Single:
    """A net of fine lines, 0 to 1: where smooth noise, cut to one scale, crosses zero."""
    scale = value("texture_furrow_scale") / 4 / step
    noise = rng.standard_normal(shape, np.float32)
    band = _unit(_smooth(noise, scale) - _smooth(noise, 2 * scale))
    net: Single = np.exp(-((band / np.float32(0.35)) ** 2))
    return net


def _pores(shape: tuple[int, int], step: float, rng: np.random.Generator) -> Single:
    """Round pits, 0 to 1 and where two meet more, `texture_pore_count` a mm2."""
    here = (rng.random(shape, np.float32) < value("texture_pore_count") * step**2).astype(np.float32)
    radius = value("texture_pore_size") / 2 / step
    return _smooth(here, radius) * np.float32(2 * np.pi * max(radius, 0.4) ** 2)


def _unit(field: Single) -> Single:
    spread = float(field.std())
    return (field - field.mean()) / np.float32(spread if spread else 1)


def _smooth(field: Single, sigma: float) -> Single:
    import cv2

    return np.asarray(cv2.GaussianBlur(field, (0, 0), max(sigma, 0.4)), np.float32)
