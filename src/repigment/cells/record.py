"""What the records of a lot share: nothing unknown in them, nothing guessed, everything may be missing."""

from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

LONGEST = 200  # characters of a text
MOST = 1000  # entries of a list
Share = Annotated[float, Field(ge=0, le=100)]  # per cent
Count = Annotated[int, Field(ge=0, le=1000)]


def _printable(given: str) -> str:
    """Text of signs that can be seen, and not blanks alone: nothing that could steer a terminal."""
    if not given.strip() or not given.isprintable():
        raise ValueError("text that is not blank, of signs that can be printed, is needed")
    return given


Code = Annotated[str, Field(max_length=LONGEST), AfterValidator(_printable)]
Label = Annotated[str, Field(max_length=LONGEST)]  # as it is read off a label, on two lines perhaps


def _moment(given: object) -> object:
    """A day or a moment as TOML has it; text in that form too, as JSON has it."""
    if isinstance(given, str):
        try:
            return date.fromisoformat(given) if len(given) == len("2024-01-31") else datetime.fromisoformat(given)
        except ValueError:
            pass
    if isinstance(given, date):
        return given
    raise ValueError("a date such as 2024-01-31, or a moment such as 2024-01-31T09:30:00, is needed")


Moment = Annotated[date | datetime, BeforeValidator(_moment)]


class Record(BaseModel):
    """A part of a lot's papers. A key that is left out is missing, and the check of the lot says so."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)
