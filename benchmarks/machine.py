"""How much of the machine's matrix and memory rate the step reaches: `python benchmarks/machine.py`."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from _timing import rounds, spread, table, ward

from repigment.engine.weeks import one_week
from repigment.patients.ward import Resolution
from repigment.skin.fields import Field

BATCH, GRID, STEPS_A_WEEK, STAGES = 32, 24, 14, 2
WEEKS = 4


def main() -> None:
    """Print measured rates, and the share of them that a week of 32 lesions reaches."""
    followed, tables = ward(BATCH, Resolution(GRID, 0.3))
    square = jnp.asarray(np.random.default_rng(0).random((2048, 2048)), jnp.float32)
    small = jnp.asarray(np.random.default_rng(0).random((256, GRID, GRID)), jnp.float32)
    big, elsewhere = np.ones(2**25, np.float32), np.zeros(2**25, np.float32)  # touched: no page is fetched in between
    product = jax.jit(partial(jnp.matmul, precision="highest"))  # as the step has it
    seconds = rounds(
        {
            "large": lambda: product(square, square).block_until_ready(),
            "small": lambda: product(small, small).block_until_ready(),
            "copy": lambda: np.copyto(elsewhere, big),
            "weeks": lambda: followed.follow(tables[: 7 * WEEKS]),
        },
        count=7,
    )
    large = [2 * 2048**3 / s / 1e9 for s in seconds["large"]]
    batched = [2 * 256 * GRID**3 / s / 1e9 for s in seconds["small"]]
    copied = [2 * big.nbytes / s / 1e9 for s in seconds["copy"]]
    steps = WEEKS * STEPS_A_WEEK
    products = [steps * 3 * 2 * 2 * BATCH * GRID**3 / s / 1e9 for s in seconds["weeks"]]
    traffic = [steps * STAGES * 2 * len(Field) * BATCH * GRID**2 * 4 / s / 1e9 for s in seconds["weeks"]]
    counted = (
        one_week.lower(followed.fine.skin, followed.fine.p, followed.fine.batch, jnp.asarray(tables[:7]), steps=2)
        .compile()
        .cost_analysis()
    )
    day = float(counted.get("flops", 0.0))  # XLA counts the body of the week's loop once: one day
    arithmetic = [7 * WEEKS * day / s / 1e9 for s in seconds["weeks"]]
    share = [100 * least / whole for least, whole in zip(traffic, copied, strict=True)]
    table(
        ["quantity", "median (least-most)"],
        [
            ["product of 2048 x 2048, GFLOP/s", spread(large)],
            [f"products of {GRID} x {GRID} in a batch, GFLOP/s", spread(batched)],
            ["copy, GB/s read and written", spread(copied)],
            ["step: its small products, GFLOP/s", spread(products, 2)],
            ["step: all arithmetic that XLA counts, GFLOP/s", spread(arithmetic)],
            ["step: least memory traffic (state once in, once out a stage), GB/s", spread(traffic, 2)],
            ["least traffic over copy, %", spread(share)],
        ],
    )


if __name__ == "__main__":
    main()
