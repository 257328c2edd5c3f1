"""An expansion in words, rows and files."""

import csv
import io
from json import dumps

from repigment.cells.expansion import Expansion
from repigment.cells.limits import limits
from repigment.cells.numbers import ranged, spoken
from repigment.cells.sources import TISSUE

UNIT = {"cord": "cm", "marrow": "g", "fat": "g"}
ENDS = ("low", "median", "high")
COLUMNS = ("doublings", "days", "cells", "doses", "potency", "clearance")


def title(grown: Expansion) -> str:
    """What is grown, and what a dose is."""
    amount = f"{grown.amount:.3g} {UNIT[grown.source]} of {TISSUE[grown.source]}"
    return f"one donation, {amount}, all of it grown on; a dose is {spoken(grown.dose)} living cells; median (90 %)"


def yield_row(grown: Expansion, passage: int) -> list[str]:
    """Doublings, days, cells at harvest and doses by `passage`."""
    return [str(passage), *(ranged(*grown.middle(name, passage)) for name in COLUMNS[:4])]


def worth_row(grown: Expansion, passage: int) -> list[str]:
    """Folds of passage 3: strength of a mechanism, clearance; share of draws that still divide."""
    worth = (ranged(*grown.middle(name, passage)) for name in COLUMNS[4:])
    return [str(passage), *worth, f"{grown.dividing(passage):.0%}"]


def notes(grown: Expansion) -> list[str]:
    """What is lost on the way, what limits there are, and how far the numbers may be trusted."""
    last = grown.passages[-1]
    lost = ", ".join(f"{what} {_share(grown, what, last)}" for what in grown.losses)
    limit = limits(grown.source)["passage"]
    low, median, high = grown.middle("doses", last)
    said = [
        f"passage {last}: {spoken(median)} doses ({spoken(low)} to {spoken(high)}) if nothing is thrown away",
        f"lost by passage {last}: {lost}",
        f"strength and clearance are folds of passage 3; advised: passage {limit.said}; {limit.cited}",
    ]
    if last > float(limit.limit):
        said.append(f"passage {last} is beyond the advised limit: `repigment lot check` would not let such a lot pass")
    if grown.dividing(last) < 1:
        said.append(f"in {1 - grown.dividing(last):.0%} of the draws the cells are senescent by passage {last}")
    said.append("Most ranges are choices, not measurements (`repigment parameters grow_`): orders of magnitude only.")
    return said


def _share(grown: Expansion, what: str, passage: int) -> str:
    import numpy as np

    low, median, high = np.quantile(grown.losses[what][:, passage], (0.05, 0.5, 0.95))
    return f"{median:.0%} ({low:.0%} to {high:.0%})"


def as_csv(grown: Expansion) -> str:
    """A row a passage and quantity: 5 %, median and 95 % of the draws."""
    buffer = io.StringIO()
    rows = csv.writer(buffer, lineterminator="\n")
    rows.writerow(("source", "dose", "passage", "quantity", "low", "median", "high"))
    for passage in grown.passages:
        for name in COLUMNS:
            middle = (f"{number:.6g}" for number in grown.middle(name, passage))
            rows.writerow((grown.source, f"{grown.dose:g}", passage, name, *middle))
        rows.writerow((grown.source, f"{grown.dose:g}", passage, "dividing", "", f"{grown.dividing(passage):.6g}", ""))
    return buffer.getvalue()


def as_json(grown: Expansion, seed: int) -> str:
    """The same as one JSON object."""
    passages = [
        {
            "passage": passage,
            **{
                name: dict(zip(("low", "median", "high"), grown.middle(name, passage), strict=True)) for name in COLUMNS
            },
            "dividing": grown.dividing(passage),
        }
        for passage in grown.passages
    ]
    told = {
        "source": grown.source,
        "amount": grown.amount,
        "unit": UNIT[grown.source],
        "dose": grown.dose,
        "draws": len(grown.cells),
        "seed": seed,
        "interval": "5 % to 95 % of the draws",
        "passages": passages,
        "notes": notes(grown),
        "note": "A research instrument, no medical device.",
    }
    return dumps(told, indent=2, ensure_ascii=False)
