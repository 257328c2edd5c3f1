"""How a lot lies frozen, and until when it may be used."""

from typing import Annotated

from pydantic import Field

from repigment.cells.record import Moment, Record


class Cryopreservation(Record):
    """The lot in the freezer: degrees Celsius of the store, per cent of DMSO, day of expiry."""

    frozen: Moment | None = None
    celsius: Annotated[float, Field(ge=-274, le=60)] | None = None
    dmso: Annotated[float, Field(ge=0, le=100)] | None = None
    expires: Moment | None = None
