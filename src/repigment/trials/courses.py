"""How the skin took its course: quantiles over the patients of each arm, week by week."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr

from repigment.skin.fields import ABOUT, Field, name
from repigment.trials.enrol import Case
from repigment.trials.watch import COLUMNS, Seen

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
SHOWN = {
    "visible_melanin": ("visible melanin of the lesion", "own skin = 1"),
    "depigmented": ("depigmented share of the lesion", "share"),
    **{
        name(field): (ABOUT[field].meaning, ABOUT[field].unit)
        for field in (
            Field.MELANOCYTES,
            Field.MELANOBLASTS,
            Field.EFFECTORS,
            Field.MEMORY,
            Field.INTERFERON,
            Field.REGULATION,
            Field.INFLAMMATION,
            Field.SECRETOME,
        )
    },
}


def watched_region(case: Case) -> int:
    """Position of the region that stands for a patient: the face where it is affected, otherwise the largest."""
    sites = [lesion.site for lesion in case.lesions]
    if "face" in sites:
        return sites.index("face")
    return int(np.argmax([lesion.hand_units for lesion in case.lesions]))


def courses(series: dict[str, list[Seen]]) -> xr.Dataset:
    """Dataset (arm, week, quantile) from what was seen of one region a case, (weeks + 1, COLUMNS), by arm."""
    arms = list(series)
    weeks = len(next(iter(series.values()))[0])
    columns = [COLUMNS.index(variable) for variable in SHOWN]
    table = np.empty((len(arms), weeks, len(QUANTILES), len(SHOWN)), np.float32)
    for row, arm in enumerate(arms):
        stacked = np.stack([seen[:, columns] for seen in series[arm]])
        table[row] = np.moveaxis(np.quantile(stacked, QUANTILES, axis=0), 0, 1)
    data: dict[str, Any] = {
        variable: (("arm", "week", "quantile"), table[..., column], {"long_name": meaning, "units": unit})
        for column, (variable, (meaning, unit)) in enumerate(SHOWN.items())
    }
    coordinates = {
        "arm": arms,
        "week": ("week", np.arange(weeks), {"units": "weeks"}),
        "quantile": list(QUANTILES),
    }
    return xr.Dataset(data, coordinates)


def by_arm(followed: Sequence[tuple[Case, Seen]]) -> dict[str, list[Seen]]:
    """What was seen of each case's watched region, by arm, in the order of the arms' first patients."""
    series: dict[str, list[Seen]] = {}
    for case, each in followed:
        series.setdefault(case.arm, []).append(each[watched_region(case)])
    return series
