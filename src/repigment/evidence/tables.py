"""Tables of this folder that are sentences rather than numbers of the model."""

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `name`.csv in their order, each cell as text by its heading.

    >>> sorted(rows("regulation")[0])[:3]
    ['checked', 'conditions', 'countries']
    """
    text = (files("repigment.evidence") / f"{name}.csv").read_text("utf-8")
    return tuple(csv.DictReader(text.splitlines()))
