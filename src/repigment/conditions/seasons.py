"""The years before enrolment: healthy skin and lesional skin under the same sun, hormones and injuries."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repigment.engine.precision import Precision
from repigment.engine.wellmixed import healthy_state, run_well_mixed
from repigment.skin.exposure import Channel
from repigment.skin.fields import Field


def lived(
    around: Mapping[str, Any],
    lesional: Mapping[str, Any],
    life: NDArray[np.float32],
    levels: tuple[float, ...],
    precision: Precision = "single",
) -> NDArray[np.float64]:
    """Skin (patches, levels, fields) after `life` (weeks * 7, channels, patches), lesional by each of `levels`.

    Parameters lie between `around` and `lesional` (patches,); the niche begins at its set point.
    """
    count = life.shape[-1]
    share = np.repeat(levels, count)
    p = {name: np.tile(np.broadcast_to(np.asarray(given, float), count), len(levels)) for name, given in around.items()}
    for name, inner in lesional.items():
        p[name] = p[name] + (np.tile(np.broadcast_to(np.asarray(inner, float), count), len(levels)) - p[name]) * share
    state = healthy_state(len(share), p.get("G_set", 1.0))
    state[:, Field.NICHE] = p.get("F_set", 0.0)
    table = np.tile(life, (1, 1, len(levels)))
    table[:, Channel.INJURY] *= share
    after = run_well_mixed(state, p, table, len(life) // 7, precision=precision)
    return after.reshape(len(levels), count, len(Field)).swapaxes(0, 1)
