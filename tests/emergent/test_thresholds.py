"""Where health ends: how many T cells, how much memory, how much recruitment it takes."""

from typing import Any

import numpy as np
import pytest

from repigment.evidence.parameters import value
from repigment.skin.fields import Field

AMOUNTS = np.linspace(0.05, 0.3, 32)


@pytest.fixture(scope="module")
def ends(mixed: Any) -> Any:
    """Melanocytes after 600 days, by T at the start (first half) and by R at the start (second half)."""
    start = mixed.start(64, regulation=0.3)
    start[:32, Field.EFFECTORS] = AMOUNTS
    start[32:, Field.MEMORY] = AMOUNTS
    own = {"theta": 1.0, "G_set": 0.3}
    return mixed.run(start, mixed.table(600, 64), own, site="face").end[:, Field.MELANOCYTES].reshape(2, 32)


@pytest.mark.parametrize(("row", "critical"), [(0, 0.123), (1, 0.213)], ids=["T_crit", "R_crit"])
def test_a_threshold_parts_health_from_vitiligo(ends: Any, row: int, critical: float) -> None:
    """Facial skin at theta = 1, G = 0.3 turns white from T = 0.12 (R = 0) or R = 0.21 (T = 0) on, and only then."""
    white = ends[row] < 0.5
    assert (np.diff(white.astype(int)) >= 0).all(), "one threshold"
    between = AMOUNTS[white.argmax() - 1], AMOUNTS[white.argmax()]
    assert between[0] - 0.004 < critical < between[1] + 0.004


def gain_of_the_loop(theta: Any, regulation: Any, blockade: Any, antigen: Any) -> Any:
    """(theta r_T/dl_T) sig_C a (1-J) / (dl_C (1 + (G/K_G)^2)), dl_T with what lack of antigen adds to it."""
    leaving = value("dl_T") * (1 + value("al_a") * (1 - antigen))
    heard = value("sig_C") * antigen * (1 - blockade) / (value("dl_C") * (1 + (regulation / value("K_G")) ** 2))
    return theta * value("r_T") / leaving * heard


@pytest.mark.parametrize("knob", ["theta", "G", "J"])
def test_the_criterion_of_existence(mixed: Any, knob: str) -> None:
    """Without memory the loop C -> T -> C keeps itself up if and only if its gain is at least 2 K_C (model page).

    Killing is off, so that antigen is a = 1/(1 + K_a) and the formula holds to the last per cent: 28 strengths of each
    knob on both sides of the formula's own threshold, from -14 to +14 % of gain.
    """
    antigen = 1 / (1 + value("K_a"))
    gains = 2 * value("K_C") * (1 + np.linspace(-0.14, 0.14, 28))
    whole = gain_of_the_loop(1.0, 0.3, 0.0, antigen)
    theta, regulation, blockade = np.ones(28), np.full(28, 0.3), np.zeros(28)
    if knob == "theta":
        theta = gains / whole
    elif knob == "G":
        bare = gain_of_the_loop(1.0, 0.0, 0.0, antigen)
        regulation = value("K_G") * np.sqrt(bare / gains - 1)
    else:
        blockade = 1 - gains / whole
    assert gain_of_the_loop(theta, regulation, blockade, antigen) == pytest.approx(gains)
    start = mixed.start(28, effectors=1.0, interferon=1.0, regulation=regulation)
    own = {"theta": theta, "G_set": regulation, "k_K": 0.0, "kap_R": 0.0, "s_T": 0.0}
    table = mixed.table(2100, 28, jak_blockade=blockade.astype(np.float32))
    alight = mixed.run(start, table, own).end[:, Field.INTERFERON] > 0.2
    clear = np.abs(gains / (2 * value("K_C")) - 1) > 0.01
    assert (alight == (gains >= 2 * value("K_C")))[clear].all()


def test_the_criterion_is_necessary_with_killing(mixed: Any) -> None:
    """In the full loop without memory, what stays alight has a gain of at least 2 K_C at its own antigen."""
    theta = np.linspace(0.4, 3, 64)
    start = mixed.start(64, effectors=1.0, interferon=1.0, regulation=0.3)
    own = {"theta": theta, "G_set": 0.3, "kap_R": 0.0, "s_T": 0.0}
    end = mixed.run(start, mixed.table(2100, 64), own, site="face").end
    seen = end[:, Field.MELANOCYTES] + value("w_b") * end[:, Field.MELANOBLASTS]
    gain = gain_of_the_loop(theta, 0.3, 0.0, seen / (seen + value("K_a")))
    alight = end[:, Field.INTERFERON] > 0.2
    assert 0 < alight.sum() < 64
    assert gain[alight].min() > 0.99 * 2 * value("K_C")
