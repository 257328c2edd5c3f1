"""Infections a donor is tested for: of a cord, its mother."""

from typing import Literal

from repigment.cells.record import Record

Result = Literal["negative", "positive"]


class Infections(Record):
    """Results of a donor's tests, by agent. Cytomegalovirus is told, not barred: most adults carry it."""

    hiv: Result | None = None
    hbv: Result | None = None
    hcv: Result | None = None
    syphilis: Result | None = None
    htlv: Result | None = None
    cmv: Result | None = None
    tuberculosis: Result | None = None
    west_nile: Result | None = None
    zika: Result | None = None
