"""Codes on the label: the Single European Code, checked; ISBT 128, kept as it was entered."""

from typing import Annotated

from pydantic import Field

from repigment.cells.record import MOST, Code, Label, Record


class Codes(Record):
    """`sec` is checked by its structure. `isbt128` is stored and never looked up: the table of products is licensed."""

    sec: Label | None = None
    isbt128: Annotated[tuple[Code, ...], Field(max_length=MOST, strict=False)] = ()
