"""Banks: frozen early cells from which every lot is grown, so that lots are kin and can be traced."""

from repigment.cells.record import Code, Count, Moment, Record


class Bank(Record):
    """Cells of one passage, frozen together. `of` is the code of what they were grown from."""

    code: Code | None = None
    of: Code | None = None
    frozen: Moment | None = None
    passage: Count | None = None


class Banks(Record):
    """The master bank, of the donation, and the working bank, of the master bank."""

    master: Bank = Bank()
    working: Bank = Bank()
