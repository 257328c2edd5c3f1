"""How a camera bends light before it writes it: its curve, from greys whose light is known."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value

Floats = NDArray[np.float64]


class ToneCurve(NamedTuple):
    """Light of a level v that was decoded as sRGB: v^power exp(bend (v - 1) + root (sqrt v - 1)); 1, 0, 0 is sRGB.

    >>> ToneCurve(2.0).light(np.array([0.5])).tolist()
    [0.25]
    """

    power: float = 1.0
    bend: float = 0.0
    root: float = 0.0

    @property
    def plain(self) -> bool:
        """Whether it changes nothing."""
        return self == ToneCurve()

    @property
    def rising(self) -> bool:
        """Whether more light always gives a higher level: power + bend v + root sqrt(v) / 2 > 0 on 0 to 1."""
        levels = np.linspace(0, 1, 101)
        return bool((self.power + self.bend * levels + self.root * np.sqrt(levels) / 2 > 0).all())

    def light(self, levels: NDArray[np.floating]) -> NDArray[np.floating]:
        """Light (...) of levels (...), in their own precision."""
        if self.plain:
            return levels
        known = np.maximum(levels, 0)
        exponent = self.bend * (known - 1) + self.root * (np.sqrt(known) - 1)
        bent: NDArray[np.floating] = known ** levels.dtype.type(self.power) * np.exp(exponent)
        return bent.astype(levels.dtype, copy=False)


def fitted(levels: Floats, errors: Floats, greys: Floats) -> ToneCurve:
    """The curve by the levels (n, 3) of n greys with reflectances `greys` (n,), `errors` (n, 3) their standard errors.

    ln g_j + c_k = p ln v_jk + q (v_jk - 1) + r (sqrt v_jk - 1), by least squares with p near 1, q and r near 0
    beforehand; each channel has its own exposure c_k. The curve stays plain where that explains the greys nearly as
    well, or where the fit would not rise.
    """
    known = np.maximum(levels, value("card_floor"))
    spread = np.hypot(errors / known, value("grey_error")) + value("card_floor") / known / 2
    rows, wanted = [], []
    for channel in range(3):
        v = known[:, channel]
        exposure = np.zeros((len(greys), 3))
        exposure[:, channel] = -1.0
        rows.append(np.c_[np.log(v), v - 1, np.sqrt(v) - 1, exposure] / spread[:, channel, None])
        wanted.append(np.log(greys) / spread[:, channel])
    prior = np.zeros((3, 6))
    prior[:, :3] = np.diag([1 / value("curve_power_sd"), 1 / value("curve_bend_sd"), 1 / value("curve_root_sd")])
    design = np.concatenate([*rows, prior])
    target = np.concatenate([*wanted, [prior[0, 0], 0.0, 0.0]])
    found = np.linalg.lstsq(design, target)[0]
    curve = ToneCurve(*(float(each) for each in found[:3]))
    plain = np.linalg.lstsq(design[:, 3:], target - design[:, 0])[0]
    gain = ((target - design[:, 0] - design[:, 3:] @ plain) ** 2).sum() - ((target - design @ found) ** 2).sum()
    return curve if gain > value("curve_gain") and curve.rising else ToneCurve()
