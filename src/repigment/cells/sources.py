"""Where stromal cells come from: the tissue of the cord, bone marrow, fat."""

from typing import Literal, get_args

from repigment.evidence.parameters import value

Source = Literal["cord", "marrow", "fat"]
SOURCES: tuple[Source, ...] = get_args(Source)
TISSUE = {"cord": "umbilical cord", "marrow": "bone marrow", "fat": "fat"}


def potency(source: Source) -> float:
    """How strongly cells of `source` suppress T cells, as a fold of cord cells: median 1, because reports conflict.

    >>> potency("cord")
    1.0
    """
    return value(f"source_potency.{source}")
