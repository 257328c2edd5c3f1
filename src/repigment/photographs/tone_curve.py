"""How a camera bends light before it writes it: its curve, from greys whose light is known."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value

Floats = NDArray[np.float64]


class ToneCurve(NamedTuple):
    """Light of a level v, which was decoded as sRGB: v^power exp(bend (v - 1)); 1 and 0 where the file is plain sRGB."""

    power: float = 1.0
    bend: float = 0.0

    @property
    def plain(self) -> bool:
        """Whether it changes nothing that matters."""
        return abs(self.power - 1) + abs(self.bend) < value("curve_plain")

    def light(self, levels: NDArray[np.floating]) -> NDArray[np.floating]:
        """Light (...) of levels (...), in their own precision.

        >>> ToneCurve(2.0).light(np.array([0.5])).tolist()
        [0.25]
        """
        if self.plain:
            return levels
        known = np.maximum(levels, 0)
        bent: NDArray[np.floating] = known ** levels.dtype.type(self.power) * np.exp(self.bend * (known - 1))
        return bent.astype(levels.dtype, copy=False)


def fitted(levels: Floats, errors: Floats, greys: Floats) -> ToneCurve:
    """The curve by the levels (n, 3) of n greys with reflectances `greys` (n,), `errors` (n, 3) their standard errors.

    ln g_j + c_k = p ln v_jk + q (v_jk - 1), by least squares with p near 1 and q near 0 beforehand; each channel has
    its own exposure c_k. The curve rises: p + q v > 0 on 0 to 1, or it is taken as plain.
    """
    known = np.maximum(levels, value("card_floor"))
    spread = np.hypot(errors / known, value("grey_error")) + value("card_floor") / known
    rows, wanted = [], []
    for channel in range(3):
        exposure = np.zeros((len(greys), 3))
        exposure[:, channel] = -1.0
        design = np.c_[np.log(known[:, channel]), known[:, channel] - 1, exposure]
        rows.append(design / spread[:, channel, None])
        wanted.append(np.log(greys) / spread[:, channel])
    prior = np.zeros((2, 5))
    prior[0, 0] = 1 / value("curve_power_sd")
    prior[1, 1] = 1 / value("curve_bend_sd")
    design = np.concatenate([*rows, prior])
    target = np.concatenate([*wanted, [prior[0, 0], 0.0]])
    power, bend = np.linalg.lstsq(design, target)[0][:2]
    if min(power, power + bend) <= 0:
        return ToneCurve()
    return ToneCurve(float(power), float(bend))
