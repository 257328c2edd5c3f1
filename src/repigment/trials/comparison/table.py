"""Every published result of all studies beside the simulated one, as a table of plain numbers."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from repigment.trials.comparison.compared import Compared
from repigment.trials.report.agreement import Pair

COLUMNS = [
    "study",
    "condition",
    "role",
    "status",
    "arm",
    "endpoint",
    "week",
    "unit",
    "published",
    "published_low",
    "published_high",
    "interval_from_n",
    "n",
    "simulated",
    "simulated_low",
    "simulated_high",
    "mc_error",
    "gap",
    "verdict",
    "note",
    "source",
    "identifier",
]


def table(studies: Sequence[Compared]) -> pd.DataFrame:
    """A row a published result, in the order of the page: COLUMNS; shares are fractions, gap simulated less published.

    >>> list(table([]).columns) == COLUMNS
    True
    """
    return pd.DataFrame([_row(study, pair) for study in studies for pair in study.pairs], columns=COLUMNS)


def _row(study: Compared, pair: Pair) -> dict[str, Any]:
    own = {name: getattr(pair.row, name) for name in COLUMNS if hasattr(pair.row, name)}
    return {
        **own,
        "study": study.name,
        "condition": study.condition,
        "published": pair.published,
        "published_low": pair.published_span[0],
        "published_high": pair.published_span[1],
        "interval_from_n": pair.from_n,
        "simulated": pair.simulated,
        "simulated_low": pair.simulated_span[0],
        "simulated_high": pair.simulated_span[1],
        "mc_error": pair.mc_error,
        "gap": pair.simulated - pair.published,
        "verdict": pair.verdict,
    }
