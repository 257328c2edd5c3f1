"""The engine against the same equations fused by hand in numba, and against py-pde: `python benchmarks/versus.py`.

(a) ours: 32 lesions of 24 x 24 at 0.3 mm, half-day steps, all cores, weekly observation included; (b) numba: the same
lesions, exposure, equations and scheme in hand-written loops, one thread a lesion, checked against (a) first, without
observation; (c) py-pde: the same right-hand side, one lesion, explicit Euler at 0.1 d, constant sun and no sessions,
a few days scaled to a year. Compilation is never counted. The jobs alternate in one process; ratios are by round.
"""

import os
from importlib.util import find_spec

os.environ.setdefault("NUMBA_THREADING_LAYER", "workqueue")  # idle threads sleep: they take no core from the others

import numpy as np
from _timing import rounds, spread, table, ward

from repigment.engine.weeks import DAYS
from repigment.patients.ward import Resolution
from repigment.skin.exposure import Channel
from repigment.skin.fields import Field, name

BATCH, WEEKS, ROUNDS = 32, 8, 7
PYPDE_DAYS, PYPDE_STEP = 7, 0.1
YEAR = 364


def need(package: str, module: str) -> None:
    """Stop where a package is missing."""
    if find_spec(module) is None:
        print(f"{package} is not installed: pip install 'repigment[benchmarks]'")
        raise SystemExit(1)


def agreement(ours, fused) -> tuple[float, str]:
    """Largest relative difference (of a field's largest value), and in which field."""
    found = []
    states = fused.skins.reshape(ours.size, len(Field), -1)
    for field, mine in zip(Field, ours.fine.skin, strict=True):
        known = np.asarray(mine).reshape(ours.size, -1)
        scale = np.abs(known).max() or 1.0
        found.append((float(np.abs(known - states[:, field]).max() / scale), name(field)))
    return max(found)


def main() -> None:
    """Print the agreement, then milliseconds per lesion-year and ratios to ours."""
    need("numba", "numba")
    need("py-pde", "pde")
    from _fused import Fused
    from _pypde import PyPDE

    ours, tables = ward(BATCH, Resolution(24, 0.3))
    fused = Fused(ours, tables)
    other = PyPDE(ours, float(tables[:PYPDE_DAYS, Channel.SUN, 0].mean()), PYPDE_STEP)
    ours.follow(tables[: DAYS * WEEKS])
    fused.follow(WEEKS)
    worst, where = agreement(ours, fused)
    print(f"numba against ours after {WEEKS} weeks: at most {worst:.1e} of a field's largest value ({where})")
    if not worst < 1e-3:
        raise SystemExit("the fused version does not solve the same problem")
    seconds = rounds(
        {
            "ours": lambda: ours.follow(tables[: DAYS * WEEKS]),
            "numba, fused by hand": lambda: fused.follow(WEEKS),
            "py-pde, explicit Euler": lambda: other.follow(PYPDE_DAYS),
        },
        ROUNDS,
    )
    years = [BATCH * WEEKS * DAYS / YEAR] * 2 + [PYPDE_DAYS / YEAR]
    report(seconds, years)


def report(seconds, years) -> None:
    """Print the table; `years` are the lesion-years of each job."""
    costs = [[1000 * s / year for s in each] for each, year in zip(seconds.values(), years, strict=True)]
    rows = [
        [job, spread(cost, 2), spread([c / own for c, own in zip(cost, costs[0], strict=True)], 2)]
        for job, cost in zip(seconds, costs, strict=True)
    ]
    table(["variant", "ms per lesion-year, median (least-most)", "ratio to ours, median (least-most)"], rows)
    print(f"py-pde: {PYPDE_DAYS} days of one lesion, scaled to a year; constant sun, no sessions.")


if __name__ == "__main__":
    main()
