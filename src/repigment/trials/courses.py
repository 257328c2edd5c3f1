"""How the skin took its course: quantiles over the patients of each arm and all worlds, week by week."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from repigment.skin.fields import ABOUT, Field, name
from repigment.trials.rated import Rated
from repigment.trials.watch import COLUMNS

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
Quantity = tuple[str, str]  # its meaning and its unit


def _fields(*fields: Field) -> dict[str, Quantity]:
    return {name(field): (ABOUT[field].meaning, ABOUT[field].unit) for field in fields}


VISIBLE = {"visible_melanin": ("visible melanin of the lesion", "own skin = 1")}
OF_VITILIGO = {
    **VISIBLE,
    "depigmented": ("depigmented share of the lesion", "share"),
    **_fields(
        Field.MELANOCYTES,
        Field.MELANOBLASTS,
        Field.EFFECTORS,
        Field.MEMORY,
        Field.INTERFERON,
        Field.REGULATION,
        Field.INFLAMMATION,
        Field.SECRETOME,
    ),
}
OF_DARK_LESIONS = {
    **VISIBLE,
    "surround_melanin": ("visible melanin of the skin around", "own skin = 1"),
    "contrast": ("contrast of the lesion with the skin around", "type III skin = 1"),
    "darker": ("share of the lesion that is visibly darker", "share"),
    **_fields(
        Field.NICHE,
        Field.MELANOGENESIS,
        Field.UV_DAMAGE,
        Field.MELANIN_DERMAL,
        Field.INFLAMMATION,
        Field.MELANOCYTES,
        Field.SECRETOME,
    ),
}


def shown(scale: str) -> dict[str, Quantity]:
    """The quantities that are shown of lesions that are scored on this scale.

    >>> "memory" in shown("white patches"), "memory" in shown("face")
    (True, False)
    """
    return OF_VITILIGO if scale == "white patches" else OF_DARK_LESIONS


def courses(series: dict[str, list[NDArray[np.float32]]], scale: str = "white patches") -> xr.Dataset:
    """Dataset (arm, week, quantile) from what was seen of one region a case, (weeks + 1, COLUMNS), by arm."""
    arms, quantities = list(series), shown(scale)
    weeks = len(next(iter(series.values()))[0])
    columns = [COLUMNS.index(variable) for variable in quantities]
    table = np.empty((len(arms), weeks, len(QUANTILES), len(quantities)), np.float32)
    for row, arm in enumerate(arms):
        stacked = np.stack([seen[:, columns] for seen in series[arm]])
        table[row] = np.moveaxis(_quantiles(stacked), 0, 1)
    data: dict[str, Any] = {
        variable: (("arm", "week", "quantile"), table[..., column], {"long_name": meaning, "units": unit})
        for column, (variable, (meaning, unit)) in enumerate(quantities.items())
    }
    coordinates = {
        "arm": arms,
        "week": ("week", np.arange(weeks), {"units": "weeks"}),
        "quantile": list(QUANTILES),
    }
    return xr.Dataset(data, coordinates)


def by_arm(followed: Sequence[Rated]) -> dict[str, list[NDArray[np.float32]]]:
    """What was seen of each case, by arm, in the order of the arms' first patients; NaN once in another arm."""
    series: dict[str, list[NDArray[np.float32]]] = {}
    for each in followed:
        weeks = np.arange(len(each.seen))[:, None]
        series.setdefault(each.case.arm, []).append(np.where(weeks <= each.case.moves, each.seen, np.nan))
    return series


def _quantiles(stacked: NDArray[np.float32]) -> NDArray[np.float32]:
    """Quantiles over the cases that are in the arm in a week; NaN where nobody is."""
    found = np.full((len(QUANTILES), *stacked.shape[1:]), np.nan, np.float32)
    there = np.isfinite(stacked).any(axis=(0, 2))
    found[:, there] = np.nanquantile(stacked[:, there], QUANTILES, axis=0)
    return found
