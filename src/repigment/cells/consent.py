"""Consent to the donation: written, by the mother if it is a cord, free to be withdrawn, and not for money."""

from typing import Literal

from repigment.cells.record import Moment, Record


class Consent(Record):
    """Who agreed to the donation, when, and how freely."""

    date: Moment | None = None
    by: Literal["mother", "donor"] | None = None
    written: bool | None = None
    may_withdraw: bool | None = None
    paid: bool | None = None
